// The reply form: what is typed, the drafts that it is kept in, and what the form shows besides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/comments/comment_adapter.h"
#include "core/comments/draft.h"
#include "core/conversation/compose_target.h"
#include "core/conversation/effect.h"
#include "core/conversation/event.h"

namespace octavo {

// What the device keeps of this reader's texts.
struct KeptOnDevice {
  bool works = true;
  bool was_lost = false;
  bool is_shown = false;                 // the list of drafts and records
  std::optional<FileImported> imported;  // the last file, until something else is done
};

// A comment on its way into the store: its text stays in the form until it is there.
struct CommentInTransit {
  std::string key;  // empty = none
  std::uint64_t ticket = 0;
  std::string slot;  // of its draft
  std::string text;
  std::string text_now;  // of the form, where somebody writes on
};

// A record that goes back into a draft, and leaves the outbox when that is saved.
struct LeavingRecord {
  std::string key;   // empty = none
  std::string slot;  // of the draft
};

struct Composer {
  std::string page;  // path of the post's page
  std::string page_key;
  std::int64_t opened_at = 0;  // Unix seconds

  Submission typed;  // without key
  bool wants_remembering = false;
  ComposeTarget target;
  DraftKeeper keeper{""};
  std::vector<Draft> drafts;  // of all pages
  CommentInTransit transit;
  LeavingRecord leaving;
  KeptOnDevice kept;

  std::uint32_t rows = 6;
  bool has_preview = false;
  std::string problem;  // a sentence
  FormField problem_field = FormField::None;

  const Draft* find_draft(std::string_view slot) const;
  // What another window has written in the same place, or empty.
  std::string_view other_text() const;

  void open(const ConversationOpened& opened, std::int64_t now);
  // Makes the draft with this target the form's.
  void open_slot(const ComposeTarget& new_target);
  // New values of the fields; returns what is to be saved.
  std::optional<SaveDraft> type(const FormTyped& values, std::int64_t now);
  std::optional<SaveDraft> replace_text(std::string text, std::int64_t now);
  // Takes a saved draft into the list.
  void keep_in_list(const Draft& draft);
  void drop_from_list(std::string_view slot);
  // Takes the draft that this window knows in this slot out of the store.
  DropDraft dropping(const std::string& slot) const;
  // The draft of a save that did not succeed after another one was opened, for a slot of its own; nullopt when it is not known.
  std::optional<SaveDraft> rescue(std::uint64_t revision) const;
  // Makes another window's text part of this one's draft; precondition: keeper.other().
  std::string join_other_text();
  FillForm values() const;
};

}  // namespace octavo
