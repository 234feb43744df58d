// The page in a terminal: the same layout with words measured in cells, drawn as rows of text.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/utf8.h"
#include "core/layout/layout.h"
#include "core/layout/style/block_style.h"
#include "core/layout/text/text_analysis.h"

namespace octavo {

namespace {

// CSS pixels for one cell; the style table's spaces then come out as a few cells.
constexpr float kCellCss = 8;
// Less space than this between two rows makes no blank row.
constexpr float kBlankRowCss = 8;

std::uint32_t columns_of(std::string_view text) {
  std::vector<std::uint32_t> ends;
  find_grapheme_ends(text, ends);
  std::uint32_t columns = 0;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    columns += grapheme_columns(text.substr(begin, end - begin));
    begin = end;
  }
  return columns;
}

class CellMeasurer final : public TextMeasurer {
 public:
  void measure(const Face&, std::string_view, std::span<const std::string_view> words, std::span<float> widths) override {
    for (std::size_t i = 0; i < words.size(); ++i) widths[i] = static_cast<float>(columns_of(words[i])) * kCellCss;
  }
  FaceMetrics metrics(const Face& face, std::string_view) override { return {.ascent = face.size, .descent = face.size / 4}; }
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override { find_grapheme_ends(text, ends); }
};

// The text column is as wide as the terminal; a sidebar would not fit.
Viewport viewport_for(std::uint32_t columns) {
  const float content = static_cast<float>(columns) * kCellCss;
  for (const SizeClass size : {SizeClass::Phone, SizeClass::Tablet}) {
    const float width = content + 2 * page_metrics(size).gutter;
    if (size_class(width) == size) return {.width_css = width};
  }
  return {.width_css = kDesktopMinWidthCss - 1};
}

// A post may not send commands to the terminal.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint c = decode_utf8(text, i);
    const bool is_control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
    append_utf8(out, is_control ? kReplacementCharacter : c.value);
    i += c.length;
  }
  return out;
}

std::string repeated(std::string_view text, std::uint32_t count) {
  std::string out;
  for (std::uint32_t i = 0; i < count; ++i) out += text;
  return out;
}

struct Piece {
  std::int32_t column = 0;
  std::string text;
  bool bold = false;
  bool italic = false;
  bool underline = false;
};

struct Row {
  float bottom = 0;
  bool in_table = false;
  std::vector<Piece> pieces;
};

class TerminalPainter {
 public:
  TerminalPainter(const Document& document, const Layout& layout, TerminalStyle style) : layout_(layout), style_(style) {
    collect(document.root);
  }

  std::string paint() {
    for (const LineBox& line : layout_.lines) add_line(line);
    for (const PlacedImage& image : layout_.images) add_image(image);
    for (const HitTarget& target : layout_.hit_targets) add_button(target);
    for (const Box& box : layout_.boxes) add_box(box);
    return write_rows();
  }

 private:
  void collect(const Block& block) {
    blocks_.push_back(&block);
    for (const Block& child : block.children) collect(child);
  }

  std::int32_t column_of(float x) const {
    return std::max(0, static_cast<std::int32_t>(std::lround((x - layout_.boxes[0].rect.x) / kCellCss)));
  }
  static std::uint32_t cells(float width) { return static_cast<std::uint32_t>(std::max(0L, std::lround(width / kCellCss))); }

  Row& row_at(const Rect& rect) {
    Row& row = rows_[rect.y];
    row.bottom = std::max(row.bottom, rect.bottom());
    return row;
  }

