// Token buckets by network, in memory. They protect the process itself. The limits on comments are in the database.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace octavo {

class RateLimit {
 public:
  // `per_minute` 0 = no limit.
  explicit RateLimit(std::int64_t per_minute) : per_minute_(per_minute) {}

  // Seconds to wait; 0 = go on. From any thread.
  std::int64_t take(const std::string& network, std::int64_t now_ms);

 private:
  struct Bucket {
    double tokens = 0;
    std::int64_t filled_at = 0;
  };
  // With more networks than this, all begin anew. Memory is bounded, and such a flood does not come from one network.
  static constexpr std::size_t kMaxBuckets = 20'000;

  const std::int64_t per_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace octavo
