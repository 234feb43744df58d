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
  IndexFile head;
  head.site.emplace().title = "Site";
  head.pages = {post("about")};
  folder.write("bundle/" + name + "-head.json", write_index_file(head));
  IndexFile part;
  std::uint32_t row = 0;
  for (std::vector<PostSummary>* posts : {&first, &second}) {
    IndexFile rows;
    rows.first_row = row;
    row += static_cast<std::uint32_t>(posts->size());
    rows.posts = std::move(*posts);
    part.files.push_back({"bundle/" + name + "-rows-" + std::to_string(part.files.size()) + ".json", ""});
    folder.write(part.files.back().url, write_index_file(rows));
  }
  folder.write("bundle/" + name + "-part.json", write_index_file(part));
  BundleManifest manifest;
  manifest.generator = "test";
  manifest.index = {"bundle/" + name + "-head.json", ""};
  manifest.total_rows = row;
  manifest.parts = {{"bundle/" + name + "-part.json", ""}};
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
