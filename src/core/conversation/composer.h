// The reply form: what is typed, the drafts that it is kept in, and what the form shows besides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/comments/comment_adapter.h"
#include "core/comments/draft.h"
#include "core/conversation/effect.h"
#include "core/conversation/event.h"

namespace octavo {

// The slot of a draft that changes a comment has this before the comment's id.
inline constexpr std::string_view kEditedComment = "edit:";

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

struct Composer {
  std::string page;  // path of the post's page
  std::string page_key;
  std::int64_t opened_at = 0;  // Unix seconds

  Submission typed;  // without key
  bool wants_remembering = false;
  std::string reply_to;  // id of a comment, or kEditedComment and an id; empty = the post
  DraftKeeper keeper{""};
  std::vector<Draft> drafts;  // of all pages
  CommentInTransit transit;
  KeptOnDevice kept;

  std::uint32_t rows = 6;
  bool has_preview = false;
  std::string problem;  // a sentence
  FormField problem_field = FormField::None;

  // The id of the comment that is edited, or empty.
  std::string_view edited_comment() const;
  const Draft* find_draft(std::string_view slot) const;
  // What another window has written in the same place, or empty.
  std::string_view other_text() const;

  void open(const ConversationOpened& opened, std::int64_t now);
  // Makes the draft that answers `parent` the form's.
  void open_slot(const std::string& parent);
  // New values of the fields; returns what is to be saved.
  std::optional<SaveDraft> type(const FormTyped& values, std::int64_t now);
  std::optional<SaveDraft> replace_text(std::string text, std::int64_t now);
  // Takes a saved draft into the list.
  void keep_in_list(const Draft& draft);
  void drop_from_list(std::string_view slot);
  // Makes another window's text part of this one's draft; precondition: keeper.other().
  std::string join_other_text();
  FillForm values() const;
};

}  // namespace octavo
