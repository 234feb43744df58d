// One table of fields serves both directions.
#include "server/comments/store/comment_archive.h"

#include <optional>
#include <set>

#include "core/base/json.h"
#include "server/comments/store/comment_store.h"

namespace octavo {

namespace {

constexpr std::string_view kFormat = "octavo-comments";
constexpr std::int64_t kVersion = 2;
constexpr std::int64_t kAvatarVersion = 2;  // `author_avatar` was called `author_picture` before
constexpr std::int64_t kRowsAtOnce = 500;

// Calls `visit` with the name and the place of each field.
template <typename Record, typename Visit>
void visit_comment(Record& comment, Visit&& visit) {
  visit("id", comment.id);
  visit("thread", comment.thread);
  visit("parent", comment.parent);
  visit("root", comment.root);
  visit("depth", comment.depth);
  visit("number", comment.number);
  visit("change", comment.change);
  visit("created", comment.created);
  visit("edited", comment.edited);
  visit("edits", comment.edits);
  visit("status", comment.status);
  visit("was_public", comment.was_public);
  visit("held_reason", comment.held_reason);
  visit("author_name", comment.author_name);
  visit("author_email", comment.author_email);
  visit("author_url", comment.author_url);
  visit("author_avatar", comment.author_avatar);
  visit("person", comment.person);
  visit("source", comment.source);
  visit("source_type", comment.source_type);
  visit("html", comment.html);
  visit("language", comment.language);
  visit("submission", comment.submission);
  visit("fingerprint", comment.fingerprint);
  visit("first_status", comment.first_status);
  visit("key_hash", comment.key_hash);
  visit("network", comment.network);
}

template <typename Record, typename Visit>
void visit_thread(Record& thread, Visit&& visit) {
  visit("key", thread.key);
  visit("open", thread.is_open);
  visit("change", thread.change);
  visit("changed", thread.changed);
}

template <typename Record, typename Visit>
void visit_reaction(Record& reaction, Visit&& visit) {
  visit("thread", reaction.thread);
  visit("target", reaction.target);
  visit("name", reaction.name);
  visit("reader", reaction.reader);
  visit("network", reaction.network);
  visit("created", reaction.created);
}

class FieldWriter {
 public:
  explicit FieldWriter(std::string_view kind) { json_.begin_object().key("kind").value(kind); }
  void operator()(std::string_view name, const std::string& value) { json_.key(name).value(value); }
  void operator()(std::string_view name, const std::int64_t& value) { json_.key(name).value(value); }
  void operator()(std::string_view name, const bool& value) { json_.key(name).value(value); }
  void operator()(std::string_view name, const CommentStatus& value) { json_.key(name).value(api_name(value)); }
  void operator()(std::string_view name, const HoldReason& value) { json_.key(name).value(word_of(value)); }
  void operator()(std::string_view name, const SourceType& value) { json_.key(name).value(api_name(value)); }
  std::string line() { return json_.end_object().take() + "\n"; }

 private:
  JsonWriter json_;
};

// Remembers the first field that is not as it should be.
class FieldReader {
 public:
  FieldReader(const Json& json, std::int64_t version) : json_(json), version_(version) {}
  void operator()(std::string_view name, std::string& value) {
    const Json field = json_.get(version_ < kAvatarVersion && name == "author_avatar" ? "author_picture" : name);
    if (!field.is_string()) return fail(name);
    value = field.string();
  }
  void operator()(std::string_view name, std::int64_t& value) {
    constexpr std::int64_t kNone = -1;  // nothing that is stored is negative
    value = json_.get(name).integer(kNone);
    if (value < 0) fail(name);
  }
  void operator()(std::string_view name, bool& value) {
    const Json field = json_.get(name);
    if (!field.is_bool()) return fail(name);
    value = field.boolean();
  }
  void operator()(std::string_view name, CommentStatus& value) { choose(name, comment_state_from(word(name)), value); }
  void operator()(std::string_view name, HoldReason& value) { choose(name, parse_hold_reason(word(name)), value); }
  void operator()(std::string_view name, SourceType& value) { choose(name, source_type_from(word(name)), value); }

  Status status() const {
    if (wrong_.empty()) return Unit();
    return Error{ErrorCode::BadValue, "`" + wrong_ + "` is missing or wrong.", ""};
  }

 private:
  void fail(std::string_view name) {
    if (wrong_.empty()) wrong_ = name;
  }
  std::string word(std::string_view name) {
    const Json field = json_.get(name);
    if (!field.is_string()) fail(name);
    return std::string(field.string());
  }
  template <typename Value>
  void choose(std::string_view name, const std::optional<Value>& known, Value& value) {
    if (!known) return fail(name);
    value = *known;
  }

