// A reader with a bundle in memory: the test follows links and decides when and how each fetch ends.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "core/content/document/document.h"
#include "core/reader/reader.h"

namespace octavo {

// Address -> bytes, as a host would serve them.
using Files = std::map<std::string, std::string>;

inline PostSummary make_summary(const std::string& slug, std::vector<std::string> tags = {}) {
  PostSummary summary;
  summary.slug = slug;
  summary.title = "Title of " + slug;
  summary.words = 440;
  summary.published = parse_date_time("2020-02-03");
  summary.tags = std::move(tags);
  summary.body = {"bundle/posts/" + slug + ".1.json", "sha256-" + std::string(43, 'A') + "="};
  return summary;
}

inline std::string make_post_bytes(const PostSummary& summary, const std::string& markdown) {
  Post post;
  post.summary = summary;
  post.markdown = markdown;
  return write_post(post);
}

// The rows cut into index files of `rows_per_file`; the first one also carries the site and its tags.
inline void add_index(Files& files, const std::string& stem, const std::vector<PostSummary>& rows, std::size_t rows_per_file,
                      const std::optional<SiteInfo>& site, const std::vector<GroupInfo>& tags) {
  std::vector<FileReference> references(1);
  const auto address = [&](std::size_t file) { return "bundle/" + stem + "." + std::to_string(file) + ".json"; };
  for (std::size_t file = 1; file * rows_per_file < rows.size(); ++file) references.push_back({address(file), ""});
  for (std::size_t file = 0; file < references.size(); ++file) {
    IndexFile index;
    index.first_row = static_cast<std::uint32_t>(file * rows_per_file);
    index.total_rows = static_cast<std::uint32_t>(rows.size());
    for (std::size_t i = index.first_row; i < rows.size() && i < index.first_row + rows_per_file; ++i)
      index.posts.push_back(rows[i]);
    if (file == 0) {
      index.site = site;
      index.groups = tags;
      index.files = references;
    }
    files[address(file)] = write_index_file(index);
  }
}

// A site of `count` posts named p1 (the newest) to pN. Every third one has the tag "Third".
inline Files make_bundle(std::size_t count, std::size_t rows_per_file = 40) {
  Files files;
  SiteInfo site;
  site.title = "Test Site";
  std::vector<PostSummary> rows;
  std::vector<PostSummary> tagged;
  for (std::size_t i = 1; i <= count; ++i) {
    const bool has_tag = i % 3 == 0;
    rows.push_back(
        make_summary("p" + std::to_string(i), has_tag ? std::vector<std::string>{"Third"} : std::vector<std::string>{}));
    if (has_tag) tagged.push_back(rows.back());
    files[rows.back().body.url] = make_post_bytes(rows.back(), "## Part\n\nText of " + rows.back().slug + ".");
  }
  std::vector<GroupInfo> tags;
  if (!tagged.empty()) {
    tags.push_back({"Third", "third", static_cast<std::uint32_t>(tagged.size()), {"bundle/tag-third.0.json", ""}});
    add_index(files, "tag-third", tagged, rows_per_file, std::nullopt, {});
  }
  add_index(files, "index", rows, rows_per_file, site, tags);
  BundleManifest manifest;
  manifest.index = {"bundle/index.0.json", ""};
  files["octavo.json"] = write_manifest(manifest);
  return files;
}

class ReaderSession {
 public:
  explicit ReaderSession(Files files) : files_(std::move(files)) {}

  Files& files() { return files_; }
  Reader& reader() { return reader_; }
  const Page& page() const { return reader_.page(); }
  std::string page_text() const { return plain_text(page().document); }

  // What the last event brought, fetches apart.
  template <typename T>
  std::vector<T> last() const {
    std::vector<T> found;
    for (const Effect& effect : last_) {
      if (const T* wanted = std::get_if<T>(&effect)) found.push_back(*wanted);
    }
    return found;
  }
  bool was_shown() const { return !last<ShowPage>().empty(); }
  // Addresses under way, in the order of their requests.
  std::vector<std::string> under_way() const {
    std::vector<std::string> urls;
    for (const auto& [request, fetch] : fetches_) urls.push_back(fetch.url);
    return urls;
  }

  void send(const Event& event) {
    last_ = reader_.update(event);
    for (const Effect& effect : last_) {
      const Fetch* fetch = std::get_if<Fetch>(&effect);
      if (fetch == nullptr) continue;
      EXPECT_FALSE(fetches_.contains(fetch->request)) << "request numbers are used once";
      fetches_.emplace(fetch->request, *fetch);
      all_fetched_.push_back(fetch->url);
    }
  }
  const std::vector<std::string>& all_fetched() const { return all_fetched_; }

  void start(const std::string& path) { send(started(path)); }
  static Started started(const std::string& path) {
    Started event;
    event.path = path;
    return event;
  }
  void open(const std::string& path) {
    start(path);
    answer_all();
  }
  void follow(const std::string& path) { send(LinkFollowed{path}); }
  void go_back_to(const std::string& path, double scroll_y_css) { send(HistoryMoved{path, scroll_y_css}); }
  void act(const std::string& action) { send(ActionInvoked{action}); }

  // Ends one fetch with the host's bytes; a file that the host does not have is NotFound.
  void answer(std::string url) {
    const Fetch fetch = take(url);
    const auto file = files_.find(url);
    if (file == files_.end()) {
      send(FetchFailed{fetch.request, FetchFailure::NotFound, 404});
    } else {
      send(Fetched{fetch.request, file->second});
    }
  }
  void fail(const std::string& url, FetchFailure reason, int status = 0) { send(FetchFailed{take(url).request, reason, status}); }
  void answer_all() {
    while (!fetches_.empty()) answer(fetches_.begin()->second.url);
  }

 private:
  Fetch take(const std::string& url) {
    for (auto each = fetches_.begin(); each != fetches_.end(); ++each) {
      if (each->second.url != url) continue;
      Fetch fetch = each->second;
      fetches_.erase(each);
      return fetch;
    }
    ADD_FAILURE() << url << " is not being fetched";
    return {};
  }

  Files files_;
  Reader reader_{nullptr};
  std::map<std::uint32_t, Fetch> fetches_;
  std::vector<Effect> last_;
  std::vector<std::string> all_fetched_;
};

}  // namespace octavo
