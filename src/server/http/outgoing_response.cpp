// Making answers.
#include "server/http/outgoing_response.h"

#include <algorithm>

namespace octavo {

bool OutgoingResponse::has_header(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return same_ignoring_case(header.first, name); });
}

OutgoingResponse text_response(int status, std::string text) {
  OutgoingResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.length = text.size();
  response.bytes = std::make_shared<const std::string>(std::move(text));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

OutgoingResponse response_from(HttpResponse&& response) {
  OutgoingResponse out;
  out.status = response.status;
  out.content_type = std::move(response.content_type);
  out.headers = std::move(response.headers);
  out.length = response.body.size();
  out.bytes = std::make_shared<const std::string>(std::move(response.body));
  return out;
}

}  // namespace octavo
