// Walks over the document tree: numbering, plain text, word counts and the stable dump.
#include "core/content/document/document.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/utf8.h"

namespace octavo {
namespace {

void number_block(Block& block, std::uint32_t& next) {
  block.id = next++;
  for (Block& child : block.children) number_block(child, next);
}

// ---- Plain text ------------------------------------------------------------------------------------------------------

void append_plain_text(const Block& block, std::string& out) {
  if (block.kind == BlockKind::RawHtml) return;
  std::string text = block.kind == BlockKind::CodeBlock ? block.inlines.text : plain_text(block.inlines);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty()) {
    if (!out.empty()) out += '\n';
    out += text;
  }
  for (const Block& child : block.children) append_plain_text(child, out);
}

// ---- Words -----------------------------------------------------------------------------------------------------------

struct CodePointRange {
  char32_t first;
  char32_t last;
};

// Beyond ASCII what is neither letter, mark nor digit; good enough for counting words without shipping the whole Unicode
// character database: scripts are letters unless a row here says that it is space, punctuation or a symbol.
constexpr CodePointRange kNotWord[] = {
    {0x0080, 0x00A9},   {0x00AB, 0x00B1}, {0x00B4, 0x00B4}, {0x00B6, 0x00B8}, {0x00BB, 0x00BB},   {0x00BF, 0x00BF},
    {0x00D7, 0x00D7},   {0x00F7, 0x00F7}, {0x02C2, 0x02C5}, {0x037E, 0x037E}, {0x0387, 0x0387},   {0x055A, 0x055F},
    {0x0589, 0x058F},   {0x05BE, 0x05BE}, {0x05C0, 0x05C0}, {0x05C3, 0x05C3}, {0x05C6, 0x05C6},   {0x05F3, 0x05F4},
    {0x0600, 0x060F},   {0x061B, 0x061F}, {0x066A, 0x066D}, {0x06D4, 0x06D4}, {0x06DD, 0x06DE},   {0x0700, 0x070F},
    {0x07F6, 0x07F9},   {0x0964, 0x0965}, {0x0970, 0x0970}, {0x0E2F, 0x0E2F}, {0x0E3F, 0x0E3F},   {0x0E4F, 0x0E4F},
    {0x0E5A, 0x0E5B},   {0x0F01, 0x0F17}, {0x104A, 0x104F}, {0x10FB, 0x10FB}, {0x1360, 0x1368},   {0x1400, 0x1400},
    {0x166D, 0x166E},   {0x1680, 0x1680}, {0x169B, 0x169C}, {0x16EB, 0x16ED}, {0x1735, 0x1736},   {0x17D4, 0x17DB},
    {0x1800, 0x180A},   {0x2000, 0x200B}, {0x200E, 0x203E}, {0x2041, 0x2053}, {0x2055, 0x206F},   {0x207A, 0x207E},
    {0x208A, 0x208E},   {0x20A0, 0x20CF}, {0x2100, 0x2101}, {0x2103, 0x2106}, {0x2108, 0x2109},   {0x2116, 0x2118},
    {0x211E, 0x2123},   {0x2190, 0x245F}, {0x249C, 0x24E9}, {0x2500, 0x2BFF}, {0x2E00, 0x2FFF},   {0x3000, 0x3004},
    {0x3008, 0x3020},   {0x3030, 0x3030}, {0x3036, 0x3037}, {0x303D, 0x303F}, {0x309B, 0x309C},   {0x30A0, 0x30A0},
    {0x30FB, 0x30FB},   {0x31C0, 0x31EF}, {0x3200, 0x33FF}, {0x4DC0, 0x4DFF}, {0xD800, 0xF8FF},   {0xFD3E, 0xFD3F},
    {0xFE10, 0xFE1F},   {0xFE30, 0xFE32}, {0xFE35, 0xFE4C}, {0xFE50, 0xFE6F}, {0xFEFF, 0xFEFF},   {0xFF00, 0xFF0F},
    {0xFF1A, 0xFF20},   {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1D000, 0x1D3FF}, {0x1F000, 0x1FAFF},
    {0xE0000, 0x10FFFF}};

// Scripts written without blanks, in which each character counts as a word.
constexpr CodePointRange kWordByItself[] = {
    {0x3005, 0x3007}, {0x3041, 0x309A},   {0x309D, 0x309F},   {0x30A1, 0x30FA}, {0x30FC, 0x30FF},
    {0x31F0, 0x31FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFF66, 0xFF9D}, {0x1B000, 0x1B16F}, {0x20000, 0x3FFFD},
};

bool in_ranges(char32_t value, const CodePointRange* first, const CodePointRange* last) {
  const auto* range = std::lower_bound(first, last, value, [](const CodePointRange& r, char32_t v) { return r.last < v; });
  return range != last && range->first <= value;
}

bool is_word_by_itself(char32_t value) {
  return in_ranges(value, std::begin(kWordByItself), std::end(kWordByItself));
}

bool is_word_character(char32_t value) {
  if (value < 0x80) return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  return !in_ranges(value, std::begin(kNotWord), std::end(kNotWord));
}

// ---- Dump ------------------------------------------------------------------------------------------------------------

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

void add_text(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  ((out += ' ') += name) += '=';
  out += quoted(value);
}

void add_flag(std::string& out, std::string_view name, bool value) {
  if (value) (out += ' ') += name;
}

constexpr std::string_view kAlignNames[] = {"default", "left", "center", "right"};

void dump_block_line(const Block& block, std::string& out) {
  out += block_kind_name(block.kind);
  if (block.variant != Variant::Body) (out += ' ') += variant_name(block.variant);
  if (block.role != Role::None) (out += " role=") += role_name(block.role);
  if (block.kind == BlockKind::Heading) (out += " level=") += std::to_string(block.level);
  if (block.align != Align::Default) (out += " align=") += kAlignNames[static_cast<std::size_t>(block.align)];
  if (block.task != TaskState::None) out += block.task == TaskState::Done ? " done" : " open";
  add_flag(out, "ordered", block.ordered);
  if (block.ordered && block.start != 1) (out += " start=") += std::to_string(block.start);
  add_flag(out, "tight", block.tight);
  add_flag(out, "header", block.is_header);
  add_text(out, "anchor", block.anchor);
  add_text(out, "language", block.language);
  add_text(out, "direction", block.direction);
  add_text(out, "label", block.label);
  add_text(out, "info", block.info);
  if (!block.inlines.empty()) (out += ' ') += quoted(block.inlines.text);
  out += '\n';
}

void dump_span_line(const Span& span, std::string& out) {
  ((out += "- ") += inline_kind_name(span.kind)) += ' ';
  ((out += std::to_string(span.begin)) += "..") += std::to_string(span.end);
  if (span.kind == InlineKind::Token) (out += ' ') += token_letter(span.token);
  add_text(out, "url", span.url);
  add_text(out, "title", span.title);
  add_text(out, "alt", span.alt);
  if (span.width != 0) (out += " width=") += std::to_string(span.width);
  if (span.height != 0) (out += " height=") += std::to_string(span.height);
  add_flag(out, "toggle", span.is_toggle);
  add_flag(out, "pressed", span.pressed);
  add_flag(out, "disabled", span.is_disabled);
  add_flag(out, "current", span.is_current);
  add_text(out, "anchor", span.anchor);
  add_flag(out, "note-reference", span.note == NoteLink::Reference);
  add_flag(out, "note-back", span.note == NoteLink::Back);
  out += '\n';
}

void dump_block(const Block& block, std::size_t depth, std::string& out) {
  out.append(depth * 2, ' ');
  dump_block_line(block, out);
  for (const Span& span : block.inlines.spans) {
    out.append(depth * 2 + 2, ' ');
    dump_span_line(span, out);
  }
  for (const Block& child : block.children) dump_block(child, depth + 1, out);
}

}  // namespace

