// Addresses in content: which may be followed, and relative ones resolved (WHATWG URL, reduced to what posts need).
#pragma once

#include <string>
#include <string_view>

namespace octavo {

enum class UrlUse { Link, Image };

// True for relative references and for the schemes http, https (both uses) and mailto (links). Leading blanks, control
// characters and mixed case are treated as a browser does, so "java\nscript:" does not slip through.
bool is_allowed_url(std::string_view url, UrlUse use);

// True when the reference has no scheme and no host: it stays on this site.
bool is_relative_url(std::string_view url);

// Joins a relative path to a base path, both without scheme ("posts/a/" + "../b/?q#f" = "posts/b/?q#f"). A leading '/' in
// `reference` means the site's root; ".." never climbs above it.
std::string resolve_path(std::string_view base, std::string_view reference);

// The shortest relative reference that leads from page `from` to page `to`, both paths below the site's root:
// ("posts/a/", "tags/b/") = "../../tags/b/"; ("", "") = "./".
std::string relative_path(std::string_view from, std::string_view to);

// Percent-encodes everything outside RFC 3986's unreserved characters and '/'; and back.
std::string encode_path(std::string_view path);
std::string decode_percent(std::string_view text);

// Lower-case words joined by '-', letters and digits of every script kept; "" for text without any.
std::string slug_from_text(std::string_view text);

}  // namespace octavo
