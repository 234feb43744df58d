// Resolves embedding levels by the rules of UAX #9, whose names the functions carry.
//
// FriBidi gives the properties of characters, but its own resolver takes quadratic time for brackets and isolates, recurses once
// for each pair of brackets, and in 1.0.8 joins isolates that must not see each other.
#include "core/layout/text/bidi_levels.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace octavo {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
constexpr std::uint8_t kMaxDepth = 125;               // BD2
constexpr std::size_t kMaxOpenBrackets = 63;          // BD16
constexpr std::uint8_t kMaxEmbedded = kMaxDepth + 2;  // entries of the directional status stack (X1)

bool is_initiator(BidiClass type) {
  return type == BidiClass::LRI || type == BidiClass::RLI || type == BidiClass::FSI;
}
bool is_isolate_control(BidiClass type) {
  return is_initiator(type) || type == BidiClass::PDI;
}
bool is_embedding(BidiClass type) {
  return type == BidiClass::LRE || type == BidiClass::LRO || type == BidiClass::RLE || type == BidiClass::RLO;
}
bool is_removed(BidiClass type) {
  return is_embedding(type) || type == BidiClass::PDF || type == BidiClass::BN;
}
bool is_strong(BidiClass type) {
  return type == BidiClass::L || type == BidiClass::R || type == BidiClass::AL;
}
bool is_neutral(BidiClass type) {
  return type == BidiClass::B || type == BidiClass::S || type == BidiClass::WS || type == BidiClass::ON ||
         is_isolate_control(type);
}
bool is_number(BidiClass type) {
  return type == BidiClass::EN || type == BidiClass::AN;
}
BidiClass direction_of(std::uint8_t level) {
  return level % 2 == 1 ? BidiClass::R : BidiClass::L;
}
// For neutral types numbers count as right-to-left (N0 to N2). ON means no direction.
BidiClass strong_direction(BidiClass type) {
  if (type == BidiClass::L || type == BidiClass::R) return type;
  return is_number(type) ? BidiClass::R : BidiClass::ON;
}

// One paragraph, without its separator.
class Paragraph {
 public:
  Paragraph(std::span<const BidiCharacter> text, std::uint8_t base_level)
      : text_(text), base_(base_level), types_(text.size()), levels_(text.size(), base_level), matches_(text.size(), kNone) {}

  std::vector<std::uint8_t> resolve() {
    match_isolates();
    resolve_explicit_levels();
    resolve_sequences();
    set_removed_levels();
    reset_whitespace();
    return std::move(levels_);
  }

 private:
  struct Status {
    std::uint8_t level;
    BidiClass direction_override;  // ON for none
    bool isolates;
  };
  struct Run {
    std::uint32_t begin;  // into kept_
    std::uint32_t end;
    std::uint8_t level;
  };

  BidiClass original(std::uint32_t index) const { return text_[index].type; }
  void match_isolates();
  void resolve_explicit_levels();
  void enter(std::uint32_t index);
  void leave_isolate();
  void leave_embedding();
  void take_status(std::uint32_t index);
  void resolve_sequences();
  std::uint32_t gather(std::uint32_t run);
  void resolve_sequence(std::uint8_t level, BidiClass sos, BidiClass eos);
  void resolve_marks(BidiClass sos);
  void resolve_separators();
  void resolve_terminators();
  void resolve_european_numbers(BidiClass sos);
  void pair_brackets();
  void resolve_brackets(std::uint8_t level, BidiClass sos);
  void set_bracket(std::size_t at, BidiClass direction);
  void resolve_neutrals(std::uint8_t level, BidiClass sos, BidiClass eos);
  void set_removed_levels();
  void reset_whitespace();

  std::span<const BidiCharacter> text_;
  std::uint8_t base_;
  std::vector<BidiClass> types_;
  std::vector<std::uint8_t> levels_;
  std::vector<std::uint32_t> matches_;  // of isolate initiators and their PDIs: the other one
  std::vector<char> begins_rtl_;        // of isolate initiators: whether the first strong character inside is R or AL

  std::array<Status, kMaxEmbedded> stack_{};
  std::size_t depth_ = 0;
  std::size_t isolate_overflow_ = 0;
  std::size_t embedding_overflow_ = 0;
  std::size_t valid_isolates_ = 0;

