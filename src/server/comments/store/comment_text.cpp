// The elements of a comment reduced to what a page of others may carry.
#include "server/comments/store/comment_text.h"

#include "core/content/html/semantic_tree.h"

namespace octavo {

namespace {

constexpr std::string_view kRel = "nofollow ugc noopener";

// Only what says something to the reader of another page: no classes and ids of the blog's own parts.
void reduce_element(Element& element, RenderedComment& out) {
  element.has_block_id = false;
  std::erase_if(element.attributes, [&](const auto& attribute) {
    const auto& [name, value] = attribute;
    if (name == "class") return !(element.tag == "code" && value.starts_with("language-"));
    return name == "id" || name == "tabindex" || name == "role" || name == "aria-label" || name == "rel";
  });
  if (element.tag == "a") {
    ++out.links;
    element.set("rel", std::string(kRel));
  }
  for (Element& child : element.children) reduce_element(child, out);
}

}  // namespace

RenderedComment render_comment(std::string_view source, SourceType type, HtmlParser& parser, CommentImages images) {
  Document document = comment_document(source, type, parser, images);
  number_blocks(document);
  RenderedComment out;
  Element root = build_semantic_tree(document);
  reduce_element(root, out);
  out.html = write_inner_html(root);
  out.plain = plain_text(document);
  return out;
}

}  // namespace octavo
