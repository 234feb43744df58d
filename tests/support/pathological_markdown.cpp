// The union of the pathological classes that the test suites of CommonMark parsers name, and those found here.
#include "support/pathological_markdown.h"

#include "support/grown_text.h"

namespace octavo {
namespace {

std::string numbered(std::string_view before, std::string_view after, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 1; out.size() < bytes; ++i) ((out += before) += std::to_string(i)) += after;
  return out;
}

std::string growing_backticks(std::size_t bytes) {
  std::string out;
  for (std::size_t i = 1; out.size() < bytes; ++i) (out += 'e').append(i, '`');
  return out;
}

std::string indented_lists(std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; out.size() < bytes; ++i) out.append(i * 2, ' ') += "* a\n";
  return out;
}

std::string lists_then(std::string_view start, std::string_view marker, std::string_view blank, std::size_t bytes) {
  return std::string(start) + repeat(marker, bytes / 2) + "a\n" + repeat(blank, bytes / 2);
}

// Labels with one hash, FNV-1a of 32 bits, would need a search; equal beginnings at least make every comparison long.
std::string long_labels(std::size_t bytes) {
  std::string out;
  const std::string stem(900, 'l');
  for (std::size_t i = 0; out.size() < bytes / 2; ++i) out += "[" + stem + std::to_string(i) + "]: u\n";
  while (out.size() < bytes) out += "\n[" + stem + "]";
  return out;
}

}  // namespace