  std::vector<std::uint32_t> kept_;  // the characters that X9 does not remove
  std::vector<Run> runs_;
  std::vector<std::uint32_t> run_at_;  // by the index of a run's first character

  // State of the current isolating run sequence.
  std::vector<std::uint32_t> sequence_;
  std::vector<BidiClass> kinds_;
  std::vector<std::uint32_t> closers_;                       // of opening brackets that have a pair: where it closes
  std::vector<std::array<std::uint32_t, 2>> strong_before_;  // how many L and R there are before each position
};

// BD9, and P2 for what is inside each isolate.
void Paragraph::match_isolates() {
  begins_rtl_.assign(text_.size(), 0);
  struct Open {
    std::uint32_t index;
    bool has_strong;
  };
  std::vector<Open> open;
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    const BidiClass type = original(i);
    if (is_initiator(type)) {
      open.push_back({i, false});
    } else if (type == BidiClass::PDI && !open.empty()) {
      matches_[i] = open.back().index;
      matches_[open.back().index] = i;
      open.pop_back();
    } else if (is_strong(type) && !open.empty() && !open.back().has_strong) {
      open.back().has_strong = true;
      begins_rtl_[open.back().index] = type != BidiClass::L;
    }
  }
}

// ---- X1 to X8 --------------------------------------------------------------------------------------------------------

void Paragraph::take_status(std::uint32_t index) {
  const Status& status = stack_[depth_ - 1];
  levels_[index] = status.level;
  types_[index] = status.direction_override == BidiClass::ON ? original(index) : status.direction_override;
}

// X2 to X5c
void Paragraph::enter(std::uint32_t index) {
  const BidiClass type = original(index);
  const bool isolates = is_initiator(type);
  const bool is_rtl = type == BidiClass::RLE || type == BidiClass::RLO || type == BidiClass::RLI ||
                      (type == BidiClass::FSI && begins_rtl_[index] != 0);
  const std::uint8_t level = stack_[depth_ - 1].level;
  const auto next = static_cast<std::uint8_t>(is_rtl ? (level + 1) | 1 : (level + 2) & ~1);
  if (next <= kMaxDepth && isolate_overflow_ == 0 && embedding_overflow_ == 0) {
    BidiClass direction_override = BidiClass::ON;
    if (type == BidiClass::LRO) direction_override = BidiClass::L;
    if (type == BidiClass::RLO) direction_override = BidiClass::R;
    stack_[depth_++] = {next, direction_override, isolates};
    if (isolates) ++valid_isolates_;
  } else if (isolates) {
    ++isolate_overflow_;
  } else if (isolate_overflow_ == 0) {
    ++embedding_overflow_;
  }
}

// X6a
void Paragraph::leave_isolate() {
  if (isolate_overflow_ > 0) {
    --isolate_overflow_;
  } else if (valid_isolates_ > 0) {
    embedding_overflow_ = 0;
    while (!stack_[depth_ - 1].isolates) --depth_;
    --depth_;
    --valid_isolates_;
  }
}

// X7
void Paragraph::leave_embedding() {
  if (isolate_overflow_ > 0) return;
  if (embedding_overflow_ > 0) {
    --embedding_overflow_;
  } else if (!stack_[depth_ - 1].isolates && depth_ > 1) {
    --depth_;
  }
}

void Paragraph::resolve_explicit_levels() {
  stack_[0] = {base_, BidiClass::ON, false};
  depth_ = 1;
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    const BidiClass type = original(i);
    if (is_initiator(type)) take_status(i);
    if (is_initiator(type) || is_embedding(type)) {
      enter(i);
    } else if (type == BidiClass::PDI) {
      leave_isolate();
      take_status(i);
    } else if (type == BidiClass::PDF) {
      leave_embedding();
    } else if (type != BidiClass::BN) {
      take_status(i);
    }
    if (!is_removed(type)) kept_.push_back(i);
  }
}

// ---- X10 -------------------------------------------------------------------------------------------------------------

// Collects the sequence that starts with a run; the last run of it.
std::uint32_t Paragraph::gather(std::uint32_t run) {
  sequence_.clear();
  while (true) {
    for (std::uint32_t i = runs_[run].begin; i < runs_[run].end; ++i) sequence_.push_back(kept_[i]);
    const std::uint32_t last = sequence_.back();
    if (!is_initiator(original(last)) || matches_[last] == kNone) return run;
    run = run_at_[matches_[last]];
  }
}

