// Pages as Documents: golden pages, and what hostile or missing content must not do to them.
#include "core/page/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <sstream>

#include "core/content/document/content_limits.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"
#include "support/golden_file.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

// ---- Goldens -------------------------------------------------------------------------------------------------------------
// A case has "name: value" lines, then "---- index" with an index file's JSON, and for posts "---- markdown" with the text.

struct PageCase {
  std::map<std::string, std::string> options;
  std::map<std::string, std::string> parts;
  std::vector<std::string> addresses;  // "image SPELLING URL WIDTH HEIGHT" or "link SPELLING PATH"
};

PageCase parse_page_case(const std::string& input) {
  PageCase parsed;
  std::istringstream lines(input);
  std::string part;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("---- ")) {
      part = line.substr(5);
    } else if (!part.empty()) {
      parsed.parts[part] += line + "\n";
    } else if (line.starts_with("image ") || line.starts_with("link ")) {
      parsed.addresses.push_back(line);
    } else if (const std::size_t colon = line.find(": "); colon != std::string::npos) {
      parsed.options[line.substr(0, colon)] = line.substr(colon + 2);
    }
  }
  return parsed;
}

Post post_of_case(const PageCase& page, const IndexFile& index, const std::string& slug) {
  Post post;
  for (const PostSummary& row : index.posts) {
    if (row.slug == slug) post.summary = row;
  }
  EXPECT_EQ(post.summary.slug, slug) << "the case needs a row for its post";
  const auto markdown = page.parts.find("markdown");
  if (markdown != page.parts.end()) post.markdown = markdown->second;
  for (const std::string& line : page.addresses) {
    std::istringstream words(line);
    std::string kind;
    std::string spelling;
    std::string target;
    words >> kind >> spelling >> target;
    if (kind == "link") {
      post.links[spelling] = target;
    } else {
      ImageInfo& image = post.images[spelling];
      image.url = target;
      words >> image.width >> image.height;
    }
  }
  return post;
}

Page build_case(PageCase& page) {
  const Result<IndexFile> parsed = parse_index_file(page.parts["index"], "index");
  EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().text());
  const IndexFile index = parsed.ok() ? *parsed : IndexFile();
  const SiteInfo site = index.site.value_or(SiteInfo());
  const std::string path = page.options["path"];
  if (page.options.contains("error")) {
    const Retry retry = page.options["retry"] == "yes" ? Retry::Offer : Retry::No;
    return build_error_page(site, path, Error{ErrorCode::Mismatch, page.options["error"], page.options["where"]}, retry);
  }
  if (page.options["page"] == "loading") return build_loading_page(site, path);
  const Route route = parse_route(path);
  if (route.kind == Route::Kind::Unknown) return build_not_found_page(site, path);
  if (route.kind == Route::Kind::Post) {
    LikeState likes;
    likes.count = static_cast<std::uint32_t>(std::atoi(page.options["likes"].c_str()));
    likes.liked = page.options["liked"] == "yes";
    return build_post_page(site, index.groups, post_of_case(page, index, route.slug), nullptr, likes);
  }
  if (route.kind == Route::Kind::Archive) return build_archive_page(site, index.groups);
  const GroupInfo* group = nullptr;
  for (const GroupInfo& each : index.groups) {
    if (each.kind == group_kind(route) && each.slug == route.slug) group = &each;
  }
  const auto total = static_cast<std::uint32_t>(std::atoi(page.options["total"].c_str()));
  return build_list_page(site, index.posts, total, route, group, index.groups);
}

std::string dump_page(const Page& page) {
  std::string out = "path " + page.path + "\ntitle " + page.title + "\ndescription " + page.description + "\nlanguage " +
                    page.language + " " + page.direction + "\n\n";
  return out + dump_document(page.document);
}

class PageGolden : public testing::TestWithParam<GoldenFile> {};

TEST_P(PageGolden, IsAsExpected) {
  PageCase page = parse_page_case(GetParam().input);
  expect_golden(GetParam(), dump_page(build_case(page)));
}

