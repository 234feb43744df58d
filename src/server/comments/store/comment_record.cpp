// The table of words for why a comment waits.
#include "server/comments/store/comment_record.h"

#include <algorithm>
#include <array>
#include <utility>

namespace octavo {

namespace {

template <typename Value, std::size_t kCount>
using Words = std::array<std::pair<Value, std::string_view>, kCount>;

constexpr Words<HoldReason, 6> kHoldReasons = {{{HoldReason::None, ""},
                                                {HoldReason::AllHeld, "all-held"},
                                                {HoldReason::Links, "links"},
                                                {HoldReason::TooFast, "too-fast"},
                                                {HoldReason::Words, "words"},
                                                {HoldReason::Honeypot, "trap"}}};

template <typename Value, std::size_t kCount>
std::string_view find_word(const Words<Value, kCount>& words, Value value) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& row) { return row.first == value; });
  return found == words.end() ? std::string_view() : found->second;
}

template <typename Value, std::size_t kCount>
std::optional<Value> find_value(const Words<Value, kCount>& words, std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& row) { return row.second == word; });
  return found == words.end() ? std::nullopt : std::optional<Value>(found->first);
}

}  // namespace

std::string_view word_of(HoldReason reason) {
  return find_word(kHoldReasons, reason);
}

std::optional<HoldReason> parse_hold_reason(std::string_view word) {
  return find_value(kHoldReasons, word);
}

}  // namespace octavo
