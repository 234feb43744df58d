// An export is read back byte for byte, all or nothing, and never twice.
#include "server/comments/store/comment_archive.h"

#include <gmock/gmock.h>

#include "server/comments/store/comment_store.h"
#include "support/comment_session.h"

namespace octavo {
namespace {

std::string archive_of(Database& database) {
  const Result<std::string> text = write_comment_archive(database);
  EXPECT_TRUE(text.ok());
  return text ? *text : "";
}

std::string with_each(std::string text, std::string_view old, std::string_view replacement) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + replacement.size())) {
    text.replace(at, old.size(), replacement);
  }
  return text;
}

// Comments of every state, with answers, text of every kind, likes and a closed thread.
void fill(CommentSession& session) {
  session.settings().moderation_token = "owner";
  session.start();
  const Json first = session.posted("a", "First \"quoted\" \\ <b> \xF0\x9F\x98\x80\nline\ttab \u2028");
  const std::string parent = R"("parent":")" + CommentSession::id_of(first) + '"';
  const Json second = session.posted("a", "second", parent);
  session.posted("a", "third", R"("parent":")" + CommentSession::id_of(second) + '"');
  session.posted("posts/b", "quick", R"("elapsed_ms":1)");
  const CommentSession::Headers owner = {{"Authorization", "Bearer owner"}};
  session.send("PUT", "moderation/comments/" + CommentSession::id_of(first), R"({"status":"rejected"})", owner);
  session.send("DELETE", "comments/" + CommentSession::id_of(second), "", {{"Comment-Key", CommentSession::key_of(second)}});
  session.send("PUT", "moderation/threads/posts%2Fb", R"({"state":"closed"})", owner);
  session.send("PUT", "threads/a/reactions/like", R"({"on":true})", {{"Reader-Key", "reader-0123456789"}});
}

TEST(CommentArchive, IsReadBackByteForByte) {
  CommentSession session;
  fill(session);
  const std::string text = archive_of(session.database());
  EXPECT_TRUE(is_comment_archive(text));
  TestDatabase copy;
  ASSERT_TRUE(prepare_comment_tables(*copy).ok());
  const Result<RestoredCounts> counts = read_comment_archive(text, "x", *copy, 0);
  ASSERT_TRUE(counts.ok()) << counts.error().text();
  EXPECT_EQ(counts->added, 4U);
  EXPECT_EQ(archive_of(*copy), text);
  const auto visible = [](Database& database) {
    const auto found = read_from(database, [](SqlSession& s) {
      CommentQuery query;
      query.thread = "a";
      return CommentStore(s).list(query);
    });
    std::string out;
    for (const CommentRecord& comment : *found) out += comment.id + std::to_string(comment.replies) + " ";
    return out;
  };
  EXPECT_EQ(visible(*copy), visible(session.database()));  // counts too
  const Result<RestoredCounts> again = read_comment_archive(text, "x", *copy, 0);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(again->known, 4U);
  EXPECT_EQ(archive_of(*copy), text);
}

TEST(CommentArchive, JoinsWhatIsThere) {
  CommentSession session;
  fill(session);
  const std::string text = archive_of(session.database());
  CommentSession other;
  ASSERT_EQ(other.post("a", "of the other", "a-key-of-the-other-1").status, 201);
  const std::string since(other.get("threads/a/comments").get("since").string());
  ASSERT_TRUE(read_comment_archive(text, "x", other.database(), 0).ok());
  EXPECT_EQ(other.get("threads/a/comments").get("thread").get("count").integer(), 2);
  EXPECT_EQ(other.get("threads/a/comments").get("comments").size(), 4U);
  EXPECT_EQ(other.get("threads/a/comments?since=" + since).get("comments").size(), 3U);  // who has the thread is told
}

TEST(CommentArchive, AnExportOfVersion1IsRead) {
  CommentSession session;
  fill(session);
  const std::string text = archive_of(session.database());
  const std::string old = with_each(with_each(text, "\"version\":2", "\"version\":1"), "author_avatar\":\"\"",
                                    "author_picture\":\"https://id.example/ann.png\"");
  TestDatabase database;
  ASSERT_TRUE(prepare_comment_tables(*database).ok());
  ASSERT_TRUE(read_comment_archive(old, "file", *database, 0).ok());
  EXPECT_EQ(archive_of(*database), with_each(text, "author_avatar\":\"\"", "author_avatar\":\"https://id.example/ann.png\""));
}

TEST(CommentArchive, AnythingElseIsRefusedWithItsLine) {
  CommentSession session;
  fill(session);
  const std::string text = archive_of(session.database());
  const std::size_t middle = text.find('\n', text.size() / 2) + 1;
  const std::string newer = std::string(text).replace(text.find("\"version\":2"), 11, "\"version\":3");
  for (const std::string& broken :
       {std::string(), std::string("{}\n"), text.substr(text.find('\n') + 1), text.substr(0, middle + 9), newer,
        std::string(text).replace(text.find("\"deleted\""), 9, "\"removed\"")}) {
    TestDatabase database;
    ASSERT_TRUE(prepare_comment_tables(*database).ok());
    const std::string before = archive_of(*database);
    const Result<RestoredCounts> refused = read_comment_archive(broken, "file", *database, 0);
    ASSERT_FALSE(refused.ok()) << broken.substr(0, 100);
    if (!broken.empty()) {
      EXPECT_THAT(refused.error().where, testing::StartsWith("file:"));
    }
    EXPECT_EQ(archive_of(*database), before);
  }
}

}  // namespace
}  // namespace octavo
