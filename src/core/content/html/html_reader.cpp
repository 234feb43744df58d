// Walks the tree once. Text is collected until a block begins or ends; content that its parent may not have is (un)wrapped.
#include "core/content/html/html_reader.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/base/date.h"
#include "core/base/url.h"
#include "core/content/document/content_limits.h"
#include "core/content/html/html_attributes.h"
#include "core/content/html/html_elements.h"

namespace octavo {
namespace {

constexpr std::uint32_t kMaxImageSize = 100'000;       // CSS pixels; larger numbers are nonsense
constexpr std::string_view kBullet = "\xE2\x80\xA2 ";  // of list items where there is only room for lines
// One within the other: as many as the HTML Standard (13.2.4.3, "Noah's Ark clause") opens again in a new paragraph. Without a
// limit, elements that nobody closes would make later paragraphs ever larger.
constexpr std::size_t kMostOfOneKind = 3;
constexpr std::string_view kDetailsLabel = "Details";  // of a <details> without a summary
// Below this depth no container opens, so that a table inside an item still fits kMaxBlockDepth.
constexpr std::size_t kMaxContainerDepth = kMaxBlockDepth - 4;

Block block_of(BlockKind kind) {
  Block block;
  block.kind = kind;
  return block;
}

void append_text_content(const HtmlNode& node, std::string& out) {
  if (node.tag.empty()) {
    out += node.text;
    return;
  }
  const HtmlMeaning meaning = html_element(node.tag).meaning;
  if (meaning == HtmlMeaning::Remove) return;
  if (meaning == HtmlMeaning::Break) out += '\n';
  for (const HtmlNode& child : node.children) append_text_content(child, out);
}

bool has_child(const HtmlNode& node, std::string_view tag) {
  return std::any_of(node.children.begin(), node.children.end(), [&](const HtmlNode& child) { return child.tag == tag; });
}

// As semantic_tree.cpp writes it: there the items of a tight list have their paragraphs as well.
bool is_marked_tight(const HtmlNode& list) {
  const std::string* classes = list.attribute("class");
  return classes != nullptr && *classes == "tight";
}

bool is_tight_list(const HtmlNode& list) {
  if (is_marked_tight(list)) return true;
  return std::none_of(list.children.begin(), list.children.end(), [](const HtmlNode& item) { return has_child(item, "p"); });
}

void put_captions_last(std::vector<Block>& blocks) {
  std::vector<Block> captions;
  std::vector<Block> others;
  for (Block& block : blocks) (block.kind == BlockKind::Caption ? captions : others).push_back(std::move(block));
  for (Block& caption : captions) others.push_back(std::move(caption));
  blocks = std::move(others);
}

}  // namespace

std::vector<Block> HtmlReader::read(const HtmlNode& body) {
  stack_.push_back(block_of(BlockKind::Section));
  visit_children(body);
  flush();
  return std::move(stack_.front().children);
}

// ---- Our parts ---------------------------------------------------------------------------------------------------------

template <typename Part>
const Part* find_roundtrip_part(const HtmlNode& node, const std::string& marker, char kind, const std::vector<Part>& parts) {
  const std::string* value = node.attribute(marker);
  if (value == nullptr || value->size() < 2 || value->front() != kind) return nullptr;
  std::size_t index = 0;
  const auto result = std::from_chars(value->data() + 1, value->data() + value->size(), index);
  if (result.ec != std::errc() || result.ptr != value->data() + value->size() || index >= parts.size()) return nullptr;
  return roundtrip_tag(parts[index]) == node.tag ? &parts[index] : nullptr;
}

const Block* HtmlReader::own_block(const HtmlNode& node) const {
  return own_ == nullptr ? nullptr : find_roundtrip_part(node, own_->marker, 'b', own_->blocks);
}

const Span* HtmlReader::own_span(const HtmlNode& node) const {
  return own_ == nullptr ? nullptr : find_roundtrip_part(node, own_->marker, 's', own_->spans);
}

void HtmlReader::visit_own_span(const HtmlNode& node, const Span& own) {
  if (own.kind == InlineKind::Image) return inlines_.add_image(own);
  if (own.kind == InlineKind::HardBreak) return inlines_.add_break();
  inlines_.open_span(own, own.begin == own.end);  // one that is empty by now held raw HTML only
  visit_children(node);
  inlines_.close_span();
}

void HtmlReader::visit_own_block(const HtmlNode& node, const Block& own) {
  switch (own.kind) {
    case BlockKind::Paragraph:
      return read_paragraph(node, own, WhiteSpace::Keep);
    case BlockKind::Heading:
    case BlockKind::Caption:
    case BlockKind::Summary:
    case BlockKind::DescriptionTerm:
      return read_leaf(node, own, WhiteSpace::Keep, true);
    case BlockKind::CodeBlock:
      return read_preformatted(node, own);
    case BlockKind::Table:
      return read_table(node, own);
    case BlockKind::Rule:
      flush();
      return push(own);
    case BlockKind::TableRow:  // outside a table, where untrusted tags have torn it apart
    case BlockKind::TableCell:
    case BlockKind::RawHtml:
      return read_group(node);
    default:
      return read_container(node, own, true);
  }
}

// ---- The walk ------------------------------------------------------------------------------------------------------------

void HtmlReader::visit_children(const HtmlNode& node) {
  for (const HtmlNode& child : node.children) visit(child);
}

void HtmlReader::visit(const HtmlNode& node) {
  if (node.tag.empty()) return inlines_.add_text(node.text, white_space_);
  if (depth_ > kMaxHtmlDepth) return;  // a parser that broke its promise
  ++depth_;
  if (const Block* block = own_block(node)) {
    visit_own_block(node, *block);
  } else if (const Span* span = own_span(node)) {
    visit_own_span(node, *span);
  } else {
    visit_element(node);
  }
  --depth_;
}

void HtmlReader::visit_element(const HtmlNode& node) {
  if (!is_block_element(html_element(node.tag))) return visit_inline(node);
  if (!is_in_leaf()) flush();
  const Attributes outer = attributes_;
  const WhiteSpace outer_white_space = white_space_;
  white_space_ = WhiteSpace::Collapse;
  if (std::string language = language_attribute(node); !language.empty()) attributes_.language = std::move(language);
  if (std::string direction = direction_attribute(node); !direction.empty()) attributes_.direction = std::move(direction);
  if (std::string language = code_language(attribute_or_empty(node, "class")); !language.empty()) {
    attributes_.code_language = std::move(language);
  }
  visit_block(node);
  if (!is_in_leaf()) flush();
  attributes_ = outer;
  white_space_ = outer_white_space;
}

void HtmlReader::visit_block(const HtmlNode& node) {
  const HtmlElement& element = html_element(node.tag);
  switch (element.meaning) {
    case HtmlMeaning::Paragraph:
      return read_paragraph(node, block_of(BlockKind::Paragraph), WhiteSpace::Collapse);
    case HtmlMeaning::Heading: {
      Block heading = block_of(BlockKind::Heading);
      heading.level = static_cast<std::uint8_t>(node.tag[1] - '0');
      return read_leaf(node, std::move(heading), WhiteSpace::Collapse, false);
    }
    case HtmlMeaning::Container:
      return read_container(node, block_of(element.block_kind), false);
    case HtmlMeaning::Leaf:
      return read_leaf(node, block_of(element.block_kind), WhiteSpace::Collapse, false);
    case HtmlMeaning::List:
      return read_list(node);
    case HtmlMeaning::Preformatted:
      return read_preformatted(node, block_of(BlockKind::CodeBlock));
    case HtmlMeaning::Table:
      return read_table(node, block_of(BlockKind::Table));
    case HtmlMeaning::Rule:
      if (is_in_leaf()) return inlines_.add_boundary();
      return push(block_of(BlockKind::Rule));
    default:
      return read_group(node);
  }
}

void HtmlReader::visit_inline(const HtmlNode& node) {
  const HtmlElement& element = html_element(node.tag);
  switch (element.meaning) {
    case HtmlMeaning::Remove:
      return;
    case HtmlMeaning::Link:
      return read_link(node);
    case HtmlMeaning::Image:
      return read_image(node);
    case HtmlMeaning::Break:
      return inlines_.add_break();
    case HtmlMeaning::Time:
      return read_time(node);
    case HtmlMeaning::Checkbox:
      return read_checkbox(node);
    case HtmlMeaning::Inline: {
      if (inlines_.count_open(element.inline_kind) >= kMostOfOneKind) return visit_children(node);
      Span span;
      span.kind = element.inline_kind;
      inlines_.open_span(std::move(span));
      visit_children(node);
      return inlines_.close_span();
    }
    default:
      return visit_children(node);
  }
}

// ---- Blocks --------------------------------------------------------------------------------------------------------------

void HtmlReader::apply_attributes(Block& block) const {
  if (block.language.empty()) block.language = attributes_.language;
  if (block.direction.empty()) block.direction = attributes_.direction;
}

void HtmlReader::flush() {
  InlineText text = inlines_.take();
  if (text.text.empty() && text.spans.empty()) return;
  Block block = paragraph_;
  block.inlines = std::move(text);
  push(std::move(block));
}

// A list holds only items: anything else goes into the last one.
void HtmlReader::push_into_list(Block block) {
  std::vector<Block>& items = stack_.back().children;
  if (items.empty()) items.push_back(block_of(BlockKind::ListItem));
  items.back().children.push_back(std::move(block));
}

void HtmlReader::push_into_description(Block block) {
  std::vector<Block>& parts = stack_.back().children;
  if (parts.empty() || parts.back().kind != BlockKind::DescriptionDetails)
    parts.push_back(block_of(BlockKind::DescriptionDetails));
  parts.back().children.push_back(std::move(block));
}

// Puts a finished block into the open one and makes sure that it is allowed there.
void HtmlReader::push(Block block) {
  apply_attributes(block);
  Block& parent = stack_.back();
  const auto count_of = [&](BlockKind kind) {
    return std::count_if(parent.children.begin(), parent.children.end(), [&](const Block& child) { return child.kind == kind; });
  };
  switch (block.kind) {
    case BlockKind::ListItem:
    case BlockKind::DescriptionDetails: {
      const BlockKind wanted = block.kind == BlockKind::ListItem ? BlockKind::List : BlockKind::DescriptionList;
      if (parent.kind == wanted) break;
      for (Block& child : block.children) push(std::move(child));
      return;
    }
    case BlockKind::DescriptionTerm:
      if (parent.kind != BlockKind::DescriptionList) block.kind = BlockKind::Paragraph;
      break;
    case BlockKind::Summary:
      if (parent.kind == BlockKind::Details && count_of(BlockKind::Summary) == 0) {
        parent.children.insert(parent.children.begin(), std::move(block));
        return;
      }
      block.kind = BlockKind::Paragraph;
      break;
    case BlockKind::Caption:
      if (parent.kind != BlockKind::Figure || count_of(BlockKind::Caption) > 0) block.kind = BlockKind::Paragraph;
      break;
    default:
      break;
  }
  if (parent.kind == BlockKind::List && block.kind != BlockKind::ListItem) return push_into_list(std::move(block));
  const bool is_part = block.kind == BlockKind::DescriptionTerm || block.kind == BlockKind::DescriptionDetails;
  if (parent.kind == BlockKind::DescriptionList && !is_part) return push_into_description(std::move(block));
  parent.children.push_back(std::move(block));
}

void HtmlReader::read_group(const HtmlNode& node) {
  if (is_in_leaf()) inlines_.add_boundary();
  visit_children(node);
  if (is_in_leaf()) inlines_.add_boundary();
}

void HtmlReader::read_paragraph(const HtmlNode& node, Block block, WhiteSpace white_space) {
  const WhiteSpace outer_white_space = white_space_;
  if (is_in_leaf()) {
    white_space_ = white_space;
    read_group(node);
    white_space_ = outer_white_space;
    return;
  }
  flush();
  white_space_ = white_space;
  paragraph_ = std::move(block);
  visit_children(node);
  flush();
  paragraph_ = {};
  white_space_ = outer_white_space;
}

void HtmlReader::close_container(bool is_own) {
  Block block = std::move(stack_.back());
  stack_.pop_back();
  if (block.children.empty() && !is_own) return;
  if (block.kind == BlockKind::Figure) {
    put_captions_last(block.children);
  } else if (block.kind == BlockKind::Details && (block.children.empty() || block.children.front().kind != BlockKind::Summary)) {
    Block summary = block_of(BlockKind::Summary);
    summary.inlines.text = kDetailsLabel;
    block.children.insert(block.children.begin(), std::move(summary));
  }
  push(std::move(block));
}

// How many blocks a block of the kind `next` would be in, with the items and parts that push() puts between a list and what is
// not its item.
std::size_t HtmlReader::open_levels(BlockKind next) const {
  std::size_t levels = stack_.size();
  for (std::size_t i = 0; i < stack_.size(); ++i) {
    const BlockKind inner = i + 1 < stack_.size() ? stack_[i + 1].kind : next;
    if (stack_[i].kind == BlockKind::List && inner != BlockKind::ListItem) ++levels;
    if (stack_[i].kind == BlockKind::DescriptionList && inner != BlockKind::DescriptionDetails &&
        inner != BlockKind::DescriptionTerm) {
      ++levels;
    }
  }
  return levels;
}

void HtmlReader::read_container(const HtmlNode& node, Block block, bool is_own) {
  if (is_in_leaf()) {
    inlines_.add_boundary();
    if (block.kind == BlockKind::ListItem) inlines_.add_text(kBullet, WhiteSpace::Keep);
    visit_children(node);
    return inlines_.add_boundary();
  }
  flush();
  // Only the items of lists and the parts of description lists may go one level deeper.
  const bool is_part = block.kind == BlockKind::ListItem || block.kind == BlockKind::DescriptionDetails;
  if (open_levels(block.kind) > kMaxContainerDepth + (is_part ? 1 : 0)) {
    visit_children(node);
    return flush();
  }
  apply_attributes(block);
  const Attributes outer = attributes_;
  attributes_.language.clear();  // which the children inherit
  attributes_.direction.clear();
  stack_.push_back(std::move(block));
  visit_children(node);
  flush();
  attributes_ = outer;
  close_container(is_own);
}

void HtmlReader::read_leaf(const HtmlNode& node, Block block, WhiteSpace white_space, bool is_own) {
  if (is_in_leaf()) return read_group(node);
  flush();
  const WhiteSpace outer_white_space = white_space_;
  white_space_ = white_space;
  ++leaf_depth_;
  visit_children(node);
  --leaf_depth_;
  white_space_ = outer_white_space;
  block.inlines = inlines_.take();
  if (!block.inlines.empty() || is_own) push(std::move(block));
}

void HtmlReader::read_list(const HtmlNode& node) {
  Block list = block_of(BlockKind::List);
  list.ordered = node.tag == "ol";
  list.tight = is_tight_list(node);
  if (list.ordered) list.start = number_attribute(node, "start", 1);
  read_container(node, std::move(list), false);
}

void HtmlReader::read_preformatted(const HtmlNode& node, Block block) {
  std::string code;
  for (const HtmlNode& child : node.children) append_text_content(child, code);
  if (is_in_leaf()) {
    Span span;
    span.kind = InlineKind::Code;
    inlines_.add_boundary();
    inlines_.open_span(std::move(span));
    inlines_.add_text(code, WhiteSpace::Keep);
    inlines_.close_span();
    return inlines_.add_boundary();
  }
  flush();
  for (const HtmlNode& child : node.children) {
    if (!block.info.empty()) break;
    if (child.tag == "code") block.info = code_language(attribute_or_empty(child, "class"));
  }
  if (block.info.empty()) block.info = attributes_.code_language;
  if (!code.empty() && code.back() != '\n') code += '\n';
  block.inlines.text = std::move(code);
  push(std::move(block));
}

// ---- Inline elements -------------------------------------------------------------------------------------------------------

void HtmlReader::read_link(const HtmlNode& node) {
  const std::string_view url = attribute_or_empty(node, "href");
  const bool is_link =
      node.attribute("href") != nullptr && is_allowed_url(url, UrlUse::Link) && inlines_.count_open(InlineKind::Link) == 0;
  if (!is_link) return visit_children(node);
  Span span;
  span.kind = InlineKind::Link;
  span.url = url;
  span.title = attribute_or_empty(node, "title");
  inlines_.open_span(std::move(span));
  visit_children(node);
  inlines_.close_span();
}

void HtmlReader::read_image(const HtmlNode& node) {
  const std::string_view url = attribute_or_empty(node, "src");
  const std::string_view alt = attribute_or_empty(node, "alt");
  if (url.empty() || !is_allowed_url(url, UrlUse::Image)) return inlines_.add_text(alt, white_space_);
  Span image;
  image.kind = InlineKind::Image;
  image.url = url;
  image.alt = alt;
  image.title = attribute_or_empty(node, "title");
  image.width = number_attribute(node, "width", 0);
  image.height = number_attribute(node, "height", 0);
  if (image.width > kMaxImageSize || image.height > kMaxImageSize) image.width = image.height = 0;
  inlines_.add_image(std::move(image));
}

void HtmlReader::read_time(const HtmlNode& node) {
  const std::string_view moment = attribute_or_empty(node, "datetime");
  if (!parse_date_time(moment)) return visit_children(node);
  Span span;
  span.kind = InlineKind::Time;
  span.url = moment;
  inlines_.open_span(std::move(span));
  visit_children(node);
  inlines_.close_span();
}

// A checkbox at the beginning of a list item says that it is a task; all other fields vanish.
void HtmlReader::read_checkbox(const HtmlNode& node) {
  Block& item = stack_.back();
  const bool is_first = item.kind == BlockKind::ListItem && item.children.empty() && inlines_.empty();
  if (!is_first || lower_case(attribute_or_empty(node, "type")) != "checkbox") return;
  item.task = node.attribute("checked") != nullptr ? TaskState::Done : TaskState::Open;
}

}  // namespace octavo
