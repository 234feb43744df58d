// The elements chosen for blocks and spans, soft breaks, and the two writers.
#include "core/content/html/semantic_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string html_of(Document document, const SemanticOptions& options = {}) {
  number_blocks(document);
  return write_inner_html(build_semantic_tree(document, options));
}

std::string html_of_markdown(std::string_view markdown) {
  Document document = parse_markdown(markdown);
  add_heading_anchors(document);
  return html_of(std::move(document));
}

Document document_of(Block block) {
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.children.push_back(std::move(block));
  return document;
}

Block section_of(Role role, std::string label = {}) {
  Block block;
  block.kind = BlockKind::Section;
  block.role = role;
  block.label = std::move(label);
  return block;
}

Block paragraph_of(std::string text, std::vector<Span> spans = {}) {
  Block block;
  block.inlines = {std::move(text), std::move(spans)};
  return block;
}

Span span_of(InlineKind kind, std::uint32_t begin, std::uint32_t end, std::string url = {}) {
  Span span;
  span.kind = kind;
  span.begin = begin;
  span.end = end;
  span.url = std::move(url);
  return span;
}

// ---- Notes and figures ------------------------------------------------------------------------------------------------------

TEST(SemanticTree, NotesSayWhatTheyAre) {
  EXPECT_EQ(html_of_markdown("Text[^a].\n\n[^a]: Note.\n"),
            "<p>Text<sup><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup>.</p>\n"
            "<section class=\"endnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<hr />\n<ol>\n<li id=\"fn-1\">\n"
            "<p>Note.\u00A0<a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">\u21A9\uFE0E</a></p>\n"
            "</li>\n</ol>\n</section>\n");
}

TEST(SemanticTree, TitleOfALoneImageIsItsCaption) {
  EXPECT_EQ(html_of_markdown("![Alt](a.png \"Title <i>\")\n"),
            "<figure>\n<p><img src=\"a.png\" alt=\"Alt\" loading=\"lazy\" decoding=\"async\" /></p>\n"
            "<figcaption>Title &lt;i&gt;</figcaption>\n</figure>\n");
}

// ---- Sections ---------------------------------------------------------------------------------------------------------------

struct RoleCase {
  Role role;
  const char* html;
};

TEST(SemanticTree, RolesBecomeLandmarks) {
  for (const RoleCase& entry :
       {RoleCase{Role::None, "<div>\n</div>\n"}, RoleCase{Role::Page, "<div class=\"page\">\n</div>\n"},
        RoleCase{Role::Banner, "<header class=\"banner\">\n</header>\n"}, RoleCase{Role::Navigation, "<nav>\n</nav>\n"},
        RoleCase{Role::Main, "<main id=\"main\">\n</main>\n"}, RoleCase{Role::Article, "<article>\n</article>\n"},
        RoleCase{Role::ArticleHeader, "<header class=\"article-header\">\n</header>\n"},
        RoleCase{Role::Prose, "<div class=\"prose\">\n</div>\n"}, RoleCase{Role::PostList, "<div class=\"post-list\">\n</div>\n"},
        RoleCase{Role::Complementary, "<aside>\n</aside>\n"}, RoleCase{Role::ContentInfo, "<footer>\n</footer>\n"},
        RoleCase{Role::Reactions, "<section class=\"reactions\">\n</section>\n"},
        RoleCase{Role::Reply, "<section id=\"reply\" class=\"reply\">\n</section>\n"},
        RoleCase{Role::Alert, "<div class=\"alert\" role=\"alert\">\n</div>\n"}}) {
    EXPECT_EQ(html_of(document_of(section_of(entry.role))), entry.html) << role_name(entry.role);
  }
}

TEST(SemanticTree, LabelLanguageAndDirectionAreWritten) {
  Block section = section_of(Role::Navigation, "Main \"menu\"");
  section.language = "he";
  section.direction = "rtl";
  EXPECT_EQ(html_of(document_of(section)), "<nav aria-label=\"Main &quot;menu&quot;\" lang=\"he\" dir=\"rtl\">\n</nav>\n");
}

// ---- Blocks -----------------------------------------------------------------------------------------------------------------

