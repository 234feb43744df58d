// Transactions on a real database: together, alone, failing and from several processes' points of view.
#include "server/comments/store/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "support/test_database.h"

namespace octavo {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  static Status run(SqlSession& session, std::string_view sql, const SqlParameters& parameters = {}) {
    const Result<SqlRows> rows = session.run(sql, parameters);
    return rows ? Status(Unit()) : Status(rows.error());
  }
  static std::int64_t count(Database& database) {
    std::int64_t count = -1;
    const Status read = database.read([&](SqlSession& session) -> Status {
      const Result<SqlRows> rows = session.run("SELECT COUNT(*) FROM t");
      if (!rows) return rows.error();
      count = (*rows)[0][0].number();
      return Unit();
    });
    EXPECT_TRUE(read.ok());
    return count;
  }
  void make_table() {
    ASSERT_TRUE((*database_)
                    .write([](SqlSession& s) { return run(s, "CREATE TABLE t (n BIGINT PRIMARY KEY, text TEXT NOT NULL)"); })
                    .ok());
  }

  TestDatabase database_;
};

TEST_F(DatabaseTest, TextIsKeptByteForByte) {
  make_table();
  const std::string text = "a\nb'\"; DROP TABLE t; -- %s \\ $1 \xF0\x9F\x98\x80";
  ASSERT_TRUE((*database_)
                  .write([&](SqlSession& s) {
                    return run(s, "INSERT INTO t VALUES ($1, $2)", {std::int64_t{-5}, text});
                  })
                  .ok());
  ASSERT_TRUE((*database_)
                  .read([&](SqlSession& session) -> Status {
                    const Result<SqlRows> rows = session.run("SELECT n, text FROM t");
                    EXPECT_EQ((*rows)[0][0].number(), -5);
                    EXPECT_EQ((*rows)[0][1].text(), text);
                    return Unit();
                  })
                  .ok());
}

TEST_F(DatabaseTest, AnErrorUndoesItsOwnWorkOnly) {
  make_table();
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (std::int64_t i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      for (std::int64_t j = 0; j < 20; ++j) {
        const Status done = (*database_).write([&](SqlSession& session) -> Status {
          if (const Status inserted = run(session, "INSERT INTO t VALUES ($1, 'x')", {i * 100 + j}); !inserted) return inserted;
          if (j % 2 == 1) return Error{ErrorCode::BadValue, "no", ""};
          return Unit();
        });
        if (!done) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 160);
  EXPECT_EQ(count(*database_), 160);
}

TEST_F(DatabaseTest, ABrokenStatementIsAnErrorAndNothingMore) {
  make_table();
  EXPECT_FALSE((*database_).write([](SqlSession& s) { return run(s, "INSERT INTO nothing VALUES (1)"); }).ok());
  EXPECT_FALSE(
      (*database_).read([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());  // readers cannot write
  EXPECT_TRUE((*database_).write([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());
  EXPECT_FALSE((*database_).write([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(DatabaseTest, WhatNoTextCanHoldFindsNothing) {
  make_table();
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xFF\xFE")}) {
    const Status read = (*database_).read([&](SqlSession& session) -> Status {
      const Result<SqlRows> rows = session.run("SELECT n FROM t WHERE text = $1", {text});
      if (!rows) return rows.error();
      EXPECT_TRUE(rows->empty());
      return Unit();
    });
    EXPECT_TRUE(read.ok()) << read.error().text();
  }
}

TEST_F(DatabaseTest, AReaderSeesOneState) {
  make_table();
  const std::unique_ptr<Database> other = database_.another();
  const Status read = (*database_).read([&](SqlSession& session) -> Status {
    const Result<SqlRows> before = session.run("SELECT COUNT(*) FROM t");
    EXPECT_TRUE(other->write([](SqlSession& s) { return run(s, "INSERT INTO t VALUES (1, 'x')"); }).ok());
    const Result<SqlRows> after = session.run("SELECT COUNT(*) FROM t");
    EXPECT_EQ((*before)[0][0].number(), (*after)[0][0].number());
    return Unit();
  });
  EXPECT_TRUE(read.ok());
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(DatabaseTest, SeveralServersShareIt) {
  make_table();
  const std::unique_ptr<Database> second = database_.another();
  std::thread other([&] {
    for (std::int64_t i = 0; i < 100; ++i) {
      EXPECT_TRUE(second->write([&](SqlSession& s) { return run(s, "INSERT INTO t VALUES ($1, 'x')", {i}); }).ok());
    }
  });
  for (std::int64_t i = 100; i < 200; ++i) {
    EXPECT_TRUE((*database_).write([&](SqlSession& s) { return run(s, "INSERT INTO t VALUES ($1, 'x')", {i}); }).ok());
  }
  other.join();
  EXPECT_EQ(count(*database_), 200);
}

TEST(SqliteDatabase, WhatIsNoDatabaseIsRefused) {
  const TemporaryFolder folder;
  folder.write("junk.db", std::string(8192, 'j'));
  EXPECT_FALSE(open_sqlite_database(folder / "junk.db").ok());
  folder.write("file", "");
  EXPECT_FALSE(open_sqlite_database(folder / "file/comments.db").ok());
  EXPECT_TRUE(open_sqlite_database(folder / "deep/down/comments.db").ok());
}

TEST(PostgresDatabase, AServerThatIsNotThereIsAnError) {
  const Result<std::unique_ptr<Database>> database = open_postgres_database("host=/nowhere user=nobody");
  ASSERT_FALSE(database.ok());
  EXPECT_NE(database.error().message.find("/nowhere"), std::string::npos) << database.error().message;
}

}  // namespace
}  // namespace octavo
