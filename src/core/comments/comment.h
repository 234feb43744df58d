// A discussion as one model, whatever engine it comes from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/comments/api_names.h"

namespace octavo {

// Of a name, code points.
inline constexpr std::size_t kMaxShownName = 64;

// One comment. Names are harmless already (plain_name()), addresses are web addresses or empty; the body is hostile until
// comment_document() has read it.
struct Comment {
  std::string id;
  std::string parent;  // empty = answers the post
  std::string author;  // empty = nobody gave a name
  std::string website;
  std::optional<DateTime> created;
  std::optional<DateTime> edited;
  CommentState state = CommentState::Published;
  std::string body;
  SourceType body_type = SourceType::Html;
  std::string source;  // as it was typed, where the engine says so
  std::uint32_t likes = 0;
  std::string link;  // of the comment itself
};

// What an engine knows of the comments on one post: a page of them, or all that have been loaded.
struct Discussion {
  std::vector<Comment> comments;
  std::string cursor;       // asks for the next page; empty = this was the last one
  std::string since;        // asks for what has changed after this; empty = the engine cannot say
  std::uint32_t total = 0;  // published comments, also those not loaded
  std::uint32_t likes = 0;  // of the post
  bool is_liked = false;    // by this reader
  bool is_closed = false;
};

// Takes a page or changes over: comments that are there already are replaced in their place, new ones are added.
void merge_discussion(Discussion& all, Discussion page);

struct CommentRow {
  std::uint32_t index = 0;  // of Discussion::comments
  std::uint32_t depth = 0;  // true depth, however deep
};
// Every comment once, replies below what they answer, siblings in the order of the list. A comment is at top level if its parent
// is missing, or if hostile input has made it its own ancestor.
std::vector<CommentRow> comment_rows(const std::vector<Comment>& comments);

// Stable text for tests.
std::string dump_discussion(const Discussion& discussion);

}  // namespace octavo
