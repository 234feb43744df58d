// Drafts: what a person types is in the store as fast as the store takes it, and no other page's text is written over.
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
  bool operator==(const Draft&) const = default;
  // The same to a person, whoever saved it when.
  bool says_the_same(const Draft& other) const { return text == other.text && parent == other.parent; }
};

std::string draft_slot(std::string_view page, std::string_view parent);

// JSON with a version, and back. A draft without a version is read; nullopt for what is no draft, or is of a newer version.
std::string write_draft(const Draft& draft);
std::optional<Draft> parse_draft(std::string_view json);

// Put `draft` into its slot if the slot still has `expected_revision` (0 = is empty), otherwise say what is there.
struct SaveDraft {
  Draft draft;
  std::uint64_t expected_revision = 0;
};

// Saves one draft. There is at most one save under way; what is typed meanwhile goes with the next one, so that the delay is that
// of the store alone.
class DraftKeeper {
 public:
  // `page_key` tells this page (a browser's tab) from others.
  explicit DraftKeeper(std::string page_key) : page_key_(std::move(page_key)) {}

  // The form was opened; `stored` is what its slot holds.
  void open(Draft empty, const std::optional<Draft>& stored);
  std::optional<SaveDraft> typed(Draft now);
  std::optional<SaveDraft> saved();
  // Another page has saved something else there: this page's text goes to a slot of its own, and both are kept.
  std::optional<SaveDraft> conflicted(const Draft& stored);
  // The store refused; the text is in memory alone until a save succeeds. Tried again with the next change.
  void failed();

  const Draft& draft() const { return draft_; }
  // What another page has written here, for the person to choose.
  const std::optional<Draft>& other() const { return other_; }
  bool is_saved() const { return !is_saving_ && !is_dirty_; }
  bool is_kept() const { return is_kept_; }

 private:
  std::optional<SaveDraft> save();

  std::string page_key_;
  Draft draft_;
  std::optional<Draft> other_;
  std::uint64_t stored_revision_ = 0;
  bool is_saving_ = false;
  bool is_dirty_ = false;
  bool is_kept_ = true;
};

}  // namespace octavo
