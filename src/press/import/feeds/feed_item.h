// What the items of all kinds of feeds have in common.
#pragma once

#include <string>
#include <vector>

#include "press/import/common/import_context.h"

namespace octavo {

struct FeedItem {
  ImportLocation location;
  std::string id;
  std::string url;
  std::string title;
  std::string summary;
  std::string content;  // HTML, or Markdown where `is_markdown`
  bool is_markdown = false;
  std::string image;
  std::string language;
  std::string published;  // as written
  std::string modified;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  Visibility visibility = Visibility::Public;
};

// Adds the post, or reports why it cannot be one. `number` counts from 1.
void add_feed_item(FeedItem item, std::size_t number, ImportContext& context);

}  // namespace octavo
