// The outline, line by line.
#include "support/block_outline.h"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>

namespace octavo {
namespace {

template <typename Enum>
std::optional<Enum> named(std::string_view name, Enum last, std::string_view (*name_of)(Enum)) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

InlineText inline_text(std::string_view text) {
  InlineText inlines;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    inlines.text += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t blank = text.find(' ');
    const std::size_t close = text.find('}');
    const auto kind = named(text.substr(1, blank - 1), kLastInlineKind, inline_kind_name);
    EXPECT_TRUE(kind.has_value() && close != std::string_view::npos) << text;
    Span span{.kind = kind.value_or(InlineKind::Emphasis), .begin = static_cast<std::uint32_t>(inlines.text.size())};
    inlines.text += text.substr(blank + 1, close - blank - 1);
    span.end = static_cast<std::uint32_t>(inlines.text.size());
    if (span.kind == InlineKind::Link || span.kind == InlineKind::Button) span.url = "a.html";
    inlines.spans.push_back(span);
    text.remove_prefix(close + 1);
  }
  return inlines;
}

void apply_word(const std::string& word, Block& block) {
  const std::size_t equals = word.find('=');
  const std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
  if (word == "ordered" || word == "tight" || word == "header") {
    (word == "ordered" ? block.ordered : word == "tight" ? block.tight : block.is_header) = true;
  } else if (word.starts_with("level=")) {
    block.level = static_cast<std::uint8_t>(std::stoi(value));
  } else if (word.starts_with("rows=")) {
    block.start = static_cast<std::uint32_t>(std::stoi(value));
  } else if (word.starts_with("name=")) {
    block.info = value;
  } else if (const auto role = named(word, Role::Toolbar, role_name); role && block.kind == BlockKind::Section) {
    block.role = *role;
  } else {
    const auto variant = named(word, Variant::Problem, variant_name);
    EXPECT_TRUE(variant.has_value()) << word;
    block.variant = variant.value_or(Variant::Body);
  }
}

Block block_of_line(const std::string& line) {
  Block block;
  const std::size_t quote = line.find('"');
  std::istringstream words(line.substr(0, quote));
  std::string word;
  words >> word;
  const auto kind = named(word, kLastBlockKind, block_kind_name);
  EXPECT_TRUE(kind.has_value()) << line;
  block.kind = kind.value_or(BlockKind::Paragraph);
  while (words >> word) apply_word(word, block);
  if (quote == std::string::npos) return block;
  std::string text = line.substr(quote + 1, line.rfind('"') - quote - 1);
  if (const std::size_t end = text.find("\\n"); end != std::string::npos) text.replace(end, 2, "\n");
  block.inlines = inline_text(text);
  return block;
}

}  // namespace

Document document_from_outline(std::string_view outline) {
  Document document;
  std::istringstream lines{std::string(outline)};
  std::string line;
  std::getline(lines, line);
  document.root = block_of_line(line);
  while (std::getline(lines, line)) {
    Block* parent = &document.root;
    for (std::size_t depth = line.find_first_not_of(' ') / 2; depth > 1; --depth) parent = &parent->children.back();
    parent->children.push_back(block_of_line(line));
  }
  number_blocks(document);
  return document;
}

}  // namespace octavo
