// Events: everything that can happen to the reader, as values. The browser side makes them; nothing else drives the reader.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// The program has started on a page of the site.
struct Started {
  std::string path;        // of this page below the site's root, percent-encoded, with '#fragment'
  std::string bundle_url;  // of octavo.json or of a JSON Feed, relative to the root or absolute; empty = "octavo.json"
  std::string post_url;    // what the static page knows of its post: spares the search through the index; may be empty
  std::string post_integrity;
  // What StoreItem effects have kept on this device: key -> value.
  std::map<std::string, std::string> local_store;
};
// A Fetch ended well.
struct Fetched {
  std::uint32_t request = 0;
  std::string bytes;
};
enum class FetchFailure : std::uint8_t { Network, NotFound, Mismatch, TooLarge };
struct FetchFailed {
  std::uint32_t request = 0;
  FetchFailure reason = FetchFailure::Network;
  int status = 0;  // HTTP status, 0 = none
};
// A link to a page of this site was followed, or back or forward led to one. Paths as in Started.
struct LinkFollowed {
  std::string path;
};
struct HistoryMoved {
  std::string path;
  double scroll_y_css = 0;  // where the reader was on that entry
};
// A button was activated by pointer, key or assistive technology.
struct ActionInvoked {
  std::string action;
};

// The conversation below a post has changed, as its own program says (conversation.h).
struct ConversationChanged {
  std::string page;  // path; another page than the one shown is left alone
  std::uint32_t likes = 0;
  bool has_thread = false;  // the engine's comments are among the blocks
  std::vector<Block> blocks;
};

using Event = std::variant<Started, Fetched, FetchFailed, LinkFollowed, HistoryMoved, ActionInvoked, ConversationChanged>;

}  // namespace octavo
