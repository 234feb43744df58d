// One pass. Liquid runs before Markdown: {% raw %} and {% highlight %} may hold fences of their own, so code is not left out
// here.
#include <algorithm>
#include <map>
#include <optional>

#include "core/content/html/semantic_tree.h"
#include "press/import/folders/template_markup.h"
#include "press/import/folders/template_tags.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
}

// {% include NAME key="value" ... %}
struct Include {
  std::string name;
  std::map<std::string, std::string> values;
  bool has_variables = false;  // only a running Jekyll knows what they are

  std::string get(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) {
      const auto found = values.find(key);
      if (found != values.end()) return found->second;
    }
    return {};
  }
};

Include parse_include(std::string_view argument) {
  Include include;
  include.name = first_word(argument);
  include.has_variables = include.name.find('{') != std::string::npos;
  argument = trimmed(argument.substr(include.name.size()));
  while (!argument.empty()) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) break;
    const std::string key(trimmed(argument.substr(0, equals)));
    argument = trimmed(argument.substr(equals + 1));
    const char quote = argument.empty() ? '\0' : argument.front();
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(argument.find(quote, 1), argument.size());
      include.values[key] = argument.substr(1, end - 1);
      argument = trimmed(argument.substr(std::min(end + 1, argument.size())));
    } else {
      const std::string_view word = first_word(argument);
      const bool is_literal = word == "true" || word == "false" || word.find_first_not_of("0123456789.") == word.npos;
      if (is_literal) include.values[key] = word;
      include.has_variables = include.has_variables || !is_literal;
      argument = trimmed(argument.substr(word.size()));
    }
  }
  return include;
}

// What the themes' own files of this name show.
std::string card_of_include(const Include& include) {
  const std::string name = ascii_lowercase(std::string_view(include.name).substr(0, include.name.rfind('.')));
  const std::string title = include.get({"title"});
  if (name == "figure" || name == "image" || name == "img") {
    TagFigure figure;
    figure.image = include.get({"image_path", "src", "url", "image", "file"});
    figure.alt = include.get({"alt"});
    figure.caption = include.get({"caption", "description"});
    figure.width = include.get({"width"});
    figure.height = include.get({"height"});
    return figure.image.empty() ? std::string() : figure_markup(figure);
  }
  const std::string id = include.get({"id", "video_id"});
  const std::string provider = ascii_lowercase(include.get({"provider"}));
  if (name.starts_with("youtube") || (name == "video" && provider == "youtube")) return youtube_card(id, title);
  if (name.starts_with("vimeo") || (name == "video" && provider == "vimeo")) return vimeo_card(id, title);
  return {};
}

// A file of plain markup with {{ include.key }} in it; nothing where it takes more than that to know what it shows.
std::optional<std::string> expanded(std::string_view file, const Include& include) {
  for (const std::string_view lost : {"{%", "<script", "<iframe", "<style", "<form", "<video", "<audio"}) {
    if (file.find(lost) != std::string_view::npos) return std::nullopt;
  }
  std::string out;
  while (true) {
    const std::size_t begin = file.find("{{");
    const std::size_t end = file.find("}}", begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos) break;
    if (end == std::string_view::npos) return std::nullopt;
    constexpr std::string_view kOfInclude = "include.";
    const std::string_view output = trimmed(file.substr(begin + 2, end - begin - 2));
    if (!output.starts_with(kOfInclude) || output.find('|') != std::string_view::npos) return std::nullopt;
    (out += file.substr(0, begin)) += escape_html(include.get({std::string(output.substr(kOfInclude.size())).c_str()}));
    file.remove_prefix(end + 2);
  }
  return std::string(trimmed(out += file));
}

class LiquidReader {
 public:
  LiquidReader(std::string_view whole, const TemplateTags& tags) : whole_(whole), tags_(tags) {}

