// Databases of earlier versions are upgraded step by step and go on working.
#include <gtest/gtest.h>

#include <span>
#include <thread>

#include "server/comments/store/comment_store.h"
#include "support/comment_session.h"

namespace octavo {
namespace {

// What version 1 wrote, statement by statement; it was released, so that it does not change any more.
constexpr std::string_view kVersion1[] = {
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE threads (key TEXT PRIMARY KEY, is_open BIGINT NOT NULL, change BIGINT NOT NULL, count BIGINT NOT NULL, "
    "changed BIGINT NOT NULL)",
    "CREATE TABLE comments (id TEXT PRIMARY KEY, thread TEXT NOT NULL, parent TEXT NOT NULL, root TEXT NOT NULL, "
    "depth BIGINT NOT NULL, number BIGINT NOT NULL, change BIGINT NOT NULL, created BIGINT NOT NULL, edited BIGINT NOT NULL, "
    "edits BIGINT NOT NULL, status TEXT NOT NULL, was_public BIGINT NOT NULL, held_reason TEXT NOT NULL, "
    "author_name TEXT NOT NULL, author_email TEXT NOT NULL, author_url TEXT NOT NULL, author_picture TEXT NOT NULL, "
    "person TEXT NOT NULL, source TEXT NOT NULL, source_type TEXT NOT NULL, html TEXT NOT NULL, language TEXT NOT NULL, "
    "replies BIGINT NOT NULL, likes BIGINT NOT NULL, submission TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, "
    "first_status BIGINT NOT NULL, key_hash TEXT NOT NULL, network TEXT NOT NULL)",
    "CREATE INDEX comments_by_time ON comments (thread, created, number)",
    "CREATE INDEX comments_by_change ON comments (thread, change)",
    "CREATE INDEX comments_by_status ON comments (status, created, number)",
    "CREATE INDEX comments_by_key ON comments (key_hash)",
    "CREATE INDEX comments_by_person ON comments (person)",
    "CREATE INDEX comments_by_network ON comments (network, created)",
    "CREATE TABLE reactions (thread TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, reader TEXT NOT NULL, "
    "PRIMARY KEY (thread, reader, target, name))",
    "CREATE TABLE reaction_counts (thread TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, count BIGINT NOT NULL, "
    "PRIMARY KEY (thread, target, name))",
    "CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, "
    "picture TEXT NOT NULL, email TEXT NOT NULL, expires BIGINT NOT NULL)",
    "CREATE TABLE sign_ins (state_hash TEXT PRIMARY KEY, ticket_hash TEXT NOT NULL UNIQUE, provider TEXT NOT NULL, "
    "verifier TEXT NOT NULL, nonce TEXT NOT NULL, origin TEXT NOT NULL, return_url TEXT NOT NULL, outcome TEXT NOT NULL, "
    "person TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, picture TEXT NOT NULL, email TEXT NOT NULL, "
    "expires BIGINT NOT NULL)",
    "INSERT INTO settings VALUES ('tables', '1'), ('secret', 'of-before')",
    "INSERT INTO threads VALUES ('a', 1, 6, 2, 1700000000000)",
    // A rejected comment with a deleted answer, which has a public answer; and one that waits.
    "INSERT INTO comments VALUES ('c1', 'a', '', 'c1', 0, 1, 4, 1700000000000, 0, 0, 'rejected', 1, '', 'Ann', "
    "'ann@mail.example', "
    "'', '', '', 'first', 'markdown', '<p>first</p>', '', 0, 0, 's1', 'f1', 201, 'k1', '192.0.2.0/24')",
    "INSERT INTO comments VALUES ('c2', 'a', 'c1', 'c1', 1, 2, 5, 1700000001000, 0, 0, 'deleted', 1, '', '', '', '', '', '', '', "
    "'markdown', '', '', 1, 0, 's2', '', 201, 'k2', '')",
    "INSERT INTO comments VALUES ('c3', 'a', 'c2', 'c1', 2, 3, 3, 1700000002000, 0, 0, 'published', 1, '', 'Cat', '', '', '', "
    "'', "
    "'third', 'plain', '<p>third</p>', 'en', 0, 2, 's3', 'f3', 201, 'k3', '')",
    "INSERT INTO comments VALUES ('c4', 'a', '', 'c4', 0, 6, 6, 1700000003000, 0, 0, 'held', 0, 'trap', 'Dan', '', '', '', '', "
    "'fourth', 'html', '<p>fourth</p>', '', 0, 0, 's4', 'f4', 202, 'k4', '')",
    "INSERT INTO comments VALUES ('c5', 'a', '', 'c5', 0, 7, 7, 1700000004000, 0, 0, 'published', 1, '', 'Eve', '', '', "
    "'https://id.example/eve.png', 'wp:5', 'fifth', 'markdown', '<p>fifth</p>', '', 0, 0, 's5', 'f5', 201, 'k5', '')",
    "INSERT INTO reactions VALUES ('a', 'c3', 'like', 'r1'), ('a', 'c3', 'like', 'r2')",
    "INSERT INTO reaction_counts VALUES ('a', 'c3', 'like', 2)",
};

Status run_all(Database& database, std::span<const std::string_view> statements) {
  return database.write([&](SqlSession& session) -> Status {
    for (const std::string_view statement : statements) OCTAVO_CHECK(session.run(statement));
    return Unit();
  });
}

std::string stored_version(Database& database) {
  const Result<std::string> version =
      read_from(database, [](SqlSession& session) { return CommentStore(session).setting("tables"); });
  return version ? *version : version.error().text();
}

std::vector<std::string> visible_ids(Database& database) {
  std::vector<std::string> ids;
  const auto found = read_from(database, [](SqlSession& session) {
    CommentQuery query;
    query.thread = "a";
    return CommentStore(session).list(query);
  });
  EXPECT_TRUE(found.ok());
  for (const CommentRecord& comment : *found) ids.push_back(comment.id);
  return ids;
}

TEST(CommentTables, AnOlderDatabaseIsUpgradedAndGoesOn) {
  CommentSession session([](Database& database) {
    const Status written = run_all(database, kVersion1);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().text());
  });
  EXPECT_EQ(stored_version(session.database()), "3");
  const Json list = session.get("threads/a/comments");
  ASSERT_EQ(list.get("comments").size(), 4U);
  EXPECT_EQ(list.get("comments").at(0).get("status").string(), "deleted");  // rejected, with a public answer below
  EXPECT_EQ(list.get("comments").at(1).get("status").string(), "deleted");
  EXPECT_EQ(list.get("comments").at(2).get("reactions").get("like").integer(), 2);
  EXPECT_EQ(list.get("comments").at(2).get("body_source_type").string(), "plain");
  EXPECT_EQ(list.get("comments").at(3).get("author").get("kind").string(), "member");
  EXPECT_EQ(list.get("comments").at(3).get("author").get("avatar").string(), "https://id.example/eve.png");
  session.posted("a", "sixth", R"("parent":"c3")");
  EXPECT_EQ(session.get("threads/a/comments").get("comments").size(), 5U);
  EXPECT_EQ(session.send("PUT", "comments/c3/reactions/like", R"({"on":true})", {{"Reader-Key", "reader-0123456789"}}).status,
            200);
  session.start();
  EXPECT_EQ(session.get("threads/a/comments").get("comments").size(), 5U);
}

TEST(CommentTables, SeveralServersUpgradeAtOnce) {
  TestDatabase first;
  const std::unique_ptr<Database> second = first.another();
  ASSERT_TRUE(run_all(*first, kVersion1).ok());
  std::thread other([&] { EXPECT_TRUE(prepare_comment_tables(*second).ok()); });
  EXPECT_TRUE(prepare_comment_tables(*first).ok());
  other.join();
  EXPECT_EQ(stored_version(*first), "3");
  EXPECT_EQ(visible_ids(*second), (std::vector<std::string>{"c1", "c2", "c3", "c5"}));
}

TEST(CommentTables, ANewerDatabaseIsLeftAlone) {
  for (const char* version : {"4", "99999999999999999999", "two", ""}) {
    TestDatabase database;
    ASSERT_TRUE(prepare_comment_tables(*database).ok());
    EXPECT_TRUE((*database).write([&](SqlSession& s) { return CommentStore(s).set_setting("tables", version); }).ok());
    const Status refused = prepare_comment_tables(*database);
    ASSERT_FALSE(refused.ok()) << version;
    EXPECT_EQ(refused.error().code, ErrorCode::TooNew);
    EXPECT_EQ(stored_version(*database), version);
  }
}

}  // namespace
}  // namespace octavo
