// Links between posts.
#include "press/prepare/link_index.h"

namespace octavo {

namespace {

std::string plain_address(std::string_view address) {
  if (address.ends_with("/index.html")) address.remove_suffix(std::string_view("index.html").size());
  while (address.starts_with('/')) address.remove_prefix(1);
  while (address.ends_with('/')) address.remove_suffix(1);
  return ascii_lowercase(address);
}

}  // namespace

LinkIndex::LinkIndex(const std::vector<PostSource>& posts, const std::vector<bool>& is_published) {
  for (std::size_t i = 0; i < posts.size(); ++i) {
    files_[posts[i].relative] = {is_published[i] ? State::Published : State::Withheld, posts[i].slug, posts[i].relative};
  }
  // Slugs first: they are unique among published posts, and an old alias may not shadow one.
  for (const PostSource& post : posts) add_address(post.slug, files_[post.relative]);
  for (const PostSource& post : posts) {
    add_address(post.front_matter.path, files_[post.relative]);
    for (const std::string& alias : post.front_matter.aliases) add_address(alias, files_[post.relative]);
  }
}

void LinkIndex::add_address(std::string_view address, const Entry& entry) {
  const std::string plain = plain_address(address);
  if (plain.empty()) return;
  const auto [known, is_new] = addresses_.emplace(plain, entry);
  if (!is_new && known->second.state != State::Published) known->second = entry;
}

LinkIndex::Entry LinkIndex::by_file(std::string_view relative) const {
  const auto found = files_.find(relative);
  return found == files_.end() ? Entry{} : found->second;
}

LinkIndex::Entry LinkIndex::by_address(std::string_view address) const {
  const auto found = addresses_.find(plain_address(address));
  return found == addresses_.end() ? Entry{} : found->second;
}

}  // namespace octavo
