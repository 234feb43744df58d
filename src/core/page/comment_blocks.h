// Comments as blocks, built in the same way by a post's page and by the conversation's program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/date.h"
#include "core/content/document/document.h"
#include "core/page/page_blocks.h"

namespace octavo {

// Deeper replies are below each other and name whom they answer.
inline constexpr std::uint32_t kShownDepth = 4;

// The element id of a comment; empty for an invalid id.
std::string comment_anchor(std::string_view id);

// "14:05" in the time's own zone, and "25 November 2026, 14:05" in that one.
std::string hours_and_minutes(DateTime time);
std::string time_text(DateTime time, std::int32_t zone_minutes);

std::string two_digits(std::int64_t number);

// The author's name, or words for a missing one.
std::string_view author_or_anonymous(std::string_view author);

// The section of one comment, with its anchor and without content.
Block make_comment(std::string_view id, std::string_view author);

struct Byline {
  std::string_view id;
  std::string_view author;
  std::string_view website;  // a web address or empty
  std::optional<DateTime> created;
  std::int32_t zone_minutes = 0;
  bool is_own = false;
  bool is_edited = false;
  std::string_view answered_id;  // the parent, if its author has to be named
  std::string_view answered_author;
};
Block build_byline(const Byline& of);

// Marks all links but those within the page as ones that the site does not vouch for.
void mark_untrusted_links(InlineText& inlines);

// A commenter's text: its headings are below the page's own, and its links are not vouched for.
void append_untrusted_blocks(Block& parent, Document document);

// Appends the blocks of `count` comments in pre-order, replies inside their parents: depth(i) and build(i) are those of one.
template <typename Depth, typename Build>
void append_comments(Block& parent, std::size_t count, Depth depth, Build build) {
  struct Level {
    static void append(Block& parent, std::size_t& next, std::uint32_t level, std::size_t count, Depth& depth, Build& build) {
      while (next < count && depth(next) >= level) {
        const std::size_t i = next++;
        Block block = build(i);
        if (next < count && depth(next) > depth(i) && level < kShownDepth) {
          Block replies = make_section(Role::Replies);
          append(replies, next, level + 1, count, depth, build);
          block.children.push_back(std::move(replies));
        }
        parent.children.push_back(std::move(block));
      }
    }
  };
  std::size_t next = 0;
  Level::append(parent, next, 0, count, depth, build);
}

}  // namespace octavo