TEST(SemanticTree, VariantsBecomeClassesAndHeadingsGetTheirAnchor) {
  Block byline = paragraph_of("by");
  byline.variant = Variant::Byline;
  EXPECT_EQ(html_of(document_of(byline)), "<p class=\"byline\">by</p>\n");
  EXPECT_EQ(html_of_markdown("## A b"), "<h2 id=\"a-b\">A b</h2>\n");
}

TEST(SemanticTree, TightListsKeepTheirParagraphsAndSaySo) {
  EXPECT_EQ(html_of_markdown("3. a\n4. b"),
            "<ol class=\"tight\" start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n");
  EXPECT_THAT(html_of_markdown("- a\n\n- b"), Not(HasSubstr("tight")));
}

TEST(SemanticTree, TasksAreLabeledCheckboxes) {
  EXPECT_THAT(html_of_markdown("- [x] a\n- [ ] b"),
              testing::AllOf(HasSubstr("<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\" />"),
                             HasSubstr("<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"Not done\" />")));
}

TEST(SemanticTree, CodeBlocksCanBeScrolledWithTheKeyboard) {
  EXPECT_EQ(html_of_markdown("```cpp x\n<a>\n```"),
            "<pre tabindex=\"0\"><code class=\"language-cpp\">&lt;a&gt;\n</code></pre>\n");
}

TEST(SemanticTree, TablesStandInALabeledRegion) {
  EXPECT_EQ(html_of_markdown("a|b\n-|:-:\nc|d"),
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n<table>\n<thead>\n"
            "<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-center\">b</th></tr>\n</thead>\n<tbody>\n"
            "<tr><td>c</td><td class=\"align-center\">d</td></tr>\n</tbody>\n</table>\n</div>\n");
}

TEST(SemanticTree, HeaderCellsOfBodyRowsHeadTheirRow) {
  Block cell;
  cell.kind = BlockKind::TableCell;
  cell.is_header = true;
  Block row;
  row.kind = BlockKind::TableRow;
  row.children = {cell};
  Block table;
  table.kind = BlockKind::Table;
  table.children = {row};
  EXPECT_THAT(html_of(document_of(table)), HasSubstr("<tbody>\n<tr><th scope=\"row\"></th></tr>"));
}

TEST(SemanticTree, DetailsAreOpenAndUnresolvedRawHtmlIsText) {
  Block details;
  details.kind = BlockKind::Details;
  EXPECT_EQ(html_of(document_of(details)), "<details open>\n</details>\n");
  EXPECT_EQ(html_of_markdown("<script>x</script>\n\na <b>c"), "<p>&lt;script&gt;x&lt;/script&gt;\n</p>\n<p>a &lt;b&gt;c</p>\n");
}

void collect_ids(const Element& element, std::vector<std::uint32_t>& ids) {
  if (element.has_block_id) ids.push_back(element.block_id);
  for (const Element& child : element.children) collect_ids(child, ids);
}

TEST(SemanticTree, EveryBlockHasOneElementWithItsId) {
  Document document = parse_markdown("# a\n\n> b\n\n- [ ] c\n  - d\n\n---\n\n```\ne\n```\n\nf|g\n-|-\nh|i\n\n<div>\n");
  const std::uint32_t count = number_blocks(document);
  std::vector<std::uint32_t> ids;
  collect_ids(build_semantic_tree(document), ids);
  ASSERT_EQ(ids.size(), count);
  for (std::uint32_t i = 0; i < count; ++i) EXPECT_EQ(ids[i], i);
}

// ---- Inline content -----------------------------------------------------------------------------------------------------------

TEST(SemanticTree, AddressesThatAreNotAllowedAreLeftOut) {
  EXPECT_EQ(html_of_markdown("[a](javascript:alert(1)) ![b](data:x)"),
            "<p><a>a</a> <img alt=\"b\" loading=\"lazy\" decoding=\"async\" /></p>\n");
  EXPECT_EQ(html_of_markdown("[a](JaVa&#10;ScRiPt:x)"), "<p><a>a</a></p>\n");
}