void Paragraph::resolve_sequences() {
  run_at_.assign(text_.size(), kNone);
  for (std::uint32_t i = 0; i < kept_.size(); ++i) {
    if (i == 0 || levels_[kept_[i]] != levels_[kept_[i - 1]]) {
      run_at_[kept_[i]] = static_cast<std::uint32_t>(runs_.size());
      runs_.push_back({i, i, levels_[kept_[i]]});
    }
    runs_.back().end = i + 1;
  }
  for (std::uint32_t run = 0; run < runs_.size(); ++run) {
    const std::uint32_t first = kept_[runs_[run].begin];
    if (original(first) == BidiClass::PDI && matches_[first] != kNone) continue;
    const std::uint32_t last = gather(run);
    const std::uint8_t level = runs_[run].level;
    const std::uint8_t before = run == 0 ? base_ : runs_[run - 1].level;
    const bool is_open = is_initiator(original(sequence_.back()));
    const std::uint8_t after = is_open || last + 1 == runs_.size() ? base_ : runs_[last + 1].level;
    resolve_sequence(level, direction_of(std::max(level, before)), direction_of(std::max(level, after)));
  }
}

void Paragraph::resolve_sequence(std::uint8_t level, BidiClass sos, BidiClass eos) {
  kinds_.clear();
  for (const std::uint32_t index : sequence_) kinds_.push_back(types_[index]);
  resolve_marks(sos);
  resolve_separators();
  resolve_terminators();
  resolve_european_numbers(sos);
  pair_brackets();
  resolve_brackets(level, sos);
  resolve_neutrals(level, sos, eos);
  for (std::size_t i = 0; i < sequence_.size(); ++i) {  // I1 and I2
    const bool is_rtl = level % 2 == 1;
    const int raise = is_rtl ? kinds_[i] != BidiClass::R : is_number(kinds_[i]) ? 2 : kinds_[i] == BidiClass::R;
    levels_[sequence_[i]] = static_cast<std::uint8_t>(level + raise);
  }
}

// ---- W1 to W7 --------------------------------------------------------------------------------------------------------

// W1 to W3
void Paragraph::resolve_marks(BidiClass sos) {
  BidiClass previous = sos;
  BidiClass strong = sos;
  for (BidiClass& kind : kinds_) {
    if (kind == BidiClass::NSM) kind = is_isolate_control(previous) ? BidiClass::ON : previous;
    previous = kind;
    if (is_strong(kind)) strong = kind;
    if (kind == BidiClass::EN && strong == BidiClass::AL) kind = BidiClass::AN;
  }
  std::replace(kinds_.begin(), kinds_.end(), BidiClass::AL, BidiClass::R);
}

// W4
void Paragraph::resolve_separators() {
  for (std::size_t i = 1; i + 1 < kinds_.size(); ++i) {
    const BidiClass before = kinds_[i - 1];
    if (before != kinds_[i + 1] || !is_number(before)) continue;
    const bool joins = kinds_[i] == BidiClass::CS || (kinds_[i] == BidiClass::ES && before == BidiClass::EN);
    if (joins) kinds_[i] = before;
  }
}

// W5 and W6
void Paragraph::resolve_terminators() {
  for (std::size_t i = 0; i < kinds_.size();) {
    if (kinds_[i] == BidiClass::ES || kinds_[i] == BidiClass::CS) kinds_[i] = BidiClass::ON;
    if (kinds_[i] != BidiClass::ET) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < kinds_.size() && kinds_[end] == BidiClass::ET) ++end;
    const bool is_adjacent = (i > 0 && kinds_[i - 1] == BidiClass::EN) || (end < kinds_.size() && kinds_[end] == BidiClass::EN);
    for (; i < end; ++i) kinds_[i] = is_adjacent ? BidiClass::EN : BidiClass::ON;
  }
}

// W7
void Paragraph::resolve_european_numbers(BidiClass sos) {
  BidiClass strong = sos;
  for (BidiClass& kind : kinds_) {
    if (is_strong(kind)) strong = kind;
    if (kind == BidiClass::EN && strong == BidiClass::L) kind = BidiClass::L;
  }
}

// ---- N0 to N2 --------------------------------------------------------------------------------------------------------

