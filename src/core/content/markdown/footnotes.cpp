// Moving notes and numbering references.
#include "core/content/markdown/footnotes.h"

#include <algorithm>
#include <utility>

namespace octavo {
namespace {

constexpr std::size_t kMaxLabelBytes = 100;
constexpr std::size_t kNoteIndent = 4;  // columns, those of "1.  "
constexpr std::string_view kNotesLabel = "Footnotes";
constexpr std::string_view kBackLabel = "Back to reference ";
constexpr std::string_view kBackArrow = "\u21A9\uFE0E";  // as text, not as an image
constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kNarrowNoBreakSpace = "\u202F";

// ---- Lines -----------------------------------------------------------------------------------------------------------

// The line at `at`, without its end, and where the next one begins.
struct Line {
  std::string_view text;
  std::size_t next = 0;
};

Line line_at(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  const bool is_pair = end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n';
  return {text.substr(at, end - at), std::min(text.size(), end + (is_pair ? 2 : 1))};
}

// Columns of white space in front, a tab to the next multiple of four.
std::size_t indent_of(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    if (c != ' ' && c != '\t') break;
    columns += c == '\t' ? 4 - columns % 4 : 1;
  }
  return columns;
}

std::string_view without_indent(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

bool is_blank(std::string_view line) {
  return without_indent(line).empty();
}

struct Start {
  std::string label;
  std::string_view rest;  // of the line
};

// "[^label]: rest"; an empty label when the line is not a note.
Start note_start(std::string_view line) {
  if (indent_of(line) >= kNoteIndent) return {};
  const std::string_view text = without_indent(line);
  std::string label = footnote_label(text);
  const std::size_t close = text.find(']');
  if (label.empty() || text.substr(close, 2) != "]:") return {};
  return {std::move(label), without_indent(text.substr(close + 2))};
}

// A line that may begin a block does not continue a paragraph. In doubt, a line is excluded.
bool continues_paragraph(std::string_view line) {
  const std::string_view text = without_indent(line);
  if (text.empty() || std::string_view("#>-*+=~`<|").find(text.front()) != std::string_view::npos) return false;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool is_item = digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  return !is_item && note_start(line).label.empty();
}

bool is_in(const VerbatimRanges& ranges, std::size_t offset) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), offset, [](std::size_t at, const auto& range) { return at < range.first; });
  return after != ranges.begin() && offset < std::prev(after)->second;
}

// ---- Moving ----------------------------------------------------------------------------------------------------------

class NoteMover {
 public:
  NoteMover(std::string_view markdown, const VerbatimRanges& verbatim, std::string_view file, Diagnostics& diagnostics)
      : markdown_(markdown), verbatim_(verbatim), file_(file), diagnostics_(diagnostics) {}

  FootnotedMarkdown move() {
    std::string rest;
    for (std::size_t at = 0; at < markdown_.size();) {
      const Line line = line_at(markdown_, at);
      ++line_number_;
      // Within a list the range of a line of code begins after the item's indentation.
      const std::size_t indent = line.text.size() - without_indent(line.text).size();
      const Start start = is_in(verbatim_, at + indent) ? Start{} : note_start(line.text);
      if (start.label.empty() || moved_.labels.size() >= kMaxFootnotes) {
        rest += markdown_.substr(at, line.next - at);
        at = line.next;
      } else {
        at = take_note(start, line.next);
        rest += '\n';  // the text before and after the note is not one paragraph
      }
    }
    if (moved_.labels.empty()) return {};
    moved_.text += "***\n\n";
    moved_.text += rest;
    return std::move(moved_);
  }

 private:
  // Appends the note as an item of the list; returns where the text goes on.
  std::size_t take_note(const Start& start, std::size_t at) {
    std::string note(start.rest);
    bool is_paragraph = !note.empty();
    std::size_t end = at;
    std::string pending;  // blank lines, which count only when the note goes on
    const std::uint32_t first_line = line_number_;
    std::uint32_t lines = 0;
    while (at < markdown_.size()) {
      const Line line = line_at(markdown_, at);
      const bool is_indented = indent_of(line.text) >= kNoteIndent;
      ++lines;
      if (is_blank(line.text)) {
        if (!note.empty()) pending += '\n';
        is_paragraph = false;
      } else if (is_indented || (is_paragraph && continues_paragraph(line.text))) {
        append_line(note, pending, line.text, is_indented);
        is_paragraph = true;
        end = line.next;
        line_number_ = first_line + lines;
      } else {
        break;
      }
      at = line.next;
    }
    if (!moved_.labels.emplace(start.label, moved_.labels.size()).second) {
      diagnostics_.warn(std::string(file_), first_line, 0,
                        "The footnote [^" + start.label + "] is already defined; this one is left out.");
      return end;
    }
    moved_.text += note.empty() ? "1." : "1.  " + note;
    moved_.text += "\n\n";
    return end;
  }

