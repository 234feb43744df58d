// Where links between posts lead: from source files and from addresses, old and new, to the published posts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "press/source/post_source.h"

namespace octavo {

class LinkIndex {
 public:
  LinkIndex(const std::vector<PostSource>& posts, const std::vector<bool>& is_published);

  enum class State : std::uint8_t { Unknown, Published, Withheld };
  struct Entry {
    State state = State::Unknown;
    std::string slug;
    std::string file;  // below the content folder
  };
  // By the post's file below the content folder.
  Entry by_file(std::string_view relative) const;
  // By slug, Zola path or alias, ignoring case and '/' at the ends.
  Entry by_address(std::string_view address) const;

 private:
  void add_address(std::string_view address, const Entry& entry);

  std::map<std::string, Entry, std::less<>> files_;
  std::map<std::string, Entry, std::less<>> addresses_;
};

}  // namespace octavo
