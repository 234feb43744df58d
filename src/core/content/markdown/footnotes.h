// Footnotes as GitHub writes them, "text[^1]" and "[^1]: the note", which md4c does not know: before it reads a text the notes
// are moved to the front as a list, so that one parse sees all link definitions; afterwards they become the document's end notes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/content/document/document.h"

namespace octavo {

// Beyond these, references stay text and further backlinks are left out. They bound how far a hostile text can expand.
inline constexpr std::size_t kMaxFootnotes = 2'000;
inline constexpr std::size_t kMaxFootnoteReferences = 10'000;
inline constexpr std::size_t kMaxBackLinks = 20;

// True when a line looks like the beginning of a note.
bool may_have_footnotes(std::string_view markdown);

// Byte ranges of code blocks and raw HTML, ascending: nothing in them is a note.
using VerbatimRanges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// In lower case -> place in the list of notes.
using FootnoteLabels = std::map<std::string, std::uint64_t, std::less<>>;

struct FootnotedMarkdown {
  std::string text;  // "1.  note" for each, a rule, the rest; empty when there are no notes
  FootnoteLabels labels;
};

// A note begins at most three blanks in and goes on over lines that are indented by four or continue its paragraph. Of two notes
// with the same label, the first counts; the second is reported.
FootnotedMarkdown move_footnotes_to_front(std::string_view markdown, const VerbatimRanges& verbatim, std::string_view file,
                                          Diagnostics& diagnostics);

// The label of the reference at the start of `text` ("[^Label]" gives "label"), empty if there is none.
std::string footnote_label(std::string_view text);

// `document` was parsed from FootnotedMarkdown::text with each reference as a Link whose `width` is its note's place. References
// get their numbers in order of appearance, notes move to a section at the end, with links back. Notes that nobody refers to are
// dropped and reported. False, with nothing changed, when the document does not begin with the list.
bool number_footnotes(Document& document, const FootnoteLabels& labels, std::string_view file, Diagnostics& diagnostics);

}  // namespace octavo
