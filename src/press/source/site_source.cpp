// Loads a site's sources.
#include "press/source/site_source.h"

#include <system_error>
#include <utility>

#include "press/base/parallel.h"
#include "press/base/text_file.h"
#include "press/source/prebuilt_comments.h"
#include "press/source/site_settings.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMaxCommentsFileBytes = 16 * 1024 * 1024;

void load_comments(const ContentFolder& folder, PostSource& post) {
  const FoundFile found = folder.find("", comments_file_of(post.relative));
  if (found.state != FoundFile::State::File) return;
  const std::string shown = folder.shown(found.relative);
  if (const Result<std::string> text = load_file(found.path, kMaxCommentsFileBytes)) {
    post.comments = parse_prebuilt_comments(*text, shown, post.diagnostics);
  } else {
    post.diagnostics.error(shown, 0, 0, text.error().message);
  }
}

PostSource load_post(const ContentFolder& folder, const std::string& relative) {
  const Result<std::string> bytes = load_file(folder.path_of(relative), kMaxPostSourceBytes);
  PostSource post;
  if (bytes) {
    post = parse_post_source(*bytes, folder.shown(relative), relative);
    load_comments(folder, post);
    return post;
  }
  post.file = folder.shown(relative);
  post.relative = relative;
  post.is_usable = false;
  post.diagnostics.error(post.file, 0, 0, post_file_problem(bytes.error()));
  return post;
}

std::string folder_name(const fs::path& site) {
  std::error_code error;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(site, error), error);
  const std::string name = (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
  return name.empty() ? "Blog" : name;
}

Result<SiteSettings> load_settings(const fs::path& site, Diagnostics& diagnostics) {
  const fs::path file = site / kSettingsFileName;
  std::error_code error;
  const std::string shown = file.lexically_normal().generic_string();
  if (!fs::exists(file, error)) return parse_site_settings("", shown, folder_name(site), diagnostics);
  const Result<std::string> text = load_file(file);
  if (!text) return text.error();
  return parse_site_settings(*text, shown, folder_name(site), diagnostics);
}

Result<SiteSource> load_feed(const fs::path& file, Diagnostics& diagnostics) {
  const Result<std::string> text = load_file(file);
  if (!text) return text.error();
  Result<OpenedFeed> feed = parse_json_feed(*text, file.string(), diagnostics);
  if (!feed) {
    Error error = feed.error();
    if (error.code == ErrorCode::BadSyntax) error.message = "A site that is a file must be a JSON Feed. " + error.message;
    return error;
  }
  SiteSource source;
  static_cast<SiteInfo&>(source.site) = std::move(feed->site);
  std::string& home = source.site.home_page_url;
  const std::optional<std::string> checked = checked_home_page_url(home);
  if (!checked)
    diagnostics.warn(file.string(), 0, 0, "home_page_url is not an address like https://example.org/blog/ and is ignored.");
  home = checked.value_or(std::string());
  source.feed_posts = std::move(feed->posts);
  return source;
}

}  // namespace

Result<SiteSource> load_site_source(const fs::path& site, Diagnostics& diagnostics, Progress& progress) {
  std::error_code error;
  if (fs::is_regular_file(site, error)) return load_feed(site, diagnostics);
  Result<ContentFolder> folder = ContentFolder::open(site, diagnostics);
  if (!folder) return folder.error();
  Result<SiteSettings> settings = load_settings(site, diagnostics);
  if (!settings) return settings.error();
  SiteSource source;
  source.site = std::move(*settings);
  source.folder = std::move(*folder);
  const std::vector<std::string>& files = source.folder->posts();
  source.posts.resize(files.size());
  progress.begin("Reading", files.size());
  for_each_in_parallel(
      files.size(), [] { return 0; },
      [&](int, std::size_t i) {
        source.posts[i] = load_post(*source.folder, files[i]);
        progress.step();
      });
  return source;
}

}  // namespace octavo
