// Reads a Document from an outline: a line for each block as dump_document() names it, children indented by two blanks.
#pragma once

#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

// A line is a kind, then in any order a variant, `role` names after "section", "level=2", "rows=4", "name=text", "ordered",
// "tight", "header", and last the text in quotes, in which "{keyboard Esc}" is a span. Wrong lines make a test fail.
Document document_from_outline(std::string_view outline);

}  // namespace octavo