  const Json& json_;
  const std::int64_t version_;
  std::string wrong_;
};

std::string format_line() {
  JsonWriter json;
  json.begin_object().key("kind").value(kFormat).key("version").value(kVersion).end_object();
  return json.take() + "\n";
}

Result<std::string> write_all(SqlSession& session) {
  CommentStore store(session);
  std::string out = format_line();
  OCTAVO_TRY(const std::vector<ThreadRecord> threads, store.all_threads());
  for (const ThreadRecord& thread : threads) {
    FieldWriter writer("thread");
    visit_thread(thread, writer);
    out += writer.line();
  }
  std::optional<CommentRecord> last;
  for (bool is_done = false; !is_done;) {
    OCTAVO_TRY(std::vector<CommentRecord> comments, store.all_comments(last ? &*last : nullptr, kRowsAtOnce));
    for (const CommentRecord& comment : comments) {
      FieldWriter writer("comment");
      visit_comment(comment, writer);
      out += writer.line();
    }
    is_done = comments.empty();
    if (!is_done) last = std::move(comments.back());
  }
  OCTAVO_TRY(const std::vector<Reaction> reactions, store.all_reactions());
  for (const Reaction& reaction : reactions) {
    FieldWriter writer("reaction");
    visit_reaction(reaction, writer);
    out += writer.line();
  }
  return out;
}

class ArchiveReader {
 public:
  ArchiveReader(SqlSession& session, std::int64_t now) : store_(session), now_(now) {}

  Status read_line(std::string_view line) {
    OCTAVO_TRY(const Json json, Json::parse(line, "line"));
    const std::string_view kind = json.get("kind").string();
    if (kind == kFormat) return read_format(json);
    if (!is_begun_) return Error{ErrorCode::BadValue, "This is no export of comments.", ""};
    if (kind == "thread") return read_thread(json);
    if (kind == "comment") return read_comment(json);
    if (kind == "reaction") return read_reaction(json);
    return Error{ErrorCode::BadValue, "`kind` is none that this version knows.", ""};
  }

  Status finish() { return is_begun_ ? store_.recount() : Status(Error{ErrorCode::BadValue, "The file is empty.", ""}); }

  RestoredCounts counts;

 private:
  Status read_format(const Json& json) {
    version_ = json.get("version").integer();
    if (version_ < 1 || version_ > kVersion) {
      return Error{ErrorCode::TooNew, "The export was made by another version of Octavo. Use the newest octavo.", ""};
    }
    is_begun_ = true;
    return Unit();
  }

  Status read_thread(const Json& json) {
    ThreadRecord thread;
    FieldReader reader(json, version_);
    visit_thread(thread, reader);
    OCTAVO_CHECK(reader.status());
    OCTAVO_TRY(const ThreadRecord existing, store_.thread(thread.key));
    if (existing.change != 0) return Unit();
    new_threads_.insert(thread.key);
    return store_.put_thread(thread);
  }

  Status read_comment(const Json& json) {
    CommentRecord comment;
    FieldReader reader(json, version_);
    visit_comment(comment, reader);
    OCTAVO_CHECK(reader.status());
    OCTAVO_TRY(const auto same_id, store_.comment(comment.id));
    OCTAVO_TRY(const auto same_submission, store_.comment_by_submission(comment.submission));
    if (same_id || same_submission) {
      ++counts.known;
      return Unit();
    }
    ++counts.added;
    if (!new_threads_.contains(comment.thread)) {
      OCTAVO_TRY(comment.change, store_.next_change(comment.thread, now_));
      comment.number = comment.change;
    }
    return store_.insert(comment);
  }

  Status read_reaction(const Json& json) {
    Reaction reaction;
    FieldReader reader(json, version_);
    visit_reaction(reaction, reader);
    OCTAVO_CHECK(reader.status());
    OCTAVO_CHECK(store_.set_reaction(reaction, true));
    return Unit();
  }

  CommentStore store_;
  const std::int64_t now_;
  std::int64_t version_ = kVersion;
  bool is_begun_ = false;
  std::set<std::string> new_threads_;
};

}  // namespace

Result<std::string> write_comment_archive(Database& database) {
  return read_from(database, write_all);
}

bool is_comment_archive(std::string_view text) {
  return text.starts_with(format_line().substr(0, format_line().find(',')));
}

Result<RestoredCounts> read_comment_archive(std::string_view text, const std::string& where, Database& database,
                                            std::int64_t now) {
  return write_to(database, [&](SqlSession& session) -> Result<RestoredCounts> {
    ArchiveReader reader(session, now);
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++number;
      if (line.empty()) continue;
      if (const Status read = reader.read_line(line); !read) {
        return Error{read.error().code, read.error().message, where + ":" + std::to_string(number)};
      }
    }
    OCTAVO_CHECK(reader.finish());
    return reader.counts;
  });
}

}  // namespace octavo
