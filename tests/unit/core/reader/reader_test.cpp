// The reader's state machine, driven by events over real bundle bytes.
#include "core/reader/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/page/page_frame.h"
#include "support/reader_session.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kP1[] = "bundle/posts/p1.1.json";
constexpr char kP2[] = "bundle/posts/p2.1.json";

// ---- Start ---------------------------------------------------------------------------------------------------------------

TEST(Reader, BeforeStartItShowsALoadingPageAndIgnoresEvents) {
  ReaderSession session(make_bundle(3));
  session.follow("posts/p1/");
  session.act("retry");
  EXPECT_THAT(session.all_fetched(), IsEmpty());
  EXPECT_FALSE(session.page().document.root.children.empty());
  EXPECT_EQ(session.page().title, "Loading…");
}

TEST(Reader, StartFetchesManifestThenHeadAndPartThenRowsThenShowsTheList) {
  ReaderSession session(make_bundle(3));
  session.start("");
  EXPECT_THAT(session.under_way(), ElementsAre("octavo.json"));
  session.answer("octavo.json");
  EXPECT_THAT(session.under_way(), ElementsAre(kHead, part_name(0)));
  session.answer(kHead);
  session.answer(part_name(0));
  EXPECT_THAT(session.under_way(), ElementsAre(row_file_name(0)));
  EXPECT_FALSE(session.was_shown());
  session.answer(row_file_name(0));
  ASSERT_TRUE(session.was_shown());
  EXPECT_EQ(session.page().title, "Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p1"));
}

TEST(Reader, TakingOverTheStaticPageMovesNothingAndAnnouncesNothing) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/#part");
  ASSERT_EQ(session.last<ShowPage>().size(), 1U);
  EXPECT_TRUE(session.last<ShowPage>()[0].keep_scroll);
  EXPECT_EQ(session.last<ShowPage>()[0].fragment, "");
  EXPECT_FALSE(session.last<ShowPage>()[0].is_failure);
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());
  EXPECT_THAT(session.last<Announce>(), IsEmpty());
}

TEST(Reader, KnownPostFileIsFetchedBesideTheManifest) {
  ReaderSession session(make_bundle(3));
  Started started = ReaderSession::started("posts/p2/");
  started.post_url = kP2;
  started.post_integrity = "sha256-abc";
  session.send(started);
  EXPECT_THAT(session.under_way(), ElementsAre("octavo.json", kP2));
  EXPECT_EQ(session.last<Fetch>()[1].integrity, "sha256-abc");
  session.answer(kP2);
  EXPECT_FALSE(session.was_shown());  // the frame needs the site
  session.answer("octavo.json");
  session.answer(kHead);
  session.answer(part_name(0));
  EXPECT_TRUE(session.was_shown());
  EXPECT_EQ(session.page().title, "Title of p2 – Test Site");
  EXPECT_THAT(session.under_way(), IsEmpty());
}

TEST(Reader, StalePostFileOfTheStaticPageFallsBackToTheIndex) {
  ReaderSession session(make_bundle(3));
  Started started = ReaderSession::started("posts/p2/");
  started.post_url = "bundle/posts/p2.0.json";  // of the release before
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p2 – Test Site");
}

TEST(Reader, PostFileNamedByTheStaticPageNeedsNoRows) {
  ReaderSession session(make_bundle(100));
  Started started = ReaderSession::started("posts/p90/");
  started.post_url = "bundle/posts/p90.1.json";
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p90 – Test Site");
  EXPECT_THAT(session.all_fetched(), ElementsAre("octavo.json", "bundle/posts/p90.1.json", kHead, part_name(0)));
}

TEST(Reader, StartOnAPostOfAnOldPartReadsOneRowFileAndNeverLeavesThePage) {
  ReaderSession session(make_bundle(300));
  session.open("posts/p290/");  // row 10
  EXPECT_EQ(session.page().title, "Title of p290 – Test Site");
  EXPECT_THAT(session.all_fetched(), ElementsAre("octavo.json", kHead, part_name(1), part_name(2), part_name(0), row_file_name(0),
                                                 "bundle/posts/p290.1.json"));
}

TEST(Reader, StartWithOtherBundleAddress) {
  ReaderSession session(make_bundle(3));
  Started started = ReaderSession::started("");
  started.bundle_url = "elsewhere.json";
  session.files()["elsewhere.json"] = session.files()["octavo.json"];
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Test Site");
}

