// One text everywhere: for every post the words of the static page, of the reader's document, of both feeds and of the search
// source are the same. Run on the sample site; with OCTAVO_SITE=folder on any other, and then it says how much it compared.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "core/base/json.h"
#include "core/page/page.h"
#include "press/base/gumbo_parser.h"
#include "press/publish/build_site.h"
#include "press/publish/feeds.h"
#include "support/temporary_folder.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

// White space is what engines and writers may differ in; words are not.
std::string words_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!is_space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// What a person hears from the elements, by the HTML alone: images by their alternative text, blocks apart from each other.
void append_text(const HtmlNode& node, std::string& out) {
  static const std::set<std::string> kInline = {"",    "a",   "em",   "strong", "del",  "code", "sub",   "sup",
                                                "kbd", "ins", "mark", "small",  "time", "span", "input", "wbr"};
  if (node.tag.empty()) out += node.text;
  if (node.tag == "img" && node.attribute("alt") != nullptr) out += *node.attribute("alt");
  const bool is_block = !kInline.contains(node.tag) && node.tag != "img";
  if (is_block) out += '\n';
  for (const HtmlNode& child : node.children) append_text(child, out);
  if (is_block) out += '\n';
}

const HtmlNode* find_class(const HtmlNode& node, std::string_view name) {
  if (node.attribute("class") != nullptr && *node.attribute("class") == name) return &node;
  for (const HtmlNode& child : node.children) {
    if (const HtmlNode* found = find_class(child, name)) return found;
  }
  return nullptr;
}

std::string text_of_html(std::string_view html) {
  GumboParser parser;
  std::string out;
  append_text(parser.parse_fragment(html), out);
  return words_of(out);
}

// The decoded content of every <content>, by the address of its entry.
std::map<std::string, std::string> entries_of(const std::string& atom) {
  std::map<std::string, std::string> entries;
  GumboParser parser;
  for (std::size_t at = atom.find("<entry"); at != std::string::npos; at = atom.find("<entry", at + 1)) {
    const auto between = [&](std::string_view open, std::string_view close) {
      const std::size_t begin = atom.find(open, at) + open.size();
      return atom.substr(begin, atom.find(close, begin) - begin);
    };
    std::string decoded;
    append_text(parser.parse_fragment(between("<content type=\"html\">", "</content>")), decoded);
    entries[between("<link rel=\"alternate\" type=\"text/html\" href=\"", "\"")] = decoded;
  }
  return entries;
}

TEST(TextIdentity, EveryPostSaysTheSameEverywhere) {
  const char* wanted = std::getenv("OCTAVO_SITE");
  TemporaryFolder folder;
  BuildOptions options;
  options.site = wanted != nullptr ? std::string(wanted) : assets_folder() + "/sample";
  options.output = folder / "out";
  options.reader_files = folder / "none";
  options.now = *parse_date_time("2026-11-23T12:00:00Z");
  Progress progress(Progress::Mode::Quiet);
  Diagnostics diagnostics;
  ASSERT_TRUE(build_site(options, diagnostics, progress).ok());
  const auto manifest = parse_manifest(folder.read("out/octavo.json"), "octavo.json");
  ASSERT_TRUE(manifest.ok());
  const auto head = parse_index_file(folder.read("out/" + manifest->index.url), "index");
  ASSERT_TRUE(head.ok());
  std::vector<PostSummary> rows;
  for (const FileReference& reference : manifest->parts) {
    const auto part = parse_index_file(folder.read("out/" + reference.url), "part");
    ASSERT_TRUE(part.ok());
    for (const FileReference& file : part->files) {
      const auto next = parse_index_file(folder.read("out/" + file.url), "rows");
      ASSERT_TRUE(next.ok());
      rows.insert(rows.end(), next->posts.begin(), next->posts.end());
    }
  }
  std::reverse(rows.begin(), rows.end());
  ASSERT_EQ(rows.size(), manifest->total_rows);
  const auto feed = Json::parse(folder.read("out/feed.json"), "feed.json");
  ASSERT_TRUE(feed.ok());
  const std::map<std::string, std::string> atom = entries_of(folder.read("out/feed.xml"));
  const SiteInfo site = *head->site;
  GumboParser parser;
  std::size_t in_feeds = 0;
  std::size_t words = 0;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto post = parse_post(folder.read("out/" + rows[i].body.url), rows[i].slug);
    ASSERT_TRUE(post.ok());
    const Document content = build_post_content(*post, &parser);
    const std::string search = words_of(plain_text(content));
    words += count_words(search);
    const HtmlNode page = parser.parse_fragment(folder.read("out/posts/" + rows[i].slug + "/index.html"));
    const HtmlNode* prose = find_class(page, "prose");
    ASSERT_NE(prose, nullptr) << rows[i].slug;
    std::string on_page;
    append_text(*prose, on_page);
    const std::string in_feed = text_of_html(build_feed_html(site, *post, parser));
    const bool is_same = words_of(on_page) == search && in_feed == search;
    differing += is_same ? 0 : 1;
    if (!is_same && differing < 4) {
      EXPECT_EQ(words_of(on_page), search) << rows[i].slug;
      EXPECT_EQ(in_feed, search) << rows[i].slug;
    }
    if (i >= feed->get("items").size()) continue;
    ++in_feeds;
    EXPECT_EQ(text_of_html(feed->get("items").at(i).get("content_html").string()), search) << rows[i].slug;
    EXPECT_EQ(text_of_html(atom.at(std::string(feed->get("items").at(i).get("url").string()))), search) << rows[i].slug;
  }
  EXPECT_EQ(differing, 0U);
  EXPECT_GT(in_feeds, 0U);
  if (wanted != nullptr) {
    std::printf(
        "%zu posts, %zu words: page, document, feed content and search source; %zu of them also in feed.json and feed.xml; %zu "
        "differ\n",
        rows.size(), words, in_feeds, differing);
  }
}

}  // namespace
}  // namespace octavo
