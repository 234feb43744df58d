// A value or an error, in the shape of C++23's std::expected so that it can replace this.
#pragma once

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

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

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
  const Error& error() const {
    OCTAVO_ASSERT(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// For operations that yield nothing but may fail.
struct Unit {};
using Status = Result<Unit>;

}  // namespace octavo
