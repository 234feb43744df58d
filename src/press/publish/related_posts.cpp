// Related posts by shared tags.
#include "press/publish/related_posts.h"

#include <algorithm>
#include <map>

namespace octavo {

namespace {

// Of a tag with thousands of posts, only this many of the nearest on either side count: time would grow with the square of the
// number of posts.
constexpr std::size_t kNearestOfTag = 50;

// A post's place among the posts of a tag.
struct Membership {
  const PostGroup* tag;
  std::size_t place;
};

struct Candidate {
  std::size_t rank;
  std::vector<std::string> shared_tags;
};

std::size_t distance(std::size_t a, std::size_t b) {
  return a > b ? a - b : b - a;
}

std::vector<Candidate> candidates_for(std::size_t rank, const std::vector<Membership>& memberships) {
  std::map<std::size_t, std::vector<std::string>> found;
  for (const auto& [tag, place] : memberships) {
    const std::size_t end = std::min(place + kNearestOfTag + 1, tag->posts.size());
    for (std::size_t i = place - std::min(place, kNearestOfTag); i < end; ++i) {
      if (distance(tag->posts[i], rank) > 1) found[tag->posts[i]].push_back(tag->info.name);
    }
  }
  std::vector<Candidate> candidates;
  for (auto& [other, tags] : found) candidates.push_back({other, std::move(tags)});
  return candidates;
}

}  // namespace

void relate_posts(std::vector<Post>& posts, const std::vector<PostGroup>& groups) {
  std::vector<std::vector<Membership>> memberships(posts.size());
  for (const PostGroup& group : groups) {
    if (group.info.kind != GroupInfo::Kind::Tag) continue;
    for (std::size_t i = 0; i < group.posts.size(); ++i) memberships[group.posts[i]].push_back({&group, i});
  }
  for (std::size_t rank = 0; rank < posts.size(); ++rank) {
    std::vector<Candidate> candidates = candidates_for(rank, memberships[rank]);
    const std::size_t count = std::min(candidates.size(), kMostRelated);
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count), candidates.end(),
                      [rank](const Candidate& a, const Candidate& b) {
                        if (a.shared_tags.size() != b.shared_tags.size()) return a.shared_tags.size() > b.shared_tags.size();
                        const std::size_t from_a = distance(a.rank, rank);
                        const std::size_t from_b = distance(b.rank, rank);
                        return from_a != from_b ? from_a < from_b : a.rank < b.rank;
                      });
    posts[rank].related.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const PostSummary& other = posts[candidates[i].rank].summary;
      posts[rank].related.push_back({{other.slug, other.title}, std::move(candidates[i].shared_tags)});
    }
  }
}

}  // namespace octavo