INSTANTIATE_TEST_SUITE_P(Page, PageGolden, testing::ValuesIn(golden_files("page")),
                         [](const testing::TestParamInfo<GoldenFile>& each) { return each.param.name; });

// ---- Small parts ---------------------------------------------------------------------------------------------------------

SiteInfo test_site() {
  SiteInfo site;
  site.title = "Site";
  return site;
}

Post test_post(std::string markdown) {
  Post post;
  post.summary.slug = "hello";
  post.summary.title = "Hello";
  post.markdown = std::move(markdown);
  return post;
}

Page post_page(const Post& post, const LikeState& likes = {}) {
  return build_post_page(test_site(), {}, post, nullptr, likes);
}

// Every block of the document, in order.
void each_block(const Block& block, const std::function<void(const Block&)>& visit) {
  visit(block);
  for (const Block& child : block.children) each_block(child, visit);
}

std::vector<const Block*> find_blocks(const Page& page, const std::function<bool(const Block&)>& matches) {
  std::vector<const Block*> found;
  each_block(page.document.root, [&](const Block& block) {
    if (matches(block)) found.push_back(&block);
  });
  return found;
}

const Block* find_role(const Page& page, Role role) {
  const auto found =
      find_blocks(page, [&](const Block& block) { return block.kind == BlockKind::Section && block.role == role; });
  return found.empty() ? nullptr : found.front();
}

std::vector<int> heading_levels(const Page& page) {
  std::vector<int> levels;
  each_block(page.document.root, [&](const Block& block) {
    if (block.kind == BlockKind::Heading) levels.push_back(block.level);
  });
  return levels;
}

std::string variant_text(const Page& page, Variant variant) {
  const auto found = find_blocks(page, [&](const Block& block) { return block.variant == variant; });
  return found.empty() ? std::string() : found.front()->inlines.text;
}

TEST(CleanText, DropsWhatReordersOrHidesText) {
  EXPECT_EQ(clean_text("a\xE2\x80\xAE"
                       "b\xE2\x81\xA6"
                       "c\xE2\x80\x8F\xD8\x9C"
                       "d"),
            "abcd");
  EXPECT_EQ(clean_text(std::string_view("a\0b\x1b[31m\x7f\xC2\x9F", 11)), "ab[31m");
  EXPECT_EQ(clean_text("a\xEF\xBF\xBC"
                       "b"),
            "ab");
  EXPECT_EQ(clean_text("  two \n\t words\xE2\x80\xA8 "), "two words");
  EXPECT_EQ(clean_text("\xE2\x80\xAE \xE2\x80\xAC"), "");
}

TEST(CleanText, KeepsScriptsAndJoiners) {
  EXPECT_EQ(clean_text("می‌آیند 👩‍👩‍👧 שלום"), "می‌آیند 👩‍👩‍👧 שלום");
}

TEST(CleanLanguage, OnlyTagsPass) {
  EXPECT_EQ(clean_language("en"), "en");
  EXPECT_EQ(clean_language("pt_BR"), "pt-BR");
  EXPECT_EQ(clean_language("zh-Hant-TW"), "zh-Hant-TW");
  for (const char* bad : {"", "e", "en\"", "en us", "-en", "en-", "1a", "a-very-long-tag-that-nobody-would-ever-write-down"}) {
    EXPECT_EQ(clean_language(bad), "") << bad;
  }
}

TEST(LanguageDirection, ScriptThenLanguageDecides) {
  for (const char* tag : {"ar", "he", "fa-IR", "ur", "yi", "AR", "az-Arab", "ckb", "dv", "pa-Arab-PK"}) {
    EXPECT_EQ(language_direction(tag), "rtl") << tag;
  }
  for (const char* tag : {"en", "", "de-AT", "arn", "ar-Latn", "ks-Deva", "zh-Hant", "en-Shaw"}) {
    EXPECT_EQ(language_direction(tag), "ltr") << tag;
  }
}

