// Finds front matter by its fences.
#include "press/source/front_matter_fence.h"

#include <algorithm>

namespace octavo {

namespace {

struct LineRange {
  std::string_view text;  // without the line end and blanks before it
  std::size_t next = 0;   // where the following line begins
};

LineRange line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  std::string_view line = text.substr(begin, end - begin);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return {line, std::min(end + 1, text.size())};
}

FencedFrontMatter find_lines_between(std::string_view text, std::string_view fence, FrontMatterFormat format) {
  FencedFrontMatter found;
  found.format = format;
  const std::size_t begin = line_at(text, 0).next;
  std::uint32_t line_number = 2;
  for (std::size_t at = begin; at < text.size(); ++line_number) {
    const LineRange line = line_at(text, at);
    if (line.text == fence || (format == FrontMatterFormat::Yaml && line.text == "...")) {
      found.piece = {text.substr(begin, at - begin), {}, 2};
      found.body_begin = line.next;
      found.body_first_line = line_number + 1;
      return found;
    }
    at = line.next;
  }
  found.is_closed = false;
  return found;
}

// The bracket that closes the object which begins the text; npos when none does.
std::size_t end_of_object(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\') ++i;
      }
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

FencedFrontMatter find_object(std::string_view text) {
  FencedFrontMatter found;
  found.format = FrontMatterFormat::Json;
  const std::size_t end = end_of_object(text);
  if (end == std::string_view::npos) {
    found.is_closed = false;
    return found;
  }
  found.piece = {text.substr(0, end), {}, 1};
  found.body_begin = line_at(text, end).text.empty() ? line_at(text, end).next : end;
  const auto line_ends = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found.body_begin), '\n');
  found.body_first_line = 1 + static_cast<std::uint32_t>(line_ends);
  return found;
}

// Text may well begin with a brace ("{{< figure >}}", "{% include %}"), but not with a brace and a quoted name.
bool begins_with_object(std::string_view text) {
  if (text.empty() || text.front() != '{') return false;
  const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
  return next != std::string_view::npos && (text[next] == '"' || text[next] == '}');
}

}  // namespace

FencedFrontMatter find_front_matter(std::string_view text) {
  const std::string_view first_line = line_at(text, 0).text;
  if (first_line == "---") return find_lines_between(text, "---", FrontMatterFormat::Yaml);
  if (first_line == "+++") return find_lines_between(text, "+++", FrontMatterFormat::Toml);
  if (begins_with_object(text)) return find_object(text);
  return {};
}

}  // namespace octavo
