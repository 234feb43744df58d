// The layout tree: the boxes, lines and fragments of one page at one width, in device pixels.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/content/document/document.h"
#include "core/content/html/semantic_tree.h"
#include "core/layout/style/style.h"
#include "core/layout/text/text_measurer.h"
#include "core/layout/tree/geometry.h"
#include "core/layout/tree/layout_options.h"

namespace octavo {

// A word or shaped run on a line: the unit of measuring and painting.
struct TextFragment {
  std::uint32_t text_begin = 0;  // into Layout::text; never contains a line end
  std::uint32_t text_end = 0;
  float x = 0;
  float width = 0;
  std::uint16_t face = 0;  // into Layout::faces
  ColorRole color = ColorRole::Ink;
  Direction direction = Direction::LeftToRight;
  bool underline = false;
  bool strike = false;
  std::int8_t baseline_shift = 0;          // device pixels, down; sub- and superscripts
  std::uint32_t target = 0;                // 1-based into Layout::hit_targets; 0 = none
  ColorRole background = ColorRole::Page;  // Page = none; inline code, <kbd>, <mark>
  // What also covers the gap to the fragment before it on the line.
  enum Join : std::uint8_t { kJoinsUnderline = 1, kJoinsStrike = 2, kJoinsBackground = 4 };
  std::uint8_t joins = 0;
};

struct LineBox {
  Rect rect;           // full height of the line, x and width of its content
  float baseline = 0;  // y
  std::uint32_t first_fragment = 0;
  std::uint32_t fragment_count = 0;
  std::uint32_t block_id = 0;
};

// A block's border box, or something painted in it.
struct Box {
  std::uint32_t block_id = 0;
  BlockKind kind = BlockKind::Paragraph;
  Rect rect;
  std::uint32_t first_line = 0;
  std::uint32_t line_count = 0;
};

// A link or a button: where it is (one rectangle per line) and what it does.
struct HitTarget {
  enum class Kind : std::uint8_t { Link, Button };
  Kind kind = Kind::Link;
  std::uint32_t block_id = 0;
  std::uint32_t span_index = 0;  // in the block's InlineText
  std::string url;               // Link: as in the document; Button: the action
  std::string name;              // accessible name
  bool pressed = false;
  bool is_disabled = false;
  std::vector<Rect> rects;
};

struct PlacedImage {
  std::uint32_t block_id = 0;
  std::uint32_t span_index = 0;
  std::string url;
  std::string alt;
  Rect rect;
};

// A field that a person types into; its element is at this place.
struct PlacedField {
  std::uint32_t block_id = 0;
  Rect rect;
};

// What a box paints besides text, in paint order.
struct Decoration {
  enum class Kind : std::uint8_t { Fill, Stroke };
  Kind kind = Kind::Fill;
  std::uint32_t block_id = 0;
  Rect rect;
  ColorRole color = ColorRole::Hairline;
  float radius = 0;
  float thickness = 1;  // Stroke
};

// A block and its descendants: ids in pre-order, without `end`.
struct BlockRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Layout {
  Viewport viewport;
  LineBreaking line_breaking = LineBreaking::Greedy;
  float width = 0;  // device pixels
  float height = 0;
  std::string text;  // arena of all fragments
  std::vector<Face> faces;
  std::vector<FaceMetrics> face_metrics;      // of faces, in whole pixels
  std::vector<std::string> languages;         // of fragments' blocks; see language_of
  std::vector<std::uint16_t> block_language;  // block id -> index into languages
  std::vector<Box> boxes;                     // pre-order, one per block
  std::vector<LineBox> lines;                 // top to bottom within each box
  std::vector<TextFragment> fragments;        // in visual order within a line
  std::vector<HitTarget> hit_targets;
  std::vector<PlacedImage> images;
  std::vector<PlacedField> fields;
  std::vector<Decoration> decorations;
  std::vector<BlockBreaks> breaks;  // what the page layer needs so that its lines are these
  // Table blocks: block id -> column widths in device pixels, for the page layer's <col> elements.
  std::vector<std::pair<std::uint32_t, std::vector<float>>> table_columns;
  // Tables wider than their column. They have the column's width and scroll within it, which only elements can: the page layer
  // shows them and nothing of them is painted. Their lines are given at scroll position 0.
  std::vector<BlockRange> scrolled_tables;
};

}  // namespace octavo