TEST(PageReference, FragmentsAndOtherPages) {
  EXPECT_EQ(page_reference("posts/a/", "posts/b/#x"), "../b/#x");
  EXPECT_EQ(page_reference("posts/a/", "posts/a/#x"), "#x");
  EXPECT_EQ(page_reference("", ""), "./");
  EXPECT_EQ(page_reference("page/2/", ""), "../../");
}

TEST(FillIn, FillsFromLeftToRight) {
  EXPECT_EQ(fill_in("{} of {}", {"1", "2"}), "1 of 2");
  EXPECT_EQ(fill_in("{} of {}", {"{}"}), "{} of ");
  EXPECT_EQ(fill_in("none", {"x"}), "none");
}

TEST(LineBuilder, RefusedAddressesLeaveTheirLabel) {
  LineBuilder line;
  line.link("a", "javascript:alert(1)").link("b", "").link("c", "../c/");
  const InlineText text = line.take();
  EXPECT_EQ(text.text, "abc");
  ASSERT_EQ(text.spans.size(), 1U);
  EXPECT_EQ(text.spans[0].url, "../c/");
}

// ---- Posts ---------------------------------------------------------------------------------------------------------------

TEST(PostPage, OwnTopHeadingIsShownOneStepLower) {
  EXPECT_EQ(heading_levels(post_page(test_post("# A\n\n###### F\n\n> # Quoted"))), (std::vector<int>{1, 2, 6, 2, 2}));
}

TEST(PostPage, HeadingsStayWhereThereIsNoTopOne) {
  EXPECT_EQ(heading_levels(post_page(test_post("## A\n\n### B"))), (std::vector<int>{1, 2, 3, 2}));
}

TEST(PostPage, HasExactlyOneTopHeadingAndOneMain) {
  const Page page = post_page(test_post("# A\n\n# B"));
  const std::vector<int> levels = heading_levels(page);
  EXPECT_EQ(std::count(levels.begin(), levels.end(), 1), 1);
  EXPECT_EQ(find_blocks(page, [](const Block& block) { return block.role == Role::Main; }).size(), 1U);
}

TEST(PostPage, BlocksAreNumberedInOrder) {
  const Page page = post_page(test_post("a\n\n- b\n- c"));
  std::uint32_t next = 0;
  each_block(page.document.root, [&](const Block& block) { EXPECT_EQ(block.id, next++); });
}

TEST(PostPage, ReadingTimeIsRoundedUp) {
  const struct {
    std::uint32_t words;
    const char* text;
  } cases[] = {{1, "1 min read"}, {220, "1 min read"}, {221, "2 min read"}, {4294967295U, "19522579 min read"}};
  for (const auto& each : cases) {
    Post post = test_post("x");
    post.summary.words = each.words;
    EXPECT_EQ(variant_text(post_page(post), Variant::Byline), each.text);
  }
}

TEST(PostPage, WordsAreCountedWhereTheBundleDoesNotSay) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word ";
  EXPECT_EQ(variant_text(post_page(test_post(text)), Variant::Byline), "2 min read");
  EXPECT_EQ(variant_text(post_page(test_post("")), Variant::Byline), "");
}

TEST(PostPage, DateIsTheAuthorsOwnDay) {
  Post post = test_post("");
  post.summary.published = parse_date_time("2010-05-14T23:30:00-08:00");
  const Page page = post_page(post);
  EXPECT_EQ(variant_text(page, Variant::Byline), "14 May 2010");
  const auto bylines = find_blocks(page, [](const Block& block) { return block.variant == Variant::Byline; });
  ASSERT_EQ(bylines[0]->inlines.spans.size(), 1U);
  EXPECT_EQ(bylines[0]->inlines.spans[0].kind, InlineKind::Time);
  EXPECT_EQ(bylines[0]->inlines.spans[0].url, "2010-05-14T23:30:00-08:00");
}

