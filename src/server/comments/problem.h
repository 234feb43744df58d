// Problem details (RFC 9457): each says in one word what was refused, and what a sender should do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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
  BadQuery,
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
  Problem(ProblemKind what, std::string words = {}, std::vector<ProblemField> wrong_fields = {})
      : kind(what), detail(std::move(words)), fields(std::move(wrong_fields)) {}
  // Of a database or another server that failed. The request can be sent again as it is, after a while. `where` is not told,
  // because it may be a path of this machine.
  Problem(const Error& error);

  ProblemKind kind;
  std::string detail;
  std::vector<ProblemField> fields;
  std::int64_t retry_after = 0;  // seconds
  std::string comment;           // Duplicate: the id of the one that is there
};

HttpResponse problem_response(const Problem& problem);

// Either a value or the problem to answer with.
template <typename T>
using Outcome = Result<T, Problem>;

}  // namespace octavo
