// Colors of program text: found at build time, kept in the bundle as runs of one letter and a length, laid over code blocks as
// spans.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// Tokens of one post at most; code beyond it stays plain. It bounds the spans that a hostile file can ask for.
inline constexpr std::size_t kMaxCodeTokens = 100'000;

// The letter of plain text, which is no token, in runs.
inline constexpr char kPlainLetter = 'p';

// Adds a run: "k6", "p1". Lengths are bytes of UTF-8; 0 adds nothing.
void append_code_run(std::string& runs, char letter, std::size_t length);

// Lays `runs` over the code blocks in the order of the document. A block whose runs are misspelled, reach beyond its text, cut a
// character in two, or whose text has spans already, stays as it is: a wrong color is not worth an error.
void add_code_tokens(Document& document, const std::vector<std::string>& runs);

// The code blocks of a document in that order.
std::vector<const Block*> code_blocks(const Document& document);

}  // namespace octavo
