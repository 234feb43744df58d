// Collects addresses, fetches them on several threads, and reports in the order of the posts.
#include "press/import/remote_images.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/base/url.h"
#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "press/base/first_error.h"
#include "press/base/gumbo_parser.h"
#include "press/base/parallel.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

bool is_remote(std::string_view url) {
  return !is_relative_url(url) && is_allowed_url(url, UrlUse::Image);
}

bool is_named_as_image(std::string_view url) {
  const std::string path = ascii_lowercase(url.substr(0, url.find_first_of("?#")));
  constexpr auto kEndings = std::to_array<std::string_view>({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"});
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) { return path.ends_with(ending); });
}

void collect(const Block& block, std::vector<std::string>& urls) {
  for (const Span& span : block.inlines.spans) {
    const bool is_wanted = span.kind == InlineKind::Image || (span.kind == InlineKind::Link && is_named_as_image(span.url));
    if (is_wanted && is_remote(span.url)) urls.push_back(span.url);
  }
  for (const Block& child : block.children) collect(child, urls);
}

std::vector<std::string> images_of(const ImportedPost& post, HtmlParser& parser) {
  std::vector<std::string> urls;
  if (is_remote(post.image)) urls.push_back(post.image);
  collect(resolve_html(parse_markdown(post.markdown, Dialect::Gfm, &parser), &parser).root, urls);
  return urls;
}

struct RemoteImage {
  std::string url;
  const ImportedPost* post = nullptr;  // the first one that shows it
  std::string file;                    // below content/; empty while it is not here
  std::string problem;
};

}  // namespace

Status fetch_remote_images(std::vector<ImportedPost>& posts, const MediaFetch& fetch, OutputFolder& output, ImportReport& report,
                           Diagnostics& diagnostics, Progress& progress) {
  GumboParser parser;
  std::vector<RemoteImage> images;
  std::map<std::string, std::size_t> by_url;
  std::vector<std::vector<std::string>> of_posts;
  for (const ImportedPost& post : posts) {
    of_posts.push_back(images_of(post, parser));
    for (const std::string& url : of_posts.back()) {
      if (by_url.emplace(url, images.size()).second) images.push_back({url, &post, {}, {}});
    }
  }
  progress.begin("Fetching images", images.size());
  FirstError first_error;
  for_each_in_parallel(
      images.size(), [] { return 0; },
      [&](int, std::size_t i) {
        RemoteImage& image = images[i];
        const Result<FetchedImage> fetched = fetch.fetch(image.url);
        if (fetched) {
          image.file = "media/" + fetched_name(image.url) + "." + fetched->extension;
          if (Status status = output.write("content/" + image.file, fetched->bytes); !status) first_error.add(i, status.error());
        } else {
          image.problem = fetched.error().message;
        }
        progress.step();
      });
  if (Status status = first_error.status(); !status) return status;
  constexpr const char* kKind = "remote images";
  for (const RemoteImage& image : images) {
    report.read(kKind);
    if (image.problem.empty()) {
      report.written(kKind);
    } else {
      const ImportLocation& location = image.post->location;
      report.failed(kKind, image.problem, location, image.url);
      diagnostics.warn(location.file, location.line, location.column,
                       "The image " + image.url + " stays where it is: " + image.problem + ".");
    }
  }
  for (std::size_t i = 0; i < posts.size(); ++i) {
    for (const std::string& url : of_posts[i]) {
      const std::string& file = images[by_url.at(url)].file;
      if (file.empty()) continue;
      if (url == posts[i].image) posts[i].image = "/" + file;
      posts[i].addresses[url] = "/" + file;
    }
  }
  return Unit{};
}

}  // namespace octavo