TEST(Reader, StartingAnewForgetsTheFormerLife) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.start("posts/p2/");
  session.answer(kP1);  // of the previous run
  EXPECT_FALSE(session.was_shown());
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p2 – Test Site");
}

// ---- Following links -----------------------------------------------------------------------------------------------------

// A site of one post, whose build knew one comment.
Files bundle_with_comment(const CommentsSettings& comments) {
  Files files;
  IndexFile head;
  head.site.emplace();
  head.site->title = "Test Site";
  head.site->comments = comments;
  const PostSummary row = make_summary("p1");
  Post post;
  post.summary = row;
  post.thread = "109";
  post.comments.push_back({"7", "", "Ann", "", std::nullopt, "", "Known"});
  files[row.body.url] = write_post(post);
  add_index(files, kHead, {row}, head);
  return files;
}

TEST(Reader, KnownCommentsStayUntilAThreadHasThemAsWell) {
  struct Case {
    CommentsSettings comments;
    bool stays;  // beside the engine's thread
  };
  const Case cases[] = {{{"https://c.example/", "octavo", "", PrebuiltPlace::Page}, true},
                        {{"https://c.example/", "octavo", "", PrebuiltPlace::Server}, false},
                        {{"https://c.example/", "wordpress", "", PrebuiltPlace::Page}, false}};
  for (const Case& each : cases) {
    ReaderSession session(bundle_with_comment(each.comments));
    session.open("posts/p1/");
    EXPECT_THAT(session.page_text(), HasSubstr("1 earlier reply\nAnn\nKnown\n"));
    Block thread = make_section(Role::Comments);
    thread.children.push_back(make_paragraph(Variant::Body, "The thread"));
    for (const bool has_thread : {false, true, false}) {
      session.send(ConversationChanged{"posts/p1/", 0, has_thread, {thread}});
      EXPECT_THAT(session.page_text(), HasSubstr("The thread"));
      const bool is_there = session.page_text().find("Known") != std::string::npos;
      EXPECT_EQ(is_there, each.stays || !has_thread) << each.comments.engine << prebuilt_place_name(each.comments.prebuilt);
    }
  }
}

TEST(Reader, OldPageStaysUntilThePostIsThere) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  EXPECT_FALSE(session.was_shown());
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());
  EXPECT_EQ(session.page().title, "Test Site");
  session.answer(kP1);
  ASSERT_EQ(session.last<PushAddress>().size(), 1U);
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/p1/");
  ASSERT_EQ(session.last<Announce>().size(), 1U);
  EXPECT_EQ(session.last<Announce>()[0].text, "Title of p1 – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("Text of p1."));
}

TEST(Reader, AddressIsPushedBeforeThePageIsShown) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  const std::vector<Effect> effects = session.reader().update(LinkFollowed{""});
  ASSERT_EQ(effects.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<PushAddress>(effects[0]));
  EXPECT_TRUE(std::holds_alternative<ShowPage>(effects[1]));
}

TEST(Reader, LinkWithFragmentScrollsThere) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/index.html#part");
  session.answer_all();
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/p1/#part");
  EXPECT_EQ(session.last<ShowPage>()[0].fragment, "part");
  EXPECT_FALSE(session.last<ShowPage>()[0].keep_scroll);
}

TEST(Reader, FragmentOfThePageItselfNeedsNoNewPage) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  session.follow("posts/p1/#part");
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/p1/#part");
  EXPECT_EQ(session.last<ShowPage>()[0].fragment, "part");
  EXPECT_TRUE(session.last<ShowPage>()[0].keep_scroll);
  session.follow("posts/p1/#part");  // again: no second entry
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());
  EXPECT_TRUE(session.was_shown());
}

TEST(Reader, OnlyTheLatestOfTwoQuickNavigationsWins) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.follow("posts/p2/");
  session.answer(kP1);
  EXPECT_FALSE(session.was_shown());
  session.answer(kP2);
  EXPECT_EQ(session.page().path, "posts/p2/");
  session.follow("posts/p1/");  // the late answer was kept
  EXPECT_TRUE(session.was_shown());
  EXPECT_THAT(session.under_way(), IsEmpty());
}

TEST(Reader, LateFailureOfAnAbandonedNavigationChangesNothing) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.follow("posts/p2/");
  session.fail(kP1, FetchFailure::Network);
  EXPECT_FALSE(session.was_shown());
  session.answer(kP2);
  EXPECT_EQ(session.page().path, "posts/p2/");
}

