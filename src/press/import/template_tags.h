// What Hugo's shortcodes and Jekyll's Liquid say inside of a text, as far as it is plain content.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace octavo {

struct TemplateTags {
  // Address of the post or file that a tag refers to ("other.md", "2019-01-01-name"); empty when there is none.
  std::function<std::string(const std::string& reference)> address;
  std::function<void(const std::string& what)> not_carried;
};

// {{< figure src="..." >}}, {{% ref "..." %}}, youtube, vimeo, gist, highlight; code is left alone. Others stay as text and are
// reported.
std::string without_hugo_shortcodes(std::string_view markdown, const TemplateTags& tags);

// {% highlight %}, {% raw %}, {% post_url %}, {% link %}, {{ site.baseurl }} and {{ "..." | relative_url }}; attribute lists of
// kramdown vanish. Other tags stay as text and are reported.
std::string without_liquid(std::string_view markdown, const TemplateTags& tags);

}  // namespace octavo
