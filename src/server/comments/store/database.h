// The seam to a database: transactions and rows of numbers and text. Two files know more: one for SQLite, one for PostgreSQL.
// SQL is written once, in the part that both understand: BIGINT, TEXT, $1 parameters, ON CONFLICT, RETURNING.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace octavo {

// A number or a text.
class SqlValue {
 public:
  SqlValue(std::int64_t number) : number_(number), is_number_(true) {}
  SqlValue(std::string text) : text_(std::move(text)) {}
  SqlValue(std::string_view text) : text_(text) {}
  SqlValue(const char* text) : text_(text) {}

  bool is_number() const { return is_number_; }
  std::int64_t number() const { return number_; }  // 0 for text
  std::string_view text() const { return text_; }  // empty for numbers

 private:
  std::string text_;
  std::int64_t number_ = 0;
  bool is_number_ = false;
};

using SqlRow = std::vector<SqlValue>;
using SqlRows = std::vector<SqlRow>;
using SqlParameters = std::vector<SqlValue>;

// Inside one transaction.
class SqlSession {
 public:
  virtual ~SqlSession() = default;
  // One statement. NULL never occurs: no column allows it.
  virtual Result<SqlRows> run(std::string_view sql, const SqlParameters& parameters) = 0;
  Result<SqlRows> run(std::string_view sql) { return run(sql, SqlParameters()); }
};

// What is done in a transaction. It may run more than once, when the database says that the first attempt met another's; an
// error undoes everything it did.
using SqlWork = std::function<Status(SqlSession&)>;

class Database {
 public:
  virtual ~Database() = default;
  // When this returns ok, what was written survives the loss of the process and of power.
  virtual Status write(const SqlWork& work) = 0;
  // One consistent state, without waiting for writers.
  virtual Status read(const SqlWork& work) = 0;
};

// What `work`, a function from SqlSession& to a Result<T> or a Result<T, E>, has read.
template <typename Work>
auto read_from(Database& database, const Work& work) -> std::invoke_result_t<Work, SqlSession&> {
  std::optional<std::invoke_result_t<Work, SqlSession&>> result;
  OCTAVO_CHECK(database.read([&](SqlSession& session) -> Status {
    result.emplace(work(session));
    return Unit();
  }));
  return std::move(*result);
}

// What `work`, a function from SqlSession& to a Result<T>, has written or learned while writing; an error undoes what it did.
template <typename Work>
auto write_to(Database& database, const Work& work) -> std::invoke_result_t<Work, SqlSession&> {
  std::optional<std::invoke_result_t<Work, SqlSession&>> result;
  OCTAVO_CHECK(database.write([&](SqlSession& session) -> Status {
    result.emplace(work(session));
    OCTAVO_CHECK(*result);
    return Unit();
  }));
  return std::move(*result);
}

}  // namespace octavo