TEST(Reader, AFetchUnderWayIsNotRepeated) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.follow("posts/p2/");
  session.follow("posts/p1/");
  EXPECT_THAT(session.under_way(), ElementsAre(kP1, kP2));
  session.answer(kP2);
  EXPECT_FALSE(session.was_shown());
  session.answer(kP1);
  EXPECT_EQ(session.page().path, "posts/p1/");
}

TEST(Reader, SixteenPostsAreKept) {
  ReaderSession session(make_bundle(20));
  session.open("");
  for (int i = 1; i <= 17; ++i) {
    session.follow("posts/p" + std::to_string(i) + "/");
    session.answer_all();
  }
  session.follow("posts/p2/");
  EXPECT_TRUE(session.was_shown());
  session.follow("posts/p1/");  // the seventeenth from the end
  EXPECT_FALSE(session.was_shown());
  EXPECT_THAT(session.under_way(), ElementsAre(kP1));
}

TEST(Reader, PostOfAnOldPartIsLeftToTheBrowser) {
  ReaderSession session(make_bundle(300));
  session.open("");
  session.follow("posts/p290/#part");
  ASSERT_EQ(session.last<OpenAddress>().size(), 1U);
  EXPECT_EQ(session.last<OpenAddress>()[0].url, "posts/p290/#part");
  EXPECT_FALSE(session.was_shown());
  EXPECT_THAT(session.under_way(), IsEmpty());
}

TEST(Reader, PostOfANewPartIsFoundByItsMark) {
  ReaderSession session(make_bundle(300));
  session.open("");
  session.follow("posts/p100/");  // row 200
  EXPECT_THAT(session.under_way(), ElementsAre(row_file_name(12)));
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p100 – Test Site");
}

TEST(Reader, PostThatNoRowKnowsIsNotFound) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/nowhere/");
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("posts/nowhere/"));
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/nowhere/");
}

TEST(Reader, UnknownAddressesAreLeftToTheBrowserWhenFollowed) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("feed.json");
  EXPECT_EQ(session.last<OpenAddress>()[0].url, "feed.json");
  EXPECT_EQ(session.page().title, "Test Site");
}

TEST(Reader, AddressesWithASchemeOrHostAreNeverOpened) {
  ReaderSession session(make_bundle(3));
  session.open("");
  for (const char* path : {"javascript:alert(1)", "//example.org/", "https://example.org/posts/p1/", " java\nscript:x"}) {
    session.follow(path);
    EXPECT_THAT(session.last<OpenAddress>(), IsEmpty()) << path;
    EXPECT_FALSE(session.was_shown()) << path;
  }
}

TEST(Reader, UnknownAddressIsNotFoundAtStartAndInHistory) {
  ReaderSession session(make_bundle(3));
  session.open("about/");
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("“about/”"));
  session.follow("");
  session.go_back_to("about/", 0);
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
  EXPECT_THAT(session.last<OpenAddress>(), IsEmpty());
}

// ---- Lists and tags ------------------------------------------------------------------------------------------------------

TEST(Reader, ListPageFetchesTheFilesOfItsRowsTogether) {
  ReaderSession session(make_bundle(100));
  session.open("");  // rows 99 to 80
  session.follow("page/2/");
  EXPECT_THAT(session.under_way(), ElementsAre(row_file_name(3), row_file_name(4)));
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p21\n"));
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p40\n"));
  session.follow("page/5/");
  EXPECT_THAT(session.under_way(), ElementsAre(row_file_name(0), row_file_name(1)));
  session.answer_all();
  EXPECT_EQ(session.page().title, "Posts, page 5 of 5 – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p81\n"));
  EXPECT_THAT(session.page_text(), Not(HasSubstr("Title of p80\n")));
}

TEST(Reader, ListPageOfOldPostsReadsTheirPart) {
  ReaderSession session(make_bundle(300));
  session.open("page/15/");
  EXPECT_THAT(session.all_fetched(),
              ElementsAre("octavo.json", kHead, part_name(1), part_name(2), part_name(0), row_file_name(0), row_file_name(1)));
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p300\n"));
}

TEST(Reader, ListPageBeyondTheLastIsNotFound) {
  ReaderSession session(make_bundle(100));
  session.open("page/6/");
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
  session.follow("page/4000000000/");
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
}

TEST(Reader, EmptyBlogHasAList) {
  ReaderSession session(make_bundle(0));
  session.open("");
  EXPECT_THAT(session.page_text(), HasSubstr("There are no posts here."));
}

