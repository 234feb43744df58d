// Reads libhyphen's format: an encoding, settings in capitals, then one pattern per line.
#include "press/publish/hyphenation_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/base/utf8.h"
#include "core/page/page_frame.h"
#include "press/base/text_encoding.h"
#include "press/base/text_file.h"
#include "press/output/hashed_file.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// The largest of Debian's has 1.1 MB.
constexpr std::uintmax_t kMaxDictionaryBytes = 16ULL * 1024 * 1024;
// No word has as many letters; it bounds the time for a file that is not a dictionary.
constexpr std::size_t kMaxPatternBytes = 64;
constexpr auto kWithoutHyphens = std::to_array<std::string_view>({"ja", "ko", "vi", "zh"});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

// The letters of a pattern, and the values before each byte of them and at the end.
struct Pattern {
  std::string letters;
  std::string values = "0";
};

Pattern split_pattern(std::string_view line) {
  const std::size_t slash = line.find('/');
  const bool changes_letters = slash != std::string_view::npos;
  line = line.substr(0, slash);
  Pattern pattern;
  for (std::size_t i = 0; i < line.size();) {
    if (is_digit(line[i])) {
      const bool is_odd = ((line[i] - '0') & 1) != 0;
      pattern.values.back() = static_cast<char>(changes_letters && is_odd ? line[i] + 1 : line[i]);
      ++i;
      continue;
    }
    const DecodedCodePoint c = decode_utf8(line, i);
    const std::size_t before = pattern.letters.size();
    append_utf8(pattern.letters, c.value == 0x2019 ? U'\'' : c.value);
    pattern.values.append(pattern.letters.size() - before, '0');
    i += c.length;
  }
  return pattern;
}

class DictionaryReader {
 public:
  void read(std::string_view text) {
    while (!text.empty()) read_line(next_line(text));
  }

  std::string write() const {
    std::string out = "octavo-hyphenation 1 " + std::string(1, left_) + " " + std::string(1, right_) + "\n";
    for (const auto& [letters, all_values] : patterns_) {
      const std::string values = own_values(letters, all_values);
      if (values.find_first_not_of('0') == std::string::npos) continue;
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != '0') out += values[i];
        if (i < letters.size()) out += letters[i];
      }
      out += '\n';
    }
    return out;
  }

  bool empty() const { return patterns_.empty(); }

 private:
  void read_line(std::string_view line) {
    if (line.empty() || line[0] == '%' || line[0] == '#') return;
    if (line == "NEXTLEVEL") {
      patterns_.clear();
    } else if (line.starts_with("LEFTHYPHENMIN ")) {
      read_least(line, left_);
    } else if (line.starts_with("RIGHTHYPHENMIN ")) {
      read_least(line, right_);
    } else if (!line.starts_with("COMPOUND") && !line.starts_with("NOHYPHEN")) {
      add(split_pattern(line));
    }
  }

  static void read_least(std::string_view line, char& least) {
    if (line.back() >= '1' && line.back() <= '9' && line[line.size() - 2] == ' ') least = line.back();
  }

  void add(Pattern pattern) {
    if (pattern.letters.empty() || pattern.letters.size() > kMaxPatternBytes) return;
    const auto [known, is_new] = patterns_.emplace(std::move(pattern.letters), pattern.values);
    if (is_new) return;
    for (std::size_t i = 0; i < pattern.values.size(); ++i) known->second[i] = std::max(known->second[i], pattern.values[i]);
  }

  // In libhyphen, a pattern repeats the values of shorter ones inside it. Here all patterns that fit a word count, so the file
  // does without these: half of the English one.
  std::string own_values(std::string_view letters, std::string values) const {
    for (std::size_t begin = 0; begin < letters.size(); ++begin) {
      for (std::size_t length = 1; length <= letters.size() - begin && length < letters.size(); ++length) {
        const auto inner = patterns_.find(letters.substr(begin, length));
        if (inner == patterns_.end()) continue;
        for (std::size_t i = 0; i <= length; ++i) {
          if (inner->second[i] >= values[begin + i]) values[begin + i] = '0';
        }
      }
    }
    return values;
  }

  char left_ = '2';
  char right_ = '2';
  std::map<std::string, std::string, std::less<>> patterns_;
};

