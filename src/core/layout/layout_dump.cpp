// Layouts and display lists as stable text, in whole device pixels.
#include "core/layout/layout_dump.h"

#include <cmath>
#include <string>

#include "core/layout/display_list.h"

namespace octavo {

namespace {

std::string_view family_name(Family family) {
  return family == Family::Serif ? "serif" : family == Family::Sans ? "sans" : "mono";
}

void append_line(std::string& out, const Layout& layout, const LineBox& line) {
  out += "  line " + dump_rect(line.rect) + " base " + dump_number(line.baseline) + " \"";
  float end = 0;
  std::uint32_t target = 0;
  for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
    const TextFragment& fragment = layout.fragments[line.first_fragment + i];
    if (fragment.target != target && target != 0) out += ']';
    if (i > 0 && fragment.x > end + 0.5F) out += ' ';
    if (fragment.target != target && fragment.target != 0) out += "[" + std::to_string(fragment.target) + ":";
    target = fragment.target;
    out += layout.text.substr(fragment.text_begin, fragment.text_end - fragment.text_begin);
    end = fragment.x + fragment.width;
  }
  if (target != 0) out += ']';
  out += "\"\n";
}

void append_boxes(std::string& out, const Layout& layout) {
  for (const Box& box : layout.boxes) {
    out +=
        "box #" + std::to_string(box.block_id) + " " + std::string(block_kind_name(box.kind)) + " " + dump_rect(box.rect) + "\n";
    for (std::uint32_t i = 0; i < box.line_count; ++i) {
      const LineBox& line = layout.lines[box.first_line + i];
      if (line.block_id == box.block_id) append_line(out, layout, line);
    }
  }
}

void append_decorations(std::string& out, const Layout& layout) {
  for (const Decoration& decoration : layout.decorations) {
    out += decoration.kind == Decoration::Kind::Fill ? "fill " : "stroke ";
    out += std::string(color_role_name(decoration.color)) + " " + dump_rect(decoration.rect);
    if (decoration.radius > 0) out += " r" + dump_number(decoration.radius);
    out += "\n";
  }
}

void append_targets(std::string& out, const Layout& layout) {
  for (std::size_t i = 0; i < layout.hit_targets.size(); ++i) {
    const HitTarget& target = layout.hit_targets[i];
    out += (target.kind == HitTarget::Kind::Link ? "link " : "button ") + std::to_string(i + 1) + " " + target.url;
    for (const Rect& rect : target.rects) out += " (" + dump_rect(rect) + ")";
    out += "\n";
  }
  for (const PlacedImage& image : layout.images) out += "image " + image.url + " " + dump_rect(image.rect) + "\n";
  for (const PlacedField& field : layout.fields) {
    out += "field #" + std::to_string(field.block_id) + " " + dump_rect(field.rect) + "\n";
  }
}

void append_breaks(std::string& out, const Layout& layout) {
  for (const BlockBreaks& block : layout.breaks) {
    if (block.breaks.empty()) continue;
    out += "breaks #" + std::to_string(block.block_id);
    for (const SoftBreak& soft : block.breaks) {
      out += " " + std::to_string(soft.offset);
      out += soft.kind == BreakKind::Space ? "s" : soft.kind == BreakKind::Between ? "b" : "h";
    }
    out += "\n";
  }
  for (const auto& [block_id, columns] : layout.table_columns) {
    out += "columns #" + std::to_string(block_id);
    for (const float column : columns) out += " " + dump_number(column);
    out += "\n";
  }
  for (const BlockRange& table : layout.scrolled_tables) {
    out += "scrolled #" + std::to_string(table.begin) + " to #" + std::to_string(table.end - 1) + "\n";
  }
}

std::string_view item_name(DisplayItem::Kind kind) {
  switch (kind) {
    case DisplayItem::Kind::Fill:
      return "fill";
    case DisplayItem::Kind::Stroke:
      return "stroke";
    case DisplayItem::Kind::Text:
      return "text";
    case DisplayItem::Kind::Button:
      return "button";
  }
  return "";
}

void append_item(std::string& out, const DisplayList& list, const DisplayItem& item) {
  out += item_name(item.kind);
  if (item.kind == DisplayItem::Kind::Text) {
    const TextRun& run = list.runs[item.index];
    out += " " + dump_number(run.x) + "," + dump_number(run.baseline) + " w" + dump_number(run.width) + " ";
    out += dump_face(list.faces[run.face]);
    if (run.direction == Direction::RightToLeft) out += " rtl";
    if (!list.languages[run.language].empty()) out += " " + list.languages[run.language];
  } else {
    out += " " + dump_rect(item.rect);
  }
  out += " " + std::string(color_role_name(item.color));
  if (item.radius > 0) out += " r" + dump_number(item.radius);
  if (item.kind == DisplayItem::Kind::Button) out += " " + list.hit_targets[item.index].url;
  if (item.target != 0) out += " @" + std::to_string(item.target);
  if (item.kind == DisplayItem::Kind::Text) out += " \"" + std::string(list.run_text(list.runs[item.index])) + "\"";
  out += "\n";
}

}  // namespace

std::string dump_number(float value) {
  return std::to_string(std::lround(value));
}

std::string dump_rect(const Rect& rect) {
  return dump_number(rect.x) + "," + dump_number(rect.y) + " " + dump_number(rect.width) + "x" + dump_number(rect.height);
}

std::string dump_face(const Face& face) {
  std::string out = std::string(family_name(face.family)) + " " + dump_number(face.size);
  if (face.weight != 400) out += " " + std::to_string(face.weight);
  if (face.italic) out += " italic";
  return out;
}

std::string dump_layout(const Layout& layout) {
  std::string out = "page " + dump_number(layout.width) + "x" + dump_number(layout.height) + "\n";
  append_boxes(out, layout);
  append_decorations(out, layout);
  append_targets(out, layout);
  append_breaks(out, layout);
  return out;
}

std::string dump_display_list(const DisplayList& list) {
  std::string out = "page " + dump_number(list.width) + "x" + dump_number(list.height) + "\n";
  for (const DisplayItem& item : list.items) append_item(out, list, item);
  return out;
}

}  // namespace octavo