std::uint32_t number_blocks(Document& document) {
  std::uint32_t next = 0;
  number_block(document.root, next);
  return next;
}

std::string plain_text(const Document& document) {
  std::string out;
  append_plain_text(document.root, out);
  return out;
}

std::string plain_text(const InlineText& inlines, NoteText notes) {
  std::string out;
  out.reserve(inlines.text.size());
  std::size_t done = 0;
  const auto copy_until = [&](std::size_t end) {
    for (; done < end; ++done) out += inlines.text[done] == '\n' ? ' ' : inlines.text[done];
  };
  for (const Span& span : inlines.spans) {
    if (span.begin < done) continue;
    if (span.kind == InlineKind::Image) {
      copy_until(span.begin);
      out += span.alt;
    } else if (span.kind == InlineKind::HardBreak) {
      copy_until(span.begin);
      out += '\n';
    } else if (span.kind != InlineKind::RawHtml && (notes == NoteText::Keep || span.note == NoteLink::None)) {
      continue;
    } else {
      copy_until(span.begin);
    }
    done = span.end;
  }
  copy_until(inlines.text.size());
  return out;
}

std::uint32_t count_words(std::string_view text) {
  std::uint32_t words = 0;
  bool in_word = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, offset);
    offset += point.length;
    if (is_word_by_itself(point.value)) {
      ++words;
      in_word = false;
    } else if (is_word_character(point.value)) {
      if (!in_word) ++words;
      in_word = true;
    } else {
      in_word = false;
    }
  }
  return words;
}

std::string dump_document(const Document& document) {
  std::string out;
  dump_block(document.root, 0, out);
  return out;
}

std::string_view block_kind_name(BlockKind kind) {
  static constexpr std::string_view kNames[] = {
#define BLOCK(kind, name, ...) name,
#define BLOCK_AS(kind, name, ...) name,
#include "core/content/document/elements.def"
  };
  static_assert(std::size(kNames) == static_cast<std::size_t>(kLastBlockKind) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view inline_kind_name(InlineKind kind) {
  static constexpr std::string_view kNames[] = {
#define INLINE(kind, name, ...) name,
#define INLINE_AS(kind, name, ...) name,
#include "core/content/document/elements.def"
  };
  static_assert(std::size(kNames) == static_cast<std::size_t>(kLastInlineKind) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

InlineLook inline_look(InlineKind kind) {
  static constexpr InlineLook kLooks[] = {
#define INLINE(kind, name, tag, meaning, look, ...) InlineLook::look,
#define INLINE_AS(kind, name, tag, look) InlineLook::look,
#include "core/content/document/elements.def"
  };
  return kLooks[static_cast<std::size_t>(kind)];
}

std::string_view variant_name(Variant variant) {
  static constexpr std::string_view kNames[] = {"body",        "site-title",    "tagline",     "menu",  "byline",
                                                "entry-title", "entry-summary", "tags",        "label", "notice",
                                                "fine-print",  "actions",       "placeholder", "check", "problem"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Variant::Problem) + 1);
  return kNames[static_cast<std::size_t>(variant)];
}

std::string_view role_name(Role role) {
  static constexpr std::string_view kNames[] = {
      "none",      "page",          "banner",       "navigation", "main",     "article", "article-header", "prose",
      "post-list", "complementary", "content-info", "reactions",  "reply",    "alert",   "preferences",    "endnotes",
      "contents",  "comments",      "comment",      "replies",    "composer", "toolbar"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Role::Toolbar) + 1);
  return kNames[static_cast<std::size_t>(role)];
}

}  // namespace octavo
