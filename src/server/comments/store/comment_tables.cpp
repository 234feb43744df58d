// The tables and how older ones become them, in SQL that SQLite and PostgreSQL both read.
#include <charconv>
#include <span>

#include "server/comments/store/comment_store.h"

namespace octavo {

namespace {

// Step n makes version n of the tables from version n - 1. A step that was once released never changes: databases that it made
// are out there. What is to be different is a step of its own.
constexpr std::string_view kFirstTables[] = {
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
};

// Places stay where anybody below has something to show, and likes are counted by network.
constexpr std::string_view kVisibleRepliesAndNetworks[] = {
    "ALTER TABLE comments ADD COLUMN visible_replies BIGINT NOT NULL DEFAULT 0",
    "UPDATE comments SET visible_replies = counts.visible FROM (WITH RECURSIVE visible (id, parent) AS ("
    "SELECT id, parent FROM comments WHERE status = 'published' UNION "
    "SELECT above.id, above.parent FROM comments above JOIN visible below ON above.id = below.parent) "
    "SELECT parent, COUNT(*) AS visible FROM visible GROUP BY parent) AS counts WHERE comments.id = counts.parent",
    "ALTER TABLE reactions ADD COLUMN network TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reactions ADD COLUMN created BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX comments_by_number ON comments (thread, number, id)",
    "DROP INDEX comments_by_status",
    "CREATE INDEX comments_by_status ON comments (status, created, id)",
    "CREATE INDEX reactions_by_network ON reactions (network, thread, created)",
};

constexpr std::string_view kAvatars[] = {
    "ALTER TABLE comments RENAME COLUMN author_picture TO author_avatar",
    "ALTER TABLE sessions RENAME COLUMN picture TO avatar",
    "ALTER TABLE sign_ins RENAME COLUMN picture TO avatar",
};

using Step = std::span<const std::string_view>;
constexpr Step kSteps[] = {kFirstTables, kVisibleRepliesAndNetworks, kAvatars};
constexpr std::int64_t kTablesVersion = std::size(kSteps);

// Held against other processes that upgrade at the same time, until the transaction ends.
Result<std::int64_t> locked_version(SqlSession& session) {
  OCTAVO_CHECK(session.run("CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)"));
  OCTAVO_TRY(const SqlRows rows, session.run("INSERT INTO settings (name, value) VALUES ('tables', '0') "
                                             "ON CONFLICT (name) DO UPDATE SET value = settings.value RETURNING value"));
  const std::string_view text = rows[0][0].text();
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version < 0 || version > kTablesVersion) {
    return Error{ErrorCode::TooNew,
                 "The database of the comments was made by another version of Octavo (tables " + std::string(text) +
                     "). Use the newest octavo, or another database.",
                 ""};
  }
  return version;
}

}  // namespace

Status prepare_comment_tables(Database& database) {
  return database.write([](SqlSession& session) -> Status {
    OCTAVO_TRY(const std::int64_t version, locked_version(session));
    if (version == kTablesVersion) return Unit();
    for (const Step step : std::span(kSteps).subspan(static_cast<std::size_t>(version))) {
      for (const std::string_view statement : step) OCTAVO_CHECK(session.run(statement));
    }
    return CommentStore(session).set_setting("tables", std::to_string(kTablesVersion));
  });
}

}  // namespace octavo
