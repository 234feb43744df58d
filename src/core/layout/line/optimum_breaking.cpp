// A shortest path over the feasible breaks. Text is set ragged, so a line's badness is its empty end alone: the paper's
// stretchability is a share of the line's width instead of a property of its spaces.
#include "core/layout/line/optimum_breaking.h"

#include <algorithm>
#include <limits>

namespace octavo {

namespace {

// Costs in units of one line of which a tenth is empty (squared shares of the width, times 100).
constexpr float kLineCost = 0.5F;        // each line: prefers fewer lines among equals
constexpr float kHyphenCost = 3.0F;      // a hyphenated line end
constexpr float kTwoHyphensCost = 8.0F;  // two in a row
constexpr float kShortLastCost = 20.0F;  // a last line shorter than kShortLastShare
constexpr float kShortLastShare = 0.2F;
// No line of words has more items than this; it bounds the time for text of zero-width items.
constexpr std::uint32_t kMaxItemsInLine = 512;

constexpr float kUnreachable = std::numeric_limits<float>::max();

// One stretch between two forced breaks.
class ParagraphBreaker {
 public:
  ParagraphBreaker(std::span<const LineItem> items, float width) : items_(items), width_(width) {}

  // Appends the line ends, offset by `first`.
  void run(std::uint32_t first, std::vector<std::uint32_t>& ends) {
    const auto count = static_cast<std::uint32_t>(items_.size());
    cost_.assign(count + 1, kUnreachable);
    previous_.assign(count + 1, 0);
    cost_[0] = 0;
    lone_cost_ = kUnreachable;
    for (std::uint32_t end = 1; end <= count; ++end) {
      if (end == count || items_[end - 1].after != ItemBreak::None) find_best_begin(end);
    }
    // A widow is accepted only when there is no other way.
    if (cost_[count] == kUnreachable) previous_[count] = lone_begin_;
    const std::size_t begin = ends.size();
    for (std::uint32_t end = count; end > 0; end = previous_[end]) ends.push_back(first + end);
    std::reverse(ends.begin() + static_cast<std::ptrdiff_t>(begin), ends.end());
  }

 private:
  // Extends the line that ends before item `end` backwards as far as it fits.
  void find_best_begin(std::uint32_t end) {
    const bool is_last = end == items_.size();
    const LineItem& last = items_[end - 1];
    float natural = !is_last && last.after == ItemBreak::Hyphen ? last.hyphen : 0;
    const std::uint32_t stop = end > kMaxItemsInLine ? end - kMaxItemsInLine : 0;
    for (std::uint32_t begin = end; begin-- > stop;) {
      natural += items_[begin].width + (begin + 1 < end ? items_[begin].space : 0);
      const bool can_begin = begin == 0 || items_[begin - 1].after != ItemBreak::None;
      const bool fits = natural <= width_ + kLineTolerance;
      // The shortest possible line is accepted even when it is too wide.
      if (can_begin && (fits || !is_reached(end))) consider(begin, end, natural, is_last);
      if (!fits && is_reached(end)) return;
    }
    if (!is_reached(end)) consider(stop, end, natural, is_last);
  }

  bool is_reached(std::uint32_t end) const {
    return cost_[end] != kUnreachable || (end == items_.size() && lone_cost_ != kUnreachable);
  }

  void consider(std::uint32_t begin, std::uint32_t end, float natural, bool is_last) {
    if (cost_[begin] == kUnreachable) return;
    const float cost = cost_[begin] + line_cost(begin, end, natural, is_last);
    if (is_last && is_widow(begin, natural)) {
      if (cost >= lone_cost_) return;
      lone_cost_ = cost;
      lone_begin_ = begin;
      return;
    }
    if (cost >= cost_[end]) return;
    cost_[end] = cost;
    previous_[end] = begin;
  }

  // A last line that is one short word or the rest of one.
  bool is_widow(std::uint32_t begin, float natural) const {
    if (begin == 0) return false;
    if (items_[begin - 1].after != ItemBreak::Hyphen && natural >= kShortLastShare * width_) return false;
    const auto parts_words = [](const LineItem& item) {
      return item.after == ItemBreak::Space || item.after == ItemBreak::Between;
    };
    return std::none_of(items_.begin() + begin, items_.end() - 1, parts_words);
  }

  float line_cost(std::uint32_t begin, std::uint32_t end, float natural, bool is_last) const {
    const float slack = std::max(0.0F, (width_ - natural) / std::max(width_, 1.0F));
    float cost = kLineCost;
    if (!is_last) cost += 100 * slack * slack;
    if (is_last && begin > 0 && natural < kShortLastShare * width_) cost += kShortLastCost;
    if (!is_last && items_[end - 1].after == ItemBreak::Hyphen) {
      cost += begin > 0 && items_[begin - 1].after == ItemBreak::Hyphen ? kTwoHyphensCost : kHyphenCost;
    }
    return cost;
  }

  std::span<const LineItem> items_;
  float width_;
  std::vector<float> cost_;
  float lone_cost_ = kUnreachable;  // of the best way that leaves a widow
  std::uint32_t lone_begin_ = 0;
  std::vector<std::uint32_t> previous_;
};

// The narrowest width that still needs no more lines than `width` does.
float balanced_width(std::span<const LineItem> items, float width) {
  const std::size_t lines = break_lines_greedily(items, width).size();
  if (lines < 2) return width;
  float low = width / static_cast<float>(lines + 1);
  float high = width;
  while (high - low > 1) {
    const float middle = (low + high) / 2;
    const std::vector<std::uint32_t> ends = break_lines_greedily(items, middle);
    const bool fits = ends.size() <= lines && intrinsic_widths(items).min <= middle;
    (fits ? high : low) = middle;
  }
  return high;
}

}  // namespace

std::vector<std::uint32_t> break_lines_optimally(std::span<const LineItem> items, float width, Raggedness raggedness) {
  std::vector<std::uint32_t> ends;
  for (std::uint32_t begin = 0; begin < items.size();) {
    std::uint32_t end = begin;
    while (end < items.size() && items[end].after != ItemBreak::Forced) ++end;
    end = std::min(end + 1, static_cast<std::uint32_t>(items.size()));
    const std::span<const LineItem> stretch = items.subspan(begin, end - begin);
    if (raggedness == Raggedness::Balanced) {
      for (const std::uint32_t line : break_lines_greedily(stretch, balanced_width(stretch, width))) ends.push_back(begin + line);
    } else {
      ParagraphBreaker(stretch, width).run(begin, ends);
    }
    begin = end;
  }
  return ends;
}

}  // namespace octavo
