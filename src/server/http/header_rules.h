// The `_headers` file of a site, as Netlify and Cloudflare Pages read it, so that a site is tried at home under the headers that
// it will have there.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octavo {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct HeaderRule {
  std::string path;  // "/assets/*": '*' stands for anything
  HeaderList headers;
};

// A line without indentation is a path. The indented lines below it are its headers. '#' begins a comment. Other lines are
// skipped, and so are header names and values with characters that HTTP does not allow.
std::vector<HeaderRule> parse_header_rules(std::string_view text);

// The headers of all rules that match; a later rule replaces what an earlier one set.
HeaderList headers_for(const std::vector<HeaderRule>& rules, std::string_view path);

}  // namespace octavo
