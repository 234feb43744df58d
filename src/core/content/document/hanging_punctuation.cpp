// The marks that open quotations in some language.
#include "core/content/document/hanging_punctuation.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace octavo {

namespace {

// Program text keeps its margin, and a mark of another face would have another width.
bool begins_with_code(const InlineText& text) {
  return std::any_of(text.spans.begin(), text.spans.end(),
                     [](const Span& span) { return span.begin == 0 && inline_look(span.kind) == InlineLook::Code; });
}

}  // namespace

HangingPunctuation hanging_mark(const Block& block, const Block* parent) {
  if (block.kind != BlockKind::Paragraph || block.variant != Variant::Body || block.inlines.empty())
    return HangingPunctuation::None;
  if (parent == nullptr || (parent->role != Role::Prose && parent->kind != BlockKind::Quote)) return HangingPunctuation::None;
  if (begins_with_code(block.inlines)) return HangingPunctuation::None;
  switch (decode_utf8(block.inlines.text, 0).value) {
    case '\'':
    case 0x2018:
    case 0x201A:
    case 0x2039:
    case 0x203A:
      return HangingPunctuation::Single;
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
      return HangingPunctuation::Double;
    default:
      return HangingPunctuation::None;
  }
}

}  // namespace octavo
