// What layout must ask of the platform about text: how wide a word is, how tall a face is, where a script without spaces may
// break.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/layout/style/style.h"
#include "core/layout/text/direction.h"

namespace octavo {

// The metrics of a face at its size, in device pixels. Both are positive.
struct FaceMetrics {
  float ascent = 0;
  float descent = 0;
};

class TextMeasurer {
 public:
  virtual ~TextMeasurer() = default;

  // Advance widths in device pixels of words (shaped runs of one direction, without line breaks) in one face. `widths` has
  // the length of `words`. Called with many words at once, since each call crosses into the browser.
  virtual void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
                       std::span<float> widths) = 0;

  virtual FaceMetrics metrics(const Face& face, std::string_view language) = 0;

  // Byte offsets at which grapheme clusters end (UAX #29), ascending; the last one is text.size().
  virtual void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) = 0;

  // Optional: byte offsets inside `text` (ascending, without 0 and the end) where a word begins, for scripts that are written
  // without spaces (Thai, Lao, Khmer, Burmese: line break class SA of UAX #14). The default knows none.
  virtual void dictionary_breaks(std::string_view text, std::string_view language, std::vector<std::uint32_t>& offsets);
};

// Widths from a table instead of fonts: every grapheme cluster of a narrow script is `size` * 0.5 wide (mono 0.6), of a wide one
// (East Asian Wide, emoji) `size`; combining marks are 0. For tests and for rendering in the terminal.
class FixedTextMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override;
  FaceMetrics metrics(const Face& face, std::string_view language) override;
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override;
};

}  // namespace octavo
