// What a semantic tree consists of, and where layout has ended its lines.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace octavo {

// One element, or a text node (empty tag), or raw HTML (tag "#raw", only where asked for).
struct Element {
  std::string tag;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;
  std::uint32_t block_id = 0;
  bool has_block_id = false;

  static Element of_text(std::string text);
  static Element of_tag(std::string tag);
  Element& set(std::string name, std::string value);  // appends an attribute
};

enum class BreakKind : std::uint8_t {
  Space,    // the white space at `offset` is where the line ends
  Between,  // the line ends before `offset`, where there is no white space (CJK, after a hyphen)
  Hyphen,   // the line ends before `offset` with a hyphen that is not in the text
};

// A line break that layout decided inside a block's text.
struct SoftBreak {
  std::uint32_t offset = 0;  // byte offset into InlineText::text
  BreakKind kind = BreakKind::Space;
};

struct BlockBreaks {
  std::uint32_t block_id = 0;
  std::vector<SoftBreak> breaks;  // ascending
};

struct SemanticOptions {
  // True only for the CommonMark conformance test and as the input of resolve_html(): raw HTML as written, no classes, no ids.
  bool plain_commonmark = false;
  // Line breaks, sorted by block id; blocks without an entry wrap as the browser likes. A Space break becomes
  // <span class="lb"> </span>, Between <span class="lb"></span>, Hyphen <span class="lh"></span><span class="lb"></span>.
  std::span<const BlockBreaks> breaks;
};

}  // namespace octavo
