// Every word of a layout once: its text in the layout's arena, its face and language, and its width, measured in batches.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/layout/tree/layout_tree.h"

namespace octavo {

inline constexpr std::uint32_t kNoWord = 0xFFFFFFFF;

class ShapedRunCache {
 public:
  // Writes faces, languages and texts into `layout`, which must outlive the table.
  ShapedRunCache(Layout& layout, TextMeasurer& measurer);
  TextMeasurer& measurer() { return measurer_; }

  std::uint16_t face_index(Face face);  // not smaller than the browser allows
  std::uint16_t language_index(std::string_view language);
  // Rounded to whole pixels. Which font a generic family means depends on the language.
  FaceMetrics metrics(std::uint16_t face, std::uint16_t language);

  // The word's id; its width is known after the next measure_pending(). `text` may not point into Layout::text.
  std::uint32_t add(std::uint16_t face, std::uint16_t language, std::string_view text);
  void measure_pending();
  // Measures at most `limit` of them; true when more are pending.
  bool measure_some(std::size_t limit);

  struct Word {
    std::uint32_t begin = 0;  // into Layout::text
    std::uint32_t end = 0;
    std::uint32_t group = 0;
    std::uint32_t hash = 0;
    float width = 0;
  };
  const Word& operator[](std::uint32_t id) const { return words_[id]; }

 private:
  struct Group {
    std::uint16_t face = 0;
    std::uint16_t language = 0;
    std::vector<std::uint32_t> pending;
    FaceMetrics metrics;  // ascent 0 = not asked yet
  };
  std::uint32_t group_index(std::uint16_t face, std::uint16_t language);
  void measure_group(Group& group, std::size_t limit);
  void grow();

  Layout& layout_;
  TextMeasurer& measurer_;
  std::vector<Word> words_;
  std::vector<std::uint32_t> slots_;  // open addressing; id + 1, 0 = free
  std::vector<Group> groups_;
  std::unordered_map<std::uint64_t, std::uint16_t> face_indices_;
  std::unordered_map<std::string, std::uint16_t> language_indices_;
  std::unordered_map<std::uint32_t, std::uint32_t> group_indices_;
  std::vector<std::uint32_t> dirty_groups_;
  std::uint32_t last_group_key_ = 0;
  std::uint32_t last_group_ = kNoWord;
};

}  // namespace octavo
