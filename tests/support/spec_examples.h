// The examples of the CommonMark and GFM specifications and of md4c's descriptions of the GFM extensions.
#pragma once

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/test_paths.h"

namespace octavo {

struct SpecExample {
  int number = 0;
  std::string markdown;
  std::string html;
  std::string flags;
  std::string extension;  // what follows "example" on its first line
};

inline std::string with_tabs(std::string text) {
  constexpr std::string_view kArrow = "\xE2\x86\x92";  // the specification shows tabs as arrows
  for (std::size_t at; (at = text.find(kArrow)) != std::string::npos;) text.replace(at, kArrow.size(), "\t");
  return text;
}

inline std::vector<SpecExample> read_spec_examples(const std::string& file_name, const std::string& source = "md4c") {
  const std::string fence(32, '`');
  std::ifstream file(sources_folder() + "/" + source + "/test/" + file_name);
  std::vector<SpecExample> examples;
  std::string parts[3];
  std::string extension;
  int part = -1;  // -1 outside an example
  for (std::string line; std::getline(file, line);) {
    if (part < 0) {
      if (!line.starts_with(fence + " example")) continue;
      part = 0;
      extension = line.substr(std::min(fence.size() + 9, line.size()));
    } else if (line == fence) {
      const int number = static_cast<int>(examples.size()) + 1;
      examples.push_back({number, with_tabs(parts[0]), with_tabs(parts[1]), parts[2], extension});
      for (std::string& text : parts) text.clear();
      part = -1;
    } else if (line == "." && part < 2) {
      ++part;
    } else {
      parts[part] += line + "\n";
    }
  }
  return examples;
}

}  // namespace octavo
