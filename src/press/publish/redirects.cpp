// Writes redirects.
#include "press/publish/redirects.h"

#include <algorithm>
#include <optional>

#include "core/base/url.h"
#include "core/content/bundle/bundle.h"
#include "core/content/html/semantic_tree.h"
#include "press/source/post_address.h"

namespace octavo {

namespace {

// The number that Cloudflare Pages reads; Netlify has no such limit. The pages work without the file.
constexpr std::size_t kMaxRedirectRules = 2000;
constexpr std::size_t kMaxRedirectLine = 1000;

// The alias below the site's root: "a/b/" or "a/b.html"; nothing when no file can have that name.
std::optional<std::string> plain_address(std::string_view alias) {
  if (alias.find_first_of("?#\\") != std::string_view::npos || alias.find("://") != std::string_view::npos) return std::nullopt;
  std::string address = decode_percent(alias);
  if (address.ends_with("/index.html")) address.resize(address.size() - std::string_view("index.html").size());
  while (address.starts_with('/')) address.erase(0, 1);
  while (address.ends_with('/')) address.pop_back();
  if (address.empty() || !is_usable_slug(address)) return std::nullopt;
  const bool is_file = address.ends_with(".html") || address.ends_with(".htm");
  return is_file ? address : address + '/';
}

std::string redirect_page(const Redirect& old, const std::string& target) {
  const std::string href = escape_html(target);
  return "<!DOCTYPE html>\n<html lang=\"" + escape_html(old.language) + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<title>" + escape_html(old.title) +
         "</title>\n<link rel=\"canonical\" href=\"" + href + "\">\n<meta http-equiv=\"refresh\" content=\"0; url=" + href +
         "\">\n</head>\n<body>\n<p><a href=\"" + href + "\">" + escape_html(old.title) + "</a></p>\n</body>\n</html>\n";
}

}  // namespace

std::vector<Redirect> redirects(const PostSource& post) {
  std::vector<Redirect> addresses;
  for (const std::string& alias : post.front_matter.aliases) {
    addresses.push_back({alias, post.slug, post.title, post.front_matter.language, post.file});
  }
  return addresses;
}

Status write_redirects(const std::vector<Redirect>& addresses, OutputFolder& output, Diagnostics& diagnostics) {
  std::string rules;
  std::size_t count = 0;
  for (const Redirect& old : addresses) {
    const auto address = plain_address(old.alias);
    if (!address) {
      diagnostics.warn(old.file, 0, 0, "The alias \"" + old.alias + "\" cannot be used: it must be a path like /2010/old-name/.");
      continue;
    }
    const std::string target = post_path(old.slug);
    const std::string encoded = encode_path(*address);
    if (encoded == target) continue;
    const std::string file = address->ends_with('/') ? *address + "index.html" : *address;
    if (output.has(file)) {
      diagnostics.warn(old.file, 0, 0, "\"" + old.alias + "\" has a page of its own, so it does not lead to this post.");
      continue;
    }
    if (Status status = output.write(file, redirect_page(old, relative_path(encoded, target))); !status) return status;
    const std::string rule = "/" + encoded + " /" + target + " 301\n";
    if (rule.size() <= kMaxRedirectLine && ++count <= kMaxRedirectRules) rules += rule;
  }
  if (count > kMaxRedirectRules) {
    diagnostics.note("_redirects", 0, 0,
                     "There are " + std::to_string(count) + " redirects; the file holds the first " +
                         std::to_string(kMaxRedirectRules) +
                         ", because Cloudflare Pages reads no more. Each has a page as well.");
  }
  return rules.empty() ? Status(Unit{}) : output.write("_redirects", rules);
}

}  // namespace octavo
