// Reading and writing runs of program text.
#include "core/content/document/code_tokens.h"

#include <utility>

namespace octavo {
namespace {

bool is_character_begin(std::string_view text, std::size_t offset) {
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

// The number at the front of `runs`, at least 1 and at most `limit`; 0 when there is none.
std::size_t take_length(std::string_view& runs, std::size_t limit) {
  std::size_t length = 0;
  while (!runs.empty() && runs.front() >= '0' && runs.front() <= '9') {
    length = length * 10 + static_cast<std::size_t>(runs.front() - '0');
    if (length > limit) return 0;
    runs.remove_prefix(1);
  }
  return length;
}

// Nothing when the runs do not fit the text.
std::vector<Span> token_spans(std::string_view text, std::string_view runs, std::size_t limit) {
  std::vector<Span> spans;
  std::size_t at = 0;
  while (!runs.empty()) {
    const std::size_t token = kTokenLetters.find(runs.front());
    if (token == std::string_view::npos && runs.front() != kPlainLetter) return {};
    runs.remove_prefix(1);
    const std::size_t length = take_length(runs, text.size() - at);
    if (length == 0 || !is_character_begin(text, at + length) || spans.size() == limit) return {};
    if (token != std::string_view::npos) {
      Span& span = spans.emplace_back();
      span.kind = InlineKind::Token;
      span.token = static_cast<TokenClass>(token);
      span.begin = static_cast<std::uint32_t>(at);
      span.end = static_cast<std::uint32_t>(at + length);
    }
    at += length;
  }
  return spans;
}

// Visits code blocks in document order; depth is bounded by kMaxBlockDepth and kMaxHtmlDepth.
template <typename AnyBlock, typename Visit>
void for_each_code_block(AnyBlock& block, const Visit& visit) {
  if (block.kind == BlockKind::CodeBlock) visit(block);
  for (auto& child : block.children) for_each_code_block(child, visit);
}

}  // namespace

void append_code_run(std::string& runs, char letter, std::size_t length) {
  if (length > 0) (runs += letter) += std::to_string(length);
}

void add_code_tokens(Document& document, const std::vector<std::string>& runs) {
  std::size_t next = 0;
  std::size_t left = kMaxCodeTokens;
  for_each_code_block(document.root, [&](Block& block) {
    if (next >= runs.size()) return;
    const std::string& of_block = runs[next++];
    if (!block.inlines.spans.empty()) return;
    block.inlines.spans = token_spans(block.inlines.text, of_block, left);
    left -= block.inlines.spans.size();
  });
}

std::vector<const Block*> code_blocks(const Document& document) {
  std::vector<const Block*> blocks;
  for_each_code_block(document.root, [&](const Block& block) { blocks.push_back(&block); });
  return blocks;
}

}  // namespace octavo
