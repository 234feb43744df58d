// Searches go on where the last one ended.
#include "press/prepare/text_locator.h"

#include <algorithm>

namespace octavo {

std::optional<TextPosition> TextLocator::find(std::string_view words) {
  if (words.empty() || bytes_read_ > kMaxPasses * text_.size()) return std::nullopt;
  std::size_t found = search(words, next_, text_.size());
  if (found == std::string_view::npos) found = search(words, 0, std::min(text_.size(), next_ + words.size()));
  if (found == std::string_view::npos) return std::nullopt;
  next_ = found + words.size();
  return position_at(found);
}

std::size_t TextLocator::search(std::string_view words, std::size_t begin, std::size_t end) {
  const std::size_t found = text_.substr(0, end).find(words, begin);
  bytes_read_ += (found == std::string_view::npos ? end : found) - begin;
  return found;
}

TextPosition TextLocator::position_at(std::size_t offset) {
  if (!positions_) {
    positions_.emplace(text_);
    bytes_read_ += text_.size();
  }
  return positions_->at(offset);
}

}  // namespace octavo
