// Fetches images of another site, from the public internet only.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/http/http_client.h"
#include "server/http/network_address.h"

namespace octavo {

struct FetchedImage {
  std::string bytes;
  std::string extension;  // "jpg", told by content
};

class MediaFetch {
 public:
  // What touches the outside world; tests replace it.
  struct NetworkHooks {
    std::function<std::vector<std::string>(const std::string& host)> resolve = addresses_of_host;
    std::function<bool(std::string_view address)> may_connect = is_public_address;
  };

  MediaFetch(HttpClient& client, NetworkHooks hooks) : client_(client), hooks_(std::move(hooks)) {}

  // From any thread. Every address of the host must be one that may be connected to, and the connection goes to one that was
  // checked, so that a name cannot change its meaning in between; the same at each of at most five redirects. An error for
  // whatever takes longer than a minute, is over 32 MiB, or is not a PNG, JPEG, GIF, WebP or AVIF.
  Result<FetchedImage> fetch(const std::string& url) const;

 private:
  Result<std::string> checked_address(const std::string& url) const;

  HttpClient& client_;
  NetworkHooks hooks_;
};

// "https://h.example/2010/Ein%20Bild.jpeg" -> "Ein-Bild-1a2b3c4d": a file name; different addresses get different names.
std::string fetched_name(const std::string& url);

}  // namespace octavo
