// The content of a WordPress post, in blocks or in classic markup with shortcodes, as plain HTML.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

struct GalleryImage {
  std::string url;
  std::string alt;
  std::string caption;
};

// What the content refers to but does not contain.
struct WordpressSources {
  // The images of the attachments with these ids; without ids those of the post.
  std::function<std::vector<GalleryImage>(const std::vector<std::string>& ids)> gallery;
  // Content of a reusable block; empty if there is none.
  std::function<std::string(const std::string& id)> reusable_block;
  // Called for everything that is left out.
  std::function<void(const std::string& what)> not_converted;
};

std::string html_from_wordpress(std::string_view content, const WordpressSources& sources);

}  // namespace octavo
