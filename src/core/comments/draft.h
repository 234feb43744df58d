// Drafts: what a person types is saved as fast as the store takes it, and never replaces another page's text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace octavo {

// One a post and parent, as typed.
struct Draft {
  std::string slot;  // its place in the store: draft_slot()
  std::string page;  // path of the post's page
  std::string parent;
  std::string text;
  std::uint32_t caret_begin = 0;  // UTF-16 units, as a text field counts
  std::uint32_t caret_end = 0;
  std::string name;
  std::string email;
  std::string website;
  std::int64_t written_at = 0;  // Unix seconds by the reader's clock; shown, never decided upon
  std::uint64_t revision = 0;   // counts the saves
  std::string window;           // that has saved it last: its page key
  bool operator==(const Draft&) const = default;
  // The same to a person, whoever saved it when.
  bool has_same_content(const Draft& other) const { return text == other.text && parent == other.parent; }
};

// Of what is kept. 0 is what was kept before there was a version; it has the same members.
inline constexpr std::int64_t kDraftVersion = 1;

// Between the parts of a slot: page, parent, and what tells apart two drafts for one place.
inline constexpr std::string_view kSlotSeparator = "\n";
std::string draft_slot(std::string_view page, std::string_view parent);

// JSON with a version, and back. A draft without a version is read. The result is nullopt for other text and for newer versions.
std::string write_draft(const Draft& draft);
std::optional<Draft> parse_draft(std::string_view json);

// Which save a slot holds. Two windows may have counted to the same number.
struct DraftVersion {
  std::uint64_t revision = 0;  // 0 = the slot is empty
  std::string window;
  bool operator==(const DraftVersion&) const = default;
};
DraftVersion version_of(const Draft& draft);

// Put `draft` into its slot if the slot is empty or still has the version `expected`, otherwise say what is there.
struct SaveDraft {
  Draft draft;
  DraftVersion expected;
};
// Take the draft out of its slot if the slot has the version `expected`, or one that this window has saved. Another window's text
// stays.
struct DropDraft {
  std::string slot;
  DraftVersion expected;
};

// Saves one draft. There is at most one save under way; what is typed meanwhile goes with the next one, so that the delay is that
// of the store alone.
class DraftKeeper {
 public:
  // `page_key` tells this page (a browser's tab) from others.
  explicit DraftKeeper(std::string page_key) : page_key_(std::move(page_key)) {}

  // The form was opened; `stored` is what its slot holds. Revisions go on from the last one of this page: a slot that was emptied
  // must not come to the same version again.
  void open(Draft empty, const std::optional<Draft>& stored);
  std::optional<SaveDraft> typed(Draft now);
  // What has become of the save under way.
  std::optional<SaveDraft> saved();
  // Another page has saved something else there: this page's text goes to a slot of its own, and both are kept.
  std::optional<SaveDraft> conflicted(const Draft& stored);
  // The store refused; the text is in memory alone until a save succeeds. Tried again with the next change.
  void failed();
  // Whether this save is the one under way. Another one was of a draft that is not open any more.
  bool is_awaiting(std::uint64_t revision) const { return is_saving_ && revision == last_revision_; }
  // Another draft is to be opened: what was typed since the last save is saved without waiting for it.
  std::optional<SaveDraft> leave();
  // The draft is dropped, or has become a comment: nothing of it is saved any more.
  void discard() { is_dirty_ = false; }

  const Draft& draft() const { return draft_; }
  // What another page has written here, for the person to choose.
  const std::optional<Draft>& other() const { return other_; }
  bool is_saved() const { return !is_saving_ && !is_dirty_; }
  bool is_kept() const { return is_kept_; }
  const std::string& page_key() const { return page_key_; }

 private:
  std::optional<SaveDraft> save();

  std::string page_key_;
  Draft draft_;
  std::optional<Draft> other_;
  DraftVersion stored_;  // as far as this page knows
  std::uint64_t last_revision_ = 0;
  bool is_saving_ = false;
  bool is_dirty_ = false;
  bool is_kept_ = true;
};

}  // namespace octavo
