// Comments of the bundle become blocks.
#include "core/page/prebuilt_comments.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/content/markdown/markdown.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

// The depth of each one. They are in the order of the thread, so a comment's parent is not far before it.
std::vector<std::uint32_t> depths_of(const std::vector<PrebuiltComment>& comments) {
  std::vector<std::uint32_t> depths(comments.size());
  for (std::size_t i = 0; i < comments.size(); ++i) {
    for (std::size_t j = comments[i].parent.empty() ? 0 : i; j-- > 0;) {
      if (comments[j].id != comments[i].parent) continue;
      depths[i] = depths[j] + 1;
      break;
    }
  }
  return depths;
}

Block build_comment(const PrebuiltComment& comment, HtmlParser* html_parser) {
  std::string author(author_or_anonymous(comment.author));
  if (!comment.kind.empty()) author += " (" + comment.kind + ")";
  Block block = make_comment(comment.id, author);
  block.children.push_back(build_byline({.id = comment.id,
                                         .author = author,
                                         .website = comment.author_url,
                                         .created = comment.published,
                                         .zone_minutes = comment.published ? comment.published->offset_minutes : 0}));
  append_untrusted_blocks(block, parse_markdown(comment.markdown, Dialect::Gfm, html_parser));
  return block;
}

std::string heading_text(std::size_t count, PrebuiltThread which) {
  const bool is_whole = which == PrebuiltThread::Whole;
  if (count == 1) return std::string(is_whole ? Text::kOneReply : Text::kOneEarlierReply);
  return fill_in(is_whole ? Text::kReplies : Text::kEarlierReplies, {number_text(count)});
}

}  // namespace

Block build_prebuilt_comments(const std::vector<PrebuiltComment>& comments, PrebuiltThread which, HtmlParser* html_parser) {
  Block section = make_section(Role::Comments, which == PrebuiltThread::Whole ? Text::kComments : Text::kEarlierComments);
  if (comments.empty()) return section;
  section.children.push_back(make_heading(2, Variant::Body, heading_text(comments.size(), which)));
  const std::vector<std::uint32_t> depths = depths_of(comments);
  append_comments(
      section, comments.size(), [&](std::size_t i) { return depths[i]; },
      [&](std::size_t i) { return build_comment(comments[i], html_parser); });
  return section;
}

}  // namespace octavo
