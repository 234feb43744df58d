// A walk over the elements of the comment.
#include "core/comments/comment_markup.h"

#include <algorithm>
#include <array>

#include "core/comments/comment_content.h"
#include "core/content/semantic_tree.h"

namespace octavo {

namespace {

// wp_kses() lets these through for everybody.
constexpr std::array<std::string_view, 6> kKept = {"em", "strong", "code", "del", "blockquote", "q"};

std::string href_of(const Element& element) {
  for (const auto& [name, value] : element.attributes) {
    if (name == "href") return value;
  }
  return {};
}

void trim_end(std::string& out) {
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
}

void write(const Element& element, std::string& out) {
  const std::string& tag = element.tag;
  if (tag.empty()) {
    out += escape_html(element.text);
    return;
  }
  if (tag == "br") {
    out += '\n';
    return;
  }
  const bool is_kept = std::find(kKept.begin(), kKept.end(), tag) != kKept.end();
  const bool is_link = tag == "a" && !href_of(element).empty();
  const bool is_block = tag == "p" || tag == "pre" || tag == "li" || tag == "tr" || tag == "blockquote" || tag == "ul" ||
                        tag == "ol" || (tag.size() == 2 && tag[0] == 'h');
  if (is_kept) out += "<" + tag + ">";
  if (is_link) out += "<a href=\"" + escape_html(href_of(element)) + "\">";
  if (tag == "li") out += "- ";
  for (const Element& child : element.children) write(child, out);
  if (tag == "td" || tag == "th") out += " ";
  if (is_block) trim_end(out);
  if (is_link) out += "</a>";
  if (is_kept) out += "</" + tag + ">";
  if (is_block) out += tag == "li" || tag == "tr" ? "\n" : "\n\n";
}

}  // namespace

std::string word_press_markup(std::string_view markdown, HtmlParser& parser) {
  Document document = comment_document(markdown, "markdown", parser, CommentImages::AsLinks);
  number_blocks(document);
  std::string out;
  write(build_semantic_tree(document), out);
  trim_end(out);
  return out;
}

}  // namespace octavo
