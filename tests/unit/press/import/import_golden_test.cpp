// Every kind of source, imported as a whole: all files that come out, what is said about it, and the receipt.
#include <gmock/gmock.h>

#include "press/import/import_site.h"
#include "press/publish/build_site.h"
#include "support/golden_file.h"
#include "support/temporary_folder.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

class ImportGolden : public testing::TestWithParam<GoldenFile> {};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

// The first line of the golden file names the source, below tests/fixtures/import/.
TEST_P(ImportGolden, FilesAndReportAreAsRecorded) {
  const GoldenFile& golden = GetParam();
  const TemporaryFolder folder;
  ImportOptions options;
  const std::string fixtures = tests_folder() + "/fixtures/import/";
  options.source = fixtures + golden.input.substr(0, golden.input.find('\n'));
  options.output = folder / "site";
  options.now = *parse_date_time("2026-11-25T00:00:00Z");
  Progress progress(Progress::Mode::Quiet);
  Diagnostics diagnostics;
  const auto outcome = import_site(options, diagnostics, progress);
  std::string actual;
  for (const Diagnostic& diagnostic : diagnostics.items()) actual += diagnostic.text() + "\n";
  if (!outcome) {
    actual += "error: " + outcome.error().text() + "\n";
    EXPECT_FALSE(std::filesystem::exists(folder / "site"));
  } else {
    EXPECT_TRUE(outcome->report.adds_up());
    for (const auto& [name, bytes] : folder.all_files("site")) {
      actual += "==== " + name + "\n" + bytes;
      // Titles, addresses and texts of what is not public carry this word in every fixture.
      EXPECT_THAT(name, testing::Not(testing::HasSubstr("SECRET")));
      EXPECT_THAT(bytes, testing::Not(testing::HasSubstr("SECRET")));
      EXPECT_THAT(bytes, testing::Not(testing::HasSubstr("secret")));
    }
    Diagnostics of_check;
    const auto checked = check_site(folder / "site", options.now, of_check, progress);
    EXPECT_TRUE(checked.ok());
    EXPECT_EQ(of_check.count(Severity::Error), 0u) << (of_check.empty() ? "" : of_check.items().front().text());
    const std::size_t written = outcome->report.count("posts").written + outcome->report.count("pages").written;
    EXPECT_EQ(checked->published, written);
  }
  expect_golden(golden, replaced(actual, fixtures, ""));
}

INSTANTIATE_TEST_SUITE_P(Files, ImportGolden, testing::ValuesIn(golden_files("import")),
                         [](const testing::TestParamInfo<GoldenFile>& test) { return test.param.name; });

}  // namespace
}  // namespace octavo
