// What a post's file name and folder say: its slug and, as in Jekyll and Zola, its date.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

struct DatedName {
  std::string date;  // "2026-11-23", not yet checked; empty without one
  std::string name;  // without date and extension
};

// "2026-11-23-hello.md" and "notes/2026-11-23-hello/index.md" are both "hello" of that date.
DatedName dated_name(std::string_view relative);

// The first YYYY/MM/DD among the names of a path, as "YYYY-MM-DD"; empty without one. (Zola's own sites put a section's name
// before it: "inside/2026/11/23/hello".)
std::string date_in_path(std::string_view path);

// A slug becomes folders on disk and a part of addresses: names may not be empty, ".", "..", "index.html", too long for a file
// system, or hold control characters, '\\' or what no address can show unescaped on Windows hosts (<>:"|?*).
bool is_usable_slug(std::string_view slug);

// Jekyll keeps unpublished posts in "_drafts".
bool is_in_drafts_folder(std::string_view relative);

// Section files ("_index.md") describe a folder and are not posts.
bool is_post_file(std::string_view relative);

}  // namespace octavo
