// Images with captions, code, links.
#include "press/import/folders/template_markup.h"

#include <algorithm>

#include "core/content/document/document.h"
#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"
#include "press/base/gumbo_parser.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// One paragraph of Markdown as the markup within it; anything else as plain text.
std::string inline_markup(const std::string& markdown) {
  if (markdown.find_first_of("*_`[<&\\~:") == std::string::npos) return escape_html(markdown);
  GumboParser parser;
  Document document = resolve_html(parse_markdown(markdown, Dialect::Gfm, &parser), &parser);
  const auto& blocks = document.root.children;
  if (blocks.size() != 1 || blocks.front().kind != BlockKind::Paragraph) return escape_html(markdown);
  number_blocks(document);
  const Element tree = build_semantic_tree(document);
  return write_inner_html(tree.children.front());
}

std::string attribute(std::string_view name, const std::string& value) {
  return value.empty() ? std::string() : " " + std::string(name) + "=\"" + escape_html(value) + "\"";
}

std::string linked(const std::string& markup, const std::string& url) {
  return url.empty() ? markup : "<a" + attribute("href", url) + ">" + markup + "</a>";
}

}  // namespace

std::string figure_markup(const TagFigure& figure) {
  const std::string image = "<img src=\"" + escape_html(figure.image) + "\" alt=\"" + escape_html(figure.alt) + "\"" +
                            attribute("width", figure.width) + attribute("height", figure.height) + ">";
  std::string caption;
  const auto add = [&caption](const std::string& part) {
    if (!part.empty()) caption += (caption.empty() ? "" : " ") + part;
  };
  if (!figure.title.empty()) add("<strong>" + escape_html(figure.title) + "</strong>");
  add(inline_markup(figure.caption));
  if (!figure.credit.empty()) add(linked(inline_markup(figure.credit), figure.credit_url));
  return "<figure>" + linked(image, figure.link) + (caption.empty() ? "" : "<figcaption>" + caption + "</figcaption>") +
         "</figure>";
}

std::string fenced_code(const std::string& language, std::string_view code) {
  std::string fence = "```";
  while (code.find(fence) != std::string_view::npos) fence += '`';
  while (code.starts_with('\n')) code.remove_prefix(1);
  std::string out = fence + language.substr(0, language.find_first_of(" \t\n`")) + "\n" + std::string(code);
  if (!out.ends_with('\n')) out += '\n';
  return out + fence;
}

std::string link_card(std::string_view label, const std::string& url) {
  std::string out = "[";
  for (const char c : trimmed(label)) {
    if (std::string_view("\\`*_[]<>&!").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "](" + url + ")";
}

bool is_plain_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

std::string youtube_card(const std::string& id, const std::string& title, const std::string& start) {
  if (!is_plain_id(id)) return {};
  const std::string at = is_plain_id(start) && start != "0" ? "&t=" + start : std::string();
  return link_card(title.empty() ? "Video on YouTube" : title + " (YouTube)", "https://www.youtube.com/watch?v=" + id + at);
}

std::string vimeo_card(const std::string& id, const std::string& title) {
  if (!is_plain_id(id)) return {};
  return link_card(title.empty() ? "Video on Vimeo" : title + " (Vimeo)", "https://vimeo.com/" + id);
}

std::string gist_card(const std::string& user, const std::string& id, const std::string& file) {
  if (!is_plain_id(id) || (!user.empty() && !is_plain_id(user))) return {};
  std::string url = "https://gist.github.com/" + (user.empty() ? "" : user + "/") + id;
  if (file.empty()) return link_card("Gist " + id, url);
  url += "#file-";
  for (const char c : ascii_lowercase(file)) url += is_plain_id({&c, 1}) ? c : '-';
  return link_card("Gist " + id + ": " + file, url);
}

}  // namespace octavo
