// The content of a post: Markdown or HTML becomes a Document whose images and links point to where they were published.
#include "core/base/url.h"
#include "core/content/document/code_tokens.h"
#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/page/page.h"
#include "core/page/page_frame.h"

namespace octavo {

namespace {

std::string published_reference(std::string_view page_path, const std::string& url) {
  return is_relative_url(url) ? page_reference(page_path, url) : url;
}

// The size known from the file fills in what the author left open; one given side keeps the image's proportions.
void fill_in_size(Span& image, const ImageInfo& info) {
  if (info.width == 0 || info.height == 0) return;
  image.file_width = info.width;
  image.variant_count = info.variant_count;
  const std::uint64_t width = info.width;
  const std::uint64_t height = info.height;
  if (image.width == 0 && image.height == 0) {
    image.width = info.width;
    image.height = info.height;
  } else if (image.width == 0) {
    image.width = static_cast<std::uint32_t>((image.height * width + height / 2) / height);
  } else if (image.height == 0) {
    image.height = static_cast<std::uint32_t>((image.width * height + width / 2) / width);
  }
}

void resolve_span(Span& span, const Post& post, std::string_view page_path) {
  if (span.kind == InlineKind::Image) {
    const auto found = post.images.find(span.url);
    if (found == post.images.end()) return;
    span.url = published_reference(page_path, found->second.url);
    fill_in_size(span, found->second);
  } else if (span.kind == InlineKind::Link) {
    const auto found = post.links.find(span.url);
    if (found != post.links.end()) span.url = published_reference(page_path, found->second);
  }
}

// Depth is bounded by kMaxBlockDepth and kMaxHtmlDepth.
void resolve_addresses(Block& block, const Post& post, std::string_view page_path) {
  for (Span& span : block.inlines.spans) resolve_span(span, post, page_path);
  for (Block& child : block.children) resolve_addresses(child, post, page_path);
}

}  // namespace

Document build_post_content(const Post& post, HtmlParser* html_parser) {
  Document content;
  if (post.markdown.empty() && !post.html.empty() && html_parser != nullptr) {
    content = document_from_html(post.html, *html_parser);
  } else if (post.markdown.empty() && !post.html.empty()) {
    // Without a parser HTML can only be shown as written.
    content.root = make_section(Role::None);
    Block raw;
    raw.kind = BlockKind::RawHtml;
    raw.inlines.text = post.html;
    content.root.children.push_back(std::move(raw));
    content = resolve_html(std::move(content), nullptr);
  } else {
    content = resolve_html(parse_markdown(post.markdown, Dialect::Gfm, html_parser), html_parser);
  }
  add_heading_anchors(content);
  add_code_tokens(content, post.code_runs);
  resolve_addresses(content.root, post, post_path(post.summary.slug));
  return content;
}

}  // namespace octavo
