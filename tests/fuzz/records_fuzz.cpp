// Drafts and outbox records from a damaged store: refused, or read, written and read again as the same.
#include <string>

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"
#include "fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  const std::string_view text = FuzzInput(data, size).text();
  if (const std::optional<Draft> draft = parse_draft(text)) {
    const std::optional<Draft> again = parse_draft(write_draft(*draft));
    OCTAVO_ASSERT(again && *again == *draft);
    OCTAVO_ASSERT(is_valid_utf8(draft->text));
    DraftKeeper keeper("page");
    keeper.open({.slot = draft->slot, .page = draft->page}, *draft);
    keeper.typed(*draft);
    OCTAVO_ASSERT(keeper.draft().has_same_content(*draft));
  }
  if (const std::optional<OutboxRecord> record = parse_outbox_record(text)) {
    const std::optional<OutboxRecord> again = parse_outbox_record(write_outbox_record(*record));
    OCTAVO_ASSERT(again && *again == *record);
    OCTAVO_ASSERT(!record->key().empty() && !outbox_state_name(record->state).empty());
  }
  return 0;
}
