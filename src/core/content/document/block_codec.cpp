// Writing and reading a Document's blocks, member by member.
#include "core/content/document/block_codec.h"

#include <algorithm>

namespace octavo {

namespace {

// Deeper ones become siblings.
constexpr std::size_t kMaxDepth = 200;

enum BlockFlag : std::uint32_t { kOrdered = 1, kTight = 2, kHeader = 4, kRequired = 8, kInvalid = 16 };
enum SpanFlag : std::uint32_t { kPressed = 1, kToggle = 2, kDisabled = 4, kCurrent = 8, kForeign = 16 };

template <typename Enum>
std::int64_t number_of(Enum value) {
  return static_cast<std::int64_t>(value);
}

void write_span(JsonWriter& json, const Span& span) {
  const std::uint32_t flags = (span.pressed ? kPressed : 0U) | (span.is_toggle ? kToggle : 0U) |
                              (span.is_disabled ? kDisabled : 0U) | (span.is_current ? kCurrent : 0U) |
                              (span.is_foreign ? kForeign : 0U);
  json.begin_array().value(number_of(span.kind)).value(span.begin).value(span.end).value(flags);
  json.value(number_of(span.token)).value(number_of(span.note)).value(span.width).value(span.height);
  for (const std::string* text : {&span.url, &span.title, &span.alt, &span.anchor}) json.value(*text);
  json.end_array();
}

void write_rows(JsonWriter& json, std::span<const Block> blocks, std::uint32_t depth) {
  for (const Block& block : blocks) {
    const std::uint32_t flags = (block.ordered ? kOrdered : 0U) | (block.tight ? kTight : 0U) | (block.is_header ? kHeader : 0U) |
                                (block.is_required ? kRequired : 0U) | (block.is_invalid ? kInvalid : 0U);
    json.begin_array().value(depth).value(number_of(block.kind)).value(number_of(block.variant)).value(number_of(block.role));
    json.value(flags).value(std::int64_t{block.level}).value(number_of(block.align)).value(number_of(block.task));
    json.value(block.start);
    for (const std::string* text :
         {&block.anchor, &block.language, &block.direction, &block.label, &block.info, &block.inlines.text}) {
      json.value(*text);
    }
    json.begin_array();
    for (const Span& span : block.inlines.spans) write_span(json, span);
    json.end_array().end_array();
    write_rows(json, block.children, depth + 1);
  }
}

// Reads a row front to back.
class Row {
 public:
  explicit Row(const Json& json) : json_(json) {}
  std::uint32_t number() {
    const std::int64_t number = next().integer();
    return number > 0 && number <= UINT32_MAX ? static_cast<std::uint32_t>(number) : 0;
  }
  template <typename Enum>
  Enum name(Enum last) {
    const std::uint32_t value = number();
    return value <= static_cast<std::uint32_t>(last) ? static_cast<Enum>(value) : Enum{};
  }
  std::string text() { return std::string(next().string()); }
  Json next() { return json_.at(at_++); }

 private:
  const Json& json_;
  std::size_t at_ = 0;
};

Span read_span(const Json& json, std::size_t text_size) {
  Row row(json);
  Span span;
  span.kind = row.name(kLastInlineKind);
  span.begin = static_cast<std::uint32_t>(std::min<std::size_t>(row.number(), text_size));
  span.end = static_cast<std::uint32_t>(std::clamp<std::size_t>(row.number(), span.begin, text_size));
  const std::uint32_t flags = row.number();
  span.pressed = (flags & kPressed) != 0;
  span.is_toggle = (flags & kToggle) != 0;
  span.is_disabled = (flags & kDisabled) != 0;
  span.is_current = (flags & kCurrent) != 0;
  span.is_foreign = (flags & kForeign) != 0;
  span.token = row.name(TokenClass::Comment);
  span.note = row.name(NoteLink::Back);
  span.width = row.number();
  span.height = row.number();
  for (std::string* text : {&span.url, &span.title, &span.alt, &span.anchor}) *text = row.text();
  return span;
}

Block read_block(Row& row) {
  Block block;
  block.kind = row.name(kLastBlockKind);
  block.variant = row.name(Variant::Problem);
  block.role = row.name(Role::Toolbar);
  const std::uint32_t flags = row.number();
  block.ordered = (flags & kOrdered) != 0;
  block.tight = (flags & kTight) != 0;
  block.is_header = (flags & kHeader) != 0;
  block.is_required = (flags & kRequired) != 0;
  block.is_invalid = (flags & kInvalid) != 0;
  block.level = static_cast<std::uint8_t>(row.number());
  block.align = row.name(Align::Right);
  block.task = row.name(TaskState::Done);
  block.start = row.number();
  for (std::string* text : {&block.anchor, &block.language, &block.direction, &block.label, &block.info, &block.inlines.text}) {
    *text = row.text();
  }
  const Json spans = row.next();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    block.inlines.spans.push_back(read_span(spans.at(i), block.inlines.text.size()));
  }
  return block;
}

}  // namespace

void encode_blocks(JsonWriter& json, std::span<const Block> blocks) {
  json.begin_array();
  write_rows(json, blocks, 0);
  json.end_array();
}

std::vector<Block> decode_blocks(const Json& rows) {
  std::vector<Block> blocks;
  // The lists of children from the top to the last block. A list may move its blocks, but only the last list of all grows.
  std::vector<std::vector<Block>*> open{&blocks};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Json json = rows.at(i);
    if (!json.is_array()) continue;
    Row row(json);
    open.resize(std::min({std::size_t{row.number()} + 1, open.size(), kMaxDepth}));
    open.back()->push_back(read_block(row));
    open.push_back(&open.back()->back().children);
  }
  return blocks;
}

}  // namespace octavo
