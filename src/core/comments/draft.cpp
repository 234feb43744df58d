// Saving without a timer, and without losing either of two texts.
#include "core/comments/draft.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"

namespace octavo {

namespace {

template <typename AnyDraft, typename Text, typename Number>
void each_member(AnyDraft& draft, Text text, Number number) {
  text("slot", draft.slot);
  text("page", draft.page);
  text("parent", draft.parent);
  text("text", draft.text);
  text("name", draft.name);
  text("email", draft.email);
  text("website", draft.website);
  text("window", draft.window);
  number("caret_begin", draft.caret_begin);
  number("caret_end", draft.caret_end);
  number("written_at", draft.written_at);
  number("revision", draft.revision);
}

}  // namespace

std::string draft_slot(std::string_view page, std::string_view parent) {
  return std::string(page).append(kSlotSeparator).append(parent);
}

DraftVersion version_of(const Draft& draft) {
  return {draft.revision, draft.window};
}

std::string write_draft(const Draft& draft) {
  JsonWriter json;
  json.begin_object().key("version").value(kDraftVersion);
  each_member(
      draft, [&](std::string_view name, const std::string& text) { json.key(name).value(text); },
      [&](std::string_view name, auto number) { json.key(name).value(static_cast<std::int64_t>(number)); });
  return json.end_object().take();
}

std::optional<Draft> parse_draft(std::string_view text) {
  const Result<Json> json = Json::parse(text, "draft");
  if (!json || !json->get("text").is_string() || json->get("slot").string().empty()) return std::nullopt;
  if (json->get("version").integer() > kDraftVersion) return std::nullopt;
  Draft draft;
  each_member(
      draft, [&](std::string_view name, std::string& value) { value = json->get(name).string(); },
      [&](std::string_view name, auto& number) {
        number = static_cast<std::remove_reference_t<decltype(number)>>(json->get(name).integer());
      });
  return draft;
}

void DraftKeeper::open(Draft empty, const std::optional<Draft>& stored) {
  draft_ = stored ? *stored : std::move(empty);
  stored_ = version_of(draft_);
  other_.reset();
  is_saving_ = is_dirty_ = false;
  is_kept_ = true;
}

std::optional<SaveDraft> DraftKeeper::typed(Draft now) {
  now.slot = draft_.slot;
  now.revision = draft_.revision;
  now.window = draft_.window;
  draft_ = std::move(now);
  is_dirty_ = true;
  return save();
}

std::optional<SaveDraft> DraftKeeper::saved() {
  stored_ = version_of(draft_);
  is_saving_ = false;
  is_kept_ = true;
  return save();
}

std::optional<SaveDraft> DraftKeeper::conflicted(const Draft& stored) {
  is_saving_ = false;
  if (stored.has_same_content(draft_)) {
    stored_ = version_of(stored);
  } else {
    other_ = stored;
    draft_.slot.append(kSlotSeparator).append(page_key_);
    stored_ = {};
  }
  is_dirty_ = true;
  return save();
}

void DraftKeeper::failed() {
  is_saving_ = false;
  is_dirty_ = true;
  is_kept_ = false;
}

std::optional<SaveDraft> DraftKeeper::leave() {
  if (!is_dirty_) return std::nullopt;
  if (is_saving_) stored_ = version_of(draft_);
  is_saving_ = false;
  return save();
}

std::optional<SaveDraft> DraftKeeper::save() {
  // Before a page is opened there is no slot, and what has none could not be read again.
  if (is_saving_ || !is_dirty_ || draft_.slot.empty()) return std::nullopt;
  is_saving_ = true;
  is_dirty_ = false;
  last_revision_ = draft_.revision = std::max(stored_.revision, last_revision_) + 1;
  draft_.window = page_key_;
  return SaveDraft{draft_, stored_};
}

}  // namespace octavo
