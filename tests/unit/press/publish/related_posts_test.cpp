// Related posts: shared tags first, then nearness in time.
#include "press/publish/related_posts.h"

#include <gmock/gmock.h>

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Posts named a, b, c …, newest first, one a day.
std::vector<Post> posts_with_tags(const std::vector<std::vector<std::string>>& tags) {
  std::vector<Post> posts(tags.size());
  for (std::size_t i = 0; i < tags.size(); ++i) {
    posts[i].summary.slug = std::string(1, static_cast<char>('a' + i));
    posts[i].summary.title = "Title of " + posts[i].summary.slug;
    posts[i].summary.published = DateTime{1000000 - static_cast<std::int64_t>(i) * 86400, 0};
    posts[i].summary.tags = tags[i];
  }
  relate_posts(posts, group_posts(SiteInfo(), posts));
  return posts;
}

std::vector<std::string> related_slugs(const Post& post) {
  std::vector<std::string> slugs;
  for (const RelatedPost& related : post.related) slugs.push_back(related.post.slug);
  return slugs;
}

TEST(RelatedPosts, MoreSharedTagsComeBeforeNearerOnes) {
  const auto posts = posts_with_tags({{"x", "y"}, {}, {"x"}, {"y"}, {}, {"y", "x"}});
  EXPECT_THAT(related_slugs(posts[0]), ElementsAre("f", "c", "d"));
  EXPECT_EQ(posts[0].related[0].post.title, "Title of f");
  EXPECT_THAT(posts[0].related[0].shared_tags, testing::UnorderedElementsAre("x", "y"));
  EXPECT_THAT(posts[0].related[1].shared_tags, ElementsAre("x"));
}

TEST(RelatedPosts, NeighborsAndStrangersAreNotAmongThem) {
  const auto posts = posts_with_tags({{"x"}, {"x"}, {"z"}, {"X!"}, {"x"}});
  EXPECT_THAT(related_slugs(posts[0]), ElementsAre("d", "e"));
  EXPECT_THAT(related_slugs(posts[2]), IsEmpty());
  EXPECT_THAT(related_slugs(posts[4]), ElementsAre("b", "a"));
}

TEST(RelatedPosts, ATagOfEveryPostIsNotComparedWithAll) {
  std::vector<Post> posts(20000);
  for (std::size_t i = 0; i < posts.size(); ++i) {
    posts[i].summary.slug = std::to_string(i);
    posts[i].summary.tags = {"blog"};
  }
  relate_posts(posts, group_posts(SiteInfo(), posts));
  EXPECT_THAT(related_slugs(posts[10000]), ElementsAre("9998", "10002", "9997"));
}

}  // namespace
}  // namespace octavo
