// The text measurer over the browser's canvas text functions.
#include "browser/web_text_measurer.h"

#include "browser/imports.h"
#include "core/base/assert.h"
#include "ui/face_css.h"

namespace octavo {
namespace {

// About 8 MB. A megabyte of prose has some 20,000 different words, each in a few sizes as windows change.
constexpr std::size_t kMaxWords = 100'000;

// The numbers that octavojs_segment() takes.
constexpr std::uint32_t kWord = 0;
constexpr std::uint32_t kGrapheme = 1;

void segment(std::string_view text, std::string_view language, std::uint32_t unit, std::vector<std::uint32_t>& begins) {
  begins.resize(text.size());
  begins.resize(octavojs_segment(text.data(), text.size(), language.data(), language.size(), unit, begins.data(), begins.size()));
}

}  // namespace

void WebTextMeasurer::measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
                              std::span<float> widths) {
  OCTAVO_ASSERT(words.size() == widths.size());
  if (word_count_ > kMaxWords) forget();
  const std::string font = css_font(face);
  Words& known = widths_[font + '\t' + std::string(language)];
  std::string unknown;
  std::vector<float*> slots;  // of the unknown words; map nodes do not move
  for (const std::string_view word : words) {
    if (known.find(word) != known.end()) continue;
    slots.push_back(&known.emplace(word, 0.0F).first->second);
    if (slots.size() > 1) unknown += '\n';
    unknown += word;
  }
  if (!slots.empty()) {
    std::vector<float> answer(slots.size());
    octavojs_measure(font.data(), font.size(), language.data(), language.size(), unknown.data(), unknown.size(), answer.data(),
                     answer.size());
    for (std::size_t i = 0; i < slots.size(); ++i) *slots[i] = answer[i];
    word_count_ += slots.size();
  }
  for (std::size_t i = 0; i < words.size(); ++i) widths[i] = known.find(words[i])->second;
}

FaceMetrics WebTextMeasurer::metrics(const Face& face, std::string_view language) {
  const std::string font = css_font(face);
  const std::string key = font + '\t' + std::string(language);
  const auto found = metrics_.find(key);
  if (found != metrics_.end()) return found->second;
  float answer[2] = {0, 0};
  octavojs_metrics(font.data(), font.size(), language.data(), language.size(), answer);
  return metrics_[key] = FaceMetrics{answer[0], answer[1]};
}

void WebTextMeasurer::dictionary_breaks(std::string_view text, std::string_view language, std::vector<std::uint32_t>& offsets) {
  segment(text, language, kWord, offsets);
}

void WebTextMeasurer::grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) {
  segment(text, {}, kGrapheme, ends);
  if (!text.empty()) ends.push_back(static_cast<std::uint32_t>(text.size()));
}

void WebTextMeasurer::forget() {
  widths_.clear();
  metrics_.clear();
  word_count_ = 0;
}

}  // namespace octavo
