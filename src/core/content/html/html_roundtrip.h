// A Document with raw HTML written as HTML in which our own blocks and spans carry numbers, so that reading it back loses
// nothing.
#pragma once

#include <string>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// Own parts are written with one attribute, `marker`, whose value is "b" or "s" and the index of what it stands for. No raw part
// can carry it: its name does not occur in the document.
struct MarkedHtml {
  std::string html;
  std::string marker;
  std::vector<Block> blocks;  // without inlines and children
  std::vector<Span> spans;
};

// Writes the blocks one after another, raw parts verbatim.
MarkedHtml write_roundtrip_html(std::vector<Block> blocks);

// The tag under which an own block or span is written; a marker on any other tag does not count.
std::string_view marked_tag(const Block& block);
std::string_view marked_tag(const Span& span);

}  // namespace octavo