TEST(PostPage, LikesAreCountedAsTheModelPageDoes) {
  const struct {
    LikeState likes;
    const char* text;
  } cases[] = {
      {{0, false}, "Be the first to like this."},
      {{1, false}, "One blogger likes this."},
      {{3, false}, "3 bloggers like this."},
      {{1, true}, "You like this."},
      {{0, true}, "You like this."},
      {{2, true}, "You and one other blogger like this."},
      {{4, true}, "You and 3 other bloggers like this."},
  };
  for (const auto& each : cases) {
    const Page page = post_page(test_post("x"), each.likes);
    const Block* reactions = find_role(page, Role::Reactions);
    ASSERT_NE(reactions, nullptr);
    EXPECT_EQ(reactions->children[1].inlines.text, each.text);
    EXPECT_EQ(reactions->children[0].inlines.spans[0].pressed, each.likes.liked);
  }
}

TEST(PostPage, SaysWhereCommentsAreHeld) {
  const Page closed = post_page(test_post("x"));
  EXPECT_THAT(plain_text(closed.document), HasSubstr("Comments are closed on this page."));
  SiteInfo site = test_site();
  site.comments.endpoint = "https://example.org/comments";
  const Page open = build_post_page(site, {}, test_post("x"), nullptr, {});
  const auto placeholders = find_blocks(open, [](const Block& block) { return block.variant == Variant::Placeholder; });
  ASSERT_EQ(placeholders.size(), 1U);
  EXPECT_EQ(placeholders[0]->inlines.spans[0].url, "reply");
  EXPECT_EQ(open.comments.endpoint, site.comments.endpoint);
  EXPECT_EQ(open.comments.thread, test_post("x").summary.slug);
  EXPECT_EQ(closed.comments.endpoint, "");
}

TEST(PostPage, AnotherEngineGoesByItsOwnKeyAndTakesNothingWithoutOne) {
  SiteInfo site = test_site();
  site.comments = {"https://social.example/", "mastodon", ""};
  Post post = test_post("x");
  const Page closed = build_post_page(site, {}, post, nullptr, {});
  EXPECT_EQ(closed.comments.endpoint, "");
  EXPECT_THAT(plain_text(closed.document), HasSubstr("Comments are closed on this page."));
  EXPECT_EQ(find_role(closed, Role::Reactions), nullptr) << "nobody counts them there";
  post.thread = "109";
  const Page open = build_post_page(site, {}, post, nullptr, {});
  EXPECT_EQ(open.comments.endpoint, site.comments.endpoint);
  EXPECT_EQ(open.comments.thread, "109");
}

TEST(PostPage, AConversationTakesThePlaceOfTheReply) {
  SiteInfo site = test_site();
  site.comments.endpoint = "https://example.org/comments";
  Page page = build_post_page(site, {}, test_post("x"), nullptr, {});
  Block thread = make_section(Role::Comments);
  thread.children.push_back(make_paragraph(Variant::Body, "What somebody said"));
  for (int times = 0; times < 2; ++times) {
    set_conversation(page.document, {thread, make_section(Role::Reply)}, {.count = 2, .liked = false});
    EXPECT_EQ(find_blocks(page, [](const Block& block) { return block.role == Role::Comments; }).size(), 1U);
    EXPECT_EQ(find_blocks(page, [](const Block& block) { return block.role == Role::Reply; }).size(), 1U);
  }
  EXPECT_THAT(plain_text(page.document), HasSubstr("2 bloggers like this.\nWhat somebody said"));
  EXPECT_THAT(plain_text(page.document), Not(HasSubstr("which needs JavaScript")));
}

PrebuiltComment known_comment(std::string id, std::string parent, std::string markdown) {
  PrebuiltComment comment;
  comment.id = std::move(id);
  comment.parent = std::move(parent);
  comment.author = "Ann";
  comment.author_url = "https://ann.example/";
  comment.published = DateTime{1273847400, 120};
  comment.markdown = std::move(markdown);
  return comment;
}