// Dictionaries by language, in lower case with hyphens: "en-us".
std::map<std::string, fs::path> dictionaries_in(const fs::path& folder) {
  std::map<std::string, fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with("hyph_") || !name.ends_with(".dic")) continue;
    name = ascii_lowercase(name.substr(5, name.size() - 9));
    std::replace(name.begin(), name.end(), '_', '-');
    found.emplace(std::move(name), at->path());
  }
  return found;
}

// For "de-AT": its own, otherwise that of "de", otherwise that of the first "de-…".
const fs::path* find_dictionary(const std::map<std::string, fs::path>& dictionaries, std::string tag) {
  for (tag = ascii_lowercase(tag);;) {
    if (const auto exact = dictionaries.find(tag); exact != dictionaries.end()) return &exact->second;
    const std::size_t hyphen = tag.rfind('-');
    if (hyphen == std::string::npos) break;
    tag.resize(hyphen);
  }
  const auto next = dictionaries.lower_bound(tag + "-");
  return next != dictionaries.end() && next->first.starts_with(tag + "-") ? &next->second : nullptr;
}

bool has_hyphens(const std::string& language) {
  const std::string primary = ascii_lowercase(language.substr(0, language.find('-')));
  const bool is_without = std::find(kWithoutHyphens.begin(), kWithoutHyphens.end(), primary) != kWithoutHyphens.end();
  return !is_without && language_direction(language) != "rtl";
}

std::set<std::string> languages_of(const SiteInfo& site, const std::vector<Post>& posts) {
  std::set<std::string> languages;
  for (const Post& post : posts) {
    const std::string own = clean_language(post.summary.language);
    languages.insert(own.empty() ? clean_language(site.language) : own);
  }
  std::erase_if(languages, [](const std::string& language) { return language.empty() || !has_hyphens(language); });
  return languages;
}

Result<std::string> load_patterns(const fs::path& file) {
  Result<std::string> bytes = load_file(file, kMaxDictionaryBytes);
  if (!bytes) return bytes.error();
  Result<std::string> patterns = hyphenation_from_dictionary(*bytes);
  if (!patterns) return Error{patterns.error().code, patterns.error().message, file.string()};
  return patterns;
}

}  // namespace

Result<std::string> hyphenation_from_dictionary(std::string_view dictionary) {
  const std::string encoding(next_line(dictionary));
  // libhyphen's name for it.
  const bool is_cp1251 = encoding == "microsoft-cp1251";
  Result<ConvertedText> text = text_from_encoding(dictionary, is_cp1251 ? "CP1251" : encoding);
  if (!text) return text.error();
  DictionaryReader reader;
  reader.read(text->text);
  if (reader.empty()) return Error{ErrorCode::BadValue, "The file has no hyphenation patterns.", {}};
  return reader.write();
}

Result<std::vector<HyphenationFile>> write_hyphenation(const SiteInfo& site, const std::vector<Post>& posts,
                                                       const fs::path& folder, OutputFolder& output, Diagnostics& diagnostics) {
  const std::map<std::string, fs::path> dictionaries = dictionaries_in(folder);
  std::vector<HyphenationFile> files;
  for (const std::string& language : languages_of(site, posts)) {
    const fs::path* dictionary = find_dictionary(dictionaries, language);
    if (dictionary == nullptr) {
      diagnostics.warn(folder.generic_string(), 0, 0,
                       "There are no hyphenation patterns for \"" + language +
                           "\" here, so its lines are set without hyphens. Debian's packages hyphen-* have them.");
      continue;
    }
    const Result<std::string> patterns = load_patterns(*dictionary);
    if (!patterns) {
      diagnostics.warn(patterns.error().where, 0, 0, patterns.error().message);
      continue;
    }
    Result<FileReference> file = write_hashed_file(output, "bundle/hyphenation/" + language, "txt", *patterns);
    if (!file) return file.error();
    files.push_back({language, std::move(*file)});
  }
  return files;
}

}  // namespace octavo
