// Transactions on a real file: together, alone, failing and from several processes' points of view.
#include "server/comments/sqlite_database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

class SqliteDatabaseTest : public testing::Test {
 protected:
  std::unique_ptr<Database> open() {
    Result<std::unique_ptr<Database>> database = open_sqlite_database(folder_ / "deep/down/comments.db");
    EXPECT_TRUE(database.ok());
    return std::move(*database);
  }
  static Status run(SqlSession& session, std::string_view sql, const SqlParameters& parameters = {}) {
    const Result<SqlRows> rows = session.run(sql, parameters);
    return rows ? Status(Nothing()) : Status(rows.error());
  }
  static std::int64_t count(Database& database) {
    std::int64_t count = -1;
    const Status read = database.read([&](SqlSession& session) -> Status {
      const Result<SqlRows> rows = session.run("SELECT COUNT(*) FROM t");
      if (!rows) return rows.error();
      count = (*rows)[0][0].number();
      return Nothing();
    });
    EXPECT_TRUE(read.ok());
    return count;
  }
  void make_table(Database& database) {
    ASSERT_TRUE(
        database.write([](SqlSession& s) { return run(s, "CREATE TABLE t (n BIGINT PRIMARY KEY, text TEXT NOT NULL)"); }).ok());
  }

  TemporaryFolder folder_;
};

TEST_F(SqliteDatabaseTest, TextIsKeptByteForByte) {
  const auto database = open();
  make_table(*database);
  const std::string text("a\0b'\"; DROP TABLE t; --\xF0\x9F\x98\x80", 28);
  ASSERT_TRUE(database->write([&](SqlSession& s) {
                        return run(s, "INSERT INTO t VALUES ($1, $2)", {std::int64_t{-5}, text});
                      })
                  .ok());
  ASSERT_TRUE(database
                  ->read([&](SqlSession& session) -> Status {
                    const Result<SqlRows> rows = session.run("SELECT n, text FROM t");
                    EXPECT_EQ((*rows)[0][0].number(), -5);
                    EXPECT_EQ((*rows)[0][1].text(), text);
                    return Nothing();
                  })
                  .ok());
}

TEST_F(SqliteDatabaseTest, AnErrorUndoesItsOwnWorkOnly) {
  const auto database = open();
  make_table(*database);
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (std::int64_t i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      for (std::int64_t j = 0; j < 20; ++j) {
        const Status done = database->write([&](SqlSession& session) -> Status {
          if (const Status inserted = run(session, "INSERT INTO t VALUES ($1, 'x')", {i * 100 + j}); !inserted) return inserted;
          if (j % 2 == 1) return Error{ErrorCode::BadValue, "no", ""};
          return Nothing();
        });
        if (!done) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 160);
  EXPECT_EQ(count(*database), 160);
}

TEST_F(SqliteDatabaseTest, ABrokenStatementIsAnErrorAndNothingMore) {
  const auto database = open();
  make_table(*database);
  EXPECT_FALSE(database->write([](SqlSession& s) { return run(s, "INSERT INTO nothing VALUES (1)"); }).ok());
  EXPECT_FALSE(
      database->read([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());  // readers cannot write
  EXPECT_TRUE(database->write([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());
  EXPECT_FALSE(database->write([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());
  EXPECT_EQ(count(*database), 1);
}

TEST_F(SqliteDatabaseTest, SeveralServersShareAFile) {
  const auto first = open();
  make_table(*first);
  const auto second = open();
  std::thread other([&] {
    for (std::int64_t i = 0; i < 100; ++i) {
      EXPECT_TRUE(second->write([&](SqlSession& s) { return run(s, "INSERT INTO t VALUES ($1, 'x')", {i}); }).ok());
    }
  });
  for (std::int64_t i = 100; i < 200; ++i) {
    EXPECT_TRUE(first->write([&](SqlSession& s) { return run(s, "INSERT INTO t VALUES ($1, 'x')", {i}); }).ok());
  }
  other.join();
  EXPECT_EQ(count(*first), 200);
}

TEST_F(SqliteDatabaseTest, WhatIsNoDatabaseIsRefused) {
  folder_.write("junk.db", std::string(8192, 'j'));
  EXPECT_FALSE(open_sqlite_database(folder_ / "junk.db").ok());
  folder_.write("file", "");
  EXPECT_FALSE(open_sqlite_database(folder_ / "file/comments.db").ok());
}

}  // namespace
}  // namespace octavo