TEST(PostPage, CommentsThatTheBuildKnewAreReadableAndNested) {
  Post post = test_post("x");
  post.comments = {known_comment("7", "", "First [link](https://l.example/)"), known_comment("8", "7", "# Second"),
                   known_comment("9", "", "Third")};
  post.comments[2].kind = "pingback";
  const Page page = build_post_page(test_site(), {}, post, nullptr, {});
  EXPECT_THAT(plain_text(page.document), HasSubstr("3 Replies\nAnn · 14 May 2010, 16:30\nFirst link\nAnn · 14 May 2010, 16:30\n"
                                                   "Second\nAnn (pingback) · 14 May 2010, 16:30\nThird\nLeave a Reply"));
  const auto comments = find_blocks(page, [](const Block& block) { return block.role == Role::Comment; });
  ASSERT_EQ(comments.size(), 3U);
  EXPECT_EQ(comments[0]->anchor, "comment-7");
  EXPECT_EQ(comments[0]->children.back().role, Role::Replies);
  EXPECT_EQ(comments[0]->children.back().children[0].anchor, "comment-8");
  EXPECT_EQ(comments[1]->children[1].level, 4);  // below the page's own headings
  for (const Block* block : find_blocks(page, [](const Block& each) { return each.inlines.text == "First link"; })) {
    EXPECT_TRUE(block->inlines.spans[0].is_untrusted);
  }
  post.comments.resize(1);
  EXPECT_THAT(plain_text(build_post_page(test_site(), {}, post, nullptr, {}).document), HasSubstr("\n1 Reply\n"));
  post.comments.clear();
  EXPECT_THAT(plain_text(build_post_page(test_site(), {}, post, nullptr, {}).document), Not(HasSubstr("Replies")));
}

TEST(PostPage, KnownCommentsStayBesideTheOwnEngineAndUntilTheThreadOfAnotherOneIsThere) {
  SiteInfo site = test_site();
  site.comments.endpoint = "https://example.org/comments";
  Post post = test_post("x");
  post.thread = "109";
  post.comments = {known_comment("7", "", "First")};
  EXPECT_THAT(plain_text(build_post_page(site, {}, post, nullptr, {}).document), HasSubstr("1 earlier reply"));
  EXPECT_FALSE(engine_has_prebuilt(site));
  EXPECT_TRUE(build_post_page(site, {}, post, nullptr, {}).comments.follows_prebuilt);
  site.comments.prebuilt = PrebuiltPlace::Server;
  EXPECT_TRUE(engine_has_prebuilt(site));
  EXPECT_FALSE(build_post_page(site, {}, post, nullptr, {}).comments.follows_prebuilt);
  site.comments.prebuilt = PrebuiltPlace::Page;
  site.comments.engine = "wordpress";
  EXPECT_TRUE(engine_has_prebuilt(site));
}

TEST(PostPage, ImagesAndLinksLeadToWhereTheyWerePublished) {
  Post post = test_post("![x](a.png) ![y](gone.png) [b](b.md) [c](b.md#part) [d](https://example.org/)");
  post.summary.slug = "2010/hello";
  post.images["a.png"] = {"media/a.1.png", "", 640, 480, 1};
  post.links["b.md"] = "posts/b/";
  post.links["b.md#part"] = "posts/b/#part";
  const Document content = build_post_content(post, nullptr);
  ASSERT_EQ(content.root.children.size(), 1U);
  const std::vector<Span>& spans = content.root.children[0].inlines.spans;
  ASSERT_EQ(spans.size(), 5U);
  EXPECT_EQ(spans[0].url, "../../../media/a.1.png");
  EXPECT_EQ(spans[0].width, 640U);
  EXPECT_EQ(spans[0].height, 480U);
  EXPECT_EQ(spans[0].file_width, 640U);
  EXPECT_EQ(spans[0].variant_count, 1U);
  EXPECT_EQ(spans[1].url, "gone.png");
  EXPECT_EQ(spans[2].url, "../../b/");
  EXPECT_EQ(spans[3].url, "../../b/#part");
  EXPECT_EQ(spans[4].url, "https://example.org/");
}

