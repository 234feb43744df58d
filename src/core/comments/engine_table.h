// How comment engines differ, as data. Addresses are templates: {e} endpoint, {s} site, {t} thread, {c} cursor, {o} order, {k}
// key, {n} since. Values inside JSON are named by paths ("author.name").
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/comments/comment_adapter.h"

namespace octavo {

struct CommentPaths {
  std::string_view id = {};
  std::string_view parent = {};
  std::string_view author = {};
  std::string_view author_or = {};  // where `author` is empty
  std::string_view website = {};
  std::string_view created = {};
  std::string_view edited = {};
  std::string_view body = {};
  std::string_view source = {};  // as it was typed, for comparing
  std::string_view likes = {};
  std::string_view link = {};
};

// `signal` is the engine's word for it, or, with Where::Text, a part of its message in lower case. With a time to wait the same
// is sent again.
struct RefusalRule {
  enum class Where : std::uint8_t { Code, Text };
  std::string_view signal;
  Refusal reason = Refusal::None;
  FormField field = FormField::None;
  std::int32_t wait_s = 0;
  Where where = Where::Code;
};

struct EngineTable {
  CommentEngine engine = CommentEngine::Octavo;
  std::string_view name = {};
  std::string_view list_url = {};
  std::string_view form_url = {};
  std::string_view more_form_url = {};
  std::string_view create_url = {};
  std::string_view reply_url = {};  // {c} is the parent; empty = create_url, and the parent is in the body
  std::string_view reconcile_url = {};
  std::string_view like_url = {};
  std::string_view comment_url = {};  // of the comment {c}, for its author; empty = nobody changes what was sent
  std::string_view oldest = {};       // values of {o}
  std::string_view newest = {};
  std::string_view list = {};     // path of the comments in an answer; empty = the answer itself
  std::string_view node = {};     // path of a comment in a list's entry
  std::string_view replies = {};  // of an entry, where they are nested
  std::string_view created = {};  // path of the comment in the answer to a new one
  std::string_view total = {};
  CommentPaths paths = {};
  std::string_view error_code = {};
  std::string_view error_text = {};
  std::span<const RefusalRule> rules = {};
  Reconcile reconcile = Reconcile::Never;
  bool has_html_names = false;
  bool has_cookies = false;
  bool has_guests = false;        // the name of a comment is the one that was sent with it
  bool keeps_two_levels = false;  // an answer to an answer is kept below the first comment
};

const EngineTable& engine_table(CommentEngine engine);

// Every engine, for tests and the feature table.
std::span<const EngineTable> engine_tables();

}  // namespace octavo
