// Decides what is public, and names posts.
#include "press/import/common/import_context.h"

#include <algorithm>
#include <utility>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/bundle/bundle.h"
#include "core/page/route.h"
#include "press/source/front_matter_value.h"
#include "press/source/post_address.h"

namespace octavo {

namespace {

bool may_be_draft(Visibility visibility) {
  return visibility == Visibility::Draft || visibility == Visibility::Pending || visibility == Visibility::Future;
}

bool is_taken_by_build(const std::string& slug) {
  return !slug.empty() && is_usable_slug(slug) && parse_route(post_path(slug)).slug == slug;
}

std::string_view without_scheme(std::string_view url) {
  const std::size_t at = url.find("://");
  return at == std::string_view::npos ? url : url.substr(at + 3);
}

}  // namespace

std::string count_kind(const ImportedPost& post) {
  return post.kind + "s";
}

void ImportContext::problem(const ImportLocation& location, std::string message) {
  diagnostics.error(location.file, location.line, location.column, std::move(message));
}

void ImportContext::warn(const ImportLocation& location, std::string message) {
  diagnostics.warn(location.file, location.line, location.column, std::move(message));
}

bool ImportContext::is_wanted(const ImportedPost& post) const {
  return post.visibility == Visibility::Public || (drafts == Drafts::Include && may_be_draft(post.visibility));
}

void ImportContext::add(ImportedPost post) {
  report.read(count_kind(post));
  if (!post.comments.empty()) report.read("comments", post.comments.size());
  if (is_wanted(post)) {
    site.posts.push_back(std::move(post));
    return;
  }
  report.withheld(count_kind(post), std::string(visibility_name(post.visibility)), post.location, post.source_id);
  for (const ImportedComment& comment : post.comments) {
    report.withheld("comments", "on a post that is not public", post.location, comment.id);
  }
}

Visibility visibility_at(Visibility stated, const ImportedPost& post, DateTime now) {
  if (stated != Visibility::Public) return stated;
  const std::optional<DateTime>& due = post.publish_date ? post.publish_date : post.published;
  if (due && *due > now) return Visibility::Future;
  if (post.expires && *post.expires <= now) return Visibility::Expired;
  return Visibility::Public;
}

std::string usable_slug(const std::string& wanted, const std::string& title, const std::string& fallback) {
  std::string slug = repair_utf8(wanted).text;
  while (slug.starts_with('/')) slug.erase(0, 1);
  while (slug.ends_with('/')) slug.pop_back();
  if (is_taken_by_build(slug)) return slug;
  for (char& c : slug) {
    if (static_cast<unsigned char>(c) < 0x20 || std::string_view("\\<>:\"|?*#% ").find(c) != std::string_view::npos) c = '-';
  }
  if (is_taken_by_build(slug)) return slug;
  slug = slug_from_text(title);
  return is_taken_by_build(slug) ? slug : fallback;
}

std::string path_of_url(std::string_view url, std::string_view site_url) {
  url = without_scheme(url);
  site_url = without_scheme(site_url);
  while (site_url.ends_with('/')) site_url.remove_suffix(1);
  if (site_url.empty()) {
    const std::size_t slash = url.find('/');
    if (slash == std::string_view::npos) return {};
    url.remove_prefix(slash);
  } else if (ascii_lowercase(url.substr(0, site_url.size())) == ascii_lowercase(site_url)) {
    url.remove_prefix(site_url.size());
  } else {
    return {};
  }
  if (!url.starts_with('/')) return {};
  url = url.substr(1, std::min(url.find_first_of("?#"), url.size()) - 1);
  return decode_percent(url);
}

}  // namespace octavo