// BD16. A closing bracket looks at 63 open ones at most.
void Paragraph::pair_brackets() {
  closers_.assign(kinds_.size(), kNone);
  std::array<std::uint32_t, kMaxOpenBrackets> open{};
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < kinds_.size(); ++i) {
    const BidiCharacter& character = text_[sequence_[i]];
    if (character.bracket == 0 || kinds_[i] != BidiClass::ON) continue;
    if (character.opens) {
      if (count == kMaxOpenBrackets) return;
      open[count++] = i;
      continue;
    }
    for (std::size_t at = count; at-- > 0;) {
      if (text_[sequence_[open[at]]].bracket != character.bracket) continue;
      closers_[open[at]] = i;
      count = at;
      break;
    }
  }
}

// Marks that follow a bracket go with it.
void Paragraph::set_bracket(std::size_t at, BidiClass direction) {
  kinds_[at] = direction;
  for (std::size_t i = at + 1; i < kinds_.size() && original(sequence_[i]) == BidiClass::NSM; ++i) kinds_[i] = direction;
}

// N0. Pairs nest, and those inside are resolved later, so what is strong inside a pair can be counted beforehand; what is
// before it has been resolved when the pair's turn comes.
void Paragraph::resolve_brackets(std::uint8_t level, BidiClass sos) {
  if (std::all_of(closers_.begin(), closers_.end(), [](std::uint32_t closer) { return closer == kNone; })) return;
  strong_before_.assign(kinds_.size() + 1, {0, 0});
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const BidiClass direction = strong_direction(kinds_[i]);
    strong_before_[i + 1] = strong_before_[i];
    if (direction == BidiClass::L) ++strong_before_[i + 1][0];
    if (direction == BidiClass::R) ++strong_before_[i + 1][1];
  }
  const std::size_t own = level % 2;
  BidiClass context = sos;
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (const std::uint32_t closer = closers_[i]; closer != kNone) {
      const auto holds = [&](std::size_t side) { return strong_before_[closer][side] > strong_before_[i + 1][side]; };
      if (holds(own) || holds(1 - own)) {
        const BidiClass direction = holds(own) ? direction_of(level) : context;
        set_bracket(i, direction);
        set_bracket(closer, direction);
      }
    }
    if (const BidiClass direction = strong_direction(kinds_[i]); direction != BidiClass::ON) context = direction;
  }
}

// N1 and N2
void Paragraph::resolve_neutrals(std::uint8_t level, BidiClass sos, BidiClass eos) {
  BidiClass before = sos;
  for (std::size_t i = 0; i < kinds_.size();) {
    if (!is_neutral(kinds_[i])) {
      before = strong_direction(kinds_[i++]);
      continue;
    }
    std::size_t end = i;
    while (end < kinds_.size() && is_neutral(kinds_[end])) ++end;
    const BidiClass after = end < kinds_.size() ? strong_direction(kinds_[end]) : eos;
    for (; i < end; ++i) kinds_[i] = before == after ? before : direction_of(level);
  }
}

// ---- X9 and L1 -------------------------------------------------------------------------------------------------------

void Paragraph::set_removed_levels() {
  std::uint8_t level = base_;
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    if (is_removed(original(i))) levels_[i] = level;
    level = levels_[i];
  }
}

void Paragraph::reset_whitespace() {
  bool is_reset = true;
  for (auto i = static_cast<std::uint32_t>(text_.size()); i-- > 0;) {
    const BidiClass type = original(i);
    if (type == BidiClass::S) {
      is_reset = true;
    } else if (type != BidiClass::WS && !is_isolate_control(type) && !is_removed(type)) {
      is_reset = false;
    }
    if (is_reset) levels_[i] = base_;
  }
}

}  // namespace

std::vector<std::uint8_t> resolve_bidi_levels(std::span<const BidiCharacter> text, std::uint8_t base_level) {
  std::vector<std::uint8_t> levels;
  levels.reserve(text.size());
  const auto is_separator = [](const BidiCharacter& character) { return character.type == BidiClass::B; };
  while (!text.empty()) {
    const auto length = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_separator) - text.begin());
    const std::vector<std::uint8_t> part = Paragraph(text.first(length), base_level).resolve();
    levels.insert(levels.end(), part.begin(), part.end());
    if (length < text.size()) levels.push_back(base_level);
    text = text.subspan(std::min(length + 1, text.size()));
  }
  return levels;
}

}  // namespace octavo
