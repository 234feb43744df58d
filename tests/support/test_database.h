// The database on which a test of the comments runs: a SQLite file of its own, or a schema of its own in the PostgreSQL that
// OCTAVO_POSTGRES names (tests/support/with_postgres.sh).
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "server/comments/store/database.h"
#include "server/comments/store/postgres_database.h"
#include "server/comments/store/sqlite_database.h"
#include "support/temporary_folder.h"

namespace octavo {

class TestDatabase {
 public:
  TestDatabase() {
    if (const char* server = std::getenv("OCTAVO_POSTGRES")) make_schema(server);
    open();
  }

  // As a restart of the server does.
  void open() {
    database_.reset();
    database_ = another();
  }
  // As a second server does.
  std::unique_ptr<Database> another() const {
    Result<std::unique_ptr<Database>> opened =
        postgres_.empty() ? open_sqlite_database(folder_ / "comments.db") : open_postgres_database(postgres_);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().text());
    return opened ? std::move(*opened) : nullptr;
  }
  Database& operator*() { return *database_; }

 private:
  void make_schema(const std::string& server) {
    static int count = 0;
    const std::string name = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    Result<std::unique_ptr<Database>> database = open_postgres_database(server);
    ASSERT_TRUE(database.ok()) << database.error().text();
    const Status made = (*database)->write([&](SqlSession& session) -> Status {
      const Result<SqlRows> rows = session.run("CREATE SCHEMA " + name);
      return rows ? Status(Unit()) : Status(rows.error());
    });
    ASSERT_TRUE(made.ok()) << made.error().text();
    postgres_ = server + " options='-c search_path=" + name + "'";
  }

  TemporaryFolder folder_;
  std::string postgres_;
  std::unique_ptr<Database> database_;
};

}  // namespace octavo
