// A post made ready for the bundle: its Markdown is read, the files and posts it refers to are found, defaults are filled in.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"
#include "core/content/document/document.h"
#include "press/base/gumbo_parser.h"
#include "press/output/build_cache.h"
#include "press/prepare/asset_publisher.h"
#include "press/prepare/code_highlighter.h"
#include "press/prepare/link_index.h"
#include "press/source/content_folder.h"
#include "press/source/post_source.h"

namespace octavo {

// `octavo check` also mentions what a build does not.
enum class Thoroughness : std::uint8_t { Build, Check };

// What a thread needs for itself.
struct PostTools {
  GumboParser html_parser;
  CodeHighlighter highlighter;
};

struct ResolveContext {
  const ContentFolder& folder;
  const LinkIndex& link_index;
  AssetPublisher& media;
  BuildCache& cache;
  const SiteInfo& site;
  Thoroughness thoroughness = Thoroughness::Build;
};

struct ResolvedPost {
  Post post;
  std::set<std::string> image_hosts;  // origins of images on other hosts
};

// Missing files and posts are warned about with the line that names them; a reference out of the content folder is an error.
ResolvedPost resolve_post(const PostSource& source, const ResolveContext& context, PostTools& tools, Diagnostics& diagnostics);

// Fills in word count, summary and code colors of a feed's post.
ResolvedPost complete_feed_post(Post post, PostTools& tools);

// The first paragraph's text, cut at a word's end with "…" beyond about 200 characters.
std::string summary_of(const Document& content);

}  // namespace octavo
