// Blocks as Markdown: each block is text without a line end, and containers indent the text of their children.
#include "core/content/markdown/markdown_writer.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"
#include "core/content/markdown/markdown_inline_writer.h"

namespace octavo {
namespace {

constexpr std::size_t kMaxTableColumns = 128;  // md4c reads no more

// Every line with `prefix` before it; the first with `first` instead.
std::string indented(std::string_view text, std::string_view first, std::string_view prefix) {
  std::string out(first);
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\n') continue;
    const bool is_empty_line = i + 1 < text.size() && text[i + 1] == '\n';
    std::string_view here = prefix;
    if (is_empty_line) here = here.substr(0, here.find_last_not_of(' ') + 1);
    out += here;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_same(const InlineText& a, const InlineText& b) {
  if (a.text != b.text || a.spans.size() != b.spans.size()) return false;
  return std::equal(a.spans.begin(), a.spans.end(), b.spans.begin(), [](const Span& x, const Span& y) {
    return x.kind == y.kind && x.begin == y.begin && x.end == y.end && x.url == y.url && x.title == y.title && x.alt == y.alt &&
           x.width == y.width && x.height == y.height;
  });
}

// ---- Raw HTML --------------------------------------------------------------------------------------------------------------

// Only what html_import.h reads back; classes and ids are the page's.
void reduce_attributes(Element& element) {
  static constexpr auto kKept = std::to_array<std::string_view>(
      {"href", "src", "alt", "title", "width", "height", "lang", "dir", "start", "datetime", "type", "checked"});
  for (auto& [name, value] : element.attributes) {
    if (name == "class" && value.starts_with("align-")) {
      name = "align";
      value.erase(0, std::string_view("align-").size());
    }
  }
  const bool is_code = element.tag == "code";
  std::erase_if(element.attributes, [&](const auto& attribute) {
    const bool is_language = is_code && attribute.first == "class" && attribute.second.starts_with("language-");
    return !is_language && attribute.first != "align" && std::find(kKept.begin(), kKept.end(), attribute.first) == kKept.end();
  });
  for (Element& child : element.children) reduce_attributes(child);
}

// A line of blanks alone would end a block of raw HTML, and a tab that begins a line would be read as four blanks.
std::string without_empty_lines(std::string_view html) {
  std::string out;
  bool is_blank_line = false;
  for (const char c : html) {
    if (is_blank_line && (c == '\n' || c == '\t')) {
      out += c == '\n' ? "&#10;" : "&#9;";
      is_blank_line = false;
    } else {
      out += c;
      is_blank_line = c == '\n' || (is_blank_line && c == ' ');
    }
  }
  return out;
}

// As one block of raw HTML.
std::string html_block(const Block& block) {
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.children.push_back(block);
  number_blocks(document);
  Element tree = build_semantic_tree(document);
  reduce_attributes(tree);
  // A paragraph's tag does not begin a block of type 6, so a language is set on a <div>.
  std::string html = without_empty_lines(write_inner_html(tree));
  while (html.ends_with('\n')) html.pop_back();
  return html;
}

bool is_plain_table(const Block& table) {
  if (table.children.empty() || !table.children.front().is_header) return false;
  const std::size_t columns = table.children.front().children.size();
  if (columns == 0 || columns > kMaxTableColumns) return false;
  for (const Block& row : table.children) {
    const bool is_first = &row == &table.children.front();
    if (row.is_header != is_first || row.children.size() > columns) return false;
    for (std::size_t i = 0; i < row.children.size(); ++i) {
      const Block& cell = row.children[i];
      if (cell.is_header != is_first || cell.align != table.children.front().children[i].align) return false;
      if (!cell.language.empty() || !cell.direction.empty()) return false;
    }
  }
  return true;
}

bool needs_html(const Block& block) {
  if (!block.language.empty() || !block.direction.empty()) return true;
  switch (block.kind) {
    case BlockKind::Figure:
    case BlockKind::Caption:
    case BlockKind::Details:
    case BlockKind::Summary:
    case BlockKind::DescriptionList:
    case BlockKind::DescriptionTerm:
    case BlockKind::DescriptionDetails:
      return true;
    case BlockKind::Table:
      return !is_plain_table(block);
    default:
      return false;
  }
}

// ---- Markdown ----------------------------------------------------------------------------------------------------------------

class MarkdownWriter {
 public:
  explicit MarkdownWriter(HtmlParser& html_parser) : html_parser_(html_parser) {}

  // Adjacent lists alternate their markers; otherwise they would be one list.
  std::string write_children(const Block& parent, bool is_tight) {
    std::string out;
    const Block* previous = nullptr;
    bool is_alternate = false;
    for (const Block& child : parent.children) {
      const bool continues_list = previous != nullptr && previous->kind == BlockKind::List && child.kind == BlockKind::List &&
                                  previous->ordered == child.ordered;
      is_alternate = continues_list && !is_alternate;
      std::string text = write(child, is_alternate);
      if (text.empty() && child.kind != BlockKind::Quote) continue;
      if (previous != nullptr) out += is_tight && may_follow_closely(*previous, child) ? "\n" : "\n\n";
      out += text;
      previous = &child;
    }
    return out;
  }

 private:
  std::string write(const Block& block, bool is_alternate) {
    if (needs_html(block)) return write_as_html(block);
    switch (block.kind) {
      case BlockKind::Section:
      case BlockKind::ListItem:
        return write_children(block, false);
      case BlockKind::Paragraph:
        return write_leaf(block, "", LineEnds::Keep);
      case BlockKind::Heading:
        return write_heading(block);
      case BlockKind::Quote:
        return indented(write_children(block, false), "> ", "> ");
      case BlockKind::List:
        return write_list(block, is_alternate);
      case BlockKind::CodeBlock:
        return write_code(block);
      case BlockKind::Rule:
        return "***";
      case BlockKind::Table:
        return write_table(block);
      case BlockKind::RawHtml: {
        std::string html = block.inlines.text;
        while (html.ends_with('\n')) html.pop_back();
        return html;
      }
      default:
        return write_leaf(block, "", LineEnds::Keep);
    }
  }

  // The language of a block that Markdown can express is set on a <div> around it, with the Markdown inside.
  std::string write_as_html(const Block& block) {
    const bool is_language_only = [&] {
      Block plain = block;
      plain.language.clear();
      plain.direction.clear();
      return !needs_html(plain);
    }();
    if (!is_language_only) return html_block(block);
    Block plain = block;
    plain.language.clear();
    plain.direction.clear();
    std::string out = "<div";
    if (!block.language.empty()) out += " lang=\"" + escape_html(block.language) + "\"";
    if (!block.direction.empty()) out += " dir=\"" + escape_html(block.direction) + "\"";
    return out + ">\n\n" + write(plain, false) + "\n\n</div>";
  }

  std::string write_heading(const Block& block) {
    const std::string mark(std::clamp<std::size_t>(block.level, 1, 6), '#');
    const bool has_lines = block.inlines.text.find('\n') != std::string::npos;
    if (has_lines && block.level <= 2) {
      return write_leaf(block, "", LineEnds::Keep) + (block.level == 1 ? "\n===" : "\n---");
    }
    std::string text = write_leaf(block, mark + " ", LineEnds::Blanks);
    // A closing run of '#' would be dropped.
    if (text.ends_with('#') && !text.ends_with("\\#") && text.size() > mark.size() + 1) text.insert(text.size() - 1, "\\");
    return text;
  }

  // With marks where those read back as what was meant, with tags elsewhere.
  std::string write_leaf(const Block& block, const std::string& prefix, LineEnds line_ends) {
    std::string marks = prefix + write_inline_markdown(block.inlines, InlineStyle::Marks, line_ends);
    if (round_trips(marks, block, line_ends)) return marks;
    return prefix + write_inline_markdown(block.inlines, InlineStyle::Tags, line_ends);
  }

  bool round_trips(const std::string& markdown, const Block& block, LineEnds line_ends) {
    const Document read = resolve_html(parse_markdown(markdown), &html_parser_);
    if (read.root.children.size() != 1) return false;
    InlineText wanted = block.inlines;
    if (line_ends == LineEnds::Blanks) {
      for (std::size_t i = 0; i < wanted.text.size(); ++i) {
        if (wanted.text[i] == '\n' && !is_hard_break(block.inlines, i)) wanted.text[i] = ' ';
      }
    }
    return is_same(read.root.children.front().inlines, wanted);
  }

  static bool is_hard_break(const InlineText& inlines, std::size_t offset) {
    return std::any_of(inlines.spans.begin(), inlines.spans.end(),
                       [offset](const Span& span) { return span.kind == InlineKind::HardBreak && span.begin == offset; });
  }

  static bool may_follow_closely(const Block& previous, const Block& next) {
    if (needs_html(previous) || needs_html(next)) return false;
    switch (next.kind) {
      case BlockKind::List:
        return previous.kind == BlockKind::Paragraph && (!next.ordered || next.start == 1) && !next.children.empty() &&
               !next.children.front().children.empty();
      case BlockKind::CodeBlock:
      case BlockKind::Heading:
      case BlockKind::Rule:
        return true;
      case BlockKind::Quote:
        return previous.kind == BlockKind::Paragraph || previous.kind == BlockKind::Heading ||
               previous.kind == BlockKind::CodeBlock || previous.kind == BlockKind::Rule;
      case BlockKind::Paragraph:
        return previous.kind == BlockKind::Heading || previous.kind == BlockKind::CodeBlock || previous.kind == BlockKind::Rule;
      default:
        return false;
    }
  }

  std::string write_list(const Block& list, bool is_alternate) {
    std::string out;
    std::uint32_t number = list.start;
    const bool is_short = list.children.size() < 2;
    for (const Block& item : list.children) {
      std::string mark = list.ordered ? std::to_string(number++) + (is_alternate ? ") " : ". ") : (is_alternate ? "+ " : "- ");
      std::string text = item.kind == BlockKind::ListItem ? write_children(item, list.tight) : write(item, false);
      if (item.task != TaskState::None) text.insert(0, item.task == TaskState::Done ? "[x] " : "[ ] ");
      // Only a blank line inside makes a list of one item loose.
      if (!out.empty()) out += list.tight || is_short ? "\n" : "\n\n";
      out += indented(text, mark, std::string(mark.size(), ' '));
    }
    return out;
  }

  static std::string write_code(const Block& block) {
    std::string_view code = block.inlines.text;
    const char mark = block.info.find('`') != std::string::npos ? '~' : '`';
    std::size_t longest = 2;
    for (std::size_t i = 0, run = 0; i < code.size(); ++i) {
      run = code[i] == mark ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, mark);
    std::string out = fence;
    for (const char c : block.info) {
      if (c == '\\' || c == '&') out += '\\';
      out += c == '\n' ? ' ' : c;
    }
    out += '\n';
    out += code;
    if (!out.ends_with('\n')) out += '\n';
    return out + fence;
  }

  std::string write_cell(const Block& cell) {
    const std::string text = write_leaf(cell, "", LineEnds::Blanks);
    std::string out;
    std::size_t backslashes = 0;  // before the next character
    for (const char c : text) {
      if (c == '|' && backslashes % 2 == 0)
        out += backslashes == 0 ? "\\|" : "&#124;";  // a bar after "\\\\" would end the cell
      else
        out += c;
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    return out;
  }

  std::string write_row(const Block& row, std::size_t columns) {
    std::string out = "|";
    for (std::size_t i = 0; i < columns; ++i) {
      const std::string cell = i < row.children.size() ? write_cell(row.children[i]) : std::string();
      out += cell.empty() ? " |" : " " + cell + " |";
    }
    return out;
  }

  std::string write_table(const Block& table) {
    const std::vector<Block>& head = table.children.front().children;
    std::string out = write_row(table.children.front(), head.size()) + "\n|";
    for (const Block& cell : head) {
      const bool is_left = cell.align == Align::Left || cell.align == Align::Center;
      const bool is_right = cell.align == Align::Right || cell.align == Align::Center;
      out.append(is_left ? " :-" : " --").append(is_right ? ": |" : "- |");
    }
    for (std::size_t i = 1; i < table.children.size(); ++i) out += "\n" + write_row(table.children[i], head.size());
    return out;
  }

  HtmlParser& html_parser_;
};

}  // namespace

std::string write_markdown(const Document& document, HtmlParser& html_parser) {
  std::string out = MarkdownWriter(html_parser).write_children(document.root, false);
  if (!out.empty()) out += '\n';
  // At the start of a file it would be read as a byte order mark.
  if (out.starts_with("\uFEFF")) out.replace(0, std::string_view("\uFEFF").size(), "&#xFEFF;");
  return out;
}

}  // namespace octavo
