// Golden files: one text file per case, the input first, then a line "---- expected" and the expected output.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "support/test_paths.h"

namespace octavo {

struct GoldenFile {
  std::string path;
  std::string name;  // without folder and extension
  std::string input;
  std::string expected;
};

inline std::string read_test_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline GoldenFile read_golden_file(const std::string& path) {
  constexpr std::string_view kMark = "\n---- expected\n";
  GoldenFile file;
  file.path = path;
  file.name = std::filesystem::path(path).stem().string();
  const std::string text = read_test_file(path);
  const std::size_t mark = text.rfind(kMark);
  file.input = mark == std::string::npos ? text : text.substr(0, mark + 1);
  if (mark != std::string::npos) file.expected = text.substr(mark + kMark.size());
  return file;
}

// All cases of tests/golden/<area>/, by name.
inline std::vector<GoldenFile> golden_files(const std::string& area) {
  std::vector<GoldenFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(tests_folder() + "/golden/" + area)) {
    if (entry.path().extension() == ".txt") files.push_back(read_golden_file(entry.path().string()));
  }
  std::sort(files.begin(), files.end(), [](const GoldenFile& a, const GoldenFile& b) { return a.path < b.path; });
  return files;
}

// With OCTAVO_REBASE=1 in the environment a file that differs is rewritten instead.
inline void expect_golden(const GoldenFile& file, const std::string& actual) {
  const char* rebase = std::getenv("OCTAVO_REBASE");
  if (rebase == nullptr || std::string_view(rebase) != "1") {
    EXPECT_EQ(actual, file.expected) << file.path << "\nis different; OCTAVO_REBASE=1 rewrites it";
  } else if (actual != file.expected) {
    std::ofstream(file.path, std::ios::binary) << file.input << "---- expected\n" << actual;
  }
}

}  // namespace octavo
