// The table of contents of a post, made from its headings.
#pragma once

#include "core/content/document/document.h"

namespace octavo {

inline constexpr std::size_t kMinContentsEntries = 3;
// A longer one keeps only its upper level, so that it can be taken in at a glance.
inline constexpr std::size_t kMaxContentsEntries = 12;

// A nested list of links in a section with a label; without children when the post has too few headings. Precondition:
// add_heading_anchors() has been called.
Block build_table_of_contents(const Block& prose);

}  // namespace octavo