TEST(Reader, TagPageFetchesTheRowsThatThePartsName) {
  ReaderSession session(make_bundle(300));
  session.open("");
  session.follow("tags/third/");
  EXPECT_THAT(session.under_way(), ElementsAre(part_name(0)));
  session.answer(part_name(0));
  // p3 to p60 are rows 297 to 240; those of p1 to p20 are known.
  EXPECT_THAT(session.under_way(), ElementsAre(row_file_name(15), row_file_name(16)));
  session.answer_all();
  EXPECT_EQ(session.page().title, "Posts tagged “Third” – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("100 posts"));
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p3\n"));
  session.follow("tags/third/page/3/");
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p123\n"));
}

TEST(Reader, UnknownTagIsNotFound) {
  ReaderSession session(make_bundle(3));
  session.open("tags/nothing/");
  EXPECT_EQ(session.page().title, "Page not found – Test Site");
}

// ---- History -------------------------------------------------------------------------------------------------------------

TEST(Reader, BackRestoresPageAndPlaceWithoutNewEntry) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.answer_all();
  session.go_back_to("", 512.5);
  EXPECT_EQ(session.page().path, "");
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());
  EXPECT_DOUBLE_EQ(session.last<ShowPage>()[0].scroll_y_css, 512.5);
  EXPECT_EQ(session.last<ShowPage>()[0].fragment, "");
  session.go_back_to("posts/p1/#part", 30);  // forward
  EXPECT_EQ(session.page().path, "posts/p1/");
  EXPECT_DOUBLE_EQ(session.last<ShowPage>()[0].scroll_y_css, 30);
}

TEST(Reader, BackWithinThePageOnlyScrolls) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  session.follow("posts/p1/#part");
  session.go_back_to("posts/p1/", 77);
  EXPECT_DOUBLE_EQ(session.last<ShowPage>()[0].scroll_y_css, 77);
  EXPECT_FALSE(session.last<ShowPage>()[0].keep_scroll);
}

TEST(Reader, BackDuringANavigationAbandonsIt) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.answer_all();
  session.follow("posts/p2/");
  session.go_back_to("", 5);
  session.answer(kP2);
  EXPECT_FALSE(session.was_shown());
  EXPECT_EQ(session.page().path, "");
}

TEST(Reader, LinkAfterBackIsAnEntryOfItsOwn) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.answer_all();
  session.go_back_to("", 0);
  session.follow("posts/p1/");
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/p1/");
}

TEST(Reader, BackToAPostOfAnOldPartStaysInTheReader) {
  ReaderSession session(make_bundle(300));
  session.open("");
  session.go_back_to("posts/p290/", 9);
  EXPECT_THAT(session.last<OpenAddress>(), IsEmpty());
  session.answer_all();
  EXPECT_EQ(session.page().path, "posts/p290/");
  EXPECT_DOUBLE_EQ(session.last<ShowPage>()[0].scroll_y_css, 9);
}

// ---- Feeds ---------------------------------------------------------------------------------------------------------------

constexpr char kFeed[] = R"({"version": "https://jsonfeed.org/version/1.1", "title": "Foreign", "items": [
  {"id": "https://example.org/a", "url": "https://example.org/a", "title": "First", "content_text": "Plain *text* of one.",
   "tags": ["Red", "Blue"]},
  {"id": "2", "title": "Second", "content_text": "Text of two.", "tags": ["red"]}]})";

TEST(Reader, AFeedIsABundleInMemory) {
  ReaderSession session(Files{{"feed.json", kFeed}});
  Started started = ReaderSession::started("");
  started.bundle_url = "feed.json";
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Foreign");
  EXPECT_THAT(session.page_text(), HasSubstr("First"));
  session.follow("posts/second/");
  ASSERT_TRUE(session.was_shown());
  EXPECT_THAT(session.page_text(), HasSubstr("Text of two."));
  session.follow("posts/third/");
  EXPECT_EQ(session.page().title, "Page not found – Foreign");
  EXPECT_THAT(session.all_fetched(), ElementsAre("feed.json"));
}

TEST(Reader, TagsOfAFeedHavePages) {
  ReaderSession session(Files{{"feed.json", kFeed}});
  Started started = ReaderSession::started("tags/blue/");
  started.bundle_url = "feed.json";
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Posts tagged “Blue” – Foreign");
  EXPECT_THAT(session.page_text(), HasSubstr("First"));
  EXPECT_THAT(session.page_text(), Not(HasSubstr("Second")));
}

