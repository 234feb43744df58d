// What the reader shows and does when files cannot be loaded or read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/reader_session.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kP1[] = "bundle/posts/p1.1.json";
constexpr char kP2[] = "bundle/posts/p2.1.json";

TEST(ReaderFailure, NetworkFailureOfAPostOffersRetryAndRetryShowsIt) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/#part");
  session.fail(kP1, FetchFailure::Network);
  EXPECT_EQ(session.page().title, "This page cannot be shown – Test Site");
  EXPECT_THAT(session.page_text(), HasSubstr("Check the connection"));
  EXPECT_THAT(session.page_text(), HasSubstr("Try again"));
  EXPECT_TRUE(session.last<ShowPage>()[0].is_failure);
  EXPECT_EQ(session.last<PushAddress>()[0].path, "posts/p1/#part");
  session.act("retry");
  EXPECT_THAT(session.under_way(), ElementsAre(kP1));
  session.answer_all();
  EXPECT_EQ(session.page().path, "posts/p1/");
  EXPECT_EQ(session.last<ShowPage>()[0].fragment, "part");
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());
}

TEST(ReaderFailure, OtherPagesKeepWorkingAfterAFailure) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::Network);
  session.follow("");
  EXPECT_EQ(session.page().title, "Test Site");
  session.act("retry");  // nothing to retry any more
  EXPECT_THAT(session.under_way(), IsEmpty());
  session.follow("posts/p1/");
  session.answer_all();
  EXPECT_EQ(session.page().path, "posts/p1/");
}

TEST(ReaderFailure, FollowingTheFailedLinkAgainTriesAgain) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::Network);
  session.follow("posts/p1/");
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Text of p1."));
  EXPECT_THAT(session.last<PushAddress>(), IsEmpty());  // the error page has made the entry
}

TEST(ReaderFailure, EachKindOfFailureSaysWhatItIs) {
  const struct {
    FetchFailure reason;
    int status;
    const char* text;
  } cases[] = {
      {FetchFailure::Network, 0, "Check the connection"},
      {FetchFailure::Network, 503, "status 503"},
      {FetchFailure::NotFound, 404, "is listed but its file is missing"},
      {FetchFailure::Mismatch, 0, "does not match its expected hash; the site may be in the middle of an update"},
      {FetchFailure::TooLarge, 0, "larger than this reader accepts"},
  };
  for (const auto& each : cases) {
    ReaderSession session(make_bundle(3));
    session.open("");
    session.follow("posts/p1/");
    session.fail(kP1, each.reason, each.status);
    EXPECT_THAT(session.page_text(), HasSubstr(each.text));
    EXPECT_THAT(session.page_text(), HasSubstr(kP1));  // where
  }
}

TEST(ReaderFailure, FailureAtStartOffersRetry) {
  ReaderSession session(make_bundle(3));
  session.start("posts/p1/");
  session.fail("octavo.json", FetchFailure::Network);
  ASSERT_TRUE(session.was_shown());
  EXPECT_TRUE(session.last<ShowPage>()[0].is_failure);
  session.act("retry");
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p1 – Test Site");
}

TEST(ReaderFailure, RetryAfterAnUpdateOfTheSiteReadsTheNewRelease) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::NotFound, 404);

  // The site has been published again: p1 has another file, named by another index.
  PostSummary row = make_summary("p1");
  row.title = "New title";
  row.body.url = "bundle/posts/p1.2.json";
  IndexFile head;
  head.site.emplace();
  head.site->title = "New Site";
  Files& files = session.files();
  files.clear();
  add_index(files, "bundle/index-of-2.json", {row}, head);
  files[row.body.url] = make_post_bytes(row, "New text.");
  session.act("retry");
  EXPECT_THAT(session.under_way(), ElementsAre("octavo.json"));
  session.answer_all();
  EXPECT_EQ(session.page().title, "New title – New Site");
  EXPECT_THAT(session.page_text(), HasSubstr("New text."));
}

