// The tables, in SQL that SQLite and PostgreSQL both read.
#include "server/comments/store/comment_store.h"

namespace octavo {

namespace {

constexpr std::int64_t kTablesVersion = 1;

constexpr std::string_view kTables[] = {
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

}  // namespace

Status prepare_comment_tables(Database& database) {
  return database.write([](SqlSession& session) -> Status {
    const auto made = session.run("CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    if (!made) return made.error();
    CommentStore store(session);
    const Result<std::string> version = store.setting("tables");
    if (!version) return version.error();
    if (*version == std::to_string(kTablesVersion)) return Unit();
    if (!version->empty()) {
      return Error{ErrorCode::TooNew,
                   "The database of the comments was made by another version of Octavo (tables " + *version +
                       "). Use the newest octavo, or another database.",
                   ""};
    }
    for (const std::string_view table : kTables) {
      if (const auto done = session.run(table); !done) return done.error();
    }
    return store.set_setting("tables", std::to_string(kTablesVersion));
  });
}

}  // namespace octavo