  static void append_line(std::string& note, std::string& pending, std::string_view line, bool is_indented) {
    if (note.empty()) {
      note = without_indent(line);
      return;
    }
    (note += pending) += '\n';
    pending.clear();
    if (!is_indented) note.append(kNoteIndent, ' ');
    note += line;
  }

  std::string_view markdown_;
  const VerbatimRanges& verbatim_;
  std::string_view file_;
  Diagnostics& diagnostics_;
  std::uint32_t line_number_ = 0;
  FootnotedMarkdown moved_;
};

// ---- Numbering -------------------------------------------------------------------------------------------------------

// Replaces the covered text of all references of one block, and moves its spans along.
class ReferenceRewriter {
 public:
  explicit ReferenceRewriter(InlineText& inlines) : inlines_(inlines) {}

  // References come in the order of the text.
  void replace(const Span& reference, const std::string& number) {
    // Two in a row would read as one number.
    const bool is_adjacent = !edits_.empty() && edits_.back().end == reference.begin;
    if (is_adjacent) edits_.push_back({reference.begin, reference.begin, std::string(kNarrowNoBreakSpace)});
    edits_.push_back({reference.begin, reference.end, number});
  }

  void apply() {
    std::string text;
    std::uint32_t done = 0;
    for (Edit& edit : edits_) {
      text += inlines_.text.substr(done, edit.begin - done);
      edit.new_begin = static_cast<std::uint32_t>(text.size());
      text += edit.text;
      edit.new_end = static_cast<std::uint32_t>(text.size());
      done = edit.end;
    }
    text += inlines_.text.substr(done);
    for (Span& span : inlines_.spans) {
      span.end = moved(span.end, Side::End);
      span.begin = std::min(moved(span.begin, Side::Begin), span.end);
    }
    inlines_.text = std::move(text);
  }

 private:
  struct Edit {
    std::uint32_t begin;
    std::uint32_t end;
    std::string text;
    std::uint32_t new_begin = 0;
    std::uint32_t new_end = 0;
  };
  enum class Side { Begin, End };

  // No span begins or ends inside the replaced text. Text that is inserted where spans meet stays outside them.
  std::uint32_t moved(std::uint32_t offset, Side side) const {
    const auto after = side == Side::Begin ? std::upper_bound(edits_.begin(), edits_.end(), offset,
                                                              [](std::uint32_t at, const Edit& edit) { return at < edit.end; })
                                           : std::lower_bound(edits_.begin(), edits_.end(), offset,
                                                              [](const Edit& edit, std::uint32_t at) { return edit.begin < at; });
    if (side == Side::Begin && after != edits_.end() && after->begin <= offset) return after->new_begin;
    if (after == edits_.begin()) return offset;
    const Edit& before = *std::prev(after);
    return before.new_end + (offset - before.end);
  }

  InlineText& inlines_;
  std::vector<Edit> edits_;
};

class NoteNumbering {
 public:
  explicit NoteNumbering(std::size_t notes) : notes_(notes) {}

  void visit(Block& block) {
    const auto is_reference = [](const Span& span) { return span.note == NoteLink::Reference; };
    if (std::any_of(block.inlines.spans.begin(), block.inlines.spans.end(), is_reference)) {
      ReferenceRewriter rewriter(block.inlines);
      for (Span& span : block.inlines.spans) {
        if (is_reference(span)) number(span, rewriter);
      }
      rewriter.apply();
    }
    for (Block& child : block.children) visit(child);
  }

  // The notes in the order of their numbers; visiting one may make it longer.
  const std::vector<std::size_t>& order() const { return order_; }

  std::size_t references_to(std::size_t note) const { return notes_[note].references; }

 private:
  struct Note {
    std::size_t number = 0;
    std::size_t references = 0;
  };

