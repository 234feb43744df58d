// Estimates what a text would cost md4c and rewrites the lines that make it quadratic.
//
// Measured with md4c 0.5.3:
// - A blank line is compared with every open list, so many list markers on one line (or deep indentation) followed by many
//   blank lines is quadratic: 90,000 markers and 180,000 blank lines take 11 s.
// - Every table row is padded to the width of the header: 128 columns and half a million rows of one character are 64 million
// cells.
#include "core/content/markdown/markdown_parse_cost.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace octavo {
namespace {

// How many steps of md4c's container loop are allowed: 0.1 s. Honest texts of 1 MiB stay below a fiftieth of it.
constexpr std::uint64_t kMaxListSteps = 100'000'000;
// Once a text is beyond it, lists are held to this: deeper ones are flattened anyway (kMaxBlockDepth).
constexpr std::uint32_t kMaxMarkersPerLine = 24;
constexpr std::uint32_t kMaxIndent = 64;  // columns
// Cells that md4c would add to short rows; a document of them takes 130 MB.
constexpr std::uint64_t kMaxPaddingCells = 500'000;
constexpr std::uint64_t kMd4cMaxColumns = 128;  // md4c reads no wider tables

bool is_blank_character(char c) {
  return c == ' ' || c == '\t';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The length of the list marker at the start of `text`, or 0.
std::size_t list_marker_length(std::string_view text) {
  std::size_t length = 0;
  if (text.empty()) return 0;
  if (text[0] == '-' || text[0] == '+' || text[0] == '*') {
    length = 1;
  } else {
    while (length < text.size() && length < 9 && is_digit(text[length])) ++length;
    if (length == 0 || length >= text.size() || (text[length] != '.' && text[length] != ')')) return 0;
    ++length;
  }
  return length == text.size() || is_blank_character(text[length]) ? length : 0;
}

// The markers before the content of a line.
struct LinePrefix {
  std::size_t end = 0;           // where the content begins
  std::uint32_t columns = 0;     // of white space; a tab counts as four
  std::uint32_t markers = 0;     // of lists
  std::size_t first_marker = 0;  // offset of the first one
  std::size_t excess = 0;        // offset of the first one beyond kMaxMarkersPerLine
};

LinePrefix scan_prefix(std::string_view line) {
  LinePrefix prefix;
  std::size_t& i = prefix.end;
  while (i < line.size()) {
    const std::size_t marker = is_blank_character(line[i]) || line[i] == '>' ? 0 : list_marker_length(line.substr(i));
    if (marker > 0) {
      if (prefix.markers == 0) prefix.first_marker = i;
      if (prefix.markers == kMaxMarkersPerLine) prefix.excess = i;
      ++prefix.markers;
      i += marker;
    } else if (is_blank_character(line[i])) {
      prefix.columns += line[i] == '\t' ? 4 : 1;
      ++i;
    } else if (line[i] == '>') {
      ++i;
    } else {
      break;
    }
  }
  return prefix;
}

// Calls visit(line, offset) for each line, without its end; \r, \n and \r\n end lines.
template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    visit(text.substr(begin, end - begin), begin);
    begin = end + (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
  }
}

// Deep lists meeting blank lines: an upper bound of the steps md4c would take.
std::uint64_t list_steps(std::string_view text) {
  std::uint64_t steps = 0;
  std::uint64_t depth = 0;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const LinePrefix prefix = scan_prefix(line);
    if (prefix.markers > 0) depth = std::max<std::uint64_t>(depth, prefix.columns / 2 + prefix.markers);
    if (prefix.end == line.size()) steps += depth;
  });
  return steps;
}

// Where a backslash turns markers into text.
void find_deep_lists(std::string_view text, std::vector<std::size_t>& cuts) {
  for_each_line(text, [&](std::string_view line, std::size_t offset) {
    const LinePrefix prefix = scan_prefix(line);
    if (prefix.markers == 0) return;
    if (prefix.columns - std::min(prefix.columns, prefix.markers) > kMaxIndent) {
      cuts.push_back(offset + prefix.first_marker);
    } else if (prefix.markers > kMaxMarkersPerLine) {
      cuts.push_back(offset + prefix.excess);
    }
  });
}

// The columns of a table's delimiter row ("--- | :-:"), 0 for any other line.
std::uint64_t delimiter_columns(std::string_view content) {
  if (content.find('-') == std::string_view::npos) return 0;
  if (content.find_first_not_of("|-: \t") != std::string_view::npos) return 0;
  while (!content.empty() && is_blank_character(content.back())) content.remove_suffix(1);
  if (content.front() == '|') content.remove_prefix(1);
  if (!content.empty() && content.back() == '|') content.remove_suffix(1);
  return static_cast<std::uint64_t>(std::count(content.begin(), content.end(), '|')) + 1;
}

// Tables whose rows would mostly be padding: where backslashes keep delimiter rows from being ones.
class TableScan {
 public:
  explicit TableScan(std::vector<std::size_t>& cuts) : cuts_(cuts) {}

  void visit(std::string_view line, std::size_t offset) {
    std::size_t begin = 0;
    while (begin < line.size() && (is_blank_character(line[begin]) || line[begin] == '>')) ++begin;
    const std::string_view content = line.substr(begin);
    if (content.empty()) return finish();
    // A delimiter row may also be a row of a table, or not match its header; each could begin one, the widest is the bound.
    if (const std::uint64_t columns = delimiter_columns(content); columns > 0 && columns <= kMd4cMaxColumns) {
      columns_ = std::max(columns_, columns);
      delimiters_.push_back(offset + begin);
      return;
    }
    const std::uint64_t cells = static_cast<std::uint64_t>(std::count(content.begin(), content.end(), '|')) + 1;
    if (columns_ > 0) padding_ += columns_ - std::min(columns_, cells);
  }
  void finish() {
    if (padding_ > 0) total_ += padding_;
    if (padding_ > 0 && total_ > kMaxPaddingCells) cuts_.insert(cuts_.end(), delimiters_.begin(), delimiters_.end());
    delimiters_.clear();
    columns_ = 0;
    padding_ = 0;
  }

 private:
  std::vector<std::size_t>& cuts_;
  std::uint64_t columns_ = 0;
  std::uint64_t padding_ = 0;
  std::uint64_t total_ = 0;
  std::vector<std::size_t> delimiters_;  // since the last blank line
};

void find_padded_tables(std::string_view text, std::vector<std::size_t>& cuts) {
  TableScan scan(cuts);
  for_each_line(text, [&](std::string_view line, std::size_t offset) { scan.visit(line, offset); });
  scan.finish();
}

std::string with_backslashes(std::string_view text, const std::vector<std::size_t>& cuts) {
  std::string out;
  out.reserve(text.size() + cuts.size());
  std::size_t done = 0;
  for (const std::size_t cut : cuts) {
    out += text.substr(done, cut - done);
    out += '\\';
    done = cut;
  }
  out += text.substr(done);
  return out;
}

}  // namespace

LimitedMarkdown limit_markdown_parse_cost(std::string_view markdown) {
  std::vector<std::size_t> cuts;
  find_padded_tables(markdown, cuts);
  if (list_steps(markdown) > kMaxListSteps) find_deep_lists(markdown, cuts);
  if (cuts.empty()) return {};
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return {with_backslashes(markdown, cuts), cuts.size()};
}

}  // namespace octavo