constexpr char kDatedFeed[] = R"({"version": "https://jsonfeed.org/version/1.1", "title": "Foreign", "items": [
  {"id": "1", "title": "First", "content_text": "One.", "date_published": "2023-12-31T23:30:00-05:00"},
  {"id": "2", "title": "Second", "content_text": "Two.", "date_published": "2024-05-01T00:00:00Z"},
  {"id": "3", "title": "Third", "content_text": "Three."}]})";

TEST(Reader, YearsOfAFeedHavePages) {
  ReaderSession session(Files{{"feed.json", kDatedFeed}});
  Started started = ReaderSession::started("archive/");
  started.bundle_url = "feed.json";
  session.send(started);
  session.answer_all();
  EXPECT_EQ(session.page().title, "Archive – Foreign");
  EXPECT_THAT(session.page_text(), HasSubstr("2024 · 1 post\n2023 · 1 post"));
  session.follow("archive/2023/");
  EXPECT_EQ(session.page().title, "Posts of 2023 – Foreign");
  EXPECT_THAT(session.page_text(), HasSubstr("First"));
  EXPECT_THAT(session.page_text(), Not(HasSubstr("Second")));
  session.follow("archive/2022/");
  EXPECT_EQ(session.page().title, "Page not found – Foreign");
  EXPECT_THAT(session.all_fetched(), ElementsAre("feed.json"));
}

TEST(Reader, PostsOfAFeedKnowTheirNeighbors) {
  ReaderSession session(Files{{"feed.json", kDatedFeed}});
  Started started = ReaderSession::started("posts/first/");
  started.bundle_url = "feed.json";
  session.send(started);
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Previous: Third\nNext: Second"));
}

TEST(Reader, GroupsOfTheSameNameAreDifferentLists) {
  Files files = make_bundle(6);
  IndexFile head = *parse_index_file(files[kHead], "index");
  head.groups = {{"2024", "2024", 1}, {"2024", "2024", 1, GroupInfo::Kind::Year}, {"S", "s", 2, GroupInfo::Kind::Series}};
  files[kHead] = write_index_file(head);
  IndexFile part = *parse_index_file(files[part_name(0)], "part");
  part.group_rows = {
      {GroupInfo::Kind::Tag, "2024", {3}}, {GroupInfo::Kind::Year, "2024", {4}}, {GroupInfo::Kind::Series, "s", {2, 5}}};
  files[part_name(0)] = write_index_file(part);
  ReaderSession session(std::move(files));
  session.open("archive/2024/");
  EXPECT_EQ(session.page().title, "Posts of 2024 – Test Site");
  EXPECT_EQ(session.page().path, "archive/2024/");
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p2"));
  session.follow("tags/2024/");
  session.answer_all();
  EXPECT_EQ(session.page().title, "Posts tagged “2024” – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p3"));
  EXPECT_THAT(session.page_text(), Not(HasSubstr("Title of p2")));
  session.follow("series/s/");  // oldest first
  const std::string text = session.page_text();
  EXPECT_LT(text.find("Title of p4"), text.find("Title of p1"));
}

TEST(Reader, PagesAreInNoListAndHaveAnAddress) {
  Files files = make_bundle(3);
  Result<IndexFile> index = parse_index_file(files[kHead], "index");
  ASSERT_TRUE(index.ok());
  index->pages = {make_summary("about", {})};
  files[kHead] = write_index_file(*index);
  files[index->pages[0].body.url] = make_post_bytes(index->pages[0], "Who we are.");
  ReaderSession session(std::move(files));
  session.open("");
  EXPECT_THAT(session.page_text(), HasSubstr("p1"));
  EXPECT_THAT(session.page_text(), Not(HasSubstr("about")));
  session.follow("posts/about/");
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Who we are."));
}

// ---- Likes ---------------------------------------------------------------------------------------------------------------

TEST(Reader, LikeTogglesRemembersAndSaysSo) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  EXPECT_THAT(session.page_text(), HasSubstr("Be the first to like this."));
  session.act("like");
  EXPECT_THAT(session.page_text(), HasSubstr("You like this."));
  ASSERT_EQ(session.last<StoreItem>().size(), 1U);
  EXPECT_EQ(session.last<StoreItem>()[0].key, "like:p1");
  EXPECT_EQ(session.last<StoreItem>()[0].value, "1");
  EXPECT_TRUE(session.last<ShowPage>()[0].keep_scroll);
  EXPECT_EQ(session.last<Announce>()[0].text, "You like this.");
  session.act("like");
  EXPECT_THAT(session.page_text(), HasSubstr("Be the first to like this."));
  EXPECT_EQ(session.last<StoreItem>()[0].value, "");
}

