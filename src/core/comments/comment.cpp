// Merging and ordering comments.
#include "core/comments/comment.h"

#include <algorithm>
#include <map>
#include <utility>

namespace octavo {

void merge_discussion(Discussion& all, Discussion page) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < all.comments.size(); ++i) places.emplace(all.comments[i].id, i);
  for (Comment& comment : page.comments) {
    const auto [place, is_new] = places.emplace(comment.id, all.comments.size());
    if (is_new) {
      all.comments.push_back(std::move(comment));
    } else {
      all.comments[place->second] = std::move(comment);
    }
  }
  page.comments = std::move(all.comments);
  all = std::move(page);
}

std::vector<CommentRow> comment_rows(const std::vector<Comment>& comments) {
  const std::uint32_t count = static_cast<std::uint32_t>(comments.size());
  std::map<std::string_view, std::uint32_t> places;
  for (std::uint32_t i = 0; i < count; ++i) places.emplace(comments[i].id, i);
  std::vector<std::vector<std::uint32_t>> replies(count);
  std::vector<std::uint32_t> top;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto parent = places.find(comments[i].parent);
    if (comments[i].parent.empty() || parent == places.end()) {
      top.push_back(i);
    } else {
      replies[parent->second].push_back(i);
    }
  }
  std::vector<CommentRow> rows;
  std::vector<bool> is_placed(count, false);
  // An explicit stack: a thread may be as deep as it is long.
  std::vector<CommentRow> stack;
  const auto place_branch = [&](std::uint32_t first) {
    stack.push_back({first, 0});
    while (!stack.empty()) {
      const CommentRow row = stack.back();
      stack.pop_back();
      if (is_placed[row.index]) continue;
      is_placed[row.index] = true;
      rows.push_back(row);
      const std::vector<std::uint32_t>& children = replies[row.index];
      for (std::size_t i = children.size(); i-- > 0;) stack.push_back({children[i], row.depth + 1});
    }
  };
  for (const std::uint32_t first : top) place_branch(first);
  for (std::uint32_t i = 0; i < count; ++i) place_branch(i);  // what is left goes in circles
  return rows;
}

std::string dump_discussion(const Discussion& discussion) {
  std::string out = "total " + std::to_string(discussion.total) + " likes " + std::to_string(discussion.likes);
  if (discussion.is_liked) out += " liked";
  if (discussion.is_closed) out += " closed";
  if (!discussion.cursor.empty()) out += " cursor " + discussion.cursor;
  if (!discussion.since.empty()) out += " since " + discussion.since;
  out += '\n';
  for (const CommentRow& row : comment_rows(discussion.comments)) {
    const Comment& comment = discussion.comments[row.index];
    out += std::string(row.depth * 2, ' ') + comment.id;
    if (comment.state != CommentState::Published) out += " " + std::string(api_name(comment.state));
    if (!comment.parent.empty()) out += " to " + comment.parent;
    out += " by \"" + comment.author + '"';
    if (!comment.website.empty()) out += " <" + comment.website + '>';
    if (comment.created) out += " at " + format_rfc3339(*comment.created);
    if (comment.edited) out += " edited " + format_rfc3339(*comment.edited);
    if (comment.likes > 0) out += " likes " + std::to_string(comment.likes);
    if (!comment.link.empty()) out += " link " + comment.link;
    out += " " + std::string(api_name(comment.body_type)) + ": " + comment.body + '\n';
  }
  return out;
}

}  // namespace octavo
