// Cuts, repairs and reports.
#include "core/content/markdown/markdown_input.h"

#include "core/base/utf8.h"
#include "core/content/document/content_limits.h"

namespace octavo {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Cuts to kMaxPostBytes at a line end, or between code points where one line is longer than that. True when it cut.
bool cut_to_limit(std::string_view& text) {
  if (text.size() <= kMaxPostBytes) return false;
  std::size_t end = text.rfind('\n', kMaxPostBytes - 1);
  if (end == std::string_view::npos) {
    end = kMaxPostBytes;
    for (int i = 0; i < 3 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++i) --end;
  } else {
    ++end;
  }
  text = text.substr(0, end);
  return true;
}

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

CleanMarkdown clean_markdown(std::string_view markdown, std::string_view file, Diagnostics& diagnostics) {
  CleanMarkdown input;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  input.truncated = cut_to_limit(markdown);
  Utf8Repair repair = repair_utf8(markdown);
  for (const std::uint32_t offset : repair.bad_offsets) {
    const TextPosition position = text_position(markdown, offset);
    diagnostics.warn(std::string(file), position.line, position.column,
                     "These bytes are not UTF-8 and are shown as U+FFFD; save the file as UTF-8.");
  }
  input.text = std::move(repair.text);
  if (input.text.starts_with(kByteOrderMark)) input.text.erase(0, kByteOrderMark.size());
  replace_nul(input.text);
  std::string_view rest = input.text;
  if (cut_to_limit(rest)) {
    input.truncated = true;
    input.text.resize(rest.size());
  }
  if (input.truncated) {
    const auto line = text_position(input.text, input.text.size()).line;
    diagnostics.warn(std::string(file), line, 0, "The text is longer than 1 MiB and is cut here; split it into several posts.");
  }
  return input;
}

}  // namespace octavo
