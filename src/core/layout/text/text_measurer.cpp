// The measurer that knows widths from a table, and the defaults of the interface.
#include "core/layout/text/text_measurer.h"

#include "core/base/assert.h"
#include "core/layout/text/text_analysis.h"

namespace octavo {

namespace {

constexpr float kNarrow = 0.5F;
constexpr float kNarrowMono = 0.6F;

bool is_printable_ascii(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c == 0x7F) return false;
  }
  return true;
}

}  // namespace

void TextMeasurer::dictionary_breaks(std::string_view, std::string_view, std::vector<std::uint32_t>& offsets) {
  offsets.clear();
}

void FixedTextMeasurer::measure(const Face& face, std::string_view, std::span<const std::string_view> words,
                                std::span<float> widths) {
  OCTAVO_ASSERT(words.size() == widths.size());
  const float narrow = face.size * (face.family == Family::Mono ? kNarrowMono : kNarrow);
  std::vector<std::uint32_t> ends;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_printable_ascii(words[i])) {
      widths[i] = narrow * static_cast<float>(words[i].size());
      continue;
    }
    find_grapheme_ends(words[i], ends);
    std::uint32_t begin = 0;
    widths[i] = 0;
    for (const std::uint32_t end : ends) {
      const std::uint32_t columns = grapheme_columns(words[i].substr(begin, end - begin));
      widths[i] += columns == 2 ? face.size : columns == 1 ? narrow : 0;
      begin = end;
    }
  }
}

void FixedTextMeasurer::grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) {
  find_grapheme_ends(text, ends);
}

FaceMetrics FixedTextMeasurer::metrics(const Face& face, std::string_view) {
  return {.ascent = face.size * 0.9F, .descent = face.size * 0.25F};
}

}  // namespace octavo