const std::vector<PathologicalClass>& pathological_classes() {
  using Size = std::size_t;
  static const std::vector<PathologicalClass> kClasses = {
      {"nested strong emphasis", [](Size n) { return nest("*a **a ", "b", " a** a*", n); }},
      {"emphasis closers without openers", [](Size n) { return repeat("a_ ", n); }},
      {"emphasis openers without closers", [](Size n) { return repeat("_a ", n); }},
      {"three-star openers", [](Size n) { return repeat("a***", n); }},
      {"link closers without openers", [](Size n) { return repeat("a]", n); }},
      {"link openers without closers", [](Size n) { return repeat("[a", n); }},
      {"mismatched openers and closers", [](Size n) { return repeat("*a_ ", n); }},
      {"closers multiple of three", [](Size n) { return "a**b" + repeat("c* ", n); }},
      {"link openers and emphasis closers", [](Size n) { return repeat("[ a_", n); }},
      {"broken link titles", [](Size n) { return repeat("[ (](", n); }},
      {"image openers with empty destination", [](Size n) { return repeat("![[]()", n); }},
      {"hard link and emphasis", [](Size n) { return repeat("**x [a*b**c*](d)", n); }},
      {"nested brackets", [](Size n) { return nest("[", "a", "]", n); }},
      {"nested images", [](Size n) { return nest("![", "a", "](b)", n); }},
      {"nested links with emphasis", [](Size n) { return nest("[*", "a", "*](b)", n); }},
      {"nested block quotes", [](Size n) { return repeat("> ", n) + "a"; }},
      {"nested block quotes without blanks", [](Size n) { return repeat(">", n) + "a"; }},
      {"emphasis in a deep quote", [](Size n) { return repeat(">", n / 2) + repeat("a*", n / 2); }},
      {"quote lines of growing depth",
       [](Size n) {
         std::string out;
         for (Size i = 1; out.size() < n; ++i) out.append(i, '>') += "a\n";
         return out;
       }},
      {"deep quote then shallow lines", [](Size n) { return repeat(">", n / 2) + "a\n\n" + repeat("> b\n\n", n / 2); }},
      {"indented lists", indented_lists},
      {"indented lists then blank lines", [](Size n) { return indented_lists(n / 2) + repeat("\n", n / 2); }},
      {"list markers then blank lines", [](Size n) { return lists_then("", "* ", "\n", n); }},
      {"list markers then carriage returns", [](Size n) { return lists_then("", "* ", "\r", n); }},
      {"list markers without text then blank lines", [](Size n) { return repeat("* ", n / 2) + "\n" + repeat("\n", n / 2); }},
      {"mixed list markers then blank lines", [](Size n) { return lists_then("", "- + * ", "\n", n); }},
      {"ordered markers then blank lines", [](Size n) { return lists_then("", "1. ", "\n", n); }},
      {"list markers in a quote then blank lines", [](Size n) { return lists_then("> ", "* ", ">\n", n); }},
      {"list markers between quote marks then blank lines", [](Size n) { return lists_then("", "* > ", "\n", n); }},
      {"tabbed list markers then blank lines", [](Size n) { return lists_then("", "*\t", "\n", n); }},
      {"list markers then text lines", [](Size n) { return lists_then("", "* ", "b\n", n); }},
      {"list markers then blank and text lines", [](Size n) { return lists_then("", "* ", "\n  b\n", n); }},
      {"many lines of list markers", [](Size n) { return repeat(repeat("* ", 2000) + "a\n\n", n); }},
      {"broken thematic break", [](Size n) { return repeat("* ", n) + "a"; }},
      {"broken thematic break of dashes", [](Size n) { return repeat("- ", n) + "a"; }},
      {"bytes of zero", [](Size n) { return repeat(std::string_view("a\0", 2), n); }},
      {"byte order marks", [](Size n) { return repeat("\xEF\xBB\xBF", n); }},
      {"invalid bytes", [](Size n) { return repeat("\xFF\xC3", n); }},
      {"growing runs of backticks", growing_backticks},
      {"backticks and escapes", [](Size n) { return repeat("\\``", n); }},
      {"unclosed links with angle brackets", [](Size n) { return repeat("[a](<b", n); }},
      {"unclosed links", [](Size n) { return repeat("[a](b", n); }},
      {"broken links over lines", [](Size n) { return repeat("](\n[", n); }},
      {"comment openers", [](Size n) { return "x" + repeat("<!--", n); }},
      {"comment openers and letters", [](Size n) { return "</" + repeat("<!--a", n); }},
      {"empty angle brackets", [](Size n) { return repeat("<>", n); }},
      {"processing instruction openers", [](Size n) { return "x" + repeat("<?", n); }},
      {"CDATA openers", [](Size n) { return "x" + repeat("<![CDATA[", n); }},
      {"declaration openers", [](Size n) { return "x" + repeat("<!A", n); }},
      {"tags with open attribute values", [](Size n) { return "x" + repeat("<a b='<c d=\"", n); }},
      {"tags with many attributes", [](Size n) { return "x" + repeat("<a b c d e f ", n); }},
      {"tags over many lines", [](Size n) { return "x" + repeat("<a\n", n); }},
      {"open tag with many lines", [](Size n) { return "x " + repeat("<a b\n b\n b\n b\n b\n b\n b\n b\n", n); }},
      {"angle autolink openers", [](Size n) { return repeat("<a:b", n); }},
      {"reference definitions", [](Size n) { return numbered("[", "]: u\n", n / 2) + "\n" + repeat("[0] ", n / 2); }},
      {"reference uses", [](Size n) { return numbered("[", "]: u\n", n / 2) + "\n" + numbered("[", "] ", n / 2); }},
      {"reference definition with unclosed titles", [](Size n) { return repeat("[a]: u\n\"t\n[b]: u\n't\n[c]: u\n(t\n", n); }},
      {"reference definitions in one paragraph each", [](Size n) { return repeat("[a]: u \"t\n\n", n); }},
      {"reference labels with equal beginnings", long_labels},
      {"large reference used often", [](Size n) { return "[x]: " + std::string(n / 2, 'x') + "\n" + repeat("\n[x]", n / 2); }},
      {"nested invalid references", [](Size n) { return nest("[", "", "]", n) + "\n\n[a]: /b"; }},
      {"many links", [](Size n) { return repeat("[t](/u) ", n); }},
      {"address autolinks", [](Size n) { return repeat("www._", n) + "x"; }},
      {"web addresses", [](Size n) { return repeat("http://a.b(", n); }},
      {"web addresses with brackets", [](Size n) { return repeat("(www.a.b?", n); }},
      {"web addresses with entities", [](Size n) { return "www.a.b/" + repeat("&a;", n); }},
      {"web addresses in one word", [](Size n) { return "http://a.b/" + repeat("(http://a.b/", n); }},
      {"mail addresses", [](Size n) { return repeat("a@a.", n); }},
      {"mail addresses with dots", [](Size n) { return repeat("a.", n / 2) + repeat("a@", n / 2); }},
      {"entity openers", [](Size n) { return repeat("&a", n); }},
      {"hash runs", [](Size n) { return repeat("#", n); }},
      {"hashes with blanks", [](Size n) { return "# " + repeat("# ", n); }},
      {"blanks", [](Size n) { return "a" + repeat(" ", n) + "b"; }},
      {"lines of blanks", [](Size n) { return repeat("a                \n", n); }},
      {"blank lines in code", [](Size n) { return "    a\n" + repeat("\n", n) + "    b"; }},
      {"tildes", [](Size n) { return repeat("a~~", n); }},
      {"tilde openers", [](Size n) { return repeat("~a ", n); }},
      {"open code fences", [](Size n) { return repeat("```\n~~~\n", n); }},
      {"long code fence", [](Size n) { return std::string(n / 2, '`') + "\n" + repeat("```\n", n / 2); }},
      {"setext underlines", [](Size n) { return repeat("a\n", n / 2) + repeat("=", n / 2); }},
      {"paragraph lines", [](Size n) { return repeat("a\n", n); }},
      {"wide table", [](Size n) { return repeat("t|", n / 3) + "\n" + repeat("-|", n / 3) + "\n" + repeat("t\n", n / 3); }},
      {"table of 128 columns and short rows",
       [](Size n) { return repeat("t|", 256) + "\n" + repeat("-|", 256) + "\n" + repeat("t\n", n); }},
      {"tables of 128 columns and short rows",
       [](Size n) {
         return repeat("t|\n" + repeat("t|", 256) + "\n" + repeat("-|", 256) + "\n" + repeat("t\n", 4000) + "\n", n);
       }},
      {"table of 128 columns behind a false delimiter row",
       [](Size n) { return "t\n-|-\n" + repeat("t|", 256) + "\n" + repeat("-|", 256) + "\n" + repeat("t\n", n); }},
      {"table in a list",
       [](Size n) { return "- " + repeat("t|", 200) + "\n  " + repeat("-|", 200) + "\n" + repeat("  t\n", n); }},
      {"table with carriage returns and tabs", [](Size n) { return "a|b\r-|-\r" + repeat("\v|\f\r", n); }},
      {"table cells with code", [](Size n) { return "a|b\n-|-\n" + repeat("`|", n); }},
      {"table rows of pipes", [](Size n) { return "a|b\n-|-\n" + repeat("|", n); }},
      {"delimiter rows", [](Size n) { return repeat("a|b\n-|-\n", n); }},
      {"nested inline markers", [](Size n) { return nest("*", "a", "*", n); }},
      {"nested mixed markers", [](Size n) { return nest("*_~~", "a", "~~_*", n); }},
      {"footnotes", [](Size n) { return numbered("[^", "]: a [^1][^2]\n", n); }},
      {"equal footnotes", [](Size n) { return numbered("[^", "]: a\n", n / 2) + repeat("[^1000]: a\n", n / 2); }},
      {"references to one footnote", [](Size n) { return "[^a]: a\n\n" + repeat("[^a]", n); }},
      {"footnote openers", [](Size n) { return "[^a]: a\n\n" + repeat("[^", n); }},
      {"footnotes without content", [](Size n) { return repeat("[^a]:\n\n", n); }},
      {"footnotes in code", [](Size n) { return "[^b]: b\n\n" + repeat("    [^a]: a\n\nb\n", n); }},
      {"footnotes that cite each other", [](Size n) { return numbered("[^", "]: [^" + repeat("1][^", 40) + "2]\n\n", n); }},
      {"HTML blocks", [](Size n) { return repeat("<div>\n\n", n); }},
      {"HTML block with false ends", [](Size n) { return "<script>\n" + repeat("</scrip\n", n); }},
  };
  return kClasses;
}

}  // namespace octavo
