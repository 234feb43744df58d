// The common form of all sources, from which the writer makes a site's folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/content/bundle/bundle.h"

namespace octavo {

// A place in the source, for messages and the report.
struct ImportLocation {
  std::string file;
  std::uint32_t line = 0;    // 1-based; 0 = the file as a whole
  std::uint32_t column = 0;  // 1-based

  std::string text() const;  // "export.xml:12:3"
};

enum class Visibility : std::uint8_t {
  Public,
  Draft,
  Pending,    // waits for a review
  Future,     // not due yet
  Expired,    // was due until some time ago
  Private,    // for those who are logged in
  Protected,  // behind a password
  Trash,
  Unknown,  // a status that this Octavo does not know counts as not public
};

std::string_view visibility_name(Visibility visibility);

struct ImportedComment {
  std::string id;
  std::string parent;  // id of the comment it answers; empty = none
  std::string author;
  std::string author_url;
  std::optional<DateTime> date;
  std::string kind;      // "comment", "pingback", "trackback"
  std::string markdown;  // its text
};

struct ImportedPost {
  std::string kind = "post";  // or "page"
  ImportLocation location;
  Visibility visibility = Visibility::Public;
  std::string id;         // as in the source's feed: stays the same forever
  std::string source_id;  // a number or file name that tells nothing of the content, for the report
  std::string file;       // its path below content/; empty = named by its slug
  std::string slug;
  std::string title;
  std::string summary;
  std::string image;
  std::string language;
  std::optional<DateTime> published;
  std::optional<DateTime> modified;
  std::optional<DateTime> publish_date;  // where it differs from `published`
  std::optional<DateTime> expires;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  std::string series;
  std::vector<std::string> aliases;   // redirects: paths below the site's root
  std::vector<std::string> old_urls;  // the same addresses in full, for the report
  std::string markdown;
  std::map<std::string, std::string> addresses;  // as the text spells them -> "/slug/#part" or "/media/file"
  std::vector<ImportedComment> comments;
  std::string thread;  // the key of the post in the source's comment engine
};

// A file that goes with the posts.
struct ImportedFile {
  std::filesystem::path from;
  std::string to;  // below content/
};

struct ImportedSite {
  SiteInfo site;
  std::vector<ImportedPost> posts;
  std::vector<ImportedFile> files;
};

}  // namespace octavo
