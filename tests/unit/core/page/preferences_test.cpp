// Text size and theme: chosen with buttons, kept, and marked on every page.
#include "core/page/preferences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/layout/style/style.h"
#include "support/reader_session.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void collect_pressed(const Block& block, std::vector<std::string>& out) {
  for (const Span& span : block.inlines.spans) {
    if (span.kind == InlineKind::Button && span.pressed) out.push_back(span.url);
  }
  for (const Block& child : block.children) collect_pressed(child, out);
}

std::vector<std::string> pressed(const Page& page) {
  std::vector<std::string> out;
  collect_pressed(page.document.root, out);
  return out;
}

TEST(Preferences, ThereIsAButtonForEachTextSizeOfTheStyleTable) {
  for (const int size : kTextSizes) {
    const std::string value = std::to_string(size);
    EXPECT_EQ(preference_choice("text-size:" + value).value, value);
  }
}

TEST(Preferences, WhatIsNoChoiceIsIgnored) {
  Preferences preferences;
  for (const auto& [key, value] :
       {std::pair{"theme", "neon"}, {"theme", ""}, {"text-size", "1000"}, {"like:p1", "1"}, {"", ""}}) {
    preferences.set(key, value);
  }
  EXPECT_FALSE(preferences.theme);
  EXPECT_EQ(preferences.text_size, "");
  for (const char* action : {"", "like", "theme", "theme:", "theme:darker", "text-size:", "text-size:99"}) {
    EXPECT_EQ(preference_choice(action).key, "") << action;
  }
}

TEST(Reader, AChoiceIsAppliedKeptMarkedAndAnnounced) {
  ReaderSession session(make_bundle(3));
  session.open("posts/p1/");
  EXPECT_THAT(pressed(session.page()), ElementsAre("text-size:100", "theme:system"));
  session.act("theme:dark");
  EXPECT_EQ(session.last<ApplyPreferences>()[0].theme, Theme::Dark);
  EXPECT_EQ(session.last<StoreItem>()[0].key, "theme");
  EXPECT_EQ(session.last<StoreItem>()[0].value, "dark");
  EXPECT_EQ(session.last<Announce>()[0].text, "Theme: Dark");
  EXPECT_TRUE(session.last<ShowPage>()[0].keep_scroll);
  session.act("text-size:125");
  EXPECT_EQ(session.last<ApplyPreferences>()[0].text_size, "125");
  EXPECT_EQ(session.last<ApplyPreferences>()[0].theme, Theme::Dark);
  EXPECT_EQ(session.last<Announce>()[0].text, "Text size: 125 %");
  EXPECT_THAT(pressed(session.page()), ElementsAre("text-size:125", "theme:dark"));
  session.follow("");
  EXPECT_THAT(pressed(session.page()), ElementsAre("text-size:125", "theme:dark"));
}

TEST(Reader, TheStandardTextSizeIsForgotten) {
  ReaderSession session(make_bundle(3));
  session.open("");
  session.act("text-size:150");
  session.act("text-size:100");
  EXPECT_EQ(session.last<StoreItem>()[0].value, "");
  EXPECT_EQ(session.last<ApplyPreferences>()[0].text_size, "");
}

TEST(Reader, ChoicesOfEarlierVisitsAreMarked) {
  ReaderSession session(make_bundle(3));
  Started started = ReaderSession::started("posts/p1/");
  started.local_store = {{"theme", "sepia"}, {"text-size", "90"}};
  session.send(started);
  session.answer_all();
  EXPECT_THAT(pressed(session.page()), ElementsAre("text-size:90", "theme:sepia"));
  EXPECT_THAT(session.last<ApplyPreferences>(), IsEmpty());  // the page has applied them before its first paint
  session.act("like");
  EXPECT_THAT(pressed(session.page()), testing::Contains("theme:sepia"));
}

TEST(Reader, AChoiceBeforeAnyPageIsShownWaitsForIt) {
  ReaderSession session(make_bundle(3));
  session.send(ReaderSession::started("posts/p1/"));
  session.act("theme:light");
  EXPECT_FALSE(session.was_shown());
  session.answer_all();
  EXPECT_THAT(pressed(session.page()), testing::Contains("theme:light"));
}

}  // namespace
}  // namespace octavo
