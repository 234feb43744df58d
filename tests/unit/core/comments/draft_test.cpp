// Drafts against a store of two pages.
#include "core/comments/draft.h"

#include <gtest/gtest.h>

#include <map>

namespace octavo {
namespace {

// What a transaction does.
struct DraftStore {
  std::map<std::string, Draft> slots;

  std::optional<SaveDraft> put(DraftKeeper& keeper, const SaveDraft& save) {
    const auto stored = slots.find(save.draft.slot);
    if (stored != slots.end() && version_of(stored->second) != save.expected) return keeper.conflicted(stored->second);
    slots[save.draft.slot] = save.draft;
    return keeper.saved();
  }
  void put_all(DraftKeeper& keeper, std::optional<SaveDraft> save) {
    while (save) save = put(keeper, *save);
  }
};

Draft draft(std::string text) {
  Draft result;
  result.slot = draft_slot("posts/tea/", "");
  result.page = "posts/tea/";
  result.text = std::move(text);
  result.caret_begin = result.caret_end = static_cast<std::uint32_t>(result.text.size());
  return result;
}

TEST(Draft, IsWrittenAndReadAsItWasTyped) {
  Draft full = draft("\n  Text \" \\ \u202E 𝄞\t");
  full.parent = "a1";
  full.name = "Ann";
  full.email = "ann@";
  full.website = "http";
  full.caret_begin = 2;
  full.written_at = 1764057600;
  full.revision = 12;
  EXPECT_EQ(parse_draft(write_draft(full)), full);
  EXPECT_FALSE(parse_draft("{\"slot\":\"x\"}"));
  EXPECT_FALSE(parse_draft("cut of"));
}

TEST(Draft, OneSaveAtATimeAndTheLastTextWins) {
  DraftKeeper keeper("tab1");
  keeper.open(draft(""), std::nullopt);
  const std::optional<SaveDraft> first = keeper.typed(draft("T"));
  ASSERT_TRUE(first);
  EXPECT_FALSE(keeper.typed(draft("Te")));
  EXPECT_FALSE(keeper.typed(draft("Tea")));
  EXPECT_FALSE(keeper.is_saved());
  const std::optional<SaveDraft> second = keeper.saved();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->draft.text, "Tea");
  EXPECT_EQ(second->expected, version_of(first->draft));
  EXPECT_FALSE(keeper.saved());
  EXPECT_TRUE(keeper.is_saved());
}

TEST(Draft, NothingIsSavedBeforeAPageIsOpened) {
  DraftKeeper keeper("tab1");
  Draft typed;
  typed.text = "Tea";
  EXPECT_FALSE(keeper.typed(typed));
}

TEST(Draft, TwoPagesKeepBothTexts) {
  DraftStore store;
  DraftKeeper one("tab1"), two("tab2");
  one.open(draft(""), std::nullopt);
  two.open(draft(""), std::nullopt);
  store.put_all(one, one.typed(draft("from one")));
  store.put_all(two, two.typed(draft("from two")));
  store.put_all(one, one.typed(draft("from one, longer")));
  store.put_all(two, two.typed(draft("from two, longer")));
  ASSERT_EQ(store.slots.size(), 2u);
  EXPECT_EQ(store.slots.begin()->second.text, "from one, longer");
  EXPECT_EQ(store.slots.rbegin()->second.text, "from two, longer");
  ASSERT_TRUE(two.other());
  EXPECT_EQ(two.other()->text, "from one");
  EXPECT_FALSE(one.other());
}

TEST(Draft, TheSameTextInTwoPagesIsNoConflict) {
  DraftStore store;
  DraftKeeper one("tab1"), two("tab2");
  one.open(draft(""), std::nullopt);
  two.open(draft(""), std::nullopt);
  store.put_all(one, one.typed(draft("same")));
  store.put_all(two, two.typed(draft("same")));
  EXPECT_EQ(store.slots.size(), 1u);
  EXPECT_FALSE(two.other());
}

TEST(Draft, AFailedSaveIsToldAndTriedAgain) {
  DraftKeeper keeper("tab1");
  keeper.open(draft(""), std::nullopt);
  ASSERT_TRUE(keeper.typed(draft("a")));
  keeper.failed();
  EXPECT_FALSE(keeper.is_kept());
  EXPECT_FALSE(keeper.is_saved());
  const std::optional<SaveDraft> again = keeper.typed(draft("ab"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->expected, DraftVersion{});
  EXPECT_FALSE(keeper.saved());
  EXPECT_TRUE(keeper.is_kept());
}

}  // namespace
}  // namespace octavo
