// `_headers` read as the hosts read it.
#include "server/http/header_rules.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

constexpr std::string_view kText =
    "# comment\n/*\n  A: 1\n  B: x: y \r\n\tC: 3\n\n/assets/*\n  Cache-Control: immutable\n  a: 2\n/one\n  D: 4\n  no header\n"
    "  Bad Name: 1\n  E: a\x01"
    "b\n";

TEST(HeaderRules, PathsAndTheirHeaders) {
  const std::vector<HeaderRule> rules = parse_header_rules(kText);
  ASSERT_EQ(rules.size(), 3U);
  EXPECT_EQ(rules[0].path, "/*");
  EXPECT_EQ(rules[0].headers, (HeaderList{{"A", "1"}, {"B", "x: y"}, {"C", "3"}}));
  EXPECT_EQ(rules[2].headers, (HeaderList{{"D", "4"}}));
}

TEST(HeaderRules, LaterRulesReplaceWhatEarlierOnesSet) {
  const std::vector<HeaderRule> rules = parse_header_rules(kText);
  EXPECT_EQ(headers_for(rules, "/assets/x.js"),
            (HeaderList{{"B", "x: y"}, {"C", "3"}, {"Cache-Control", "immutable"}, {"a", "2"}}));
  EXPECT_EQ(headers_for(rules, "/one").back(), (std::pair<std::string, std::string>{"D", "4"}));
  EXPECT_EQ(headers_for(rules, "/one/").size(), 3U);
}

TEST(HeaderRules, HeadersWithoutAPathAreNobodys) {
  EXPECT_TRUE(parse_header_rules("  A: 1\n").empty());
  EXPECT_TRUE(headers_for(parse_header_rules(""), "/").empty());
}

}  // namespace
}  // namespace octavo
