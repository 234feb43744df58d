// A walk over the elements of the comment.
#include "core/comments/comment_markup.h"

#include <algorithm>
#include <array>

#include "core/comments/comment_content.h"
#include "core/content/html/semantic_tree.h"

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

// wp_kses_normalize_entities() would write other references in its own way; wp_unslash() would drop backslashes.
void write_text(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\\':
        out += "&#092;";
        break;
      default:
        out += c;
    }
  }
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#:"));
}

// wp_kses() takes every `rel` away, wp_rel_ugc() gives this one to links that lead elsewhere.
void write_link(const std::string& href, std::string_view own_url, std::string& out) {
  out += "<a href=\"";
  write_text(href, out);
  const std::string_view host = host_of(href);
  const bool is_bare = own_url.empty() || (!host.empty() && host == host_of(own_url));
  out += is_bare ? "\">" : "\" rel=\"nofollow ugc\">";
}

void write(const Element& element, std::string_view own_url, std::string& out) {
  const std::string& tag = element.tag;
  if (tag.empty()) {
    write_text(element.text, out);
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
  if (is_link) write_link(href_of(element), own_url, out);
  if (tag == "li") out += "- ";
  for (const Element& child : element.children) write(child, own_url, out);
  if (tag == "td" || tag == "th") out += " ";
  if (is_block) trim_end(out);
  if (is_link) out += "</a>";
  if (is_kept) out += "</" + tag + ">";
  if (is_block) out += tag == "li" || tag == "tr" ? "\n" : "\n\n";
}

}  // namespace

std::string wordpress_markup(std::string_view markdown, std::string_view own_url, HtmlParser& parser) {
  Document document = comment_document(markdown, SourceType::Markdown, parser, CommentImages::AsLinks);
  number_blocks(document);
  std::string out;
  write(build_semantic_tree(document), own_url, out);
  trim_end(out);
  return out;
}

}  // namespace octavo
