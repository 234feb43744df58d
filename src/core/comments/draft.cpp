// Saving without a timer, and without losing either of two texts.
#include "core/comments/draft.h"

#include <utility>

#include "core/base/json.h"

namespace octavo {

namespace {

// Of what is kept. 0 is what was kept before there was a version; it has the same members.
constexpr std::int64_t kVersion = 1;

template <typename AnyDraft, typename Text, typename Number>
void each_member(AnyDraft& draft, Text text, Number number) {
  text("slot", draft.slot);
  text("page", draft.page);
  text("parent", draft.parent);
  text("text", draft.text);
  text("name", draft.name);
  text("email", draft.email);
  text("website", draft.website);
  number("caret_begin", draft.caret_begin);
  number("caret_end", draft.caret_end);
  number("written_at", draft.written_at);
  number("revision", draft.revision);
}

}  // namespace

std::string draft_slot(std::string_view page, std::string_view parent) {
  return std::string(page) + "\n" + std::string(parent);
}

std::string write_draft(const Draft& draft) {
  JsonWriter json;
  json.begin_object().key("version").value(kVersion);
  each_member(
      draft, [&](std::string_view name, const std::string& text) { json.key(name).value(text); },
      [&](std::string_view name, auto number) { json.key(name).value(static_cast<std::int64_t>(number)); });
  return json.end_object().take();
}

std::optional<Draft> parse_draft(std::string_view text) {
  const Result<Json> json = Json::parse(text, "draft");
  if (!json || !json->get("text").is_string() || json->get("slot").string().empty()) return std::nullopt;
  if (json->get("version").integer() > kVersion) return std::nullopt;
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
  stored_revision_ = draft_.revision;
  other_.reset();
  is_saving_ = is_dirty_ = false;
}

std::optional<SaveDraft> DraftKeeper::typed(Draft now) {
  now.slot = draft_.slot;
  now.revision = draft_.revision;
  draft_ = std::move(now);
  is_dirty_ = true;
  return save();
}

std::optional<SaveDraft> DraftKeeper::saved() {
  stored_revision_ = draft_.revision;
  is_saving_ = false;
  is_kept_ = true;
  return save();
}

std::optional<SaveDraft> DraftKeeper::conflicted(const Draft& stored) {
  is_saving_ = false;
  if (stored.says_the_same(draft_)) {
    stored_revision_ = draft_.revision = stored.revision;
  } else {
    other_ = stored;
    draft_.slot += "\n" + page_key_;
    stored_revision_ = draft_.revision = 0;
  }
  is_dirty_ = true;
  return save();
}

void DraftKeeper::failed() {
  is_saving_ = false;
  is_dirty_ = true;
  is_kept_ = false;
}

std::optional<SaveDraft> DraftKeeper::save() {
  if (is_saving_ || !is_dirty_) return std::nullopt;
  is_saving_ = true;
  is_dirty_ = false;
  draft_.revision = stored_revision_ + 1;
  return SaveDraft{draft_, stored_revision_};
}

}  // namespace octavo