TEST(PostPage, WithoutParserHtmlIsShownAsWritten) {
  Post post = test_post("");
  post.html = "<p>one</p>";
  EXPECT_THAT(plain_text(build_post_content(post, nullptr)), HasSubstr("one"));
}

TEST(PostPage, AnchorsAreMadeForHeadings) {
  const Page page = post_page(test_post("## Set up\n\n## Set up"));
  const auto headings =
      find_blocks(page, [](const Block& block) { return block.kind == BlockKind::Heading && !block.anchor.empty(); });
  ASSERT_EQ(headings.size(), 2U);
  EXPECT_EQ(headings[0]->anchor, "set-up");
  EXPECT_EQ(headings[1]->anchor, "set-up-1");
}

TEST(PostPage, LanguageIsSaidWhereItDiffers) {
  Post post = test_post("שלום");
  post.summary.language = "he";
  const Page page = post_page(post);
  EXPECT_EQ(page.language, "en");
  EXPECT_EQ(page.direction, "ltr");
  const Block* prose = find_role(page, Role::Prose);
  ASSERT_NE(prose, nullptr);
  EXPECT_EQ(prose->language, "he");
  EXPECT_EQ(prose->direction, "rtl");
  post.summary.language = "en";
  EXPECT_EQ(find_role(post_page(post), Role::Prose)->language, "");
}

TEST(PostPage, WithoutTextHasNoElementForIt) {
  EXPECT_EQ(find_role(post_page(test_post("")), Role::Prose), nullptr);
}

TEST(PostPage, LatinPostInRightToLeftSite) {
  SiteInfo site = test_site();
  site.language = "ar";
  Post post = test_post("text");
  post.summary.language = "en";
  const Page page = build_post_page(site, {}, post, nullptr, {});
  EXPECT_EQ(page.direction, "rtl");
  EXPECT_EQ(find_role(page, Role::Prose)->direction, "ltr");
}

TEST(PostPage, PostWithoutAuthorsIsByTheSites) {
  SiteInfo site = test_site();
  site.authors = {{"Ann", "https://example.org/ann", ""}, {"Ben", "javascript:x", ""}};
  Post post = test_post("x");
  const Page page = build_post_page(site, {}, post, nullptr, {});
  EXPECT_EQ(variant_text(page, Variant::Byline), "1 min read · Ann, Ben");
  const auto bylines = find_blocks(page, [](const Block& block) { return block.variant == Variant::Byline; });
  ASSERT_EQ(bylines[0]->inlines.spans.size(), 1U);
  EXPECT_EQ(bylines[0]->inlines.spans[0].url, "https://example.org/ann");
}

