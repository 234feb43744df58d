// Highlights program text with KDE's KSyntaxHighlighting, which knows some 350 languages.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// Longer blocks and longer lines are data and not programs; they stay plain, which bounds the time of a build.
inline constexpr std::size_t kMaxHighlightedBytes = 256 * 1024;
inline constexpr std::size_t kMaxHighlightedLine = 4096;

// Not for use by several threads at once.
class CodeHighlighter {
 public:
  CodeHighlighter();
  ~CodeHighlighter();

  // `info` is a code block's info string; its first word names the language as highlighters, file extensions and people do
  // ("cpp", "rs", "Shell"; "rust,ignore" is Rust). True also for "text" and the like, and for an empty one.
  bool knows(std::string_view info);

  // The runs of code_tokens.h; empty for unknown languages and where nothing has a color.
  std::string runs(std::string_view info, std::string_view code);

 private:
  struct Library;
  Library& library();
  std::unique_ptr<Library> library_;  // loaded with the first block of code: most posts have none
};

// The runs of all code blocks of a document, without trailing empty ones.
std::vector<std::string> highlight_code(const Document& content, CodeHighlighter& highlighter);

}  // namespace octavo
