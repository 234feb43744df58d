// The statements.
#include "server/comments/store/comment_store.h"

#include <array>

namespace octavo {

namespace {

constexpr std::string_view kColumns =
    "id, thread, parent, root, depth, number, change, created, edited, edits, status, was_public, held_reason, author_name, "
    "author_email, author_url, author_avatar, person, source, source_type, html, language, replies, submission, fingerprint, "
    "first_status, key_hash, network, visible_replies";
constexpr std::size_t kColumnCount = 29;

// is_visible() in SQL.
constexpr std::string_view kVisible = "(status = 'published' OR visible_replies > 0)";

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
  comment.status = comment_state_from(text()).value_or(CommentStatus::Held);
  comment.was_public = number() != 0;
  comment.held_reason = parse_hold_reason(text()).value_or(HoldReason::AllHeld);
  comment.author_name = text();
  comment.author_email = text();
  comment.author_url = text();
  comment.author_avatar = text();
  comment.person = text();
  comment.source = text();
  comment.source_type = source_type_from(text()).value_or(SourceType::Plain);
  comment.html = text();
  comment.language = text();
  comment.replies = number();
  comment.submission = text();
  comment.fingerprint = text();
  comment.first_status = number();
  comment.key_hash = text();
  comment.network = text();
  comment.visible_replies = number();
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

Reaction reaction_from(const SqlRow& row) {
  return {std::string(row[0].text()), std::string(row[1].text()), std::string(row[2].text()),
          std::string(row[3].text()), std::string(row[4].text()), row[5].number()};
}

std::string placeholder(std::size_t number) {
  return "$" + std::to_string(number);
}

}  // namespace

Result<std::string> CommentStore::setting(std::string_view name) {
  OCTAVO_TRY(const auto rows, session_.run("SELECT value FROM settings WHERE name = $1", {name}));
  return rows.empty() ? std::string() : std::string(rows[0][0].text());
}

Status CommentStore::set_setting(std::string_view name, std::string_view value) {
  return status_of(
      session_.run("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                   {name, value}));
}

Result<ThreadRecord> CommentStore::thread(std::string_view key) {
  OCTAVO_TRY(const auto rows, session_.run("SELECT key, is_open, change, count, changed FROM threads WHERE key = $1", {key}));
  ThreadRecord thread;
  thread.key = key;
  if (!rows.empty()) thread = thread_from(rows[0]);
  OCTAVO_TRY(auto counts, reactions(key, ""));
  thread.reactions = std::move(counts);
  return thread;
}

Result<std::int64_t> CommentStore::next_change(std::string_view thread, std::int64_t now) {
  OCTAVO_TRY(
      const auto rows,
      session_.run("INSERT INTO threads (key, is_open, change, count, changed) VALUES ($1, 1, 1, 0, $2) "
                   "ON CONFLICT (key) DO UPDATE SET change = threads.change + 1, changed = excluded.changed RETURNING change",
                   {thread, now}));
  return rows[0][0].number();
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
    OCTAVO_TRY(const auto rows, session_.run("SELECT key, is_open, change, count, changed FROM threads WHERE key = $1", {key}));
    out.emplace_back().key = key;
    if (!rows.empty()) out.back() = thread_from(rows[0]);
  }
  return out;
}

// `where` is one of this file's own texts; values are parameters.
Result<std::vector<CommentRecord>> CommentStore::comments(std::string_view where, const SqlParameters& parameters) {
  std::string sql = "SELECT ";
  sql.append(kColumns).append(" FROM comments WHERE ").append(where);
  OCTAVO_TRY(const auto rows, session_.run(sql, parameters));
  std::vector<CommentRecord> out;
  out.reserve(rows.size());
  for (const SqlRow& row : rows) out.push_back(comment_from(row));
  return out;
}

Result<std::optional<CommentRecord>> CommentStore::comment(std::string_view id) {
  OCTAVO_TRY(auto found, comments("id = $1", {id}));
  if (found.empty()) return std::optional<CommentRecord>();
  CommentRecord& comment = found.front();
  OCTAVO_TRY(auto counts, reactions(comment.thread, comment.id));
  comment.reactions = std::move(counts);
  return std::optional<CommentRecord>(std::move(comment));
}

Result<std::optional<CommentRecord>> CommentStore::comment_by_submission(std::string_view hash) {
  OCTAVO_TRY(auto found, comments("submission = $1", {hash}));
  return found.empty() ? std::optional<CommentRecord>() : std::optional<CommentRecord>(std::move(found.front()));
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
  OCTAVO_TRY(auto found, comments(where, parameters));
  OCTAVO_CHECK(add_reactions(query.thread, found));
  return found;
}

Result<std::vector<CommentRecord>> CommentStore::changes(std::string_view thread, std::int64_t since, std::int64_t limit) {
  OCTAVO_TRY(auto found,
             comments("thread = $1 AND change > $2 AND was_public = 1 ORDER BY change LIMIT $3", {thread, since, limit}));
  OCTAVO_CHECK(add_reactions(thread, found));
  return found;
}

Result<std::vector<CommentRecord>> CommentStore::moderation_list(std::optional<CommentStatus> status, std::int64_t limit,
                                                                 const CommentRecord* before) {
  SqlParameters parameters{limit};
  std::string where = "1 = 1";
  if (status) {
    parameters.emplace_back(api_name(*status));
    where += " AND status = " + placeholder(parameters.size());
  }
  if (before != nullptr) {
    parameters.emplace_back(before->created);
    parameters.emplace_back(before->id);
    where += " AND (created, id) < (" + placeholder(parameters.size() - 1) + ", " + placeholder(parameters.size()) + ")";
  }
  return comments(where + " ORDER BY created DESC, id DESC LIMIT $1", parameters);
}

Result<std::vector<CommentRecord>> CommentStore::all_comments(const CommentRecord* after, std::int64_t limit) {
  if (after == nullptr) return comments("1 = 1 ORDER BY thread, number, id LIMIT $1", {limit});
  return comments("(thread, number, id) > ($2, $3, $4) ORDER BY thread, number, id LIMIT $1",
                  {limit, after->thread, after->number, after->id});
}

Result<std::vector<ThreadRecord>> CommentStore::all_threads() {
  OCTAVO_TRY(const SqlRows rows, session_.run("SELECT key, is_open, change, count, changed FROM threads ORDER BY key"));
  std::vector<ThreadRecord> out;
  for (const SqlRow& row : rows) out.push_back(thread_from(row));
  return out;
}

Result<std::vector<Reaction>> CommentStore::all_reactions() {
  OCTAVO_TRY(const SqlRows rows, session_.run("SELECT thread, target, name, reader, network, created FROM reactions "
                                              "ORDER BY thread, target, name, reader"));
  std::vector<Reaction> out;
  for (const SqlRow& row : rows) out.push_back(reaction_from(row));
  return out;
}

Result<std::optional<std::string>> CommentStore::same_text(const CommentRecord& comment, std::string_view key_hash,
                                                           std::int64_t since) {
  OCTAVO_TRY(
      const SqlRows rows,
      session_.run("SELECT id FROM comments WHERE thread = $1 AND created >= $2 AND parent = $3 AND source = $4 AND "
                   "((person = $5 AND person <> '') OR (key_hash = $6 AND key_hash <> '')) AND status <> 'deleted' LIMIT 1",
                   {comment.thread, since, comment.parent, comment.source, comment.person, key_hash}));
  return rows.empty() ? std::optional<std::string>() : std::optional<std::string>(rows[0][0].text());
}

Status CommentStore::insert(const CommentRecord& c) {
  std::string sql = "INSERT INTO comments (";
  sql.append(kColumns).append(", likes) VALUES (");
  for (std::size_t i = 1; i <= kColumnCount; ++i) sql.append(placeholder(i)).append(", ");
  sql += "0)";
  return status_of(session_.run(sql, {c.id,
                                      c.thread,
                                      c.parent,
                                      c.root,
                                      c.depth,
                                      c.number,
                                      c.change,
                                      c.created,
                                      c.edited,
                                      c.edits,
                                      api_name(c.status),
                                      std::int64_t{c.was_public},
                                      word_of(c.held_reason),
                                      c.author_name,
                                      c.author_email,
                                      c.author_url,
                                      c.author_avatar,
                                      c.person,
                                      c.source,
                                      api_name(c.source_type),
                                      c.html,
                                      c.language,
                                      c.replies,
                                      c.submission,
                                      c.fingerprint,
                                      c.first_status,
                                      c.key_hash,
                                      c.network,
                                      c.visible_replies}));
}

Status CommentStore::update(const CommentRecord& c) {
  return status_of(session_.run(
      "UPDATE comments SET change = $2, edited = $3, edits = $4, status = $5, was_public = $6, held_reason = $7, author_name = "
      "$8, "
      "author_email = $9, author_url = $10, author_avatar = $11, person = $12, source = $13, source_type = $14, html = $15, "
      "language = $16, fingerprint = $17, key_hash = $18, network = $19 WHERE id = $1",
      {c.id, c.change, c.edited, c.edits, api_name(c.status), std::int64_t{c.was_public}, word_of(c.held_reason), c.author_name,
       c.author_email, c.author_url, c.author_avatar, c.person, c.source, api_name(c.source_type), c.html, c.language,
       c.fingerprint, c.key_hash, c.network}));
}

Status CommentStore::touch(std::string_view id, std::int64_t change) {
  return status_of(session_.run("UPDATE comments SET change = $2 WHERE id = $1", {id, change}));
}

Status CommentStore::count_above(const CommentRecord& comment, CountChange change, std::int64_t now) {
  if (change.published != 0) {
    OCTAVO_CHECK(session_.run("UPDATE threads SET count = count + $2 WHERE key = $1", {comment.thread, change.published}));
  }
  std::string above = comment.parent;
  while (!above.empty() && (change.published != 0 || change.visible != 0)) {
    // What is above changes with the number of its replies, so that a list of changes carries it.
    OCTAVO_TRY(const std::int64_t number, next_change(comment.thread, now));
    OCTAVO_TRY(const SqlRows rows,
               session_.run("UPDATE comments SET replies = replies + $2, visible_replies = visible_replies + $3, change = $4 "
                            "WHERE id = $1 RETURNING parent, status, visible_replies",
                            {above, change.published, change.visible, number}));
    if (rows.empty()) break;
    // A place appears with the first visible reply below it and goes with the last one, and so on upward.
    const bool is_published = rows[0][1].text() == api_name(CommentStatus::Published);
    const std::int64_t turning_point = change.visible > 0 ? 1 : 0;
    if (is_published || rows[0][2].number() != turning_point) break;
    above = rows[0][0].text();
    change.published = 0;
  }
  return Unit();
}

Status CommentStore::put_thread(const ThreadRecord& thread) {
  return status_of(session_.run(
      "INSERT INTO threads (key, is_open, change, count, changed) VALUES ($1, $2, $3, 0, $4) "
      "ON CONFLICT (key) DO UPDATE SET is_open = excluded.is_open, change = excluded.change, changed = excluded.changed",
      {thread.key, std::int64_t{thread.is_open}, thread.change, thread.changed}));
}

Status CommentStore::recount() {
  constexpr std::string_view kCounts[] = {
      "UPDATE threads SET count = (SELECT COUNT(*) FROM comments WHERE thread = threads.key AND status = 'published')",
      "UPDATE comments SET replies = 0, visible_replies = 0",
      "UPDATE comments SET replies = counts.published FROM (SELECT parent, COUNT(*) AS published FROM comments "
      "WHERE status = 'published' GROUP BY parent) AS counts WHERE comments.id = counts.parent",
      "UPDATE comments SET visible_replies = counts.visible FROM (WITH RECURSIVE visible (id, parent) AS ("
      "SELECT id, parent FROM comments WHERE status = 'published' UNION "
      "SELECT above.id, above.parent FROM comments above JOIN visible below ON above.id = below.parent) "
      "SELECT parent, COUNT(*) AS visible FROM visible GROUP BY parent) AS counts WHERE comments.id = counts.parent",
  };
  for (const std::string_view statement : kCounts) OCTAVO_CHECK(session_.run(statement));
  return Unit();
}

Result<std::int64_t> CommentStore::recent_from(std::string_view network, std::int64_t since) {
  OCTAVO_TRY(const auto rows,
             session_.run("SELECT COUNT(*) FROM comments WHERE network = $1 AND created > $2", {network, since}));
  return rows[0][0].number();
}

Result<std::int64_t> CommentStore::latest_from(std::string_view network) {
  OCTAVO_TRY(const auto rows,
             session_.run("SELECT created FROM comments WHERE network = $1 ORDER BY created DESC LIMIT 1", {network}));
  return rows.empty() ? std::int64_t{0} : rows[0][0].number();
}

Status CommentStore::forget_networks(std::int64_t before) {
  OCTAVO_CHECK(session_.run("UPDATE reactions SET network = '' WHERE created < $1 AND network <> ''", {before}));
  return status_of(session_.run("UPDATE comments SET network = '' WHERE created < $1 AND network <> ''", {before}));
}

Result<bool> CommentStore::set_reaction(const Reaction& r, bool is_on) {
  constexpr std::string_view kAdd =
      "INSERT INTO reactions (thread, target, name, reader, network, created) VALUES ($1, $2, $3, $4, $5, $6) "
      "ON CONFLICT DO NOTHING RETURNING 1";
  constexpr std::string_view kRemove =
      "DELETE FROM reactions WHERE thread = $1 AND target = $2 AND name = $3 AND reader = $4 RETURNING 1";
  SqlParameters parameters{r.thread, r.target, r.name, r.reader};
  if (is_on) parameters.insert(parameters.end(), {r.network, r.created});
  OCTAVO_TRY(const SqlRows changed, session_.run(is_on ? kAdd : kRemove, parameters));
  if (changed.empty()) return false;
  const std::int64_t difference = is_on ? 1 : -1;
  OCTAVO_CHECK(
      session_.run("INSERT INTO reaction_counts (thread, target, name, count) VALUES ($1, $2, $3, $4) "
                   "ON CONFLICT (thread, target, name) DO UPDATE SET count = reaction_counts.count + $5",
                   {r.thread, r.target, r.name, difference, difference}));
  if (r.name == "like" && !r.target.empty()) {
    OCTAVO_CHECK(session_.run("UPDATE comments SET likes = likes + $2 WHERE id = $1", {r.target, difference}));
  }
  return true;
}

Result<std::int64_t> CommentStore::reactions_from(const Reaction& r, std::int64_t since) {
  OCTAVO_TRY(const SqlRows rows,
             session_.run("SELECT COUNT(*) FROM reactions WHERE network = $1 AND created > $2 AND thread = $3 AND target = $4 "
                          "AND name = $5",
                          {r.network, since, r.thread, r.target, r.name}));
  return rows[0][0].number();
}

Result<ReactionCounts> CommentStore::reactions(std::string_view thread, std::string_view target) {
  OCTAVO_TRY(
      const auto rows,
      session_.run("SELECT name, count FROM reaction_counts WHERE thread = $1 AND target = $2 AND count > 0", {thread, target}));
  ReactionCounts counts;
  for (const SqlRow& row : rows) counts.emplace(row[0].text(), row[1].number());
  return counts;
}

Result<std::vector<std::string>> CommentStore::own_reactions(std::string_view thread, std::string_view target,
                                                             std::string_view reader) {
  OCTAVO_TRY(const auto rows,
             session_.run("SELECT name FROM reactions WHERE thread = $1 AND target = $2 AND reader = $3 ORDER BY name",
                          {thread, target, reader}));
  std::vector<std::string> names;
  for (const SqlRow& row : rows) names.emplace_back(row[0].text());
  return names;
}

Status CommentStore::add_reactions(std::string_view thread, std::vector<CommentRecord>& comments) {
  if (comments.empty()) return Unit();
  std::map<std::string_view, CommentRecord*> by_id;
  for (CommentRecord& comment : comments) by_id.emplace(comment.id, &comment);
  OCTAVO_TRY(
      const auto rows,
      session_.run("SELECT target, name, count FROM reaction_counts WHERE thread = $1 AND target <> '' AND count > 0", {thread}));
  for (const SqlRow& row : rows) {
    if (const auto found = by_id.find(row[0].text()); found != by_id.end()) {
      found->second->reactions.emplace(row[1].text(), row[2].number());
    }
  }
  return Unit();
}

Status CommentStore::add_own_reactions(std::string_view thread, std::string_view reader, std::vector<CommentRecord>& comments) {
  std::map<std::string_view, CommentRecord*> by_id;
  for (CommentRecord& comment : comments) by_id.emplace(comment.id, &comment);
  OCTAVO_TRY(const auto rows,
             session_.run("SELECT target, name FROM reactions WHERE thread = $1 AND reader = $2 ORDER BY target, name",
                          {thread, reader}));
  for (const SqlRow& row : rows) {
    if (const auto found = by_id.find(row[0].text()); found != by_id.end()) {
      found->second->own_reactions.emplace_back(row[1].text());
    }
  }
  return Unit();
}

Status CommentStore::delete_reactions_of(std::string_view reader) {
  OCTAVO_TRY(const SqlRows rows,
             session_.run("SELECT thread, target, name, reader, network, created FROM reactions WHERE reader = $1", {reader}));
  for (const SqlRow& row : rows) OCTAVO_CHECK(set_reaction(reaction_from(row), false));
  return Unit();
}

}  // namespace octavo
