// Diagnostics: the compilers' form, and counting.
#include "core/base/diagnostics.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(Diagnostics, TextHasTheFormThatEditorsUnderstand) {
  EXPECT_EQ((Diagnostic{Severity::Warning, "a.md", 3, 7, "No title."}).text(), "a.md:3:7: warning: No title.");
  EXPECT_EQ((Diagnostic{Severity::Error, "a.md", 3, 0, "No title."}).text(), "a.md:3: error: No title.");
  EXPECT_EQ((Diagnostic{Severity::Note, "a.md", 0, 0, "No title."}).text(), "a.md: note: No title.");
  EXPECT_EQ((Diagnostic{Severity::Note, "", 0, 0, "No title."}).text(), "note: No title.");
}

TEST(Diagnostics, AMessageIsUtf8WhateverItQuotes) {
  Diagnostics diagnostics;
  diagnostics.error("a.md", 1, 1, "unknown escape character: \xEF.");
  EXPECT_EQ(diagnostics.items().back().message, "unknown escape character: \uFFFD.");
}

TEST(Diagnostics, CountsBySeverityAndAppends) {
  Diagnostics first;
  EXPECT_TRUE(first.empty());
  first.warn("a", 1, 1, "w");
  Diagnostics second;
  second.error("b", 1, 1, "p");
  second.note("b", 1, 1, "n");
  first.append(second);
  EXPECT_EQ(first.count(Severity::Warning), 1u);
  EXPECT_EQ(first.count(Severity::Error), 1u);
  EXPECT_EQ(first.count(Severity::Note), 1u);
  EXPECT_EQ(first.items().back().message, "n");
}

}  // namespace
}  // namespace octavo
