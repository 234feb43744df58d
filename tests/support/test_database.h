// The databases on which the comments' tests run: a SQLite file of its own for each test, and PostgreSQL where one is named.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "server/comments/database.h"
#include "server/comments/sqlite_database.h"
#include "support/temporary_folder.h"

namespace octavo {

class TestDatabase {
 public:
  TestDatabase() { open(); }
  // As a restart of the server does.
  void open() {
    database_.reset();
    Result<std::unique_ptr<Database>> opened = open_sqlite_database(folder_ / "comments.db");
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().text());
    database_ = std::move(*opened);
  }
  Database& operator*() { return *database_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace octavo
