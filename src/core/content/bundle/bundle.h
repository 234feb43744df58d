// The bundle: the site's index in small files, one immutable file for each post, and octavo.json that names them. Only
// this room reads and writes it.
//
// Rows are numbered from the oldest post, so a new post leaves all full files as they are:
//
//   octavo.json   how many rows there are; the head; the parts
//   head          the site, its groups, its pages, its hyphenation
//   part          128 rows: which files hold them, which rows each group has, and a mark of each slug
//   row file      16 rows
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/site_choices.h"

namespace octavo {

inline constexpr std::int64_t kBundleVersion = 2;
// A returning reader loads one part and one row file for a post that has changed: about 4 KB in brotli.
inline constexpr std::uint32_t kRowsPerFile = 16;
inline constexpr std::uint32_t kRowFilesPerPart = 8;
inline constexpr std::uint32_t kRowsPerPart = kRowsPerFile * kRowFilesPerPart;
inline constexpr std::size_t kPostsPerListPage = 20;

struct Link {
  std::string title;
  std::string url;
};

struct Author {
  std::string name;
  std::string url;
  std::string avatar;
};

struct CommentsSettings {
  std::string endpoint;  // empty = no comments
  std::string engine;    // "octavo", "wordpress", ...
  std::string site;      // the engine's name for the blog, where it has several
  PrebuiltPlace prebuilt = PrebuiltPlace::Page;
};

struct SiteInfo {
  std::string title;
  std::string description;
  std::string language = "en";
  std::string home_page_url;  // absolute, or empty when the owner did not say
  std::vector<Author> authors;
  std::vector<Link> menu;   // header
  std::vector<Link> links;  // sidebar
  Theme theme = Theme::System;
  CommentsSettings comments;
};

// A file of the bundle and the hash of its bytes. `integrity` has the form of Subresource Integrity: "sha256-" + base64.
struct FileReference {
  std::string url;  // relative to the site's root
  std::string integrity;
};

struct ImageInfo {
  std::string url;  // relative to the site's root, or absolute
  std::string alt;
  std::uint32_t width = 0;  // CSS pixels; 0 = unknown
  std::uint32_t height = 0;
  std::uint32_t variant_count = 0;  // how many of kImageVariantWidths (image_variants.h) it has
};

// One row of an index.
struct PostSummary {
  std::string slug;  // may contain '/': the post's address is posts/<slug>/
  std::string title;
  std::string summary;
  std::optional<DateTime> published;
  std::optional<DateTime> modified;
  std::vector<std::string> tags;
  std::vector<std::string> authors;
  std::optional<ImageInfo> image;
  std::uint32_t words = 0;
  std::string language;  // empty = the site's
  FileReference body;
};

// Posts that have something in common and so a list of their own.
struct GroupInfo {
  enum class Kind : std::uint8_t { Tag, Year, Author, Series };
  std::string name;
  std::string slug;  // address tags/<slug>/, archive/<slug>/, authors/<slug>/ or series/<slug>/
  std::uint32_t count = 0;
  Kind kind = Kind::Tag;
};

// The order in which groups are shown: tags and authors by use, years from the newest on, series by slug.
bool is_shown_before(const GroupInfo& a, const GroupInfo& b);

// The rows of one part that belong to a group, ascending, counted from the part's first row.
struct GroupRows {
  GroupInfo::Kind kind = GroupInfo::Kind::Tag;
  std::string slug;
  std::vector<std::uint32_t> rows;
};

// Where words of a language may be hyphenated; see core/layout/hyphenation.h.
struct HyphenationFile {
  std::string language;  // as posts spell it
  FileReference file;
};

// The head, a part or a row file. All three have one type, and each uses some of its members.
struct IndexFile {
  // The head.
  std::optional<SiteInfo> site;
  std::vector<GroupInfo> groups;   // by kind and slug, without counts: a new post leaves the head as it is
  std::vector<PostSummary> pages;  // posts that are in no list
  std::vector<HyphenationFile> hyphenation;
  // A part or a row file.
  std::uint32_t first_row = 0;
  // A part.
  std::vector<FileReference> files;
  std::vector<GroupRows> group_rows;
  std::string slug_fingerprints;            // kSlugFingerprintCharacters for each row
  std::vector<std::uint32_t> group_counts;  // of the head's groups; in the newest part only
  // A row file, oldest post first.
  std::vector<PostSummary> posts;
};

// A fingerprint tells in which row file a slug may be. Different slugs may have the same one; then a file is read in vain.
inline constexpr std::size_t kSlugFingerprintCharacters = 3;
std::string slug_fingerprint(std::string_view slug);

// What a post says about another one, so that readers can go on without the index.
struct Neighbor {
  std::string slug;
  std::string title;
};

// A related post, and the tags that the two share.
struct RelatedPost {
  Neighbor post;
  std::vector<std::string> shared_tags;
};

// The place of a post in a series.
struct SeriesPart {
  std::string name;
  std::string slug;  // address series/<slug>/
  std::uint32_t part = 0;
  std::uint32_t count = 0;
};

// A comment that the build knew. Its text is Markdown, and hostile like any other.
struct PrebuiltComment {
  std::string id;
  std::string parent;  // empty = answers the post
  std::string author;  // empty = no name was given
  std::string author_url;
  std::optional<DateTime> published;
  std::string kind;  // empty = a comment; "pingback", "trackback"
  std::string markdown;
};

struct Post {
  PostSummary summary;
  std::string markdown;
  std::string html;  // feeds of other programs only: HTML instead of Markdown
  // Addresses as the Markdown spells them -> where they were published, with sizes. Links between posts likewise.
  std::map<std::string, ImageInfo> images;
  std::map<std::string, std::string> links;  // -> path below the site's root
  // The runs of each code block (code_tokens.h), in the order of the text; empty for what has no colors.
  std::vector<std::string> code_runs;
  std::optional<Neighbor> older;
  std::optional<Neighbor> newer;
  std::vector<RelatedPost> related;
  std::optional<SeriesPart> series;
  std::vector<PrebuiltComment> comments;  // in the order of the thread: replies follow what they answer
  std::string thread;                     // the comment engine's key for the post; Octavo's own uses the slug
  std::string id;                         // in feeds, where it differs from the address
  bool is_page = false;                   // in no list and no feed
};

// octavo.json: the only bundle file that is not immutable.
struct BundleManifest {
  std::int64_t version = kBundleVersion;
  std::string generator;
  FileReference index;  // the head
  std::uint32_t total_rows = 0;
  std::vector<FileReference> parts;  // oldest first; all but the last one are full
  // For the service worker and the page's script; the reader itself has no use for them. Empty without a reader.
  std::string build_id;   // of what all pages share: program, styles, banner, sidebar
  FileReference release;  // the list of all files of this release
};

// ---- Writing: deterministic, so that equal content gives equal bytes. -------------------------------------------------
std::string write_manifest(const BundleManifest& manifest);
std::string write_index_file(const IndexFile& index);
std::string write_post(const Post& post);
// JSON Feed 1.1 of the newest posts; `html` in the order of `posts` (rendered content), addresses made absolute with
// home_page_url where there is one.
std::string write_json_feed(const SiteInfo& site, const std::vector<Post>& posts, const std::vector<std::string>& html);

// ---- Reading: bytes are hostile. Wrong types, missing keys, newer versions and truncation give an Error that names the place;
// unknown keys are ignored. ---------------------------------------------------------------------------------------------
Result<BundleManifest> parse_manifest(std::string_view text, std::string_view where);
Result<IndexFile> parse_index_file(std::string_view text, std::string_view where);
Result<Post> parse_post(std::string_view text, std::string_view where);

// Any JSON Feed 1.1: its items become posts, newest first. Items without id or content are skipped with a warning.
struct OpenedFeed {
  SiteInfo site;
  std::vector<GroupInfo> groups;
  std::vector<Post> posts;
};
Result<OpenedFeed> parse_json_feed(std::string_view text, std::string_view where, Diagnostics& diagnostics);
// True when the text is JSON whose "version" begins with "https://jsonfeed.org/version/".
bool is_json_feed(std::string_view text);

// Sets the neighbors of each post of a list, newest first.
void link_neighbors(std::vector<Post>& posts);
// The post's authors, or the site's if it names none.
std::vector<std::string> author_names(const SiteInfo& site, const PostSummary& post);
// "2024" on the author's own calendar, "" for a post without a date.
std::string year_of(const PostSummary& post);

// "posts/<slug>/" percent-encoded, "page/3/", "tags/<slug>/page/3/"; page 1 of a list has no page part.
std::string post_path(std::string_view slug);
std::string list_path(std::uint32_t page);
std::string group_path(GroupInfo::Kind kind, std::string_view slug, std::uint32_t page);
std::string_view group_folder(GroupInfo::Kind kind);
inline constexpr std::string_view kArchivePath = "archive/";  // of the page that lists the years
// A reference from the site's root, made absolute with the address that the owner has given; unchanged without one.
std::string absolute_url(const SiteInfo& site, std::string_view url);

}  // namespace octavo
