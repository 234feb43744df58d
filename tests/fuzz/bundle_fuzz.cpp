// Files of a bundle and JSON Feeds: what is read from any bytes is written and read again as the same.
#include <algorithm>
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/content/bundle/bundle.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"

namespace octavo {
namespace {

void check_json(std::string_view text) {
  const Result<Json> json = Json::parse(text, "input");
  if (!json) return;
  OCTAVO_ASSERT(is_valid_utf8(text));
  const std::string dumped = json->dump();
  const Result<Json> again = Json::parse(dumped, "dump");
  OCTAVO_ASSERT(again.ok() && again->dump() == dumped);
  JsonWriter writer;
  writer.value(*json);
  const Result<Json> written = Json::parse(writer.text(), "writer");
  OCTAVO_ASSERT(written.ok() && written->dump() == dumped);
  OCTAVO_ASSERT(writer.text().find('<') == std::string::npos);
}

void check_manifest(std::string_view text) {
  const Result<BundleManifest> manifest = parse_manifest(text, "octavo.json");
  if (!manifest) return;
  const std::string written = write_manifest(*manifest);
  const Result<BundleManifest> again = parse_manifest(written, "again");
  OCTAVO_ASSERT(again.ok() && write_manifest(*again) == written);
}

void check_index(std::string_view text) {
  const Result<IndexFile> index = parse_index_file(text, "index.json");
  if (!index) return;
  const std::string written = write_index_file(*index);
  const Result<IndexFile> again = parse_index_file(written, "again");
  OCTAVO_ASSERT(again.ok() && write_index_file(*again) == written);
}

void check_post(std::string_view text) {
  const Result<Post> post = parse_post(text, "post.json");
  if (!post) return;
  const std::string written = write_post(*post);
  const Result<Post> again = parse_post(written, "again");
  OCTAVO_ASSERT(again.ok() && write_post(*again) == written);
}

void check_feed(std::string_view text) {
  Diagnostics diagnostics;
  const Result<OpenedFeed> feed = parse_json_feed(text, "feed.json", diagnostics);
  if (!feed) return;
  OCTAVO_ASSERT(is_json_feed(text));
  std::vector<std::string> slugs;
  for (const Post& post : feed->posts) slugs.push_back(post.summary.slug);
  std::sort(slugs.begin(), slugs.end());
  OCTAVO_ASSERT(std::adjacent_find(slugs.begin(), slugs.end()) == slugs.end());
  std::vector<Post> posts = feed->posts;
  link_neighbors(posts);
  std::vector<std::string> html;
  for (const Post& post : posts) html.push_back(post.html);
  Diagnostics of_again;
  const Result<OpenedFeed> again = parse_json_feed(write_json_feed(feed->site, posts, html), "again", of_again);
  OCTAVO_ASSERT(again.ok());
}

// Repeats the first entry of each list: an index, a manifest or a feed with many of them.
void check_lists(std::string_view text) {
  const Result<Json> json = Json::parse(text, "input");
  if (!json || !json->is_object()) return;
  for (const auto& [name, list] : json->members()) {
    if (!list.is_array() || list.size() == 0) continue;
    JsonWriter before;
    before.begin_object();
    for (const auto& [other, value] : json->members()) {
      if (other != name) before.key(other).value(value);
    }
    before.key(name);
    const std::string entry = list.at(0).dump();
    const auto read = [](const std::string& grown) {
      static_cast<void>(parse_manifest(grown, "octavo.json"));
      static_cast<void>(parse_index_file(grown, "index.json"));
      static_cast<void>(parse_post(grown, "post.json"));
      Diagnostics diagnostics;
      static_cast<void>(parse_json_feed(grown, "feed.json", diagnostics));
    };
    check_growth(entry + ",", read, before.text() + "[", entry + "]}");
  }
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const std::string_view text = input.text();
  check_json(text);
  check_manifest(text);
  check_index(text);
  check_post(text);
  check_feed(text);
  if (shows_growth) check_lists(text);
  return 0;
}
