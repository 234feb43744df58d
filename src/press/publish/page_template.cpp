// Fills in templates.
#include "press/publish/page_template.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/content/html/semantic_tree.h"

namespace octavo {

namespace {

// Calls text(part) and name(name, offset) for the pieces of a template in order.
template <typename Text, typename Name>
void for_each_piece(std::string_view page_template, const Text& text, const Name& name) {
  std::size_t at = 0;
  while (at < page_template.size()) {
    const std::size_t open = page_template.find("{{", at);
    const std::size_t close = open == std::string_view::npos ? open : page_template.find("}}", open);
    if (close == std::string_view::npos) break;
    text(page_template.substr(at, open - at));
    name(page_template.substr(open + 2, close - open - 2), open);
    at = close + 2;
  }
  text(page_template.substr(at));
}

bool is_known(std::string_view name, const TemplateValues& values) {
  return name == "content" || name == "head" || values.texts.find(name) != values.texts.end();
}

}  // namespace

std::string fill_template(std::string_view page_template, const TemplateValues& values) {
  std::string page;
  page.reserve(page_template.size() + values.content.size() + 1024);
  for_each_piece(
      page_template, [&](std::string_view text) { page += text; },
      [&](std::string_view name, std::size_t) {
        if (name == "content") {
          page += values.content;
        } else if (name == "head") {
          page += values.head;
        } else if (const auto found = values.texts.find(name); found != values.texts.end()) {
          page += escape_html(found->second);
        }
      });
  return page;
}

void check_template(std::string_view page_template, const std::string& file, const TemplateValues& example,
                    Diagnostics& diagnostics) {
  bool has_content = false;
  for_each_piece(
      page_template, [](std::string_view) {},
      [&](std::string_view name, std::size_t offset) {
        has_content = has_content || name == "content";
        if (is_known(name, example)) return;
        const TextPosition position = text_position(page_template, offset);
        diagnostics.warn(file, position.line, position.column,
                         "{{" + std::string(name) + "}} is not a known name; it stays empty.");
      });
  if (!has_content) diagnostics.error(file, 0, 0, "The template has no {{content}}, so no post would be shown.");
}

std::string_view plain_page_template() {
  return R"(<!DOCTYPE html>
<html lang="{{lang}}" dir="{{dir}}" data-theme="{{theme}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{policy}}">
<title>{{title}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{{description}}">
<link rel="stylesheet" href="{{style}}">
{{head}}
</head>
<body>
{{content}}
</body>
</html>
)";
}

}  // namespace octavo
