// A Document with raw HTML written as HTML in which our own blocks and spans carry numbers, so that reading it back loses
// nothing.
#pragma once

#include <string>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// Our own parts get one attribute, `marker`, whose value is "b" or "s" and the index of the block or span. No raw part
// can carry it: its name does not occur in the document.
struct RoundtripHtml {
  std::string html;
  std::string marker;
  std::vector<Block> blocks;  // without inlines and children
  std::vector<Span> spans;
};

// Writes the blocks one after another, raw parts verbatim.
RoundtripHtml write_roundtrip_html(std::vector<Block> blocks);

// The tag under which an own block or span is written; a marker on any other tag does not count.
std::string_view roundtrip_tag(const Block& block);
std::string_view roundtrip_tag(const Span& span);

}  // namespace octavo
