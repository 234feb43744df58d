// A folder as a web site: each request gets its answer here, without a socket.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "server/site/file_cache.h"

namespace octavo {

struct StaticRequest {
  std::string method;
  std::string path;   // percent-decoded, with its leading '/'
  std::string query;  // as sent, with its '?'; may be empty
  std::string host;
  std::string accept_encoding;
  std::string if_none_match;
  std::string range;
  std::string if_range;
};

struct StaticResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // without Content-Type and Content-Length
  std::string content_type;
  // The body: `length` bytes from `offset` of `bytes`, or of `file` when that is null.
  std::shared_ptr<const std::string> bytes;
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Sent with every answer that says nothing else about them, whoever makes it.
const std::vector<std::pair<std::string, std::string>>& security_headers();

class StaticSite {
 public:
  // `folder` exists. Its content may change, and it may be replaced as a whole, while it is served.
  static Result<StaticSite> open(const std::filesystem::path& folder);

  // From any thread.
  StaticResponse respond(const StaticRequest& request);

 private:
  StaticResponse respond_plainly(const StaticRequest& request);
  void apply_header_rules(const std::string& path, StaticResponse& response);
  explicit StaticSite(std::filesystem::path root) : root_(std::move(root)), cache_(std::make_unique<FileCache>()) {}

  StaticResponse respond_with_file(const StaticRequest& request, const std::string& relative, int status);
  StaticResponse not_found(const StaticRequest& request);
  bool is_inside(const std::filesystem::path& path) const;

  std::filesystem::path root_;
  std::unique_ptr<FileCache> cache_;
};

}  // namespace octavo
