// What all pages share: header, sidebar and footer around a main part.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/content/bundle/bundle.h"
#include "core/content/document/document.h"
#include "core/page/page_blocks.h"

namespace octavo {

// Where the conversation on a page is held.
struct PageComments {
  std::string endpoint;  // absolute or relative to the site's root; empty = there is none
  std::string engine;
  std::string site;    // the engine's name for the blog, where it has several
  std::string thread;  // the engine's key of the post
  std::string title;
  bool follows_prebuilt = false;  // the page has comments that its engine does not have
};

// A page ready to be laid out or written as HTML. All its addresses are relative to its own path.
struct Page {
  Document document;  // numbered
  std::string path;   // below the site's root
  std::string title;  // of the window: "Post – Site"
  std::string name;   // the same without the site's; empty on the home page
  std::string description;
  std::string language;   // BCP 47
  std::string direction;  // "ltr" or "rtl"
  PageComments comments;
};

// The page that is being built. Views only: it lives on the stack of one build function.
struct Frame {
  const SiteInfo& site;
  std::string path;  // of the page, below the site's root
  std::span<const GroupInfo> groups;
};

// The slug of a group's list, or empty when it has none. Without any groups every tag is taken to have one.
std::string group_slug(std::span<const GroupInfo> groups, GroupInfo::Kind kind, const std::string& name);

// A link to the list of a group; plain text when `slug` is empty.
void append_group(LineBuilder& line, const Frame& frame, GroupInfo::Kind kind, std::string_view name, std::string_view slug);

// Names of tags separated by ", "; those that have a page are links to it.
void append_tags(LineBuilder& line, const Frame& frame, std::span<const std::string> names);

// The whole page around `main`; `title` is without the site's name and empty for the home page.
Page build_framed_page(const Frame& frame, std::string_view title, std::string_view description, Block main);

}  // namespace octavo
