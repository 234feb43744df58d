// Each class grows in one way with its size.
#include "support/large_posts.h"

#include <algorithm>
#include <string_view>

#include "support/grown_text.h"

namespace octavo {
namespace {

// Each '%' of the pattern becomes the number.
std::string numbered(std::string_view pattern, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + 64);
  for (std::size_t i = 1; out.size() < bytes; ++i) {
    for (const char c : pattern) c == '%' ? out += std::to_string(i) : out += c;
  }
  return out;
}

// Stretches that are nested so deep each, as often as the size wants.
std::string nested_lists(std::string_view marker, std::size_t depth, std::size_t bytes) {
  std::string once;
  for (std::size_t i = 0; i < depth; ++i) once += std::string(i * 2, ' ') + std::string(marker) + "level\n";
  return repeat(once + "\npause\n\n", bytes);
}

std::string table(std::size_t columns, std::size_t bytes) {
  std::string row = "|";
  std::string rule = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    row += " cell |";
    rule += "-|";
  }
  return row + "\n" + rule + "\n" + repeat(row + "\n", bytes);
}

std::string references(std::size_t bytes) {
  return numbered("[a%] ", bytes / 2) + "\n\n" + numbered("[a%]: https://example.org/%\n", bytes / 2);
}

std::string footnotes(std::size_t bytes) {
  return numbered("Text[^%] ", bytes / 2) + "\n\n" + numbered("[^%]: A note.\n", bytes / 2);
}

}  // namespace

const std::vector<PathologicalClass>& large_post_classes() {
  using Size = std::size_t;
  static const std::vector<PathologicalClass> kClasses = {
      {"one word", [](Size n) { return repeat("a", n); }},
      {"one word of different letters", [](Size n) { return repeat("abcdefghijklmnopqrstuvwxyz0123456789", n); }},
      {"equal words", [](Size n) { return repeat("word ", n); }},
      {"different words", [](Size n) { return numbered("w% ", n); }},
      {"blanks", [](Size n) { return "a" + repeat(" ", n) + "b"; }},
      {"no-break spaces", [](Size n) { return repeat("\u00A0", n); }},
      {"line ends", [](Size n) { return repeat("a\n", n); }},
      {"hard breaks", [](Size n) { return repeat("a\\\n", n); }},
      {"Chinese", [](Size n) { return repeat("\u6F22\u5B57\u4EEE\u540D", n); }},
      {"Arabic", [](Size n) { return repeat("\u0645\u0631\u062D\u0628\u0627 \u0628\u0643 ", n); }},
      {"one Arabic word", [](Size n) { return repeat("\u0645\u0631\u062D\u0628\u0627", n); }},
      {"Thai", [](Size n) { return repeat("\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35", n); }},
      {"combining marks", [](Size n) { return "a" + repeat("\u0301", n); }},
      {"joined emoji", [](Size n) { return repeat("\U0001F469\u200D", n); }},
      {"nested isolates", [](Size n) { return nest("\u2067", "\u05D0", "\u2069", n); }},
      {"nested embeddings", [](Size n) { return nest("\u202B", "\u05D0", "\u202C", n); }},
      {"isolates side by side", [](Size n) { return repeat("\u2067\u05D0\u2069 a ", n); }},
      {"directions that alternate", [](Size n) { return repeat("a\u05D0", n); }},
      {"bracket pairs", [](Size n) { return "\u05D0" + repeat("()", n); }},
      {"nested brackets", [](Size n) { return "\u05D0" + nest("(", "a", ")", n); }},
      {"soft hyphens", [](Size n) { return repeat("syl\u00ADla\u00AD", n); }},
      {"zero-width spaces", [](Size n) { return repeat("a\u200B", n); }},
      {"one emphasis", [](Size n) { return "*" + repeat("word ", n) + "word*"; }},
      {"emphasis upon emphasis", [](Size n) { return repeat("*a **b** c* ", n); }},
      {"code spans", [](Size n) { return repeat("`a` b ", n); }},
      {"one heading", [](Size n) { return "# " + repeat("word ", n); }},
      {"headings", [](Size n) { return numbered("## Section %\n\n", n); }},
      {"equal headings", [](Size n) { return repeat("## Section\n\n", n); }},
      {"paragraphs", [](Size n) { return numbered("Paragraph %.\n\n", n); }},
      {"links", [](Size n) { return numbered("[a%](https://example.org/%) ", n); }},
      {"relative links", [](Size n) { return numbered("[a%](%.md) ", n); }},
      {"images", [](Size n) { return numbered("![a%](https://example.org/%.png) ", n); }},
      {"reference definitions", references},
      {"footnotes", footnotes},
      {"200 levels of lists", [](Size n) { return nested_lists("- ", 200, n); }},
      {"200 levels of quotes", [](Size n) { return repeat(repeat("> ", 400) + "a\n\npause\n\n", n); }},
      {"one list", [](Size n) { return repeat("- item\n", n); }},
      {"a table of many rows", [](Size n) { return table(4, n); }},
      {"a table of 1,000 columns", [](Size n) { return table(1000, n); }},
      {"a table of one row", [](Size n) { return table(n / 9, 0); }},
      {"code of one line", [](Size n) { return "```\n" + repeat("code ", n) + "\n```\n"; }},
      {"code of many lines", [](Size n) { return "```cpp\n" + repeat("int x = 1;\n", n) + "\n```\n"; }},
      {"code blocks of different languages", [](Size n) { return numbered("```l%\ncode\n```\n\n", n); }},
      {"raw HTML", [](Size n) { return repeat("a <b>b</b> <i>c</i> ", n); }},
      {"one raw paragraph", [](Size n) { return "<p>" + repeat("word ", n) + "</p>"; }},
      {"raw breaks", [](Size n) { return repeat("a<br>", n); }},
      {"entities", [](Size n) { return repeat("&amp;", n); }},
      {"controls", [](Size n) { return repeat("a\x01", n); }},
  };
  return kClasses;
}

}  // namespace octavo
