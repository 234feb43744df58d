// SQLite in WAL mode. Writers that wait together share one commit, as waiting for the disk is what a write costs.
#include "server/comments/store/sqlite_database.h"

#include <sqlite3.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>

namespace octavo {

namespace {

// Another process (the command line beside the server) holds the write lock for moments only.
constexpr int kBusyMilliseconds = 10'000;

enum class Access : std::uint8_t { ReadWrite, ReadOnly };

class Connection final : public SqlSession {
 public:
  static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, Access access);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  Result<SqlRows> run(std::string_view sql, const SqlParameters& parameters) override;
  bool is_in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

 private:
  explicit Connection(std::string file) : file_(std::move(file)) {}
  Error failure(std::string_view doing) const;
  Result<sqlite3_stmt*> prepared(std::string_view sql);

  std::string file_;
  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
};

Error Connection::failure(std::string_view doing) const {
  return {ErrorCode::Unreadable,
          "The database of the comments cannot be " + std::string(doing) + ": " + sqlite3_errmsg(database_) + ".", file_};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, Access access) {
  std::unique_ptr<Connection> connection(new Connection(file.string()));
  const int flags =
      SQLITE_OPEN_NOMUTEX | (access == Access::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  if (sqlite3_open_v2(file.c_str(), &connection->database_, flags, nullptr) != SQLITE_OK) return connection->failure("opened");
  sqlite3_busy_timeout(connection->database_, kBusyMilliseconds);
  sqlite3_db_config(connection->database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (access == Access::ReadWrite) {
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"}) {
      OCTAVO_CHECK(connection->run(pragma, {}));
    }
  }
  return connection;
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(database_);
}

Result<sqlite3_stmt*> Connection::prepared(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
      SQLITE_OK) {
    return failure("asked");
  }
  statements_.emplace(sql, statement);
  return statement;
}

SqlRow row_of(sqlite3_stmt* statement) {
  SqlRow row;
  const int columns = sqlite3_column_count(statement);
  row.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    if (sqlite3_column_type(statement, i) == SQLITE_INTEGER) {
      row.emplace_back(static_cast<std::int64_t>(sqlite3_column_int64(statement, i)));
    } else {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      row.emplace_back(std::string(text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
    }
  }
  return row;
}

Result<SqlRows> Connection::run(std::string_view sql, const SqlParameters& parameters) {
  OCTAVO_TRY(const auto statement, prepared(sql));
  sqlite3_stmt* const prepared_statement = statement;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string name = "$" + std::to_string(i + 1);
    const int index = sqlite3_bind_parameter_index(prepared_statement, name.c_str());
    if (index == 0) continue;
    const SqlValue& value = parameters[i];
    if (value.is_number()) {
      sqlite3_bind_int64(prepared_statement, index, value.number());
    } else {
      sqlite3_bind_text64(prepared_statement, index, value.text().data(), value.text().size(), SQLITE_STATIC, SQLITE_UTF8);
    }
  }
  SqlRows rows;
  int step = sqlite3_step(prepared_statement);
  for (; step == SQLITE_ROW; step = sqlite3_step(prepared_statement)) rows.push_back(row_of(prepared_statement));
  std::optional<Error> error;
  if (step != SQLITE_DONE) error = failure("read or written");
  sqlite3_reset(prepared_statement);
  sqlite3_clear_bindings(prepared_statement);
  if (error) return *error;
  return rows;
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::filesystem::path file, std::unique_ptr<Connection> writer)
      : file_(std::move(file)), writer_(std::move(writer)) {}

  Status write(const SqlWork& work) override;
  Status read(const SqlWork& work) override;

 private:
  struct Job {
    const SqlWork* work;
    std::optional<Status> outcome;  // set under mutex_, after the commit
  };
  using Batch = std::vector<Job*>;

  std::vector<Status> commit_together(const Batch& batch);
  Status run_in_savepoint(const SqlWork& work);

  const std::filesystem::path file_;
  std::unique_ptr<Connection> writer_;  // used by the thread that set is_writing_
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch waiting_;
  bool is_writing_ = false;

  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Connection>> idle_readers_;
};

Status SqliteDatabase::run_in_savepoint(const SqlWork& work) {
  OCTAVO_CHECK(writer_->run("SAVEPOINT job", {}));
  const Status done = work(*writer_);
  if (!done && writer_->is_in_transaction()) {
    OCTAVO_CHECK(writer_->run("ROLLBACK TO job", {}));
  }
  if (!writer_->is_in_transaction()) return done ? Status(Error{ErrorCode::Unreadable, "The transaction was undone.", ""}) : done;
  OCTAVO_CHECK(writer_->run("RELEASE job", {}));
  return done;
}

// All of it or, when the commit fails or the database gives up the transaction, nothing of it.
std::vector<Status> SqliteDatabase::commit_together(const Batch& batch) {
  std::vector<Status> outcomes;
  std::optional<Error> error;
  if (const auto begun = writer_->run("BEGIN IMMEDIATE", {}); !begun) error = begun.error();
  for (const Job* job : batch) {
    if (error) break;
    outcomes.push_back(run_in_savepoint(*job->work));
    if (!writer_->is_in_transaction()) error = outcomes.back().error();
  }
  if (!error) {
    if (const auto committed = writer_->run("COMMIT", {}); !committed) error = committed.error();
  }
  if (!error) return outcomes;
  if (writer_->is_in_transaction()) static_cast<void>(writer_->run("ROLLBACK", {}).ok());
  return {batch.size(), Status(*error)};
}

Status SqliteDatabase::write(const SqlWork& work) {
  Job job{&work, std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&job);
  changed_.wait(lock, [&] { return job.outcome.has_value() || !is_writing_; });
  if (job.outcome) return *job.outcome;
  is_writing_ = true;
  Batch batch;
  batch.swap(waiting_);  // this job and all that came while another batch was being written
  lock.unlock();
  const std::vector<Status> outcomes = commit_together(batch);
  lock.lock();
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->outcome = outcomes[i];
  is_writing_ = false;
  changed_.notify_all();
  return *job.outcome;
}

Status SqliteDatabase::read(const SqlWork& work) {
  std::unique_ptr<Connection> reader;
  {
    const std::scoped_lock lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
    }
  }
  if (!reader) {
    OCTAVO_TRY(auto opened, Connection::open(file_, Access::ReadOnly));
    reader = std::move(opened);
  }
  OCTAVO_CHECK(reader->run("BEGIN", {}));
  const Status done = work(*reader);
  OCTAVO_CHECK(reader->run("COMMIT", {}));  // a broken connection is not kept
  const std::scoped_lock lock(readers_mutex_);
  idle_readers_.push_back(std::move(reader));
  return done;
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite_database(const std::filesystem::path& file) {
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error) {
    return Error{ErrorCode::Unreadable, "The folder for the comments cannot be made: " + error.message() + ".",
                 file.parent_path().string()};
  }
  OCTAVO_TRY(auto writer, Connection::open(file, Access::ReadWrite));
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(file, std::move(writer)));
}

}  // namespace octavo
