// Where a text spells what a message is about, for thousands of messages about a large text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/utf8.h"

namespace octavo {

// Looks for one thing after another, which are mostly in the order of the text.
class TextLocator {
 public:
  // `text` must outlive it.
  explicit TextLocator(std::string_view text) : text_(text) {}

  // The next place after the one found last that spells `words`, else the first one of all. Nothing where none does, and when all
  // searches together have read the text kMaxPasses times.
  std::optional<TextPosition> find(std::string_view words);

  // Bytes that were read.
  std::size_t bytes_read() const { return bytes_read_; }

  static constexpr std::size_t kMaxPasses = 100;

 private:
  std::size_t search(std::string_view words, std::size_t begin, std::size_t end);
  TextPosition position_at(std::size_t offset);

  std::string_view text_;
  std::size_t next_ = 0;                    // where the search goes on
  std::optional<TextPositions> positions_;  // made when something is found
  std::size_t bytes_read_ = 0;
};

}  // namespace octavo