TEST(SemanticTree, LinksToOtherSitesGetNoOpener) {
  EXPECT_THAT(html_of_markdown("[a](https://example.org/ \"T\")"),
              HasSubstr("<a href=\"https://example.org/\" title=\"T\" rel=\"noopener\">"));
  EXPECT_THAT(html_of_markdown("[a](//example.org/)"), HasSubstr("noopener"));
  EXPECT_THAT(html_of_markdown("[a](../b/) [c](mailto:a@example.org) [d](#e)"), Not(HasSubstr("noopener")));
}

TEST(SemanticTree, CurrentLinkIsMarked) {
  Span link = span_of(InlineKind::Link, 0, 1, "./");
  link.is_current = true;
  EXPECT_EQ(html_of(document_of(paragraph_of("a", {link}))), "<p><a href=\"./\" aria-current=\"page\">a</a></p>\n");
}

TEST(SemanticTree, ImagesSayTheirSizeAndLoadLazily) {
  Span image = span_of(InlineKind::Image, 0, 3, "a b.png");
  image.alt = "x";
  image.width = 20;
  image.height = 10;
  EXPECT_EQ(html_of(document_of(paragraph_of("\uFFFC", {image}))),
            "<p><img src=\"a%20b.png\" alt=\"x\" width=\"20\" height=\"10\" loading=\"lazy\" decoding=\"async\" /></p>\n");
}

TEST(SemanticTree, ImagesOfSeveralSizesLetTheBrowserChoose) {
  Span image = span_of(InlineKind::Image, 0, 3, "../m/a b.12.jpg");
  image.width = 2000;
  image.height = 1000;
  image.file_width = 2000;
  image.variant_count = 2;
  EXPECT_EQ(html_of(document_of(paragraph_of("\uFFFC", {image}))),
            "<p><img src=\"../m/a%20b.12.jpg\" srcset=\"../m/a%20b.12-480.jpg 480w, ../m/a%20b.12-960.jpg 960w, "
            "../m/a%20b.12.jpg 2000w\" sizes=\"(max-width:680px) 100vw,680px\" alt=\"\" width=\"2000\" height=\"1000\" "
            "loading=\"lazy\" decoding=\"async\" /></p>\n");
  image.width = 300;
  EXPECT_THAT(html_of(document_of(paragraph_of("\uFFFC", {image}))),
              testing::HasSubstr("sizes=\"(max-width:300px) 100vw,300px\""));
}

TEST(SemanticTree, HostileBundlesGetNoSourcesBeyondTheirs) {
  Span image = span_of(InlineKind::Image, 0, 3, "javascript:x");
  image.variant_count = 4'000'000'000;
  EXPECT_THAT(html_of(document_of(paragraph_of("\uFFFC", {image}))), testing::Not(testing::HasSubstr("srcset")));
  image.url = "noending";
  const std::string html = html_of(document_of(paragraph_of("\uFFFC", {image})));
  EXPECT_THAT(html, testing::HasSubstr("srcset=\"noending-480 480w, noending-960 960w, noending-1440 1440w, noending 0w\""));
}

TEST(SemanticTree, ButtonsCarryActionStateAndName) {
  Span button = span_of(InlineKind::Button, 0, 4, "like");
  button.alt = "Like this post";
  button.is_toggle = true;
  button.pressed = true;
  button.is_disabled = true;
  EXPECT_EQ(html_of(document_of(paragraph_of("Like", {button}))),
            "<p><button type=\"button\" data-action=\"like\" aria-pressed=\"true\" disabled aria-label=\"Like this "
            "post\">Like</button></p>\n");
}

TEST(SemanticTree, OtherSpansBecomeTheirElements) {
  const std::string text = "abcdefgh";
  const std::vector<Span> spans = {span_of(InlineKind::Subscript, 0, 1),          span_of(InlineKind::Superscript, 1, 2),
                                   span_of(InlineKind::Keyboard, 2, 3),           span_of(InlineKind::Mark, 3, 4),
                                   span_of(InlineKind::Inserted, 4, 5),           span_of(InlineKind::Small, 5, 6),
                                   span_of(InlineKind::Time, 6, 8, "2010-05-14"), span_of(InlineKind::Emphasis, 7, 8)};
  EXPECT_EQ(html_of(document_of(paragraph_of(text, spans))),
            "<p><sub>a</sub><sup>b</sup><kbd>c</kbd><mark>d</mark><ins>e</ins><small>f</small>"
            "<time datetime=\"2010-05-14\">g<em>h</em></time></p>\n");
}

