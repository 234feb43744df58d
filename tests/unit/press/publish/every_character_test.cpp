// Every character that some format treats in a way of its own says the same in the Document, on the static page and in both
// feeds, with raw HTML in the post or not.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "core/page/page.h"
#include "press/base/gumbo_parser.h"
#include "press/publish/feeds.h"

namespace octavo {
namespace {

// All but the line ends.
std::vector<char32_t> special_characters() {
  std::vector<char32_t> characters;
  const auto add_range = [&](char32_t first, char32_t last) {
    for (char32_t c = first; c <= last; ++c) characters.push_back(c);
  };
  add_range(0x00, 0x09);
  add_range(0x0B, 0x0C);
  add_range(0x0E, 0x1F);
  add_range(0x7F, 0x9F);
  for (const char32_t c : {0xAD, 0x061C, 0x034F, 0x180E, 0xE000, 0xE00F, 0xF8FF, 0xFEFF, 0xFFF9, 0xFFFD}) characters.push_back(c);
  add_range(0x200B, 0x200F);
  add_range(0x2028, 0x202E);
  add_range(0x2060, 0x206F);
  add_range(0xFDD0, 0xFDEF);
  for (char32_t plane = 0; plane <= 0x10; ++plane) add_range(plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF);
  return characters;
}

// CommonMark, section 2.3.
std::string shown(char32_t c) {
  std::string out = "x";
  append_utf8(out, c == 0 ? kReplacementCharacter : c);
  return out + "y";
}

std::string written(char32_t c) {
  std::string out = "x";
  append_utf8(out, c);
  return out + "y";
}

void append_text(const HtmlNode& node, std::string& out) {
  if (node.tag.empty()) out += node.text;
  if (node.tag == "img") out += *node.attribute("alt");
  for (const HtmlNode& child : node.children) append_text(child, out);
}

void collect_paragraphs(const HtmlNode& node, std::vector<std::string>& out) {
  if (node.tag == "p" || node.tag == "pre" || node.tag == "h2") append_text(node, out.emplace_back());
  for (const HtmlNode& child : node.children) collect_paragraphs(child, out);
}

std::vector<std::string> paragraphs_of(std::string_view html) {
  GumboParser parser;
  std::vector<std::string> out;
  collect_paragraphs(parser.parse_fragment(html), out);
  return out;
}

std::string text_of(const Block& block) {
  std::string out;
  std::uint32_t at = 0;
  const std::string& text = block.inlines.text;
  for (const Span& span : block.inlines.spans) {
    if (span.kind != InlineKind::Image) continue;
    out += text.substr(at, span.begin - at) + span.alt;
    at = span.end;
  }
  return out + text.substr(at);
}

std::vector<std::string> paragraphs_of(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.root.children) out.push_back(text_of(block));
  return out;
}

// What an XML parser and then an HTML parser make of the content.
std::vector<std::string> paragraphs_in_atom(const std::string& atom) {
  constexpr std::string_view kOpen = "<content type=\"html\">";
  const std::size_t begin = atom.find(kOpen) + kOpen.size();
  const std::string content = atom.substr(begin, atom.find("</content>") - begin);
  for (const char c : content) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') << int{c};
  EXPECT_EQ(content.find("\uFFFE"), std::string::npos);
  EXPECT_EQ(content.find("\uFFFF"), std::string::npos);
  std::string html;
  GumboParser xml_escapes;
  append_text(xml_escapes.parse_fragment(content), html);
  return paragraphs_of(html);
}

struct Form {
  const char* name;
  const char* before;
  const char* after;
  const char* rest;  // of what is shown
};

class EveryCharacter : public testing::TestWithParam<Form> {};

TEST_P(EveryCharacter, IsTheSameInTheDocumentOnThePageAndInTheFeeds) {
  const Form& form = GetParam();
  Post post;
  post.summary.slug = "a";
  std::vector<std::string> expected;
  for (const char32_t c : special_characters()) {
    post.markdown += std::string(form.before) + written(c) + form.after + "\n\n";
    expected.push_back(shown(c) + form.rest);
  }
  GumboParser parser;
  Document document = build_post_content(post, &parser);
  EXPECT_EQ(paragraphs_of(document), expected) << "document";
  number_blocks(document);
  EXPECT_EQ(paragraphs_of(write_html(build_semantic_tree(document))), expected) << "static page";
  const SiteInfo site{.title = "T", .home_page_url = "https://example.org/"};
  const Feeds feeds = build_feeds(site, "Octavo 1", {post});
  EXPECT_EQ(paragraphs_in_atom(feeds.atom), expected) << "Atom";
  const auto json = Json::parse(feeds.json, "feed.json");
  ASSERT_TRUE(json.ok());
  const std::string html(json->get("items").at(0).get("content_html").string());
  EXPECT_EQ(paragraphs_of(html), expected) << "JSON Feed";
  // White space of HTML collapses.
  std::vector<std::string> again = paragraphs_of(document_from_html(html, parser));
  std::replace(again.begin(), again.end(), "x y" + std::string(form.rest), "x\ty" + std::string(form.rest));
  EXPECT_EQ(again, expected) << "the feed read again";
}

INSTANTIATE_TEST_SUITE_P(Forms, EveryCharacter,
                         testing::Values(Form{"Text", "", "", ""}, Form{"TextWithHtml", "", " <b>b</b>", " b"},
                                         Form{"InsideHtml", "<b>", "</b>", ""}, Form{"Code", "`", "`", ""},
                                         Form{"CodeWithHtml", "`", "`<i>a</i>", "a"}, Form{"Heading", "## ", "", ""},
                                         Form{"CodeBlock", "```\n", "\n```", "\n"},
                                         Form{"Alt", "![", "](https://a.example/a.png) t", " t"},
                                         Form{"AltInHtml", "<img src='https://a.example/a.png' alt='", "'> t", " t"}),
                         [](const auto& form) { return std::string(form.param.name); });

TEST(EveryCharacter, ACarriageReturnOfACharacterReferenceStaysOneOnThePage) {
  Post post;
  post.markdown = "a&#13;b";
  GumboParser parser;
  Document document = build_post_content(post, &parser);
  number_blocks(document);
  EXPECT_EQ(paragraphs_of(write_html(build_semantic_tree(document))), std::vector<std::string>{"a\rb"});
}

}  // namespace
}  // namespace octavo
