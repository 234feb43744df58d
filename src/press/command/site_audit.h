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

struct DeployedCounts {
  std::size_t files = 0;  // whose bytes were compared with their hashes
  std::size_t posts = 0;  // of the site
};

// What is wrong is in the diagnostics, each with the address it is about: what keeps the site from working or from being safe is
// a problem, what makes it slower or weaker a warning. An Error means that there is no site of Octavo at this address.
Result<DeployedCounts> audit_site(const std::string& url, HttpClient& client, Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
