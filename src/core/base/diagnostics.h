// Problems in content that stay readable: collected with file, line and column, reported together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace octavo {

enum class Severity : std::uint8_t { Note, Warning, Error };

struct Diagnostic {
  Severity severity = Severity::Warning;
  std::string file;          // as the person named it; may be empty
  std::uint32_t line = 0;    // 1-based; 0 = the file as a whole
  std::uint32_t column = 0;  // 1-based, in code points; 0 = the line as a whole
  std::string message;       // one sentence: what is wrong and what to do

  // "file:line:column: warning: message", the form compilers use, so that editors can jump there.
  std::string text() const;
};

class Diagnostics {
 public:
  // A message is UTF-8 afterwards, whatever it quotes.
  void add(Diagnostic diagnostic);
  void note(std::string file, std::uint32_t line, std::uint32_t column, std::string message);
  void warn(std::string file, std::uint32_t line, std::uint32_t column, std::string message);
  void error(std::string file, std::uint32_t line, std::uint32_t column, std::string message);
  void append(const Diagnostics& other) { items_.insert(items_.end(), other.items_.begin(), other.items_.end()); }

  const std::vector<Diagnostic>& items() const { return items_; }
  std::size_t count(Severity severity) const;
  bool empty() const { return items_.empty(); }

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace octavo
