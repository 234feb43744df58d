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
#include "server/http/outgoing_response.h"
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

// Sent with every answer that does not have these headers itself.
const std::vector<std::pair<std::string, std::string>>& security_headers();

class StaticSite {
 public:
  // `folder` exists. Its content may change, and it may be replaced as a whole, while it is served.
  static Result<StaticSite> open(const std::filesystem::path& folder);

  // From any thread.
  OutgoingResponse respond(const StaticRequest& request);

 private:
  OutgoingResponse respond_without_header_rules(const StaticRequest& request);
  void apply_header_rules(const std::string& path, OutgoingResponse& response);
  explicit StaticSite(std::filesystem::path root) : root_(std::move(root)), cache_(std::make_unique<FileCache>()) {}

  OutgoingResponse respond_with_file(const StaticRequest& request, const std::string& relative, int status);
  OutgoingResponse not_found(const StaticRequest& request);
  bool is_inside(const std::filesystem::path& path) const;

  std::filesystem::path root_;
  std::unique_ptr<FileCache> cache_;
};

}  // namespace octavo
