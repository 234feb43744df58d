// Repairs and reports.
#include "core/content/markdown/markdown_input.h"

#include <utility>

#include "core/base/utf8.h"

namespace octavo {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// CommonMark, section 2.3: U+0000 is replaced. Doing so here keeps it out of raw HTML as well.
void replace_nul(std::string& text) {
  if (text.find('\0') == std::string::npos) return;
  std::string out;
  out.reserve(text.size() + 64);
  for (const char c : text) {
    if (c == '\0') {
      out += kReplacement;
    } else {
      out += c;
    }
  }
  text = std::move(out);
}

}  // namespace

std::string normalize_markdown(std::string_view markdown, std::string_view file, Diagnostics& diagnostics) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  Utf8Repair repair = repair_utf8(markdown);
  for (const std::uint32_t offset : repair.bad_offsets) {
    const TextPosition position = text_position(markdown, offset);
    diagnostics.warn(std::string(file), position.line, position.column,
                     "These bytes are not UTF-8 and are shown as U+FFFD; save the file as UTF-8.");
  }
  std::string text = std::move(repair.text);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  replace_nul(text);
  return text;
}

}  // namespace octavo
