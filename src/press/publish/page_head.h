// The metadata in a page's <head>, for search engines, link previews and feed readers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "core/page/page.h"

namespace octavo {

struct PageHead {
  const SiteInfo& site;
  const Page& page;
  std::string root;                                        // reference from the page to the site's root
  const PostSummary* post = nullptr;                       // on a post's page
  std::vector<std::pair<std::string, std::string>> trail;  // (name, path) of the pages between the home page and this one
  // References to the neighbors in a list of several pages; empty = none.
  std::string previous;
  std::string next;
};

// Markup: canonical address, feeds, Open Graph, Twitter card, JSON-LD (a data block, which no browser executes). Absolute
// addresses where the site's address is known; elsewhere, what needs one is left out. All texts are treated as hostile.
std::string build_page_head(const PageHead& head);

// For the page of missing addresses, which must not be indexed under any of them.
std::string build_unindexed_head(const PageHead& head);

}  // namespace octavo
