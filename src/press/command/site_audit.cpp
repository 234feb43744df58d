// Requests a site's files from its host, one by one.
#include "press/command/site_audit.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/url.h"
#include "core/content/bundle/bundle.h"
#include "press/base/parallel.h"
#include "press/base/sha256.h"
#include "press/base/text_file.h"
#include "press/output/output_folder.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

constexpr std::int64_t kLongestChangeableSeconds = 3600;  // GitHub Pages has 600
constexpr std::int64_t kShortestImmutableSeconds = 30 * 24 * 3600;
// No site has a page with this name.
constexpr const char* kUnknownPage = "octavo-check-there-is-no-such-page/";

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The seconds of max-age; nothing without one.
std::optional<std::int64_t> max_age(std::string_view cache_control) {
  const std::size_t at = cache_control.find("max-age=");
  if (at == std::string_view::npos) return std::nullopt;
  std::int64_t seconds = 0;
  for (std::size_t i = at + 8; i < cache_control.size() && cache_control[i] >= '0' && cache_control[i] <= '9'; ++i) {
    seconds = std::min<std::int64_t>(seconds * 10 + (cache_control[i] - '0'), 1'000'000'000);
  }
  return seconds;
}

// The value of an attribute in the pages that the press writes, which escapes quotes.
std::string attribute_after(std::string_view html, std::string_view element, std::string_view attribute) {
  const std::size_t begin = html.find(element);
  if (begin == std::string_view::npos) return {};
  const std::string_view tag = html.substr(begin, html.find('>', begin) - begin);
  const std::string wanted = " " + std::string(attribute) + "=\"";
  const std::size_t at = tag.find(wanted);
  if (at == std::string_view::npos) return {};
  const std::string_view value = tag.substr(at + wanted.size());
  return std::string(value.substr(0, value.find('"')));
}

// "assets/octavo.0123456789ab.wasm" -> "0123456789ab"
std::string_view hash_in_name(std::string_view path) {
  const std::size_t last = path.rfind('.');
  if (last == std::string_view::npos || last == 0) return {};
  const std::size_t before = path.rfind('.', last - 1);
  return before == std::string_view::npos ? std::string_view() : path.substr(before + 1, last - before - 1);
}

enum class Lifetime { Changeable, Immutable };

struct Expected {
  std::string type;  // the beginning of Content-Type
  Lifetime lifetime = Lifetime::Changeable;
  bool compresses = true;
};

class SiteAudit {
 public:
  SiteAudit(std::string root, HttpClient& client, Progress& progress)
      : root_(std::move(root)), client_(client), progress_(progress) {}

  Result<AuditCounts> run(Diagnostics& diagnostics) {
    const Result<IncomingResponse> manifest_reply = get(std::string(kManifestFileName), diagnostics);
    if (!manifest_reply) return manifest_reply.error();
    const std::string where = root_ + std::string(kManifestFileName);
    if (manifest_reply->status != 200) {
      return Error{ErrorCode::NotFound,
                   "There is no Octavo site here: the answer is " + std::to_string(manifest_reply->status) + ".", where};
    }
    const Result<BundleManifest> manifest = parse_manifest(manifest_reply->body, where);
    if (!manifest) return manifest.error();
    expect(std::string(kManifestFileName), *manifest_reply, {"application/json"}, diagnostics);
    check_home(diagnostics);
    check_unknown_page(diagnostics);
    for (const auto& [path, type] : {std::pair{"feed.json", "application/"}, std::pair{"feed.xml", ""}}) {
      static_cast<void>(fetch(path, {type}, diagnostics));
    }
    check_bundle(*manifest, diagnostics);
    return counts_;
  }

 private:
  Result<IncomingResponse> get(const std::string& path, Diagnostics& diagnostics) {
    OutgoingRequest request;
    request.url = root_ + path;
    request.headers = {{"Accept", "*/*"}};
    request.max_answer = kMaxFileBytes;
    Result<IncomingResponse> reply = client_.send(request);
    if (!reply) diagnostics.error(root_ + path, 0, 0, "There is no answer: " + reply.error().message + ".");
    return reply;
  }

  // The reply for the file, if it is there.
  std::optional<IncomingResponse> fetch(const std::string& path, const Expected& expected, Diagnostics& diagnostics) {
    Result<IncomingResponse> reply = get(path, diagnostics);
    if (!reply) return std::nullopt;
    if (reply->status != 200) {
      const std::string_view target = reply->header("Location");
      diagnostics.error(root_ + path, 0, 0,
                        "The answer is " + std::to_string(reply->status) +
                            (target.empty() ? "" : ", which leads to " + std::string(target)) + "; it must be 200.");
      return std::nullopt;
    }
    expect(path, *reply, expected, diagnostics);
    return std::move(*reply);
  }

  void expect(const std::string& path, const IncomingResponse& reply, const Expected& expected, Diagnostics& diagnostics) const {
    const std::string where = root_ + path;
    const std::string type = ascii_lowercase(reply.header("Content-Type"));
    if (!type.starts_with(expected.type)) {
      diagnostics.error(where, 0, 0, "It is sent as \"" + type + "\" instead of " + expected.type + ".");
    }
    if (expected.compresses && reply.body.size() > 10'000 && reply.header("Content-Encoding").empty()) {
      diagnostics.warn(where, 0, 0, "It is sent without compression (" + std::to_string(reply.body.size()) + " bytes).");
    }
    expect_lifetime(where, ascii_lowercase(reply.header("Cache-Control")), expected.lifetime, diagnostics);
  }

  static void expect_lifetime(const std::string& where, const std::string& cache_control, Lifetime lifetime,
                              Diagnostics& diagnostics) {
    const std::int64_t seconds = max_age(cache_control).value_or(0);
    const bool is_revalidated = contains(cache_control, "no-cache") || contains(cache_control, "no-store");
    if (lifetime == Lifetime::Changeable && !is_revalidated && seconds > kLongestChangeableSeconds) {
      diagnostics.error(where, 0, 0,
                        "Browsers keep it for " + std::to_string(seconds) +
                            " seconds (Cache-Control), so readers would not see what you publish next.");
    } else if (lifetime == Lifetime::Immutable && (is_revalidated || seconds < kShortestImmutableSeconds)) {
      diagnostics.warn(where, 0, 0,
                       "Its name changes with its content, but browsers may not keep it (Cache-Control: " +
                           (cache_control.empty() ? "none" : cache_control) + ").");
    }
  }

  void check_home(Diagnostics& diagnostics) {
    const std::optional<IncomingResponse> home = fetch("", {"text/html"}, diagnostics);
    if (!home) return;
    check_headers(*home, diagnostics);
    check_asset(attribute_after(home->body, "<link rel=\"stylesheet\"", "href"), "text/css", diagnostics);
    const std::string script = attribute_after(home->body, "<script id=\"octavo_script\"", "src");
    if (script.empty()) {
      diagnostics.note(root_, 0, 0, "The site was built without the reader.");
      return;
    }
    check_asset(script, "text/javascript", diagnostics);
    check_asset(attribute_after(home->body, "<script id=\"octavo_script\"", "data-wasm"), "application/wasm", diagnostics);
  }

  void check_headers(const IncomingResponse& home, Diagnostics& diagnostics) {
    const auto weak = [&](const std::string& message) { diagnostics.warn(root_, 0, 0, message); };
    const std::string policy(home.header("Content-Security-Policy"));
    if (policy.empty()) {
      const bool has_own = contains(home.body, "<meta http-equiv=\"Content-Security-Policy\"");
      weak(has_own ? "The host sends no Content-Security-Policy; the one in the page does not keep others from framing it."
                   : "There is no Content-Security-Policy, neither as a header nor in the page.");
    } else {
      check_policy(policy, diagnostics);
    }
    if (ascii_lowercase(home.header("X-Content-Type-Options")) != "nosniff") weak("X-Content-Type-Options: nosniff is missing.");
    if (home.header("Referrer-Policy").empty()) weak("Referrer-Policy is missing.");
    if (root_.starts_with("https:") && home.header("Strict-Transport-Security").empty()) {
      weak("Strict-Transport-Security is missing.");
    }
  }

  void check_policy(const std::string& policy, Diagnostics& diagnostics) {
    for (const char* hole : {"'unsafe-inline'", "'unsafe-eval'"}) {
      if (contains(policy, hole))
        diagnostics.error(root_, 0, 0, "The Content-Security-Policy has a hole: " + std::string(hole) + ".");
    }
    if (!contains(policy, "'wasm-unsafe-eval'")) {
      diagnostics.error(root_, 0, 0,
                        "The Content-Security-Policy keeps the reader from starting: 'wasm-unsafe-eval' is missing.");
    }
    if (!contains(policy, "require-trusted-types-for")) {
      diagnostics.warn(root_, 0, 0, "The Content-Security-Policy does not require Trusted Types.");
    }
  }

  // A host without a page for this answers everything with the start page, and a missing file looks like a page.
  void check_unknown_page(Diagnostics& diagnostics) {
    const Result<IncomingResponse> reply = get(kUnknownPage, diagnostics);
    if (reply && reply->status != 404) {
      diagnostics.error(root_ + kUnknownPage, 0, 0,
                        "An address that does not exist is answered with " + std::to_string(reply->status) + "; it must be 404.");
    }
  }

  void check_asset(const std::string& reference, const std::string& type, Diagnostics& diagnostics) {
    const std::string path = resolve_path("", reference);
    if (path.empty()) return diagnostics.error(root_, 0, 0, "The page names no file of the type " + type + ".");
    const Result<IncomingResponse> reply = get(path, diagnostics);
    if (!reply) return;
    if (reply->status != 200) {
      return diagnostics.error(root_ + path, 0, 0, "The answer is " + std::to_string(reply->status) + "; it must be 200.");
    }
    // Hosts use the older name as well.
    const bool is_older_name = type == "text/javascript" && reply->header("Content-Type").starts_with("application/javascript");
    expect(path, *reply, {is_older_name ? "application/javascript" : type, Lifetime::Immutable}, diagnostics);
    const std::string_view hash = hash_in_name(path);
    count_file();
    if (hex_digits(sha256(reply->body), hash.size()) != hash) {
      diagnostics.error(root_ + path, 0, 0, "Its bytes are not those that were published; the host changes them.");
    }
  }

  // The body, if it has the hash that the reference states.
  std::optional<std::string> fetch_checked(const FileReference& file, Diagnostics& diagnostics) {
    std::optional<IncomingResponse> reply = fetch(file.url, {"application/json", Lifetime::Immutable}, diagnostics);
    if (!reply) return std::nullopt;
    count_file();
    if (integrity_string(sha256(reply->body)) != file.integrity) {
      diagnostics.error(root_ + file.url, 0, 0,
                        "Its bytes are not those that were published: the upload is not whole, or the host changes them.");
      return std::nullopt;
    }
    return std::move(reply->body);
  }

  void check_bundle(const BundleManifest& manifest, Diagnostics& diagnostics) {
    std::vector<FileReference> waiting = {manifest.index};
    waiting.insert(waiting.end(), manifest.parts.begin(), manifest.parts.end());
    std::vector<FileReference> posts;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const std::optional<std::string> text = fetch_checked(waiting[i], diagnostics);
      if (!text) continue;
      const Result<IndexFile> index = parse_index_file(*text, root_ + waiting[i].url);
      if (!index) {
        diagnostics.error(root_ + waiting[i].url, 0, 0, index.error().message);
        continue;
      }
      for (const PostSummary& post : index->posts) posts.push_back(post.body);
      const bool is_part = i > 0 && i <= manifest.parts.size();
      if (is_part) waiting.insert(waiting.end(), index->files.begin(), index->files.end());
    }
    counts_.posts = posts.size();
    check_posts(posts, diagnostics);
  }

  void check_posts(const std::vector<FileReference>& posts, Diagnostics& diagnostics) {
    const std::size_t count = std::min(posts.size(), kMaxCheckedPosts);
    std::vector<Diagnostics> found(count);
    progress_.begin("Asking for posts", count);
    for_each_in_parallel(
        count, [] { return 0; },
        [&](int, std::size_t i) {
          static_cast<void>(fetch_checked(posts[i * posts.size() / count], found[i]));
          progress_.step();
        });
    for (const Diagnostics& each : found) diagnostics.append(each);
  }

  void count_file() {
    const std::lock_guard lock(mutex_);
    ++counts_.files;
  }

  const std::string root_;
  HttpClient& client_;
  Progress& progress_;
  std::mutex mutex_;
  AuditCounts counts_;
};

}  // namespace

Result<AuditCounts> audit_site(const std::string& url, HttpClient& client, Diagnostics& diagnostics, Progress& progress) {
  if (origin_part(url).empty() || url.find_first_of("?#") != std::string::npos) {
    return Error{ErrorCode::BadValue, "This is not the address of a site, like https://example.org/blog/.", url};
  }
  return SiteAudit(url.ends_with('/') ? url : url + '/', client, progress).run(diagnostics);
}

}  // namespace octavo
