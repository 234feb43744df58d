// The first pass over a page: what every block looks like, its text as items, and all words ready to be measured at once.
#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/content/document/hanging_punctuation.h"
#include "core/layout/block/block_layout.h"
#include "core/layout/style/block_style.h"
#include "core/layout/style/style_rules.h"
#include "core/layout/text/text_analysis.h"

namespace octavo {

namespace {

Direction declared_direction(const Block& block, Direction inherited) {
  if (block.direction == "rtl") return Direction::RightToLeft;
  return block.direction == "ltr" ? Direction::LeftToRight : inherited;
}

Direction text_direction(const Block& block, Direction inherited) {
  if (!block.direction.empty()) return declared_direction(block, inherited);
  // Program text runs from left to right whatever its comments say.
  if (block.kind == BlockKind::CodeBlock) return Direction::LeftToRight;
  return first_strong_direction(block.inlines.text).value_or(inherited);
}

float hang_of(HangingPunctuation mark) {
  const PartLengths& parts = style_table().parts;
  return mark == HangingPunctuation::None     ? 0
         : mark == HangingPunctuation::Single ? parts.single_mark_hang
                                              : parts.double_mark_hang;
}

}  // namespace

void BlockLayout::scale_style(BlockStyle& style) const {
  style.face.size = scale_.font(style.face.size);
  style.line_height = scale_.vertical(style.line_height);
  style.space_before = scale_.vertical(style.space_before);
  style.padding_y = scale_.vertical(style.padding_y);
  style.padding_x = scale_.horizontal(style.padding_x);
  style.indent = scale_.horizontal(style.indent);
}

void BlockLayout::prepare(const Block& block, const Inherited& inherited) {
  // Boxes, infos and the page layer all find a block by its pre-order number.
  OCTAVO_ASSERT(block.id == infos_.size());
  BlockInfo& fresh = infos_.emplace_back();
  fresh.style = block_style(block, {.parent = inherited.parent, .region = inherited.region, .size = size_class_});
  scale_style(fresh.style);
  const HangingPunctuation mark = hanging_mark(block, inherited.parent);
  fresh.hang = std::min(fresh.style.face.size * hang_of(mark), kMostHangCss * scale_.device);
  fresh.direction = declared_direction(block, inherited.direction);
  const std::uint16_t language = block.language.empty() ? inherited.language : words_.language_index(block.language);
  layout_.block_language.push_back(language);

  Inherited own = inherited;
  own.language = language;
  if (block.kind == BlockKind::ListItem) prepare_marker(block, own);
  const auto browser_line_starts = browser_lines_.find_starts(block);
  if (!block.inlines.empty()) {
    prepare_text(block, own, browser_line_starts);
    texts_.back().browser_heights = browser_lines_.find_heights(block);
  }
  const BlockInfo& info = infos_[block.id];
  Inherited below{
      .parent = &block, .region = child_region(block, inherited.region), .language = language, .direction = info.direction};
  below.number = block.start;
  for (const Block& child : block.children) {
    prepare(child, below);
    ++below.number;
  }
}

TextStyle BlockLayout::text_style(const Block& block, const Inherited& inherited, const BlockInfo& info) const {
  TextStyle style;
  style.face = info.style.face;
  style.color = info.style.color;
  style.link_color = info.style.link_color;
  style.underline_links = info.style.underline_links;
  const bool has_room = layout_.viewport.width_css > kWrappingLinksCss * layout_.viewport.text_scale;
  style.unbreakable_links = has_room && (block.variant == Variant::Menu || block.variant == Variant::Tags);
  style.white_space = block.kind == BlockKind::CodeBlock ? WhiteSpace::Preserve : WhiteSpace::Collapse;
  style.direction = text_direction(block, inherited.direction);
  style.language = inherited.language;
  style.line_height = std::max(1.0F, info.style.line_height);
  return style;
}

void BlockLayout::prepare_text(const Block& block, const Inherited& inherited, const BrowserLineStarts& browser_line_starts) {
  infos_[block.id].text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(builder_.build(block, text_style(block, inherited, infos_[block.id]), browser_line_starts));
}

void BlockLayout::prepare_marker(const Block& block, const Inherited& inherited) {
  const Block* list = inherited.parent;
  if (list == nullptr || list->kind != BlockKind::List || infos_[list->id].style.indent <= 0) return;
  if (inherited.region == Role::Contents) return;  // as the style sheet has it
  BlockInfo& info = infos_[block.id];
  std::string text = list->ordered ? std::to_string(inherited.number) + "." : "\u2022";
  if (block.task != TaskState::None) text = block.task == TaskState::Done ? "\u2611" : "\u2610";
  info.marker_word = words_.add(words_.face_index(info.style.face), inherited.language, text);
}

}  // namespace octavo
