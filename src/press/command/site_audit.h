// A site that is on the web, looked at from outside: does its host send the headers, types and bytes that it should?
#pragma once

#include <cstddef>
#include <string>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "server/http/http_client.h"

namespace octavo {

// At most this many post files are requested, spread evenly over all.
inline constexpr std::size_t kMaxCheckedPosts = 200;

struct AuditCounts {
  std::size_t files = 0;  // whose bytes were compared with their hashes
  std::size_t posts = 0;  // of the site
};

// The diagnostics name each fault with its address: whatever keeps the site from working or from being safe is
// an error, whatever makes it slower or weaker a warning. An Error means that there is no Octavo site at this address.
Result<AuditCounts> audit_site(const std::string& url, HttpClient& client, Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
