// The reader as its page drives it: a line is a message, or "+" and the bytes of the file that is awaited longest, or "-" where
// that fails. Whatever comes, there is a page that can be laid out, and what the page is told can be read.
#include <algorithm>
#include <deque>
#include <string>
#include <variant>

#include "browser/messages.h"
#include "core/base/json.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "core/reader/reader.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr std::size_t kMaxLines = 24;
constexpr std::uint32_t kMaxPageDepth = 3 * kMaxBlockDepth;

class Session {
 public:
  void line(std::string_view line) {
    if (line.starts_with('+') || line.starts_with('-')) return answer(line);
    if (const Result<Event> event = parse_event_message(line)) return send(*event);
    const Result<StartMessage> start = parse_start_message(line);
    if (!start || is_started_) return;
    is_started_ = true;
    viewport_ = start->viewport;
    send(start->started);
  }

  void check_page() {
    Document document = reader_.page().document;
    check_block(document.root, 0, kMaxPageDepth);
    check_element(build_semantic_tree(document));
    FixedTextMeasurer measurer;
    const Layout layout = layout_page(document, viewport_, measurer);
    build_display_list(layout);
    OCTAVO_ASSERT(Json::parse(write_page_message(reader_.page(), layout, ShowPage{}), "page").ok());
    OCTAVO_ASSERT(is_valid_utf8(reader_.page().title) && is_valid_utf8(reader_.page().path));
  }

 private:
  void answer(std::string_view line) {
    if (awaited_.empty()) return;
    const std::uint32_t request = awaited_.front();
    awaited_.pop_front();
    if (line.starts_with('+')) return send(Fetched{request, std::string(line.substr(1))});
    send(FetchFailed{request, static_cast<FetchFailure>(line.size() % 4), 404});
  }
  void send(const Event& event) {
    const std::vector<Effect> effects = reader_.update(event);
    OCTAVO_ASSERT(Json::parse(write_effects_message(effects), "effects").ok());
    for (const Effect& effect : effects) {
      if (const Fetch* fetch = std::get_if<Fetch>(&effect)) awaited_.push_back(fetch->request);
      if (std::holds_alternative<ShowPage>(effect)) check_page();
    }
  }

  GumboParser parser_;
  Reader reader_{&parser_};
  Viewport viewport_;
  std::deque<std::uint32_t> awaited_;
  bool is_started_ = false;
};

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  std::string_view rest = FuzzInput(data, size).text();
  Session session;
  for (std::size_t count = 0; count < kMaxLines && !rest.empty(); ++count) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    session.line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  session.check_page();
  return 0;
}
