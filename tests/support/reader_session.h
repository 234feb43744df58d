// A reader with a bundle in memory: the test follows links and decides when and how each fetch ends.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
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

// Names of row files and parts, which are counted from the oldest post.
inline std::string row_file_name(std::size_t number) {
  return "bundle/rows-" + std::to_string(number) + ".json";
}
inline std::string part_name(std::size_t number) {
  return "bundle/part-" + std::to_string(number) + ".json";
}

// Which rows of a part have the tag; `begin` and `end` are rows, `rows` the newest first.
inline std::vector<std::uint32_t> tagged_rows(const std::vector<PostSummary>& rows, const std::string& tag, std::size_t begin,
                                              std::size_t end) {
  std::vector<std::uint32_t> found;
  for (std::size_t row = begin; row < end; ++row) {
    const std::vector<std::string>& tags = rows[rows.size() - 1 - row].tags;
    if (std::find(tags.begin(), tags.end(), tag) != tags.end()) found.push_back(static_cast<std::uint32_t>(row - begin));
  }
  return found;
}

// The index of these rows, newest first, below `head`, and octavo.json.
inline void add_index(Files& files, const std::string& head_name, const std::vector<PostSummary>& rows, IndexFile head) {
  BundleManifest manifest;
  manifest.total_rows = static_cast<std::uint32_t>(rows.size());
  for (std::size_t begin = 0; begin < rows.size(); begin += kRowsPerPart) {
    const std::size_t end = std::min<std::size_t>(begin + kRowsPerPart, rows.size());
    IndexFile part;
    part.first_row = static_cast<std::uint32_t>(begin);
    for (const GroupInfo& group : head.groups) {
      std::vector<std::uint32_t> own = tagged_rows(rows, group.name, begin, end);
      if (!own.empty()) part.group_rows.push_back({group.kind, group.slug, std::move(own)});
    }
    for (std::size_t row = begin; row < end; ++row) part.slug_fingerprints += slug_fingerprint(rows[rows.size() - 1 - row].slug);
    for (std::size_t first = begin; first < end; first += kRowsPerFile) {
      IndexFile file;
      file.first_row = static_cast<std::uint32_t>(first);
      for (std::size_t row = first; row < std::min<std::size_t>(first + kRowsPerFile, end); ++row) {
        file.posts.push_back(rows[rows.size() - 1 - row]);
      }
      part.files.push_back({row_file_name(first / kRowsPerFile), ""});
      files[part.files.back().url] = write_index_file(file);
    }
    if (end == rows.size()) {
      for (const GroupInfo& group : head.groups) part.group_counts.push_back(group.count);
    }
    manifest.parts.push_back({part_name(begin / kRowsPerPart), ""});
    files[manifest.parts.back().url] = write_index_file(part);
  }
  manifest.index = {head_name, ""};
  files[head_name] = write_index_file(head);
  files["octavo.json"] = write_manifest(manifest);
}

constexpr char kHead[] = "bundle/index.json";

// A site of `count` posts named p1 (the newest) to pN. Every third one has the tag "Third".
inline Files make_bundle(std::size_t count) {
  Files files;
  std::vector<PostSummary> rows;
  for (std::size_t i = 1; i <= count; ++i) {
    const bool has_tag = i % 3 == 0;
    rows.push_back(
        make_summary("p" + std::to_string(i), has_tag ? std::vector<std::string>{"Third"} : std::vector<std::string>{}));
    files[rows.back().body.url] = make_post_bytes(rows.back(), "## Part\n\nText of " + rows.back().slug + ".");
  }
  IndexFile head;
  head.site.emplace();
  head.site->title = "Test Site";
  if (count >= 3) head.groups.push_back({"Third", "third", static_cast<std::uint32_t>(count / 3)});
  add_index(files, kHead, rows, head);
  return files;
}

class ReaderSession {
 public:
  explicit ReaderSession(Files files) : files_(std::move(files)) {}

  Files& files() { return files_; }
  Reader& reader() { return reader_; }
  const Page& page() const { return reader_.page(); }
  std::string page_text() const { return plain_text(page().document); }

  // The effects of the last event, except fetches.
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
      if (const ShowPage* show = std::get_if<ShowPage>(&effect)) shown_ = *show;
      const Fetch* fetch = std::get_if<Fetch>(&effect);
      if (fetch == nullptr) continue;
      EXPECT_FALSE(fetches_.contains(fetch->request)) << "request numbers are used once";
      fetches_.emplace(fetch->request, *fetch);
      all_fetched_.push_back(fetch->url);
    }
  }
  // The page that was shown last.
  const ShowPage& shown() const { return shown_; }
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
  ShowPage shown_;
  std::vector<std::string> all_fetched_;
};

}  // namespace octavo
