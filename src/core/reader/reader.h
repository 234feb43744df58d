// The reader's state machine: Event in, new state and Effects out. No clock, no network, no screen.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "core/layout/text/hyphenation.h"
#include "core/page/page.h"
#include "core/reader/effect.h"
#include "core/reader/event.h"

namespace octavo {

class Reader {
 public:
  // `html_parser` may be null (then raw HTML shows as text) and must outlive the reader.
  explicit Reader(HtmlParser* html_parser);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // Handles one event completely. Unknown request numbers (late answers) are ignored.
  std::vector<Effect> update(const Event& event);

  // The page to show; before Started it is an empty loading page.
  const Page& page() const;

  // Grows as files arrive; a layout that is shown does not change with it.
  std::span<const HyphenationPatterns> hyphenation() const;

  // Stable text of the whole state for tests.
  std::string dump() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace octavo
