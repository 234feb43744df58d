// Filling and taking.
#include "server/comments/api/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace octavo {

std::int64_t RateLimit::take(const std::string& network, std::int64_t now_ms) {
  if (per_minute_ == 0) return 0;
  const double rate = static_cast<double>(per_minute_) / 60'000.0;  // tokens a millisecond
  const std::scoped_lock lock(mutex_);
  if (buckets_.size() >= kMaxBuckets && !buckets_.contains(network)) buckets_.clear();
  const auto [found, is_new] = buckets_.try_emplace(network, Bucket{static_cast<double>(per_minute_), now_ms});
  Bucket& bucket = found->second;
  // A clock that was set back fills nothing and takes nothing.
  const auto passed = static_cast<double>(std::max<std::int64_t>(0, now_ms - bucket.filled_at));
  bucket.tokens = std::min(static_cast<double>(per_minute_), bucket.tokens + passed * rate);
  bucket.filled_at = now_ms;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return 0;
  }
  return static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / rate / 1000));
}

}  // namespace octavo
