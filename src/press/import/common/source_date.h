// Dates as sources other than Markdown write them.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/date.h"

namespace octavo {

// "Wed, 24 Nov 2010 18:05:00 +0000" of RSS (RFC 822 and its successors, names of zones included), or anything that
// parse_date_time() reads.
std::optional<DateTime> parse_feed_date(std::string_view text);

// WordPress gives the same moment on the author's clock and in UTC ("0000-00-00 00:00:00" = none).
std::optional<DateTime> parse_wordpress_date(std::string_view local, std::string_view utc);

}  // namespace octavo