TEST(Reader, LikesOfEarlierVisitsAreKnown) {
  ReaderSession session(make_bundle(3));
  Started started = ReaderSession::started("posts/p1/");
  started.local_store = {{"like:p1", "1"}, {"like:p2", ""}, {"theme", "dark"}};
  session.send(started);
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("You like this."));
  session.follow("posts/p2/");
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Be the first to like this."));
}

TEST(Reader, LikeDoesNothingWhereThereIsNoPost) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.act("like");
  EXPECT_FALSE(session.was_shown());
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::Network);
  session.act("like");
  EXPECT_FALSE(session.was_shown());
}

TEST(Reader, LikeDuringANavigationDoesNotStopIt) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  session.follow("posts/p2/");
  session.act("like");
  EXPECT_EQ(session.last<StoreItem>()[0].key, "like:p1");
  session.answer_all();
  EXPECT_EQ(session.page().path, "posts/p2/");
}

// ---- Hyphenation ---------------------------------------------------------------------------------------------------------

// A site in English, whose patterns are in one file.
Files hyphenated_bundle() {
  Files files = make_bundle(3);
  IndexFile index = *parse_index_file(files[kHead], "index");
  index.site->language = "en";
  index.hyphenation.push_back({"en", {"bundle/hyphenation/en.1.txt", ""}});
  files[kHead] = write_index_file(index);
  files["bundle/hyphenation/en.1.txt"] = "octavo-hyphenation 1 2 3\n1na\n";
  return files;
}

TEST(Reader, PatternsOfThePagesLanguageAreFetchedOnceAndAfterIt) {
  ReaderSession session(hyphenated_bundle());
  session.start("posts/p1/");
  session.answer("octavo.json");
  session.answer(kHead);
  session.answer(part_name(0));
  session.answer(row_file_name(0));
  session.answer(kP1);
  ASSERT_TRUE(session.was_shown());
  EXPECT_THAT(session.under_way(), ElementsAre("bundle/hyphenation/en.1.txt"));
  EXPECT_THAT(session.reader().hyphenation(), IsEmpty());
  session.answer("bundle/hyphenation/en.1.txt");
  EXPECT_FALSE(session.was_shown());  // the lines of this page stay
  ASSERT_EQ(session.reader().hyphenation().size(), 1U);
  EXPECT_EQ(session.reader().hyphenation()[0].language(), "en");
  session.follow("posts/p2/");
  EXPECT_THAT(session.under_way(), ElementsAre(kP2));
}

TEST(Reader, PatternsThatCannotBeHadDisturbNothing) {
  for (const bool is_broken : {false, true}) {
    Files files = hyphenated_bundle();
    files.erase("bundle/hyphenation/en.1.txt");
    if (is_broken) files["bundle/hyphenation/en.1.txt"] = "<!doctype html>";
    ReaderSession session(files);
    session.open("posts/p1/");
    EXPECT_EQ(session.page().title, "Title of p1 – Test Site");
    session.follow("posts/p2/");
    session.answer_all();
    EXPECT_EQ(session.page().title, "Title of p2 – Test Site");
    EXPECT_THAT(session.reader().hyphenation(), IsEmpty());
    EXPECT_THAT(session.all_fetched(), testing::Contains("bundle/hyphenation/en.1.txt").Times(1));
  }
}

// ---- Anything goes -------------------------------------------------------------------------------------------------------

TEST(Reader, UnknownRequestsAndActionsAreIgnored) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.send(Fetched{999, "x"});
  session.send(FetchFailed{1, FetchFailure::Network, 0});
  session.act("reply");
  session.act("");
  EXPECT_EQ(session.page().title, "Test Site");
  EXPECT_FALSE(session.was_shown());
}

TEST(Reader, DumpNamesTheState) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  session.act("like");
  session.follow("posts/p2/");
  EXPECT_EQ(session.reader().dump(),
            "address posts/p1/\n"
            "page posts/p1/ \"Title of p1 – Test Site\" content\n"
            "pending posts/p2/\n"
            "request 6 bundle/posts/p2.1.json\n"
            "rows 3 of 3\n"
            "cached p1\n"
            "liked p1\n");
}

}  // namespace
}  // namespace octavo