  void number(Span& reference, ReferenceRewriter& rewriter) {
    const std::size_t at = std::exchange(reference.width, 0);
    Note& note = notes_[at];
    if (note.number == 0) {
      order_.push_back(at);
      note.number = order_.size();
    }
    const std::string number = std::to_string(note.number);
    rewriter.replace(reference, number);
    reference.url = "#fn-" + number;
    reference.anchor = "fnref-" + number;
    if (++note.references > 1) reference.anchor += "-" + std::to_string(note.references);
  }

  std::vector<Note> notes_;
  std::vector<std::size_t> order_;
};

void append_span(InlineText& line, InlineKind kind, std::string_view text) {
  Span span;
  span.kind = kind;
  span.begin = static_cast<std::uint32_t>(line.text.size());
  line.text += text;
  span.end = static_cast<std::uint32_t>(line.text.size());
  line.spans.push_back(std::move(span));
}

// The backlinks, at the end of the note's last line.
void append_back_links(Block& note, std::size_t number, std::size_t references) {
  if (note.children.empty() || note.children.back().kind != BlockKind::Paragraph) note.children.emplace_back();
  InlineText& line = note.children.back().inlines;
  for (std::size_t i = 1; i <= std::min(references, kMaxBackLinks); ++i) {
    const std::string suffix = i == 1 ? std::string() : "-" + std::to_string(i);
    if (!line.empty()) line.text += kNoBreakSpace;
    append_span(line, InlineKind::Link, kBackArrow);
    const std::size_t link = line.spans.size() - 1;
    line.spans[link].note = NoteLink::Back;
    line.spans[link].url = "#fnref-" + std::to_string(number) + suffix;
    line.spans[link].alt = std::string(kBackLabel) + std::to_string(number) + suffix;
    if (i > 1) append_span(line, InlineKind::Superscript, std::to_string(i));
    line.spans[link].end = static_cast<std::uint32_t>(line.text.size());
  }
}

}  // namespace

bool may_have_footnotes(std::string_view markdown) {
  if (markdown.find("[^") == std::string_view::npos) return false;
  for (std::size_t at = 0; at < markdown.size();) {
    const Line line = line_at(markdown, at);
    if (!note_start(line.text).label.empty()) return true;
    at = line.next;
  }
  return false;
}

std::string footnote_label(std::string_view text) {
  if (!text.starts_with("[^")) return {};
  const std::string_view label = text.substr(2, text.substr(0, kMaxLabelBytes + 3).find(']', 2) - 2);
  const bool is_closed = 2 + label.size() < text.size() && text[2 + label.size()] == ']';
  if (!is_closed || label.find_first_of("[ \t\r\n") != std::string_view::npos) return {};
  std::string lower(label);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

FootnotedMarkdown move_footnotes_to_front(std::string_view markdown, const VerbatimRanges& verbatim, std::string_view file,
                                          Diagnostics& diagnostics) {
  return NoteMover(markdown, verbatim, file, diagnostics).move();
}

bool number_footnotes(Document& document, const FootnoteLabels& labels, std::string_view file, Diagnostics& diagnostics) {
  std::vector<Block>& blocks = document.root.children;
  if (blocks.size() < 2 || blocks[0].kind != BlockKind::List || blocks[0].children.size() != labels.size()) return false;
  std::vector<Block> notes = std::move(blocks[0].children);
  blocks.erase(blocks.begin(), blocks.begin() + 2);  // the list and the rule after it
  NoteNumbering numbering(labels.size());
  numbering.visit(document.root);
  for (std::size_t i = 0; i < numbering.order().size(); ++i) numbering.visit(notes[numbering.order()[i]]);

  Block section;
  section.kind = BlockKind::Section;
  section.role = Role::Endnotes;
  section.label = kNotesLabel;
  section.children.emplace_back().kind = BlockKind::Rule;
  Block list;
  list.kind = BlockKind::List;
  list.ordered = true;
  for (const std::size_t at : numbering.order()) {
    Block& note = list.children.emplace_back(std::move(notes[at]));
    note.anchor = "fn-" + std::to_string(list.children.size());
    append_back_links(note, list.children.size(), numbering.references_to(at));
  }
  for (const auto& [label, at] : labels) {
    if (numbering.references_to(static_cast<std::size_t>(at)) > 0) continue;
    diagnostics.warn(std::string(file), 0, 0, "Nothing refers to the footnote [^" + label + "]; it is left out.");
  }
  if (list.children.empty()) return true;
  section.children.push_back(std::move(list));
  blocks.push_back(std::move(section));
  return true;
}

}  // namespace octavo
