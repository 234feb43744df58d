// Trees of comments, also of hostile ones.
#include "core/comments/comment.h"

#include <gtest/gtest.h>

#include <set>

namespace octavo {
namespace {

Comment comment(std::string id, std::string parent) {
  Comment result;
  result.id = std::move(id);
  result.parent = std::move(parent);
  return result;
}

std::string shape(const std::vector<Comment>& comments) {
  std::string out;
  for (const CommentRow& row : comment_rows(comments)) {
    out += std::string(row.depth, '.') + comments[row.index].id + " ";
  }
  return out;
}

TEST(CommentRows, RepliesFollowWhatTheyAnswer) {
  EXPECT_EQ(
      shape({comment("a", ""), comment("b", ""), comment("c", "a"), comment("d", "b"), comment("e", "c"), comment("f", "a")}),
      "a .c ..e .f b .d ");
  EXPECT_EQ(shape({comment("reply", "late"), comment("late", "")}), "late .reply ");
}

TEST(CommentRows, EveryCommentStandsOnceWhateverItsParent) {
  EXPECT_EQ(shape({comment("a", "b"), comment("b", "a"), comment("c", "c"), comment("d", "gone")}), "d a .b c ");
}

TEST(CommentRows, DepthHasNoLimit) {
  std::vector<Comment> chain = {comment("0", "")};
  for (int i = 1; i < 20000; ++i) chain.push_back(comment(std::to_string(i), std::to_string(i - 1)));
  const std::vector<CommentRow> rows = comment_rows(chain);
  ASSERT_EQ(rows.size(), chain.size());
  EXPECT_EQ(rows.back().depth, 19999u);
}

TEST(MergeDiscussion, ChangesTakeTheirPlaceAndNewOnesComeLast) {
  Discussion all;
  all.comments = {comment("a", ""), comment("b", "")};
  Discussion page;
  page.comments = {comment("c", ""), comment("a", "")};
  page.comments[1].state = CommentState::Deleted;
  page.total = 3;
  merge_discussion(all, page);
  ASSERT_EQ(all.comments.size(), 3u);
  EXPECT_EQ(all.comments[0].state, CommentState::Deleted);
  EXPECT_EQ(all.comments[2].id, "c");
  EXPECT_EQ(all.total, 3u);
}

}  // namespace
}  // namespace octavo
