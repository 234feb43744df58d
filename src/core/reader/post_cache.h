// The posts read last: going back to one of them needs no network.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "core/content/bundle/bundle.h"

namespace octavo {

// A parsed post takes a few times its text; sixteen cover the back and forth of a visit.
inline constexpr std::size_t kMaxCachedPosts = 16;

struct CachedPost {
  std::string slug;
  std::string url;  // the body file it came from: another hash is another version
  std::shared_ptr<const Post> post;
};

class PostCache {
 public:
  void put(CachedPost entry) {
    entries_.remove_if([&](const CachedPost& other) { return other.slug == entry.slug; });
    entries_.push_front(std::move(entry));
    if (entries_.size() > kMaxCachedPosts) entries_.pop_back();
  }

  // The post in any version, or nullptr; it becomes the most recent one.
  const CachedPost* find(std::string_view slug) {
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (entry->slug != slug) continue;
      entries_.splice(entries_.begin(), entries_, entry);
      return &entries_.front();
    }
    return nullptr;
  }

  const std::list<CachedPost>& entries() const { return entries_; }

 private:
  std::list<CachedPost> entries_;  // most recent first
};

}  // namespace octavo
