// Named character references from the browser's HTML parser, which spares the page a table of 2,125 names.
#include "core/content/html/html_entity.h"

namespace octavo {

std::string named_characters(std::string_view entity, HtmlParser* html_parser) {
  if (entity == "&amp;") return "&";
  if (entity == "&lt;") return "<";
  if (entity == "&gt;") return ">";
  if (entity == "&quot;") return "\"";
  if (entity == "&nbsp;") return "\u00A0";
  if (entity == "&semi;") return ";";
  if (html_parser == nullptr) return {};
  const HtmlNode body = html_parser->parse_fragment(entity);
  const std::string text = body.children.size() == 1 ? body.children[0].text : std::string();
  // A parser takes "&copyright;" for "&copy" and "right;": the whole name is known only if it has consumed the semicolon.
  return text.ends_with(';') ? std::string() : text;
}

}  // namespace octavo
