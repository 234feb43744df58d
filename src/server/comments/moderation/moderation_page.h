// The owner's web page: three files compiled into the program (src/server/comments/moderation/).
#pragma once

#include <optional>

#include "server/http/http_message.h"

namespace octavo {

inline constexpr const char* kModerationPath = "/_comments/moderate/";

// Nothing when the request is for something else. The page holds nothing secret. It asks for its comments with the token.
std::optional<HttpResponse> moderation_page(const HttpRequest& request);

}  // namespace octavo
