// Which posts take comments follows the site that is served.
#include "press/command/comment_threads.h"

#include <gtest/gtest.h>

#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

PostSummary post(const std::string& slug) {
  PostSummary summary;
  summary.slug = slug;
  summary.title = slug;
  summary.body = {"bundle/posts/" + slug + ".json", ""};
  return summary;
}

void write_site(const TemporaryFolder& folder, const std::string& name, std::vector<PostSummary> first,
                std::vector<PostSummary> second) {
  IndexFile index;
  index.total_rows = static_cast<std::uint32_t>(first.size() + second.size());
  index.files = {{"", ""}, {"bundle/" + name + "-2.json", ""}};
  index.site.emplace().title = "Site";
  index.pages = {post("about")};
  index.posts = std::move(first);
  IndexFile more;
  more.total_rows = index.total_rows;
  more.first_row = static_cast<std::uint32_t>(index.posts.size());
  more.posts = std::move(second);
  folder.write("bundle/" + name + "-1.json", write_index_file(index));
  folder.write("bundle/" + name + "-2.json", write_index_file(more));
  BundleManifest manifest;
  manifest.generator = "test";
  manifest.index = {"bundle/" + name + "-1.json", ""};
  folder.write(std::string(kManifestFileName), write_manifest(manifest));
}

TEST(SiteThreads, FollowTheSite) {
  const TemporaryFolder folder;
  SiteThreads threads(folder / "");
  EXPECT_FALSE(threads.has("tea"));  // there is no site yet
  write_site(folder, "one", {post("tea")}, {post("trips/sea")});
  for (const char* slug : {"tea", "trips/sea", "about"}) EXPECT_TRUE(threads.has(slug)) << slug;
  EXPECT_FALSE(threads.has("coffee"));
  write_site(folder, "two", {post("coffee"), post("tea")}, {});
  EXPECT_TRUE(threads.has("coffee"));
  EXPECT_FALSE(threads.has("trips/sea"));
  folder.write(std::string(kManifestFileName), "{");  // half written
  EXPECT_TRUE(threads.has("coffee"));
}

}  // namespace
}  // namespace octavo
