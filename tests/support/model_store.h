// The store of a conversation as a model: what shell/conversation/store.js does, in memory.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/comments/draft.h"
#include "core/comments/outbox.h"
#include "core/conversation/event.h"

namespace octavo {

// All tabs of a browser share it. It outlives them.
struct ModelStore {
  std::map<std::string, std::string> drafts;   // slot -> JSON
  std::map<std::string, std::string> records;  // key -> JSON

  std::vector<Draft> all_drafts() const;
  std::vector<OutboxRecord> all_records() const;
  bool has(std::string_view part) const;
  // But for these keys.
  bool has_record(std::string_view part, const std::set<std::string>& but = {}) const;
  ConversationEvent save(const SaveDraft& save);
  // `window` is the page key of the tab that asks.
  void drop(const DropDraft& drop, const std::string& window);
  Stored keep(const StoreRecord& record, const std::string& window);
  // True when nothing is there afterwards.
  bool forget(const std::string& key);
};

}  // namespace octavo
