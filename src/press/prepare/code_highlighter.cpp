// Highlighting by KSyntaxHighlighting. Its many styles become the five classes that a calm page needs.
#include "press/prepare/code_highlighter.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#include <QString>
#include <algorithm>
#include <array>
#include <map>

#include "core/base/ascii_text.h"
#include "core/content/document/code_tokens.h"

namespace octavo {

namespace {

using KSyntaxHighlighting::Definition;
using KSyntaxHighlighting::Theme;

char letter_of(Theme::TextStyle style) {
  switch (style) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::Import:
    case Theme::Preprocessor:
      return token_letter(TokenClass::Keyword);
    case Theme::Function:
    case Theme::DataType:
    case Theme::BuiltIn:
    case Theme::Extension:
    case Theme::Attribute:
      return token_letter(TokenClass::Name);
    case Theme::Char:
    case Theme::SpecialChar:
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString:
      return token_letter(TokenClass::String);
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant:
      return token_letter(TokenClass::Number);
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::RegionMarker:
    case Theme::Information:
    case Theme::Warning:
    case Theme::Alert:
      return token_letter(TokenClass::Comment);
    default:  // Normal, Variable, Operator, Others, Error: these classes would mark nearly everything
      return kPlainLetter;
  }
}

// Names that the library knows neither as a language nor as an extension; empty means plain text.
struct Alias {
  std::string_view name;
  const char* definition;
};
constexpr auto kAliases = std::to_array<Alias>({
    {"c#", "C#"},
    {"console", ""},
    {"csharp", "C#"},
    {"docker", "Dockerfile"},
    {"golang", "Go"},
    {"html5", "HTML"},
    {"javascript", "JavaScript"},
    {"node", "JavaScript"},
    {"none", ""},
    {"objc", "Objective-C"},
    {"output", ""},
    {"plain", ""},
    {"plaintext", ""},
    {"shell", "Bash"},
    {"shell-session", ""},
    {"terminal", ""},
    {"text", ""},
    {"txt", ""},
    {"zsh", "Zsh"},
});

// "rust,ignore" -> "rust", "{.python}" -> "python", "language-js" -> "js".
std::string language_name(std::string_view info) {
  const std::size_t begin = std::min(info.find_first_not_of(" {."), info.size());
  const std::size_t end = std::min(info.find_first_of(" \t\n,;:{}", begin), info.size());
  std::string name = ascii_lowercase(info.substr(begin, end - begin));
  constexpr std::string_view kPrefix = "language-";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  return name;
}

bool is_space(QChar c) {
  return c.isSpace();
}

bool is_sign(QChar c) {
  return c.unicode() < 0x80 && !c.isLetterOrNumber();
}

// Collects runs line by line. The library counts in UTF-16.
class RunCollector : public KSyntaxHighlighting::AbstractHighlighter {
 public:
  std::string collect(const Definition& definition, std::string_view code) {
    setDefinition(definition);
    KSyntaxHighlighting::State state;
    while (!code.empty()) {
      const std::size_t end = std::min(code.find('\n'), code.size());
      line_ = QString::fromUtf8(code.data(), static_cast<int>(end));
      position_ = 0;
      state = highlightLine(line_, state);
      add_plain(position_, line_.size());
      add(kPlainLetter, std::min(end + 1, code.size()) - end);
      code.remove_prefix(std::min(end + 1, code.size()));
    }
    if (letter_ != kPlainLetter) append_code_run(runs_, letter_, length_);
    return std::move(runs_);
  }

 protected:
  void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override {
    const int end = std::min(offset + length, static_cast<int>(line_.size()));
    if (offset < position_ || end <= offset) return;
    add_plain(position_, offset);
    position_ = end;
    const char letter = letter_of(format.textStyle());
    // White space has no color; brackets and colons that a language calls keywords need none.
    const bool may_be_signs = letter == token_letter(TokenClass::Keyword) || letter == token_letter(TokenClass::Name);
    if (are_all(offset, end, is_space) || (may_be_signs && are_all(offset, end, is_sign))) return add_plain(offset, end);
    add(letter, bytes_between(offset, end));
  }

