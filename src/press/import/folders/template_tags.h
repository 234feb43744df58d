// Hugo's shortcodes and Jekyll's Liquid inside a text, as far as they are plain content.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "press/import/common/import_context.h"
#include "press/import/folders/folder_files.h"

namespace octavo {

// Callbacks for the readers of tags. `offset` is where in the text a tag begins.
struct TemplateTags {
  // Address of the post or file that a tag refers to ("other.md", "2019-01-01-name"); empty if there is none.
  std::function<std::string(const std::string& reference)> address;
  // The text of a file of _includes/, or nothing.
  std::function<std::optional<std::string>(const std::string& name)> include;
  // Each tag is reported once: either its content is in the text now, or it has been left there as it was.
  std::function<void()> converted;
  std::function<void(const std::string& name, const std::string& why, std::size_t offset)> left;
  // Something that is not a tag was dropped.
  std::function<void(const std::string& what, std::size_t offset)> dropped;
};

// Callbacks that fill the report and the diagnostics: each tag counts as `kind` ("shortcodes"), and each tag left gets a warning
// with its place. The caller sets `address` and `include`.
TemplateTags counted_tags(const std::string& kind, const SourceFile& file, ImportContext& context);

// Hugo's own shortcodes: figure, highlight and details become content; ref and relref addresses; youtube, vimeo, gist, x and
// instagram links, so that no other site is contacted before a reader follows them. Fenced code is left alone, except for
// shortcodes that are escaped to be shown.
std::string without_hugo_shortcodes(std::string_view markdown, const TemplateTags& tags);

// {% highlight %}, {% raw %}, {% comment %}, {% post_url %}, {% link %}, {% gist %}, {% include %} of plain markup or of an
// image or video, {{ site.baseurl }} and {{ "..." | relative_url }}; attribute lists of kramdown vanish.
std::string without_liquid(std::string_view markdown, const TemplateTags& tags);

}  // namespace octavo
