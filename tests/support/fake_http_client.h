// Other servers for a test: answers by address, and the requests that were made.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/http/http_client.h"

namespace octavo {

class FakeHttpClient final : public HttpClient {
 public:
  Result<IncomingResponse> send(const OutgoingRequest& request) override {
    asked.push_back(request);
    const auto found = answers.find(request.url);
    if (found == answers.end()) return Error{ErrorCode::Unreadable, "Nobody answers.", request.url};
    return found->second;
  }

  std::map<std::string, IncomingResponse> answers;
  std::vector<OutgoingRequest> asked;
};

}  // namespace octavo
