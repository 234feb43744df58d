// Messages between the page and the program: whatever the page says, the program lays it out or refuses it.
#include <cmath>
#include <string>

#include "browser/messages.h"
#include "core/base/assert.h"
#include "core/base/json.h"
#include "core/content/document/block_codec.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"

namespace octavo {
namespace {

void check_start(std::string_view json) {
  const Result<StartMessage> message = parse_start_message(json);
  if (!message) return;
  const Viewport& viewport = message->viewport;
  OCTAVO_ASSERT(viewport.width_css >= 1 && viewport.height_css >= 1 && std::isfinite(viewport.width_css));
  OCTAVO_ASSERT(viewport.device_pixel_ratio >= 0.25F && viewport.device_pixel_ratio <= 8);
  OCTAVO_ASSERT(viewport.text_scale >= 0.5F && viewport.text_scale <= 3);
  // A page in lines that some browser is said to have found.
  Document document;
  Block paragraph;
  paragraph.inlines.text = "Some words, to be set in lines that were given.";
  document.root.kind = BlockKind::Section;
  document.root.children.assign(3, paragraph);
  number_blocks(document);
  FixedTextMeasurer measurer;
  layout_page(document, viewport, measurer, {.browser_line_breaks = &message->lines});
}

void check_event(std::string_view json) {
  Result<Event> event = parse_event_message(json);
  if (!event) return;
  const auto* changed = std::get_if<ConversationChanged>(&*event);
  if (changed == nullptr) return;
  JsonWriter first;
  encode_blocks(first, changed->blocks);
  JsonWriter second;
  encode_blocks(second, decode_blocks(Json::parse(first.text(), "blocks").value()));
  OCTAVO_ASSERT(second.text() == first.text());
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.children = changed->blocks;
  for (const Block& block : document.root.children) check_block(block, 1);
  number_blocks(document);
  check_element(build_semantic_tree(document));
  FixedTextMeasurer measurer;
  build_display_list(layout_page(document, {}, measurer));
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  const std::string_view json = FuzzInput(data, size).text();
  check_start(json);
  check_event(json);
  return 0;
}
