// Drafts behind the fields of the form.
#include "core/conversation/composer.h"

#include <algorithm>
#include <utility>

namespace octavo {

const Draft* Composer::find_draft(std::string_view slot) const {
  const auto found = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) { return draft.slot == slot; });
  return found == drafts.end() ? nullptr : &*found;
}

std::string_view Composer::other_text() const {
  return keeper.other() ? std::string_view(keeper.other()->text) : std::string_view();
}

void Composer::open(const ConversationOpened& opened, std::int64_t now) {
  page = opened.page;
  page_key = opened.page_key;
  opened_at = now;
  const RememberedPerson person = opened.person.value_or(RememberedPerson{});
  typed = {};
  typed.name = person.name;
  typed.email = person.email;
  typed.website = person.website;
  wants_remembering = opened.person.has_value();
  target = {};
  drafts = opened.drafts;
  transit = {};
  leaving = {};
  kept.works = opened.is_kept;
  kept.was_lost = kept.was_lost || opened.was_lost;
  kept.imported.reset();
  problem.clear();
}

void Composer::open_slot(const ComposeTarget& new_target) {
  leaving = {};
  target = new_target;
  Draft empty;
  empty.parent = compose_target_name(target);
  empty.slot = draft_slot(page, empty.parent);
  empty.page = page;
  const Draft* stored = find_draft(empty.slot);
  if (keeper.page_key() != page_key) keeper = DraftKeeper(page_key);
  keeper.open(empty, stored != nullptr ? std::optional<Draft>(*stored) : std::nullopt);
  const Draft& draft = keeper.draft();
  typed.text = draft.text;
  typed.parent = target.parent();
  // The fields as they were typed with it; without a draft those of next time stay.
  if (!draft.text.empty()) {
    if (!draft.name.empty()) typed.name = draft.name;
    if (!draft.email.empty()) typed.email = draft.email;
    if (!draft.website.empty()) typed.website = draft.website;
  }
  problem.clear();
}

std::optional<SaveDraft> Composer::type(const FormTyped& values, std::int64_t now) {
  typed.text = values.text;
  typed.name = values.name;
  typed.email = values.email;
  typed.website = values.website;
  typed.consent = values.consent;
  wants_remembering = values.remember;
  Draft draft = keeper.draft();
  draft.text = typed.text;
  draft.parent = compose_target_name(target);
  draft.caret_begin = values.caret_begin;
  draft.caret_end = values.caret_end;
  draft.name = typed.name;
  draft.email = typed.email;
  draft.website = typed.website;
  draft.written_at = now;
  return keeper.typed(std::move(draft));
}

std::optional<SaveDraft> Composer::replace_text(std::string text, std::int64_t now) {
  typed.text = std::move(text);
  Draft draft = keeper.draft();
  draft.text = typed.text;
  draft.caret_begin = draft.caret_end = UINT32_MAX;
  draft.written_at = now;
  return keeper.typed(std::move(draft));
}

void Composer::keep_in_list(const Draft& draft) {
  const auto found = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& other) { return other.slot == draft.slot; });
  if (found != drafts.end()) {
    *found = draft;
  } else {
    drafts.push_back(draft);
  }
}

void Composer::drop_from_list(std::string_view slot) {
  std::erase_if(drafts, [&](const Draft& draft) { return draft.slot == slot; });
}

DropDraft Composer::dropping(const std::string& slot) const {
  const Draft* known = find_draft(slot);
  return {slot, known == nullptr ? DraftVersion{} : version_of(*known)};
}

std::optional<SaveDraft> Composer::rescue(std::uint64_t revision) const {
  const auto found = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) {
    return draft.revision == revision && draft.window == page_key && draft.slot != keeper.draft().slot;
  });
  if (found == drafts.end()) return std::nullopt;
  SaveDraft again{*found, {}};
  again.draft.slot.append(kSlotSeparator).append(page_key);
  return again;
}

std::string Composer::join_other_text() {
  const std::string other = keeper.other()->text;
  const Draft mine = keeper.draft();
  keeper.open(mine, mine);
  return typed.text + "\n\n" + other;
}

FillForm Composer::values() const {
  FillForm values;
  values.text = typed.text;
  values.name = typed.name;
  values.email = typed.email;
  values.website = typed.website;
  values.remember = wants_remembering;
  values.caret_begin = keeper.draft().caret_begin;
  values.caret_end = keeper.draft().caret_end;
  return values;
}

}  // namespace octavo