// ---- Soft breaks --------------------------------------------------------------------------------------------------------------

std::string html_with_breaks(Block block, std::vector<SoftBreak> breaks) {
  const std::vector<BlockBreaks> all = {{1, std::move(breaks)}};
  SemanticOptions options;
  options.breaks = all;
  return html_of(document_of(std::move(block)), options);
}

TEST(SoftBreaks, SpaceBetweenAndHyphen) {
  EXPECT_EQ(
      html_with_breaks(paragraph_of("ab cd-ef gh"), {{2, BreakKind::Space}, {6, BreakKind::Between}, {10, BreakKind::Hyphen}}),
      "<p>ab<span class=\"lb\"> </span>cd-<span class=\"lb\"></span>ef g<span class=\"lh\"></span><span "
      "class=\"lb\"></span>h</p>\n");
}

TEST(SoftBreaks, FallInsideNestedSpans) {
  EXPECT_EQ(
      html_with_breaks(paragraph_of("a b c d", {span_of(InlineKind::Strong, 0, 7), span_of(InlineKind::Emphasis, 2, 5)}),
                       {{1, BreakKind::Space}, {3, BreakKind::Space}, {5, BreakKind::Space}}),
      "<p><strong>a<span class=\"lb\"> </span><em>b<span class=\"lb\"> </span>c</em><span class=\"lb\"> </span>d</strong></p>\n");
}

TEST(SoftBreaks, ReplaceTheLineEndsOfTheSourceAndKeepHardOnes) {
  EXPECT_EQ(html_with_breaks(paragraph_of("a\nb\nc", {span_of(InlineKind::HardBreak, 3, 4)}), {{1, BreakKind::Space}}),
            "<p>a<span class=\"lb\"> </span>b<br />\nc</p>\n");
}

TEST(SoftBreaks, BesideAnImage) {
  EXPECT_EQ(
      html_with_breaks(paragraph_of("a \uFFFC b", {span_of(InlineKind::Image, 2, 5, "i")}),
                       {{1, BreakKind::Space}, {2, BreakKind::Between}, {5, BreakKind::Space}}),
      "<p>a<span class=\"lb\"> </span><span class=\"lb\"></span><img src=\"i\" alt=\"\" loading=\"lazy\" decoding=\"async\" />"
      "<span class=\"lb\"> </span>b</p>\n");
}

TEST(SoftBreaks, OfOtherBlocksDoNotMatter) {
  const std::vector<BlockBreaks> all = {{0, {}}, {7, {{1, BreakKind::Space}}}};
  SemanticOptions options;
  options.breaks = all;
  EXPECT_EQ(html_of(document_of(paragraph_of("a b")), options), "<p>a b</p>\n");
}

// ---- Writers ------------------------------------------------------------------------------------------------------------------

TEST(PageLayerJson, IsTagIdAttributesChildren) {
  Document document = parse_markdown("a [b](/c)\\\nd \"<&\n\n***");
  number_blocks(document);
  EXPECT_EQ(write_page_layer_json(build_semantic_tree(document)),
            "[\"div\",0,{},[\"p\",1,{},\"a \",[\"a\",-1,{\"href\":\"/c\"},\"b\"],[\"br\",-1,{}],\"d "
            "\\\"\\u003c\\u0026\"],[\"hr\",2,{}]]");
}

TEST(WriteHtml, EscapesTextAndAttributes) {
  EXPECT_EQ(escape_html("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;'");
  Element element = Element::of_tag("p");
  element.set("title", "\"<&>\"").children.push_back(Element::of_text("</p>"));
  EXPECT_EQ(write_html(element), "<p title=\"&quot;&lt;&amp;&gt;&quot;\">&lt;/p&gt;</p>\n");
}

}  // namespace
}  // namespace octavo
