// What an import needs besides its source: the current time, the report, the diagnostics, and the site so far.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "press/import/common/import_report.h"
#include "press/import/common/imported_site.h"
#include "press/prepare/post_selection.h"

namespace octavo {

struct ImportContext {
  std::string file;  // the source, as the person named it
  DateTime now;
  Drafts drafts = Drafts::Withhold;  // Include: drafts, pending and future posts are written, marked as drafts
  ImportReport& report;
  Diagnostics& diagnostics;
  ImportedSite site;

  // Counts the post as read, and withholds it with its comments unless it is public (or a draft and those are wanted).
  // `held_comments` is how many comments it has that are not in `post.comments`.
  void add(ImportedPost post);
  // False for posts that add() will withhold: they need not be read further.
  bool is_wanted(const ImportedPost& post) const;
  void problem(const ImportLocation& location, std::string message);
  void warn(const ImportLocation& location, std::string message);
  static ImportLocation location_of(const std::filesystem::path& path) {
    return {path.lexically_normal().generic_string(), 0, 0};
  }
};

// "posts" or "pages", as the report counts them.
std::string count_kind(const ImportedPost& post);

// Future and expired from the dates, unless the source has said something stricter.
Visibility visibility_at(Visibility stated, const ImportedPost& post, DateTime now);

// A slug that the build accepts: from the source, otherwise from the title, otherwise from `fallback`.
std::string usable_slug(const std::string& wanted, const std::string& title, const std::string& fallback);

// "https://old.example/2010/05/hello/?x" -> "2010/05/hello/": the address below the site's root; empty for those that say all
// in their query and for the root itself.
std::string path_of_url(std::string_view url, std::string_view site_url);

}  // namespace octavo
