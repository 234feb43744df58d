// An open-addressing hash table over the words, since a long article asks for two hundred thousand of them.
#include "core/layout/line/shaped_run_cache.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>

#include "core/base/assert.h"

namespace octavo {

namespace {

constexpr std::size_t kFirstSlots = 1024;
// Fragments index faces and languages with 16 bits; any more that a hostile document invents share the first entry.
constexpr std::size_t kMaxIndices = 0xFFFF;

std::uint64_t face_key(const Face& face) {
  // libc++ of Emscripten 3.1.6 has no std::bit_cast.
  std::uint32_t size_bits = 0;
  static_assert(sizeof size_bits == sizeof face.size);
  std::memcpy(&size_bits, &face.size, sizeof size_bits);
  return (std::uint64_t{size_bits} << 32) | (std::uint64_t{face.weight} << 8) | (std::uint64_t{face.italic} << 4) |
         static_cast<std::uint64_t>(face.family);
}

}  // namespace

ShapedRunCache::ShapedRunCache(Layout& layout, TextMeasurer& measurer)
    : layout_(layout), measurer_(measurer), slots_(kFirstSlots) {}

std::uint16_t ShapedRunCache::face_index(Face face) {
  face.size = std::max(face.size, layout_.viewport.min_font_css * layout_.viewport.device_pixel_ratio);
  const std::uint64_t key = face_key(face);
  const auto found = face_indices_.find(key);
  if (found != face_indices_.end()) return found->second;
  if (layout_.faces.size() >= kMaxIndices) return 0;
  const auto index = static_cast<std::uint16_t>(layout_.faces.size());
  layout_.faces.push_back(face);
  face_indices_.emplace(key, index);
  return index;
}

std::uint16_t ShapedRunCache::language_index(std::string_view language) {
  std::string key(language);
  const auto found = language_indices_.find(key);
  if (found != language_indices_.end()) return found->second;
  if (layout_.languages.size() >= kMaxIndices) return 0;
  const auto index = static_cast<std::uint16_t>(layout_.languages.size());
  layout_.languages.push_back(key);
  language_indices_.emplace(std::move(key), index);
  return index;
}

FaceMetrics ShapedRunCache::metrics(std::uint16_t face, std::uint16_t language) {
  FaceMetrics& known = groups_[group_index(face, language)].metrics;
  if (known.ascent <= 0) {
    const FaceMetrics asked = measurer_.metrics(layout_.faces[face], layout_.languages[language]);
    known = {.ascent = std::max(1.0F, std::round(asked.ascent)), .descent = std::max(0.0F, std::round(asked.descent))};
  }
  return known;
}

std::uint32_t ShapedRunCache::group_index(std::uint16_t face, std::uint16_t language) {
  const std::uint32_t key = (std::uint32_t{face} << 16) | language;
  if (last_group_ != kNoWord && key == last_group_key_) return last_group_;
  const auto [entry, is_new] = group_indices_.try_emplace(key, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) groups_.push_back({.face = face, .language = language, .pending = {}, .metrics = {}});
  last_group_key_ = key;
  last_group_ = entry->second;
  return last_group_;
}

std::uint32_t ShapedRunCache::add(std::uint16_t face, std::uint16_t language, std::string_view text) {
  OCTAVO_ASSERT(face < layout_.faces.size() && language < layout_.languages.size());
  const std::uint32_t group = group_index(face, language);
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(text) + group * 0x9E3779B9U);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Word& word = words_[slots_[slot] - 1];
    if (word.hash != hash || word.group != group || word.end - word.begin != text.size()) continue;
    if (std::string_view(layout_.text).substr(word.begin, text.size()) == text) return slots_[slot] - 1;
  }
  const auto id = static_cast<std::uint32_t>(words_.size());
  const auto begin = static_cast<std::uint32_t>(layout_.text.size());
  layout_.text.append(text);
  words_.push_back({.begin = begin, .end = static_cast<std::uint32_t>(layout_.text.size()), .group = group, .hash = hash});
  slots_[slot] = id + 1;
  if (groups_[group].pending.empty()) dirty_groups_.push_back(group);
  groups_[group].pending.push_back(id);
  if (words_.size() * 2 > slots_.size()) grow();
  return id;
}

void ShapedRunCache::grow() {
  std::vector<std::uint32_t> slots(slots_.size() * 4);
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t id = 0; id < words_.size(); ++id) {
    std::size_t slot = words_[id].hash & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = id + 1;
  }
  slots_ = std::move(slots);
}

void ShapedRunCache::measure_pending() {
  while (measure_some(SIZE_MAX)) {
  }
}

// Words of one group only: the platform measures the words of one font together.
bool ShapedRunCache::measure_some(std::size_t limit) {
  if (dirty_groups_.empty()) return false;
  Group& group = groups_[dirty_groups_.back()];
  measure_group(group, limit);
  if (group.pending.empty()) dirty_groups_.pop_back();
  return !dirty_groups_.empty();
}

void ShapedRunCache::measure_group(Group& group, std::size_t limit) {
  const std::string_view arena = layout_.text;
  const std::size_t first = group.pending.size() - std::min(limit, group.pending.size());
  const std::span<const std::uint32_t> ids = std::span(group.pending).subspan(first);
  std::vector<std::string_view> texts;
  texts.reserve(ids.size());
  for (const std::uint32_t id : ids) texts.push_back(arena.substr(words_[id].begin, words_[id].end - words_[id].begin));
  std::vector<float> widths(texts.size());
  measurer_.measure(layout_.faces[group.face], layout_.languages[group.language], texts, widths);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    // A NaN width would spread over the page.
    words_[ids[i]].width = std::isfinite(widths[i]) ? std::max(0.0F, widths[i]) : 0.0F;
  }
  group.pending.resize(first);
}

}  // namespace octavo
