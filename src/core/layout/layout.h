// Layout: a page's Document set into boxes and lines for one window. Made once per width, then only read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "core/content/document/document.h"
#include "core/layout/text/text_measurer.h"
#include "core/layout/tree/layout_options.h"
#include "core/layout/tree/layout_tree.h"

namespace octavo {

class BlockLayout;

// Precondition: number_blocks() has been called on the document. Any document and any viewport give a layout; widths below
// 160 CSS pixels are laid out as 160.
Layout layout_page(const Document& document, const Viewport& viewport, TextMeasurer& measurer, const LayoutOptions& options = {});

// The same in steps, for a page that must not block for long: call step() until nothing is left, then take().
class IncrementalLayout {
 public:
  // `document`, `measurer` and what the options name must outlive it and stay as they are.
  IncrementalLayout(const Document& document, const Viewport& viewport, TextMeasurer& measurer, const LayoutOptions& options);
  ~IncrementalLayout();
  IncrementalLayout(const IncrementalLayout&) = delete;
  IncrementalLayout& operator=(const IncrementalLayout&) = delete;

  enum class Step : std::uint8_t { Prepare, Measure, Place, None };
  // Does the next step; `words` bounds how many words one step measures. Returns what comes next.
  Step step(std::size_t words);
  Layout take() { return std::move(layout_); }

 private:
  const Document& document_;
  Layout layout_;
  std::unique_ptr<BlockLayout> blocks_;
  Step next_ = Step::Prepare;
};

// Stable text for golden tests: boxes, lines with their text, decorations; whole device pixels.
std::string dump_layout(const Layout& layout);

// The page as lines of plain text for a terminal of `columns` cells, from the same layout code (FixedTextMeasurer).
enum class TerminalStyle : std::uint8_t { Plain, Ansi };
std::string render_terminal(const Document& document, std::uint32_t columns, TerminalStyle style);

}  // namespace octavo
