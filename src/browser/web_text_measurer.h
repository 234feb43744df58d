// Text measured by the browser's text engine, with a cache, so that each word is measured once.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "core/layout/text/text_measurer.h"

namespace octavo {

class WebTextMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override;
  FaceMetrics metrics(const Face& face, std::string_view language) override;
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override;
  void dictionary_breaks(std::string_view text, std::string_view language, std::vector<std::uint32_t>& offsets) override;

  // Other fonts have arrived.
  void forget();

 private:
  struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
  };
  using Words = std::unordered_map<std::string, float, WordHash, std::equal_to<>>;

  std::map<std::string, Words, std::less<>> widths_;  // by CSS font and language
  std::map<std::string, FaceMetrics, std::less<>> metrics_;
  std::size_t word_count_ = 0;
};

}  // namespace octavo
