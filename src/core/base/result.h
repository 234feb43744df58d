// A value or an error, in the shape of C++23's std::expected so that it can replace this.
#pragma once

#include <concepts>
#include <string>
#include <utility>
#include <variant>

#include "core/base/assert.h"

namespace octavo {

enum class ErrorCode {
  NotFound,     // a file, post or key that does not exist
  Unreadable,   // it exists but could not be read or written
  BadSyntax,    // not JSON, not TOML, not YAML, not UTF-8 ...
  BadValue,     // well-formed, but a value has the wrong type or range
  TooNew,       // written by a newer Octavo than this one
  TooLarge,     // over a limit that prevents an attack or a hang
  Mismatch,     // the bytes are not those that were promised (hash)
  Unsupported,  // this build or platform cannot do it
};

// `message` is a whole sentence for a person and says what to do if that is known; `where` is "file:line:column", an
// address, or empty.
struct Error {
  ErrorCode code = ErrorCode::BadValue;
  std::string message;
  std::string where;

  // "where: message", or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

// Layers with errors of their own (problems of a request ...) name them as E. An Error from below converts to an E where E
// can be made of one, so that both travel through the same two macros.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
  Result(const Error& error) requires(!std::same_as<E, Error> && std::constructible_from<E, const Error&>)
      : state_(std::in_place_index<1>, error) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Precondition of the value accessors: ok().
  T& value() & {
    OCTAVO_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    OCTAVO_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    OCTAVO_ASSERT(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Precondition: !ok().
  const E& error() const {
    OCTAVO_ASSERT(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, E> state_;
};

// For operations that yield nothing but may fail.
struct Unit {};
using Status = Result<Unit>;

}  // namespace octavo

#define OCTAVO_JOIN_NAMES(first, second) first##second
#define OCTAVO_UNIQUE_NAME(prefix, number) OCTAVO_JOIN_NAMES(prefix, number)

// Evaluates an expression of type Result<T, E>; declares (or assigns) its value, or returns its error from the function:
//   OCTAVO_TRY(const std::string text, load_file(path));
//   OCTAVO_TRY(record.thread, thread_of(record));
// It is several statements, so it needs braces after `if`.
#define OCTAVO_TRY(declaration, ...) OCTAVO_TRY_AS(OCTAVO_UNIQUE_NAME(octavo_result_, __COUNTER__), declaration, __VA_ARGS__)
#define OCTAVO_TRY_AS(result, declaration, ...) \
  auto result = (__VA_ARGS__);                  \
  if (!result) return result.error();           \
  declaration = std::move(result).value()

// The same where the value does not matter: a Status, or rows that nobody reads.
#define OCTAVO_CHECK(...) OCTAVO_CHECK_AS(OCTAVO_UNIQUE_NAME(octavo_result_, __COUNTER__), __VA_ARGS__)
#define OCTAVO_CHECK_AS(result, ...)                                       \
  do {                                                                     \
    if (const auto result = (__VA_ARGS__); !result) return result.error(); \
  } while (false)
