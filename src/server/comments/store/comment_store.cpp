// The statements.
#include "server/comments/store/comment_store.h"

#include <array>

namespace octavo {

namespace {

constexpr std::string_view kColumns =
    "id, thread, parent, root, depth, number, change, created, edited, edits, status, was_public, held_reason, author_name, "
    "author_email, author_url, author_picture, person, source, source_type, html, language, replies, submission, fingerprint, "
    "first_status, key_hash, network";

// A reader sees published comments, and the places of deleted ones that others answered.
constexpr std::string_view kVisible = "(status = 'published' OR (status = 'deleted' AND replies > 0))";

CommentRecord comment_from(const SqlRow& row) {
  CommentRecord comment;
  std::size_t i = 0;
  const auto number = [&] { return row[i++].number(); };
  const auto text = [&] { return std::string(row[i++].text()); };
  comment.id = text();
  comment.thread = text();
  comment.parent = text();
  comment.root = text();
  comment.depth = number();
  comment.number = number();
  comment.change = number();
  comment.created = number();
  comment.edited = number();
  comment.edits = number();
  comment.status = text();
  comment.was_public = number() != 0;
  comment.held_reason = text();
  comment.author_name = text();
  comment.author_email = text();
  comment.author_url = text();
  comment.author_picture = text();
  comment.person = text();
  comment.source = text();
  comment.source_type = text();
  comment.html = text();
  comment.language = text();
  comment.replies = number();
  comment.submission = text();
  comment.fingerprint = text();
  comment.first_status = number();
  comment.key_hash = text();
  comment.network = text();
  return comment;
}

Status status_of(const Result<SqlRows>& rows) {
  return rows ? Status(Unit()) : Status(rows.error());
}

ThreadRecord thread_from(const SqlRow& row) {
  ThreadRecord thread;
  thread.key = row[0].text();
  thread.is_open = row[1].number() != 0;
  thread.change = row[2].number();
  thread.count = row[3].number();
  thread.changed = row[4].number();
  return thread;
}

std::string placeholder(std::size_t number) {
  return "$" + std::to_string(number);
}

}  // namespace

Result<std::string> CommentStore::setting(std::string_view name) {
  const auto rows = session_.run("SELECT value FROM settings WHERE name = $1", {name});
  if (!rows) return rows.error();
  return rows->empty() ? std::string() : std::string((*rows)[0][0].text());
}

Status CommentStore::set_setting(std::string_view name, std::string_view value) {
  return status_of(
      session_.run("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                   {name, value}));
}

Result<std::string> CommentStore::setting_or(std::string_view name, std::string_view value) {
  const auto added =
      session_.run("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", {name, value});
  if (!added) return added.error();
  return setting(name);
}

Result<ThreadRecord> CommentStore::thread(std::string_view key) {
  const auto rows = session_.run("SELECT key, is_open, change, count, changed FROM threads WHERE key = $1", {key});
  if (!rows) return rows.error();
  ThreadRecord thread;
  thread.key = key;
  if (!rows->empty()) thread = thread_from((*rows)[0]);
  Result<ReactionCounts> counts = reactions(key, "");
  if (!counts) return counts.error();
  thread.reactions = std::move(*counts);
  return thread;
}

Result<std::int64_t> CommentStore::next_change(std::string_view thread, std::int64_t now) {
  const auto rows = session_.run(
      "INSERT INTO threads (key, is_open, change, count, changed) VALUES ($1, 1, 1, 0, $2) "
      "ON CONFLICT (key) DO UPDATE SET change = threads.change + 1, changed = excluded.changed RETURNING change",
      {thread, now});
  if (!rows) return rows.error();
  return (*rows)[0][0].number();
}

Status CommentStore::set_thread_open(std::string_view key, bool is_open) {
  return status_of(
      session_.run("INSERT INTO threads (key, is_open, change, count, changed) VALUES ($1, $2, 1, 0, 0) "
                   "ON CONFLICT (key) DO UPDATE SET is_open = excluded.is_open, change = threads.change + 1",
                   {key, std::int64_t{is_open}}));
}

Result<std::vector<ThreadRecord>> CommentStore::threads(const std::vector<std::string>& keys) {
  std::vector<ThreadRecord> out;
  for (const std::string& key : keys) {
    const auto rows = session_.run("SELECT key, is_open, change, count, changed FROM threads WHERE key = $1", {key});
    if (!rows) return rows.error();
    out.emplace_back().key = key;
    if (!rows->empty()) out.back() = thread_from((*rows)[0]);
  }
  return out;
}

// `where` is one of this file's own texts; values are parameters.
Result<std::vector<CommentRecord>> CommentStore::comments(std::string_view where, const SqlParameters& parameters) {
  std::string sql = "SELECT ";
  sql.append(kColumns).append(" FROM comments WHERE ").append(where);
  const auto rows = session_.run(sql, parameters);
  if (!rows) return rows.error();
  std::vector<CommentRecord> out;
  out.reserve(rows->size());
  for (const SqlRow& row : *rows) out.push_back(comment_from(row));
  return out;
}

Result<std::optional<CommentRecord>> CommentStore::comment(std::string_view id) {
  Result<std::vector<CommentRecord>> found = comments("id = $1", {id});
  if (!found) return found.error();
  if (found->empty()) return std::optional<CommentRecord>();
  CommentRecord& comment = found->front();
  Result<ReactionCounts> counts = reactions(comment.thread, comment.id);
  if (!counts) return counts.error();
  comment.reactions = std::move(*counts);
  return std::optional<CommentRecord>(std::move(comment));
}

Result<std::optional<CommentRecord>> CommentStore::comment_by_submission(std::string_view hash) {
  Result<std::vector<CommentRecord>> found = comments("submission = $1", {hash});
  if (!found) return found.error();
  return found->empty() ? std::optional<CommentRecord>() : std::optional<CommentRecord>(std::move(found->front()));
}

Result<std::vector<CommentRecord>> CommentStore::comments_by_key(std::string_view key_hash) {
  return comments("key_hash = $1", {key_hash});
}

Result<std::vector<CommentRecord>> CommentStore::comments_by_person(std::string_view person) {
  if (person.empty()) return std::vector<CommentRecord>();
  return comments("person = $1 ORDER BY created, number", {person});
}

Result<std::vector<CommentRecord>> CommentStore::list(const CommentQuery& query) {
  SqlParameters parameters{query.thread};
  std::string where = "thread = $1 AND ";
  where += kVisible;
  const auto parameter = [&](SqlValue value) {
    parameters.push_back(std::move(value));
    return placeholder(parameters.size());
  };
  if (query.parent) where += " AND parent = " + parameter(*query.parent);
  if (!query.root.empty()) where += " AND root = " + parameter(query.root);
  const std::string first = query.sort == CommentSort::Popular ? "likes" : "created";
  const bool is_rising = query.sort == CommentSort::Oldest;
  if (query.after) {
    where += " AND (" + first + ", number) " + (is_rising ? ">" : "<") + " (" + parameter(query.after->first) + ", " +
             parameter(query.after->number) + ")";
  }
  const std::string order = is_rising ? "" : " DESC";
  where += " ORDER BY " + first + order + ", number" + order + " LIMIT " + parameter(query.limit);
  Result<std::vector<CommentRecord>> found = comments(where, parameters);
  if (!found) return found.error();
  if (const Status added = add_reactions(query.thread, *found); !added) return added.error();
  return found;
}

Result<std::vector<CommentRecord>> CommentStore::changes(std::string_view thread, std::int64_t since, std::int64_t limit) {
  Result<std::vector<CommentRecord>> found =
      comments("thread = $1 AND change > $2 AND was_public = 1 ORDER BY change LIMIT $3", {thread, since, limit});
  if (!found) return found.error();
  if (const Status added = add_reactions(thread, *found); !added) return added.error();
  return found;
}

Result<std::vector<CommentRecord>> CommentStore::moderation_list(std::string_view status, std::int64_t limit,
                                                                 const CommentCursor* before) {
  SqlParameters parameters{limit};
  std::string where = "1 = 1";
  if (!status.empty()) {
    parameters.emplace_back(status);
    where += " AND status = " + placeholder(parameters.size());
  }
  if (before != nullptr) {
    parameters.emplace_back(before->first);
    parameters.emplace_back(before->number);
    where += " AND (created, number) < (" + placeholder(parameters.size() - 1) + ", " + placeholder(parameters.size()) + ")";
  }
  return comments(where + " ORDER BY created DESC, number DESC LIMIT $1", parameters);
}

Result<std::vector<CommentRecord>> CommentStore::all_comments(std::string_view after_id, std::int64_t limit) {
  return comments("id > $1 ORDER BY id LIMIT $2", {after_id, limit});
}

Result<std::optional<std::string>> CommentStore::same_text(const CommentRecord& comment, std::int64_t since) {
  const auto rows = session_.run(
      "SELECT id FROM comments WHERE thread = $1 AND created >= $2 AND parent = $3 AND source = $4 AND author_name = $5 AND "
      "person = $6 AND status <> 'deleted' LIMIT 1",
      {comment.thread, since, comment.parent, comment.source, comment.author_name, comment.person});
  if (!rows) return rows.error();
  return rows->empty() ? std::optional<std::string>() : std::optional<std::string>((*rows)[0][0].text());
}

Status CommentStore::insert(const CommentRecord& c) {
  std::string sql = "INSERT INTO comments (";
  sql.append(kColumns).append(", likes) VALUES (");
  for (std::size_t i = 1; i <= 28; ++i) sql.append(placeholder(i)).append(", ");
  sql += "0)";
  return status_of(session_.run(
      sql, {c.id,          c.thread,       c.parent,       c.root,       c.depth,          c.number,
            c.change,      c.created,      c.edited,       c.edits,      c.status,         std::int64_t{c.was_public},
            c.held_reason, c.author_name,  c.author_email, c.author_url, c.author_picture, c.person,
            c.source,      c.source_type,  c.html,         c.language,   c.replies,        c.submission,
            c.fingerprint, c.first_status, c.key_hash,     c.network}));
}

Status CommentStore::update(const CommentRecord& c) {
  return status_of(session_.run(
      "UPDATE comments SET change = $2, edited = $3, edits = $4, status = $5, was_public = $6, held_reason = $7, author_name = "
      "$8, "
      "author_email = $9, author_url = $10, author_picture = $11, person = $12, source = $13, source_type = $14, html = $15, "
      "language = $16, fingerprint = $17, key_hash = $18, network = $19 WHERE id = $1",
      {c.id, c.change, c.edited, c.edits, c.status, std::int64_t{c.was_public}, c.held_reason, c.author_name, c.author_email,
       c.author_url, c.author_picture, c.person, c.source, c.source_type, c.html, c.language, c.fingerprint, c.key_hash,
       c.network}));
}

Status CommentStore::touch(std::string_view id, std::int64_t change) {
  return status_of(session_.run("UPDATE comments SET change = $2 WHERE id = $1", {id, change}));
}

Status CommentStore::count_published(const CommentRecord& comment, std::int64_t difference, std::int64_t now) {
  const auto counted = session_.run("UPDATE threads SET count = count + $2 WHERE key = $1", {comment.thread, difference});
  if (!counted || comment.parent.empty()) return status_of(counted);
  // The parent changes with the number of its replies, so that a list of changes carries it.
  const Result<std::int64_t> change = next_change(comment.thread, now);
  if (!change) return change.error();
  return status_of(session_.run("UPDATE comments SET replies = replies + $2, change = $3 WHERE id = $1",
                                {comment.parent, difference, *change}));
}

Result<std::int64_t> CommentStore::recent_from(std::string_view network, std::int64_t since) {
  const auto rows = session_.run("SELECT COUNT(*) FROM comments WHERE network = $1 AND created > $2", {network, since});
  if (!rows) return rows.error();
  return (*rows)[0][0].number();
}

Result<std::int64_t> CommentStore::latest_from(std::string_view network) {
  const auto rows = session_.run("SELECT created FROM comments WHERE network = $1 ORDER BY created DESC LIMIT 1", {network});
  if (!rows) return rows.error();
  return rows->empty() ? std::int64_t{0} : (*rows)[0][0].number();
}

Status CommentStore::forget_networks(std::int64_t before) {
  return status_of(session_.run("UPDATE comments SET network = '' WHERE created < $1 AND network <> ''", {before}));
}

Result<bool> CommentStore::set_reaction(std::string_view thread, std::string_view target, std::string_view name,
                                        std::string_view reader, bool is_on) {
  const auto changed =
      is_on ? session_.run(
                  "INSERT INTO reactions (thread, target, name, reader) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING "
                  "RETURNING 1",
                  {thread, target, name, reader})
            : session_.run("DELETE FROM reactions WHERE thread = $1 AND target = $2 AND name = $3 AND reader = $4 RETURNING 1",
                           {thread, target, name, reader});
  if (!changed) return changed.error();
  if (changed->empty()) return false;
  const std::int64_t difference = is_on ? 1 : -1;
  const auto counted = session_.run(
      "INSERT INTO reaction_counts (thread, target, name, count) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (thread, target, name) DO UPDATE SET count = reaction_counts.count + $5",
      {thread, target, name, difference, difference});
  if (!counted) return counted.error();
  if (name == "like" && !target.empty()) {
    const auto liked = session_.run("UPDATE comments SET likes = likes + $2 WHERE id = $1", {target, difference});
    if (!liked) return liked.error();
  }
  return true;
}

Result<ReactionCounts> CommentStore::reactions(std::string_view thread, std::string_view target) {
  const auto rows =
      session_.run("SELECT name, count FROM reaction_counts WHERE thread = $1 AND target = $2 AND count > 0", {thread, target});
  if (!rows) return rows.error();
  ReactionCounts counts;
  for (const SqlRow& row : *rows) counts.emplace(row[0].text(), row[1].number());
  return counts;
}

Result<std::vector<std::string>> CommentStore::own_reactions(std::string_view thread, std::string_view target,
                                                             std::string_view reader) {
  const auto rows = session_.run("SELECT name FROM reactions WHERE thread = $1 AND target = $2 AND reader = $3 ORDER BY name",
                                 {thread, target, reader});
  if (!rows) return rows.error();
  std::vector<std::string> names;
  for (const SqlRow& row : *rows) names.emplace_back(row[0].text());
  return names;
}

Status CommentStore::add_reactions(std::string_view thread, std::vector<CommentRecord>& comments) {
  if (comments.empty()) return Unit();
  std::map<std::string_view, CommentRecord*> by_id;
  for (CommentRecord& comment : comments) by_id.emplace(comment.id, &comment);
  const auto rows =
      session_.run("SELECT target, name, count FROM reaction_counts WHERE thread = $1 AND target <> '' AND count > 0", {thread});
  if (!rows) return rows.error();
  for (const SqlRow& row : *rows) {
    if (const auto found = by_id.find(row[0].text()); found != by_id.end()) {
      found->second->reactions.emplace(row[1].text(), row[2].number());
    }
  }
  return Unit();
}

Status CommentStore::add_own_reactions(std::string_view thread, std::string_view reader, std::vector<CommentRecord>& comments) {
  std::map<std::string_view, CommentRecord*> by_id;
  for (CommentRecord& comment : comments) by_id.emplace(comment.id, &comment);
  const auto rows = session_.run("SELECT target, name FROM reactions WHERE thread = $1 AND reader = $2 ORDER BY target, name",
                                 {thread, reader});
  if (!rows) return rows.error();
  for (const SqlRow& row : *rows) {
    if (const auto found = by_id.find(row[0].text()); found != by_id.end()) {
      found->second->own_reactions.emplace_back(row[1].text());
    }
  }
  return Unit();
}

Status CommentStore::delete_reactions_of(std::string_view reader) {
  const auto rows = session_.run("SELECT thread, target, name FROM reactions WHERE reader = $1", {reader});
  if (!rows) return rows.error();
  for (const SqlRow& row : *rows) {
    const Result<bool> done = set_reaction(row[0].text(), row[1].text(), row[2].text(), reader, false);
    if (!done) return done.error();
  }
  return Unit();
}

}  // namespace octavo