  std::string read() {
    std::string out;
    std::string_view text = whole_;
    while (!text.empty()) {
      const std::size_t begin = std::min({text.find("{%"), text.find("{{"), text.find("{:"), text.size()});
      out += text.substr(0, begin);
      text.remove_prefix(begin);
      if (text.empty()) break;
      const bool is_tag = text[1] == '%';
      const std::string_view closing = is_tag ? "%}" : text[1] == '{' ? "}}" : "}";
      const std::size_t end = text.find(closing, 2);
      const bool is_one_line =
          end != std::string_view::npos && (is_tag || text.substr(0, end).find('\n') == std::string_view::npos);
      if (!is_one_line) {
        out += text.substr(0, 2);
        text.remove_prefix(2);
        continue;
      }
      const std::string_view written = text.substr(0, end + closing.size());
      std::string_view inside = text.substr(2, end - 2);
      text.remove_prefix(written.size());
      if (closing == "}") {
        tags_.dropped("attributes of kramdown", offset_of(written));
        continue;
      }
      if (inside.starts_with('-')) inside.remove_prefix(1);
      if (inside.ends_with('-')) inside.remove_suffix(1);
      inside = trimmed(inside);
      const std::optional<std::string> content = is_tag ? content_of(inside, text) : content_of_output(inside);
      if (content) {
        tags_.converted();
      } else {
        leave(is_tag ? std::string(first_word(inside)) : "{{ }}", offset_of(written));
      }
      out += content ? *content : std::string(written);
    }
    return out;
  }

 private:
  std::size_t offset_of(std::string_view written) const { return static_cast<std::size_t>(written.data() - whole_.data()); }

  void leave(const std::string& name, std::size_t offset) {
    const bool is_reference = name == "post_url" || name == "link";
    tags_.left(name, is_reference ? "leads to a page that is not here" : "is Liquid that Octavo does not run", offset);
  }

  std::optional<std::string> content_of(std::string_view inside, std::string_view& rest) {
    const std::string name(first_word(inside));
    const std::string argument(trimmed(inside.substr(name.size())));
    if (name == "raw" || name == "highlight" || name == "comment") {
      const std::string_view content = take_until("end" + name, rest);
      if (name == "comment") return std::string();
      if (name == "raw") return std::string(content);
      return fenced_code(argument.substr(0, argument.find(' ')), content);
    }
    std::string content;
    if (name == "post_url" || name == "link") content = tags_.address(argument);
    if (name == "gist") content = gist(argument);
    if (name == "include") content = included(parse_include(argument));
    return content.empty() ? std::nullopt : std::optional(content);
  }

  // "user/id file"
  static std::string gist(std::string_view argument) {
    const std::string_view which = first_word(argument);
    const std::size_t slash = which.find('/');
    const bool has_user = slash != std::string_view::npos;
    return gist_card(std::string(has_user ? which.substr(0, slash) : std::string_view()),
                     std::string(has_user ? which.substr(slash + 1) : which),
                     std::string(trimmed(argument.substr(which.size()))));
  }

  std::string included(const Include& include) {
    if (include.has_variables) return {};
    if (const std::optional<std::string> file = tags_.include(include.name)) {
      if (std::optional<std::string> content = expanded(*file, include)) return *content;
    }
    return card_of_include(include);
  }

  static std::optional<std::string> content_of_output(std::string_view inside) {
    const std::string_view value = trimmed(inside.substr(0, inside.find('|')));
    if (value == "site.baseurl" || value == "site.url") return std::string();
    if (is_quoted(value)) return std::string(value.substr(1, value.size() - 2));
    return std::nullopt;
  }

  static std::string_view take_until(const std::string& end_name, std::string_view& rest) {
    for (std::size_t at = rest.find("{%"); at != std::string_view::npos; at = rest.find("{%", at + 2)) {
      const std::size_t end = rest.find("%}", at);
      if (end == std::string_view::npos) break;
      std::string_view inside = trimmed(rest.substr(at + 2, end - at - 2));
      while (inside.starts_with('-')) inside = trimmed(inside.substr(1));
      while (inside.ends_with('-')) inside = trimmed(inside.substr(0, inside.size() - 1));
      if (inside != end_name) continue;
      const std::string_view content = rest.substr(0, at);
      rest.remove_prefix(end + 2);
      return content;
    }
    const std::string_view all = rest;
    rest = {};
    return all;
  }

  std::string_view whole_;
  const TemplateTags& tags_;
};

}  // namespace

std::string without_liquid(std::string_view markdown, const TemplateTags& tags) {
  if (markdown.find('{') == std::string_view::npos) return std::string(markdown);
  return LiquidReader(markdown, tags).read();
}

}  // namespace octavo