 private:
  std::size_t bytes_between(int begin, int end) const {
    std::size_t bytes = 0;
    for (int i = begin; i < end; ++i) {
      const char16_t unit = line_[i].unicode();
      bytes += unit < 0x80 ? 1 : unit < 0x800 || line_[i].isSurrogate() ? 2 : 3;  // a pair of surrogates is four bytes
    }
    return bytes;
  }

  template <typename Predicate>
  bool are_all(int begin, int end, const Predicate& is_it) const {
    return std::all_of(line_.begin() + begin, line_.begin() + end, is_it);
  }

  // Two tokens of one class with only blanks between them become one: "pub fn".
  void add_plain(int begin, int end) {
    if (are_all(begin, end, is_space)) {
      blanks_ += bytes_between(begin, end);
    } else {
      add(kPlainLetter, bytes_between(begin, end));
    }
  }

  void add(char letter, std::size_t length) {
    if (length == 0) return;
    if (letter == letter_) {
      length_ += blanks_;
    } else if (letter_ == kPlainLetter) {
      append_code_run(runs_, letter_, length_ + blanks_);
      length_ = 0;
    } else {
      append_code_run(runs_, letter_, length_);
      length_ = letter == kPlainLetter ? blanks_ : 0;
      if (letter != kPlainLetter) append_code_run(runs_, kPlainLetter, blanks_);
    }
    letter_ = letter;
    length_ += length;
    blanks_ = 0;
  }

  QString line_;
  int position_ = 0;  // in line_
  std::string runs_;
  char letter_ = kPlainLetter;  // of the run that is being collected
  std::size_t length_ = 0;
  std::size_t blanks_ = 0;  // after it
};

bool has_long_line(std::string_view code) {
  while (!code.empty()) {
    const std::size_t end = std::min(code.find('\n'), code.size());
    if (end > kMaxHighlightedLine) return true;
    code.remove_prefix(std::min(end + 1, code.size()));
  }
  return false;
}

}  // namespace

struct CodeHighlighter::Library {
  KSyntaxHighlighting::Repository repository;
  std::map<std::string, Definition> known;  // by name as posts spell it; invalid: plain text

  const Definition& find(const std::string& name) {
    const auto [entry, is_new] = known.try_emplace(name);
    if (is_new) entry->second = look_up(name);
    return entry->second;
  }

  Definition look_up(const std::string& name) const {
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& row) { return row.name == name; });
    if (alias != kAliases.end()) return repository.definitionForName(QString::fromUtf8(alias->definition));
    const QString wanted = QString::fromStdString(name);
    for (const Definition& definition : repository.definitions()) {
      if (definition.name().compare(wanted, Qt::CaseInsensitive) == 0) return definition;
    }
    return repository.definitionForFileName(QStringLiteral("x.") + wanted);
  }
};

CodeHighlighter::CodeHighlighter() = default;
CodeHighlighter::~CodeHighlighter() = default;

CodeHighlighter::Library& CodeHighlighter::library() {
  if (!library_) library_ = std::make_unique<Library>();
  return *library_;
}

bool CodeHighlighter::knows(std::string_view info) {
  const std::string name = language_name(info);
  const auto is_plain = [&](const Alias& row) { return row.name == name && *row.definition == '\0'; };
  if (name.empty() || std::any_of(kAliases.begin(), kAliases.end(), is_plain)) return true;
  return library().find(name).isValid();
}

std::string CodeHighlighter::runs(std::string_view info, std::string_view code) {
  const std::string name = language_name(info);
  if (name.empty() || code.size() > kMaxHighlightedBytes || has_long_line(code)) return {};
  const Definition& definition = library().find(name);
  return definition.isValid() ? RunCollector().collect(definition, code) : std::string();
}

std::vector<std::string> highlight_code(const Document& content, CodeHighlighter& highlighter) {
  std::vector<std::string> runs;
  for (const Block* block : code_blocks(content)) {
    runs.push_back(block->inlines.spans.empty() ? highlighter.runs(block->info, block->inlines.text) : std::string());
  }
  while (!runs.empty() && runs.back().empty()) runs.pop_back();
  return runs;
}

}  // namespace octavo