  void add_line(const LineBox& line) {
    if (line.fragment_count == 0) return;
    Row& row = row_at(line.rect);
    row.in_table = layout_.boxes[line.block_id].kind == BlockKind::TableCell;
    const std::int32_t first = column_of(line.rect.x);
    for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
      const TextFragment& fragment = layout_.fragments[line.first_fragment + i];
      const Face& face = layout_.faces[fragment.face];
      // Within the line all widths are whole cells; a marker comes before it.
      const float offset = fragment.x - line.rect.x;
      Piece piece;
      piece.column = offset < 0 ? column_of(fragment.x) : first + static_cast<std::int32_t>(std::lround(offset / kCellCss));
      piece.text = printable(layout_.text.substr(fragment.text_begin, fragment.text_end - fragment.text_begin));
      piece.bold = face.weight >= 600;
      piece.italic = face.italic;
      piece.underline = fragment.target != 0 && layout_.hit_targets[fragment.target - 1].kind == HitTarget::Kind::Link;
      row.pieces.push_back(std::move(piece));
    }
  }

  void add_image(const PlacedImage& image) {
    Row& row = row_at(image.rect);
    row.pieces.push_back(
        {.column = column_of(image.rect.x), .text = "[" + printable(image.alt.empty() ? image.url : image.alt) + "]"});
  }

  void add_button(const HitTarget& target) {
    if (target.kind != HitTarget::Kind::Button) return;
    for (const Rect& rect : target.rects) {
      const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const auto& entry) { return entry.second.bottom > rect.y; });
      if (row == rows_.end()) continue;
      row->second.pieces.push_back({.column = column_of(rect.x), .text = "["});
      row->second.pieces.push_back({.column = column_of(rect.right()) - 1, .text = "]"});
    }
  }

  void add_box(const Box& box) {
    const Block& block = *blocks_[box.block_id];
    if (box.kind == BlockKind::Rule) add_rule(box.rect.y, box.rect, "─");
    if (box.kind == BlockKind::TableRow && block.is_header) add_rule(box.rect.bottom() - 1, box.rect, "─");
    if (box.kind == BlockKind::Heading && style_ == TerminalStyle::Plain && block.level <= 2 && box.line_count > 0) {
      Rect text = layout_.lines[box.first_line].rect;
      for (std::uint32_t i = 1; i < box.line_count; ++i)
        text.width = std::max(text.width, layout_.lines[box.first_line + i].rect.width);
      add_rule(box.rect.bottom(), text, block.level == 1 ? "═" : "─");
    }
    if (box.kind == BlockKind::Quote) quotes_.push_back(box.rect);
  }

  void add_rule(float y, const Rect& extent, std::string_view stroke) {
    Row& row = row_at({extent.x, y, extent.width, 1});
    row.in_table = true;
    row.pieces.push_back({.column = column_of(extent.x), .text = repeated(stroke, cells(extent.width))});
  }

  std::string write_rows() {
    std::string out;
    float bottom = 0;
    bool in_table = false;
    for (auto& [y, row] : rows_) {
      const bool is_one_table = in_table && row.in_table;
      if (!out.empty() && y - bottom >= kBlankRowCss && !is_one_table) {
        Row blank;
        add_quote_bars(blank, y - 1);
        write_row(out, blank);
      }
      add_quote_bars(row, y);
      write_row(out, row);
      bottom = std::max(bottom, row.bottom);
      in_table = row.in_table;
    }
    return out;
  }

  void add_quote_bars(Row& row, float y) {
    for (const Rect& quote : quotes_) {
      if (y >= quote.y && y < quote.bottom()) row.pieces.push_back({.column = column_of(quote.x), .text = "│"});
    }
  }

  void write_row(std::string& out, Row& row) {
    std::stable_sort(row.pieces.begin(), row.pieces.end(), [](const Piece& a, const Piece& b) { return a.column < b.column; });
    std::int32_t cursor = 0;
    for (const Piece& piece : row.pieces) {
      if (piece.column > cursor) {
        out.append(static_cast<std::size_t>(piece.column - cursor), ' ');
        cursor = piece.column;
      }
      append_piece(out, piece);
      cursor += static_cast<std::int32_t>(columns_of(piece.text));
    }
    out += '\n';
  }

  void append_piece(std::string& out, const Piece& piece) const {
    std::string codes;
    if (piece.bold) codes += ";1";
    if (piece.italic) codes += ";3";
    if (piece.underline) codes += ";4";
    const bool is_styled = style_ == TerminalStyle::Ansi && !codes.empty();
    if (is_styled) out += "\033[" + codes.substr(1) + "m";
    out += piece.text;
    if (is_styled) out += "\033[0m";
  }

  const Layout& layout_;
  const TerminalStyle style_;
  std::vector<const Block*> blocks_;
  std::map<float, Row> rows_;  // by top
  std::vector<Rect> quotes_;
};

}  // namespace

std::string render_terminal(const Document& document, std::uint32_t columns, TerminalStyle style) {
  CellMeasurer measurer;
  const Layout layout = layout_page(document, viewport_for(columns), measurer);
  return TerminalPainter(document, layout, style).paint();
}

}  // namespace octavo
