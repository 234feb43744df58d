// Single transactions.
#include "support/model_store.h"

#include <algorithm>

#include "core/comments/outbox_record.h"

namespace octavo {

std::vector<Draft> ModelStore::all_drafts() const {
  std::vector<Draft> all;
  for (const auto& [slot, json] : drafts) all.push_back(parse_draft(json).value());
  return all;
}

std::vector<OutboxRecord> ModelStore::all_records() const {
  std::vector<OutboxRecord> all;
  for (const auto& [key, json] : records) all.push_back(parse_outbox_record(json).value());
  return all;
}

bool ModelStore::has(std::string_view part) const {
  return has_record(part) || std::any_of(drafts.begin(), drafts.end(),
                                         [&](const auto& entry) { return entry.second.find(part) != std::string::npos; });
}

bool ModelStore::has_record(std::string_view part, const std::set<std::string>& but) const {
  return std::any_of(records.begin(), records.end(), [&](const auto& entry) {
    return !but.contains(entry.first) && entry.second.find(part) != std::string::npos;
  });
}

ConversationEvent ModelStore::save(const SaveDraft& save) {
  const auto stored = drafts.find(save.draft.slot);
  if (stored != drafts.end()) {
    const Draft there = parse_draft(stored->second).value();
    if (version_of(there) != save.expected) return DraftConflict{save.draft.revision, there};
  }
  drafts[save.draft.slot] = write_draft(save.draft);
  return DraftSaved{save.draft.revision};
}

void ModelStore::drop(const DropDraft& drop, const std::string& window) {
  const auto stored = drafts.find(drop.slot);
  if (stored == drafts.end()) return;
  const Draft there = parse_draft(stored->second).value();
  if (there.window == window || version_of(there) == drop.expected) drafts.erase(stored);
}

Stored ModelStore::keep(const StoreRecord& record, const std::string& window) {
  const auto stored = records.find(record.key);
  if (stored == records.end() && !record.is_new) return Stored::Gone;
  const bool is_as_known =
      stored == records.end() || !record.expected || parse_outbox_record(stored->second)->state == *record.expected;
  if (is_as_known) records[record.key] = record.record;
  drop(record.draft, window);
  return Stored::Yes;
}

bool ModelStore::forget(const std::string& key) {
  const auto stored = records.find(key);
  if (stored == records.end()) return true;
  if (parse_outbox_record(stored->second)->state == OutboxState::Sending) return false;
  records.erase(stored);
  return true;
}

}  // namespace octavo
