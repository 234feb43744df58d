// Problem details (RFC 9457): every refusal says in one word what it is, and what a sender should do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "server/http/http_message.h"

namespace octavo {

enum class ProblemKind : std::uint8_t {
  LoginRequired,
  SessionExpired,
  NotAllowed,
  ThreadClosed,
  ThreadUnknown,
  ParentUnknown,
  CommentUnknown,
  Invalid,
  TooLarge,
  Duplicate,
  RateLimited,
  EditExpired,
  EditConflict,
  IdempotencyMissing,
  IdempotencyMismatch,
  NotFound,
  WrongMethod,
  WrongMediaType,
  LengthRequired,
  WrongHost,
  EngineError,
};

struct ProblemField {
  std::string pointer;  // JSON pointer into the request
  std::string rule;     // "required", "max", "min", "type", "format", "one-of"
  std::int64_t limit = 0;
  std::string detail;
};

struct Problem {
  ProblemKind kind = ProblemKind::EngineError;
  std::string detail;
  std::vector<ProblemField> fields;
  std::int64_t retry_after = 0;  // seconds
  std::string comment;           // Duplicate: the id of the one that is there
};

HttpResponse problem_response(const Problem& problem);

// Either a value or the problem to answer with.
template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Outcome(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return *std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  const Problem& problem() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Problem> state_;
};

}  // namespace octavo
