// Every rule that matches a block sets its values, one rule after the other.
#include "core/layout/style/block_style.h"

#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

bool has_text(BlockKind kind) {
  switch (kind) {
    case BlockKind::Paragraph:
    case BlockKind::Heading:
    case BlockKind::ListItem:
    case BlockKind::CodeBlock:
    case BlockKind::TableCell:
    case BlockKind::Caption:
    case BlockKind::Summary:
    case BlockKind::DescriptionTerm:
    case BlockKind::DescriptionDetails:
    case BlockKind::RawHtml:
    case BlockKind::Field:
      return true;
    default:
      return false;
  }
}

template <typename T>
bool matches_optional(const std::optional<T>& wanted, const T& actual) {
  return !wanted || *wanted == actual;
}

bool matches(const StyleMatch& match, const Block& block, const StyleContext& context) {
  static const Block kNoParent{.kind = BlockKind::Section};
  const Block& parent = context.parent ? *context.parent : kNoParent;
  return matches_optional(match.kind, block.kind) && matches_optional(match.variant, block.variant) &&
         matches_optional(match.role, block.role) && matches_optional(match.region, context.region) &&
         matches_optional(match.parent, parent.kind) && matches_optional(match.parent_role, parent.role) &&
         matches_optional(match.parent_tight, parent.tight) && matches_optional(match.is_header, block.is_header) &&
         (match.level == 0 || match.level == block.level);
}

void apply(const StyleValues& values, SizeClass size, BlockStyle& style) {
  if (values.family) style.face.family = *values.family;
  if (values.font_size) style.face.size = values.font_size->at(size);
  if (values.line_height) style.line_height = values.line_height->at(size);
  if (values.weight) style.face.weight = *values.weight;
  if (values.italic) style.face.italic = *values.italic;
  if (values.space_before) style.space_before = values.space_before->at(size);
  if (values.color) style.color = *values.color;
  if (values.link_color) style.link_color = *values.link_color;
  if (values.underline_links) style.underline_links = *values.underline_links;
  if (values.padding_x) style.padding_x = values.padding_x->at(size);
  if (values.padding_y) style.padding_y = values.padding_y->at(size);
  if (values.indent) style.indent = values.indent->at(size);
}

}  // namespace

BlockStyle block_style(const Block& block, const StyleContext& context) {
  BlockStyle style;
  style.line_height = 0;
  const bool text = has_text(block.kind);
  const std::span<const StyleRule> rules = style_table().rules;
  for (const StyleRule& rule : rules) {
    // The first rule is the one for all text; its selector lists the elements that carry any.
    const bool is_text_rule = &rule == rules.data();
    if (is_text_rule ? text : matches(rule.match, block, context)) apply(rule.values, context.size, style);
  }
  return style;
}

Role child_region(const Block& block, Role region) {
  if (block.kind != BlockKind::Section || block.role == Role::None) return region;
  // The parts of a list entry are in the list.
  return region == Role::PostList && block.role == Role::Article ? region : block.role;
}

PageMetrics page_metrics(SizeClass size) {
  return style_table().pages[static_cast<std::size_t>(size)];
}

}  // namespace octavo
