// PostgreSQL by libpqxx, which throws; nothing gets past this file.
#include "server/comments/store/postgres_database.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <pqxx/pqxx>
#include <utility>

#include "core/base/utf8.h"

namespace octavo {

namespace {

// Connections of one process; more requests than these wait, so that several servers fit into PostgreSQL's own limit (100).
constexpr std::size_t kMaxConnections = 16;
// Two writers that met, or a server that was restarted in between.
constexpr int kAttempts = 4;

constexpr pqxx::oid kInt8 = 20;
constexpr pqxx::oid kInt4 = 23;

// PostgreSQL has no NUL in texts and no broken UTF-8; neither is in anything that is stored, so such a text finds nothing.
std::string text_for_postgres(std::string_view text) {
  std::string out = is_valid_utf8(text) ? std::string(text) : repair_utf8(text).text;
  for (std::size_t at = out.find('\0'); at != std::string::npos; at = out.find('\0', at)) out.replace(at, 1, "\uFFFD");
  return out;
}

struct Link {
  explicit Link(const std::string& address) : connection(address) {}
  pqxx::connection connection;
  std::map<std::string, std::string, std::less<>> statements;  // SQL -> name
};

// Throws what libpqxx throws; the works above it are compiled without exceptions and are left by them only through here.
class Session final : public SqlSession {
 public:
  Session(Link& link, pqxx::transaction_base& transaction) : link_(link), transaction_(transaction) {}
  Result<SqlRows> run(std::string_view sql, const SqlParameters& parameters) override;

  // The first failure; after it PostgreSQL takes no more statements in this transaction.
  const std::optional<Error>& error() const { return error_; }
  bool may_try_again() const { return may_try_again_; }

 private:
  const std::string& prepared(std::string_view sql);

  Link& link_;
  pqxx::transaction_base& transaction_;
  std::optional<Error> error_;
  bool may_try_again_ = false;
};

Error failure(const std::exception& error) {
  std::string what = error.what();
  while (what.ends_with('\n')) what.pop_back();
  return {ErrorCode::Unreadable, "The database of the comments: " + what + ".", ""};
}

const std::string& Session::prepared(std::string_view sql) {
  const auto found = link_.statements.find(sql);
  if (found != link_.statements.end()) return found->second;
  std::string name = "s" + std::to_string(link_.statements.size());
  link_.connection.prepare(name, std::string(sql));
  return link_.statements.emplace(sql, std::move(name)).first->second;
}

SqlRows rows_of(const pqxx::result& result) {
  SqlRows rows;
  rows.reserve(result.size());
  for (const pqxx::row& from : result) {
    SqlRow& row = rows.emplace_back();
    for (const pqxx::field& field : from) {
      if (field.type() == kInt8 || field.type() == kInt4) {
        row.emplace_back(field.as<std::int64_t>());
      } else {
        row.emplace_back(std::string_view(field.c_str(), field.size()));
      }
    }
  }
  return rows;
}

Result<SqlRows> Session::run(std::string_view sql, const SqlParameters& parameters) {
  if (error_) return *error_;
  try {
    std::vector<std::string> values;
    values.reserve(parameters.size());
    for (const SqlValue& value : parameters) {
      values.push_back(value.is_number() ? std::to_string(value.number()) : text_for_postgres(value.text()));
    }
    return rows_of(transaction_.exec_prepared(prepared(sql), pqxx::prepare::make_dynamic_params(values)));
  } catch (const pqxx::sql_error& error) {
    error_ = failure(error);
    // Unique violations too: what another writer made in the meantime is seen the next time.
    const std::string& state = error.sqlstate();
    may_try_again_ = state == "40001" || state == "40P01" || state == "23505" || state == "42P07";
  } catch (const std::exception& error) {
    error_ = failure(error);
    may_try_again_ = dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr;
  }
  return *error_;
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(std::string address) : address_(std::move(address)) {}

  Status write(const SqlWork& work) override { return repeat<pqxx::work>(work); }
  Status read(const SqlWork& work) override { return repeat<pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>>(work); }

 private:
  struct Attempt {
    Status outcome;
    bool may_try_again = false;
  };

  template <typename Transaction>
  Status repeat(const SqlWork& work);
  template <typename Transaction>
  Attempt attempt(const SqlWork& work);
  std::unique_ptr<Link> take_link();
  void give_back(std::unique_ptr<Link> link);

  const std::string address_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Link>> idle_;
  std::size_t in_use_ = 0;
};

// Null when a new connection has to be made.
std::unique_ptr<Link> PostgresDatabase::take_link() {
  std::unique_lock lock(mutex_);
  given_back_.wait(lock, [this] { return in_use_ < kMaxConnections; });
  ++in_use_;
  if (idle_.empty()) return nullptr;
  std::unique_ptr<Link> link = std::move(idle_.back());
  idle_.pop_back();
  return link;
}

// Null for a connection that is of no more use.
void PostgresDatabase::give_back(std::unique_ptr<Link> link) {
  const std::scoped_lock lock(mutex_);
  --in_use_;
  if (link) idle_.push_back(std::move(link));
  given_back_.notify_one();
}

template <typename Transaction>
PostgresDatabase::Attempt PostgresDatabase::attempt(const SqlWork& work) {
  std::unique_ptr<Link> link = take_link();
  Attempt attempt{Unit()};
  bool is_committing = false;
  try {
    if (!link) link = std::make_unique<Link>(address_);
    Transaction transaction(link->connection);
    Session session(*link, transaction);
    attempt.outcome = work(session);
    attempt.may_try_again = session.may_try_again();
    if (session.error()) attempt.outcome = *session.error();
    if (attempt.outcome) {
      is_committing = true;
      transaction.commit();
    }
  } catch (const std::exception& error) {
    attempt.outcome = failure(error);
    // A commit whose answer was lost may have happened; the sender asks, as it does after any lost answer.
    attempt.may_try_again = !is_committing && dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr;
    link.reset();
  }
  if (link && !link->connection.is_open()) link.reset();
  give_back(std::move(link));
  return attempt;
}

template <typename Transaction>
Status PostgresDatabase::repeat(const SqlWork& work) {
  Attempt last{Unit()};
  for (int i = 0; i < kAttempts; ++i) {
    last = attempt<Transaction>(work);
    if (last.outcome || !last.may_try_again) break;
    // The connections that were idle when the server went are gone with it.
    const std::scoped_lock lock(mutex_);
    std::erase_if(idle_, [](const std::unique_ptr<Link>& link) { return !link->connection.is_open(); });
  }
  return last.outcome;
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgres_database(const std::string& address) {
  auto database = std::make_unique<PostgresDatabase>(address);
  OCTAVO_CHECK(database->read([](SqlSession& session) -> Status {
    OCTAVO_CHECK(session.run("SELECT 1"));
    return Unit();
  }));
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace octavo
