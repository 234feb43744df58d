// What strangers write below posts: nothing of it brings an anchor, a role or an address that is not allowed.
#include <string>

#include "core/comments/comment_content.h"
#include "core/comments/comment_markup.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

void check_harmless(const Block& block) {
  OCTAVO_ASSERT(block.anchor.empty() && block.role == Role::None && block.variant == Variant::Body);
  OCTAVO_ASSERT(block.kind != BlockKind::Field && block.kind != BlockKind::RawHtml);
  for (const Span& span : block.inlines.spans) {
    OCTAVO_ASSERT(span.anchor.empty() && span.kind != InlineKind::RawHtml && span.kind != InlineKind::Button);
    if (span.kind == InlineKind::Link) OCTAVO_ASSERT(is_allowed_url(span.url, UrlUse::Link));
  }
  for (const Block& child : block.children) check_harmless(child);
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  static constexpr SourceType kTypes[] = {SourceType::Markdown, SourceType::Html, SourceType::Plain};
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const SourceType type = kTypes[input.option(3)];
  const CommentImages images = input.flag() ? CommentImages::Shown : CommentImages::AsLinks;
  GumboParser parser;
  Document document = comment_document(input.text(), type, parser, images);
  for (const Block& block : document.root.children) check_harmless(block);
  checked_tree(document);
  OCTAVO_ASSERT(is_valid_utf8(wordpress_markup(input.text(), "https://blog.example/", parser)));
  is_web_url(input.text());
  if (!shows_growth) return 0;
  check_growth(input.text(), [&](std::string_view text) { comment_document(text, type, parser, images); });
  check_growth(input.text(), [&](std::string_view text) { wordpress_markup(text, "https://blog.example/", parser); });
  return 0;
}