TEST(ReaderFailure, RetryWithoutANewReleaseKeepsTheOldOneUsable) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::Mismatch);
  session.act("retry");
  session.fail("octavo.json", FetchFailure::Network);
  EXPECT_TRUE(session.last<ShowPage>()[0].is_failure);
  session.follow("posts/p2/");
  session.answer_all();
  EXPECT_EQ(session.page().title, "Title of p2 – Test Site");
}

TEST(ReaderFailure, RetryWithTheSameReleaseDoesNotReadTheIndexAgain) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::Mismatch);
  session.act("retry");
  session.answer("octavo.json");
  EXPECT_THAT(session.under_way(), ElementsAre(kP1));
}

TEST(ReaderFailure, ContentThatCannotBeReadNamesThePlace) {
  for (const std::string& bad : std::vector<std::string>{"octavo.json", kHead, part_name(0), row_file_name(0), kP1}) {
    for (const std::string bytes : {"", "<!doctype html>", "{}", "[1,2", "{\"version\":99}"}) {
      ReaderSession session(make_bundle(3));
      const std::string good = session.files()[bad];
      session.files()[bad] = bytes;
      session.open("posts/p1/");
      EXPECT_TRUE(session.shown().is_failure) << bad << " " << bytes;
      EXPECT_THAT(session.page_text(), HasSubstr(bad)) << bytes;
      session.files()[bad] = good;
      session.act("retry");
      session.answer_all();
      EXPECT_EQ(session.page().title, "Title of p1 – Test Site") << bad << " " << bytes;
    }
  }
}

TEST(ReaderFailure, FileOfAnotherPostIsRefused) {
  ReaderSession session(make_bundle(3));
  session.files()[kP1] = session.files()[kP2];
  session.open("posts/p1/");
  EXPECT_TRUE(session.last<ShowPage>()[0].is_failure);
  EXPECT_THAT(session.page_text(), HasSubstr("another post, “p2”"));
}

TEST(ReaderFailure, ListedPostWithoutFileIsAFailureNotAFetch) {
  Files files;
  PostSummary row = make_summary("p1");
  row.body = {};
  add_index(files, kHead, {row}, IndexFile());
  ReaderSession session(files);
  session.open("posts/p1/");
  EXPECT_TRUE(session.last<ShowPage>()[0].is_failure);
  EXPECT_THAT(session.page_text(), HasSubstr("is listed but its file is missing"));
}

TEST(ReaderFailure, PartsThatHaveLessThanTheyShouldShowWhatTheyHave) {
  const struct {
    std::string name;
    std::string bytes;
  } cases[] = {{part_name(0), R"({"version":2})"},
               {row_file_name(0), R"({"version":2})"},
               {part_name(0), R"({"version":2,"group_rows":{"tags":{"third":[0,127]}}})"}};
  for (const auto& each : cases) {
    Files files = make_bundle(40);
    files[each.name] = each.bytes;
    ReaderSession session(files);
    for (const char* path : {"", "page/2/", "tags/third/", "posts/p40/"}) {
      session.open(path);
      EXPECT_TRUE(session.was_shown()) << each.name << path;
      EXPECT_THAT(session.under_way(), IsEmpty()) << each.name << path;
    }
    EXPECT_THAT(session.page_text(), HasSubstr("Page not found"));
  }
}

TEST(ReaderFailure, AChangedPartOfANewReleaseIsReadBesideTheOthers) {
  ReaderSession session(make_bundle(150));
  session.open("");
  session.follow("posts/p1/");
  session.fail(kP1, FetchFailure::NotFound, 404);
  session.files() = make_bundle(151);
  session.act("retry");
  session.answer_all();
  EXPECT_EQ(session.page().path, "posts/p1/");
  session.follow("");
  session.answer_all();
  EXPECT_THAT(session.page_text(), HasSubstr("Title of p20"));
}

}  // namespace
}  // namespace octavo
