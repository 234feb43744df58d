// Writing and reading a Document's blocks, member by member.
#include "core/content/document/block_codec.h"

#include <algorithm>
#include <optional>

#include "core/content/document/content_limits.h"

namespace octavo {

namespace {

// Deeper ones become siblings.
constexpr std::size_t kMaxDepth = 200;
constexpr std::uint32_t kLastHeadingLevel = 6;

enum BlockFlag : std::uint32_t { kOrdered = 1, kTight = 2, kHeader = 4, kRequired = 8, kInvalid = 16 };
enum SpanFlag : std::uint32_t { kPressed = 1, kToggle = 2, kDisabled = 4, kCurrent = 8, kUntrusted = 16 };

template <typename Enum>
std::int64_t number_of(Enum value) {
  return static_cast<std::int64_t>(value);
}

void write_span(JsonWriter& json, const Span& span) {
  const std::uint32_t flags = (span.pressed ? kPressed : 0U) | (span.is_toggle ? kToggle : 0U) |
                              (span.is_disabled ? kDisabled : 0U) | (span.is_current ? kCurrent : 0U) |
                              (span.is_untrusted ? kUntrusted : 0U);
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
  span.is_untrusted = (flags & kUntrusted) != 0;
  span.token = row.name(TokenClass::Comment);
  span.note = row.name(NoteLink::Back);
  span.width = row.number();
  span.height = row.number();
  for (std::string* text : {&span.url, &span.title, &span.alt, &span.anchor}) *text = row.text();
  return span;
}

bool is_character_begin(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

// What a span may cover by itself.
bool fits_text(const Span& span, std::string_view text) {
  if (!is_character_begin(text, span.begin) || !is_character_begin(text, span.end)) return false;
  const std::string_view covered = text.substr(span.begin, span.end - span.begin);
  if (span.kind == InlineKind::Image) return covered == kObjectReplacement;
  return span.kind == InlineKind::HardBreak ? covered == "\n" : span.kind != InlineKind::RawHtml;
}

// Leaves out what is not sorted, does not nest, or nests too deeply.
std::vector<Span> read_spans(const Json& json, std::string_view text) {
  std::vector<Span> spans;
  std::vector<std::uint32_t> open_ends;
  for (std::size_t i = 0; i < json.size(); ++i) {
    Span span = read_span(json.at(i), text.size());
    if (!fits_text(span, text) || (!spans.empty() && span.begin < spans.back().begin)) continue;
    while (!open_ends.empty() && open_ends.back() <= span.begin) open_ends.pop_back();
    if (open_ends.size() > kMaxInlineDepth || (!open_ends.empty() && span.end > open_ends.back())) continue;
    open_ends.push_back(span.end);
    spans.push_back(std::move(span));
  }
  return spans;
}

// The only parent of a kind; nullopt where any other block may be the parent.
std::optional<BlockKind> parent_of(BlockKind kind) {
  if (kind == BlockKind::ListItem) return BlockKind::List;
  if (kind == BlockKind::TableRow) return BlockKind::Table;
  return kind == BlockKind::TableCell ? std::optional(BlockKind::TableRow) : std::nullopt;
}

bool may_hold(BlockKind parent, BlockKind kind) {
  const bool is_exclusive = parent == BlockKind::List || parent == BlockKind::Table || parent == BlockKind::TableRow;
  const std::optional<BlockKind> wanted = parent_of(kind);
  return wanted ? *wanted == parent : !is_exclusive && kind != BlockKind::RawHtml;
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
  block.level = static_cast<std::uint8_t>(std::min(row.number(), kLastHeadingLevel));
  if (block.kind == BlockKind::Heading && block.level == 0) block.level = 1;
  block.align = row.name(Align::Right);
  block.task = row.name(TaskState::Done);
  block.start = row.number();
  for (std::string* text : {&block.anchor, &block.language, &block.direction, &block.label, &block.info, &block.inlines.text}) {
    *text = row.text();
  }
  block.inlines.spans = read_spans(row.next(), block.inlines.text);
  return block;
}

}  // namespace

void encode_blocks(JsonWriter& json, std::span<const Block> blocks) {
  json.begin_array();
  write_rows(json, blocks, 0);
  json.end_array();
}

std::vector<Block> decode_blocks(const Json& rows) {
  Block root;
  root.kind = BlockKind::Section;
  // The blocks from the top to the last one. A list of children may move its blocks, but only the last list of all grows.
  std::vector<Block*> open{&root};
  std::size_t left_out = SIZE_MAX;  // rows deeper than this belong to one that was left out
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Json json = rows.at(i);
    if (!json.is_array()) continue;
    Row row(json);
    const std::size_t depth = row.number();
    if (depth > left_out) continue;
    left_out = SIZE_MAX;
    open.resize(std::min({depth + 1, open.size(), kMaxDepth}));
    Block block = read_block(row);
    if (!may_hold(open.back()->kind, block.kind)) {
      left_out = depth;
      continue;
    }
    open.back()->children.push_back(std::move(block));
    open.push_back(&open.back()->children.back());
  }
  return std::move(root.children);
}

}  // namespace octavo