TEST(PostPage, HostileNamesCannotReorderThePage) {
  const std::string hostile = "evil\xE2\x80\xAEtxt.exe\n\x01";
  SiteInfo site = test_site();
  site.title = site.description = hostile;
  site.menu = {{hostile, "a/"}};
  site.links = {{hostile, "https://example.org/"}};
  Post post = test_post("x");
  post.summary.title = post.summary.summary = hostile;
  post.summary.tags = post.summary.authors = {hostile};
  const std::vector<GroupInfo> tags = {{hostile, "evil", 1, {}}};
  const Page page = build_post_page(site, tags, post, nullptr, {});
  std::string all = dump_document(page.document) + page.title + page.description;
  EXPECT_THAT(all, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(all, Not(HasSubstr("\x01")));
  EXPECT_EQ(page.title, "eviltxt.exe – eviltxt.exe");
}

TEST(PostPage, UntitledPostAndSiteHaveNames) {
  Post post = test_post("x");
  post.summary.title = "\x01";
  const Page page = build_post_page(SiteInfo(), {}, post, nullptr, {});
  EXPECT_EQ(page.title, "Untitled post");
  EXPECT_EQ(variant_text(page, Variant::SiteTitle), "Home");
}

TEST(PostPage, TagsWithoutAPageAreNoLinks) {
  Post post = test_post("x");
  post.summary.tags = {"C++", "Known", "known", "Unknown"};
  const std::vector<GroupInfo> tags = {{"C++", "c-2", 1, {}}, {"Known", "known", 2, {}}};
  const Page page = build_post_page(test_site(), tags, post, nullptr, {});
  const auto lines = find_blocks(page, [](const Block& block) { return block.variant == Variant::Tags; });
  ASSERT_EQ(lines.size(), 2U);  // the post's and the sidebar's
  EXPECT_EQ(lines[0]->inlines.text, "Tagged C++, Known, known, Unknown");
  ASSERT_EQ(lines[0]->inlines.spans.size(), 3U);
  EXPECT_EQ(lines[0]->inlines.spans[0].url, "../../tags/c-2/");
  EXPECT_EQ(lines[0]->inlines.spans[2].url, "../../tags/known/");
}

TEST(PostPage, SidebarHoldsTheTwentyFourMostUsedTags) {
  std::vector<GroupInfo> tags;
  for (std::uint32_t i = 0; i < 30; ++i) tags.push_back({"t" + std::to_string(i), "t" + std::to_string(i), i, {}});
  const Page page = build_post_page(test_site(), tags, test_post("x"), nullptr, {});
  const Block* sidebar = find_role(page, Role::Complementary);
  ASSERT_NE(sidebar, nullptr);
  EXPECT_EQ(sidebar->children.back().inlines.spans.size(), 24U);
  EXPECT_TRUE(sidebar->children.back().inlines.text.starts_with("t29, t28, "));
}

TEST(PostPage, NothingToSayMeansNoSidebarAndNoMenu) {
  const Page page = post_page(test_post("x"));
  EXPECT_EQ(find_role(page, Role::Complementary), nullptr);
  EXPECT_EQ(find_role(page, Role::Navigation), nullptr);
}

TEST(PostPage, APostAtTheLimitIsWholeOnItsPage) {
  Post post = test_post(std::string(kMaxPostBytes - 4, 'x') + "end.");
  EXPECT_THAT(plain_text(post_page(post).document), HasSubstr("xxend."));
}

// ---- Lists ---------------------------------------------------------------------------------------------------------------

TEST(ListPage, PagerLeadsToNeighbors) {
  const PostSummary row{.slug = "a", .title = "A"};
  const std::span<const PostSummary> rows(&row, 1);
  const auto pager = [&](std::uint32_t page, std::uint32_t total) {
    const Page built = build_list_page(test_site(), rows, total, Route{Route::Kind::List, "", page, ""}, nullptr);
    std::string line;
    for (const Block* menu : find_blocks(built, [](const Block& block) { return block.variant == Variant::Menu; })) {
      for (const Span& span : menu->inlines.spans)
        line += menu->inlines.text.substr(span.begin, span.end - span.begin) + "=" + span.url + ";";
    }
    return line;
  };
  EXPECT_EQ(pager(1, 20), "");
  EXPECT_EQ(pager(1, 21), "Older posts=page/2/;");
  EXPECT_EQ(pager(2, 21), "Newer posts=../../;");
  EXPECT_EQ(pager(2, 41), "Newer posts=../../;Older posts=../3/;");
}

TEST(ListPage, OnlyTheFirstPageIsHome) {
  const auto is_current = [](std::uint32_t number) {
    const Page page = build_list_page(test_site(), {}, 50, Route{Route::Kind::List, "", number, ""}, nullptr);
    return page.document.root.children[0].children[0].inlines.spans[0].is_current;
  };
  EXPECT_TRUE(is_current(1));
  EXPECT_FALSE(is_current(2));
}

TEST(NotFoundPage, LongAddressesAreNotQuoted) {
  const Page page = build_not_found_page(test_site(), "call/this/number/" + std::string(200, 'x'));
  EXPECT_THAT(plain_text(page.document), Not(HasSubstr("call/this")));
  EXPECT_THAT(plain_text(page.document), HasSubstr("There is no page at this address."));
}

// ---- Links to other posts -------------------------------------------------------------------------------------------------

TEST(PostPage, NamesItsNeighbors) {
  Post post = test_post("Text\n");
  post.older = Neighbor{"before/it", "Before\u202E"};
  const Page one = build_post_page(test_site(), {}, post, nullptr, {});
  EXPECT_THAT(dump_document(one.document), HasSubstr("section role=navigation label=\"More posts\"\n"
                                                     "        paragraph notice \"Previous: Before\"\n"
                                                     "          - link 10..16 url=\"../before/it/\"\n"));
  post.newer = Neighbor{"after", ""};
  const Page two = build_post_page(test_site(), {}, post, nullptr, {});
  EXPECT_THAT(dump_document(two.document), HasSubstr("paragraph notice \"Next: Untitled post\""));
}

TEST(PostPage, RelatedPostsSayWhy) {
  Post post = test_post("Text\n");
  post.related = {{{"a", "Like it"}, {"C++", "News"}}, {{"b", "Near it"}, {}}};
  const Page page = build_post_page(test_site(), {}, post, nullptr, {});
  EXPECT_THAT(plain_text(page.document), HasSubstr("Related: Like it (C++, News)\nRelated: Near it\n"));
}

TEST(PostPage, PartsOfASeriesSayWhichTheyAre) {
  Post post = test_post("Text\n");
  post.series = SeriesPart{"On Trees", "on-trees", 2, 3};
  const Page page = build_post_page(test_site(), {}, post, nullptr, {});
  EXPECT_THAT(dump_document(page.document), HasSubstr("paragraph byline \"Part 2 of 3 of On Trees\"\n"
                                                      "          - link 15..23 url=\"../../series/on-trees/\""));
}

TEST(PostPage, PagesHaveNoBylineAndTakeNoReplies) {
  Post post = test_post("Text\n");
  post.summary.authors = {"Ann"};
  post.is_page = true;
  const std::string text = plain_text(build_post_page(test_site(), {}, post, nullptr, {}).document);
  EXPECT_THAT(text, HasSubstr("Text"));
  for (const char* absent : {"Ann", "min read", "Like", "Reply"}) EXPECT_THAT(text, Not(HasSubstr(absent)));
}

TEST(PostPage, AuthorsWithAListAreLinksToIt) {
  Post post = test_post("x");
  post.summary.authors = {"Ann", "Zoe"};
  const std::vector<GroupInfo> groups = {{"Ann", "ann", 2, GroupInfo::Kind::Author}};
  const std::string dump = dump_document(build_post_page(test_site(), groups, post, nullptr, {}).document);
  EXPECT_THAT(dump, HasSubstr("url=\"../../authors/ann/\""));
  EXPECT_THAT(dump, Not(HasSubstr("authors/zoe")));
}

TEST(PostPage, ShortPostsHaveNoContents) {
  EXPECT_THAT(dump_document(build_post_page(test_site(), {}, test_post("# A\n\n# B\n"), nullptr, {}).document),
              Not(HasSubstr("role=contents")));
  EXPECT_THAT(dump_document(build_post_page(test_site(), {}, test_post("# A\n\n# B\n\n# C\n"), nullptr, {}).document),
              HasSubstr("role=contents"));
}

TEST(PostPage, LongContentsKeepTheirUpperLevel) {
  std::string markdown;
  for (int i = 0; i < 7; ++i) markdown += "## Part\n\n### Piece\n\n";
  const std::string dump = dump_document(build_post_page(test_site(), {}, test_post(markdown), nullptr, {}).document);
  EXPECT_THAT(dump, HasSubstr("url=\"#part-6\""));
  EXPECT_THAT(dump, Not(HasSubstr("url=\"#piece")));
  for (int i = 0; i < 100; ++i) markdown += "## Part\n\n";
  EXPECT_THAT(dump_document(build_post_page(test_site(), {}, test_post(markdown), nullptr, {}).document),
              Not(HasSubstr("role=contents")));
}

}  // namespace
}  // namespace octavo
