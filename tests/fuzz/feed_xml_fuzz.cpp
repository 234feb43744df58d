// WordPress exports, Atom, RSS and JSON Feeds: everything that was read is kept, withheld or failed, and every text is UTF-8.
#include <string>

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/import/common/import_context.h"
#include "press/import/feeds/feed_source.h"
#include "press/import/feeds/xml_document.h"
#include "press/import/wordpress/wordpress_export.h"

namespace octavo {
namespace {

struct Import {
  ImportReport report;
  Diagnostics diagnostics;
  ImportContext context{"feed.xml", *parse_date_time("2026-11-25T00:00:00Z"), Drafts::Withhold, report, diagnostics, {}};
};

void read_document(const XmlDocument& document, ImportContext& context) {
  if (is_wordpress_export(document)) return read_wordpress_export(document, context);
  if (is_rss(document)) return read_rss(document, context);
  if (is_atom(document)) return read_atom(document, context);
}

void check_element(const XmlElement& element, std::uint32_t depth) {
  OCTAVO_ASSERT(depth <= kMaxXmlDepth && is_valid_utf8(element.text) && is_valid_utf8(element.name));
  for (const auto& [name, value] : element.attributes) OCTAVO_ASSERT(is_valid_utf8(name) && is_valid_utf8(value));
  for (const XmlElement& child : element.children) check_element(child, depth + 1);
}

void check_counts(const ImportContext& context) {
  std::size_t kept = 0;
  std::size_t fates = 0;
  for (const char* kind : {"posts", "pages"}) {
    const ImportCount count = context.report.count(kind);
    kept += count.read;
    fates += count.withheld + count.failed;
  }
  OCTAVO_ASSERT(kept == fates + context.site.posts.size());
}

void check_posts(const ImportedSite& site) {
  for (const ImportedPost& post : site.posts) {
    OCTAVO_ASSERT(post.visibility == Visibility::Public && !post.slug.empty());
    OCTAVO_ASSERT(is_valid_utf8(post.markdown) && is_valid_utf8(post.title) && is_valid_utf8(post.slug));
    for (const ImportedComment& comment : post.comments) OCTAVO_ASSERT(is_valid_utf8(comment.markdown));
  }
}

bool read_text(const std::string& text, ImportContext& context) {
  if (text.starts_with('{')) return read_json_feed(text, context).ok();
  const Result<XmlDocument> document = parse_xml(text, "feed.xml", context.diagnostics);
  if (!document) return false;
  check_element(document->root, 0);
  read_document(*document, context);
  return true;
}

// Repeats what is between the first tag of an entry and the last one: a feed with many entries.
void check_entries(const std::string& text) {
  for (const std::string tag : {"item", "entry"}) {
    const std::size_t begin = text.find("<" + tag);
    const std::string end_tag = "</" + tag + ">";
    const std::size_t end = text.rfind(end_tag);
    if (begin == std::string::npos || end == std::string::npos || end < begin) continue;
    const std::size_t length = end + end_tag.size() - begin;
    const auto read = [](const std::string& grown) {
      Import import;
      read_text(grown, import.context);
    };
    check_growth(std::string_view(text).substr(begin, length), read, text.substr(0, begin), text.substr(begin + length));
  }
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const std::string text(input.text());
  Import import;
  if (!read_text(text, import.context)) return 0;
  check_posts(import.context.site);
  check_counts(import.context);
  if (shows_growth) check_entries(text);
  return 0;
}
