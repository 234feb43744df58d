// Effects: what the reader asks of the browser, as values. They are performed in one switch; outcomes return as events.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/content/bundle/site_choices.h"

namespace octavo {

// Get a file below the site's root (or an absolute address). Answered by exactly one Fetched or FetchFailed with the same
// request.
struct Fetch {
  std::uint32_t request = 0;
  std::string url;
  std::string integrity;  // "sha256-...", empty = unknown
};
// The page has changed: lay out and paint Reader::page(), and use its title.
struct ShowPage {
  double scroll_y_css = 0;
  std::string fragment;      // scroll to this anchor instead, if not empty
  bool keep_scroll = false;  // the same page again (a button changed): stay where the reader is
  bool is_failure = false;   // the page says that content is missing: a static page that is still shown is worth more
};
// Put a new entry into the session history.
struct PushAddress {
  std::string path;
};
// Leave this document: the browser itself opens an address (a page that the bundle does not know).
struct OpenAddress {
  std::string url;
};
// Say this to screen readers (a polite live region).
struct Announce {
  std::string text;
};
// Keep a small value of this reader for next time; `value` empty = forget it.
struct StoreItem {
  std::string key;
  std::string value;
};

// Show everything in this theme and text size (percent; empty = the blog's own).
struct ApplyPreferences {
  Theme theme = Theme::System;
  std::string text_size;
};

using Effect = std::variant<Fetch, ShowPage, PushAddress, OpenAddress, Announce, StoreItem, ApplyPreferences>;

}  // namespace octavo
