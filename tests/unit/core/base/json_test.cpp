// JSON: what is refused and where, typed reading that cannot abort, and the writer.
#include "core/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/base/json_fields.h"

namespace octavo {
namespace {

using ::testing::HasSubstr;
using namespace std::string_view_literals;

Json parsed(std::string_view text) {
  const auto json = Json::parse(text, "f");
  EXPECT_TRUE(json.ok()) << text << ": " << (json ? "" : json.error().text());
  return json ? *json : Json();
}

TEST(Json, AccessorsGiveTheValueOrTheFallback) {
  const Json json = parsed(R"({"t":"text","i":-7,"d":1.5,"b":true,"n":null,"a":[1,"x"],"o":{"k":1}})");
  EXPECT_EQ(json.get("t").string(), "text");
  EXPECT_EQ(json.get("i").integer(), -7);
  EXPECT_EQ(json.get("i").number(), -7.0);
  EXPECT_EQ(json.get("d").number(), 1.5);
  EXPECT_EQ(json.get("d").integer(3), 3);
  EXPECT_TRUE(json.get("b").boolean());
  EXPECT_TRUE(json.has("n"));
  EXPECT_TRUE(json.get("n").is_null());
  EXPECT_EQ(json.get("a").at(1).string(), "x");
  EXPECT_EQ(json.get("o").get("k").integer(), 1);
  EXPECT_EQ(json.size(), 7u);
}

TEST(Json, WrongTypesNeverAbort) {
  for (const char* text : {"null", "true", "1", "1.5", "\"x\"", "[]", "{}"}) {
    const Json json = parsed(text);
    EXPECT_TRUE(json.get("k").get("l").is_null());
    EXPECT_FALSE(json.has("k"));
    EXPECT_TRUE(json.at(5).at(0).is_null());
    if (!json.is_string()) {
      EXPECT_EQ(json.string("fallback"), "fallback");
    }
    if (!json.is_number()) {
      EXPECT_EQ(json.integer(9), 9);
    }
    if (!json.is_number()) {
      EXPECT_EQ(json.number(9.5), 9.5);
    }
    if (!json.is_bool()) {
      EXPECT_TRUE(json.boolean(true));
    }
    EXPECT_TRUE(json.members().empty());
  }
  EXPECT_TRUE(Json().is_null());
  EXPECT_EQ(Json().dump(), "null");
}

TEST(Json, StringsLiveAsLongAsAnyCopy) {
  std::string_view text;
  Json keep;
  {
    const Json root = parsed(R"({"a":{"b":"a text that is too long for the small string"}})");
    keep = root.get("a");
    text = root.get("a").get("b").string();
  }
  EXPECT_EQ(text, "a text that is too long for the small string");
}

TEST(Json, NumbersAtTheLimits) {
  EXPECT_EQ(parsed("9007199254740991").integer(), 9007199254740991);
  EXPECT_EQ(parsed("-9007199254740991").integer(), -9007199254740991);
  // No sum of a few integers overflows.
  EXPECT_EQ(parsed("9007199254740992").integer(-1), -1);
  EXPECT_EQ(parsed("-9223372036854775808").integer(-1), -1);
  EXPECT_EQ(parsed("9223372036854775808").integer(-1), -1);  // too large for an integer, fine as a number
  EXPECT_EQ(parsed("9223372036854775808").number(), 9223372036854775808.0);
  EXPECT_EQ(parsed("3.0").integer(), 3);
  EXPECT_EQ(parsed("1e3").integer(), 1000);
  EXPECT_EQ(parsed("1e300").integer(-1), -1);
  EXPECT_EQ(parsed("1e-400").number(5), 0.0);
}

TEST(Json, MembersKeepFileOrder) {
  std::string order;
  for (const auto& [key, value] : parsed(R"({"z":1,"a":2,"m":3})").members()) order += key;
  EXPECT_EQ(order, "zam");
}

struct BadJson {
  std::string_view text;
  const char* where;
  const char* message;
};

TEST(Json, RefusalsNameThePlace) {
  const BadJson cases[] = {
      {"", "f:1:1", "ends too early"},
      {"  ", "f:1:3", "ends too early"},
      {"{\"a\":", "f:1:6", "ends too early"},
      {"[1,2", "f:1:5", "ends too early"},
      {"\"abc", "f:1:5", "ends too early"},
      {"{\n  \"a\": tru\n}", "f:2:11", "invalid literal"},
      {"[1,]", "f:1:4", "unexpected ']'"},
      {"{a:1}", "f:1:2", "invalid literal"},
      {"[1] x", "f:1:5", "invalid literal"},
      {"{} {}", "f:1:4", "unexpected '{'"},
      {"[1]\0"sv, "f:1:4", "NUL"},
      {"[1]\0garbage"sv, "f:1:4", "NUL"},
      {"\"a\0b\""sv, "f:1:3", "NUL"},
      {"[1e400]", "f:1:6", "too large"},
      {"[-1e999]", "f:1:7", "too large"},
      {"[NaN]", "f:1:2", "invalid literal"},
      {"[01]", "f:1:3", "unexpected"},
      {"[.5]", "f:1:2", "invalid literal"},
      {"[+1]", "f:1:2", "invalid literal"},
      {"[1.]", "f:1:4", "invalid number"},
      {"'a'", "f:1:1", "invalid literal"},
      {"[1] // note", "f:1:5", "invalid literal"},
      {"\"\\x\"", "f:1:3", "forbidden character after backslash"},
      {"\"\\ud800\"", "f:1:8", "surrogate"},
      {"\"\\udc00\"", "f:1:7", "surrogate"},
      {"\"a\nb\"", "f:1:3", "control character"},
      {"\"\xFF\"", "f:1:2", "UTF-8"},
      {"\"\xC0\xAF\"", "f:1:2", "UTF-8"},
      {"\"\xED\xA0\x80\"", "f:1:3", "UTF-8"},
      {"\xFE\xFF", "f:1:1", "not valid JSON"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF{}", "f:1:1", "byte order mark"},
      {"\xEF\xBB", "f:1:2", "ends too early"},
      {"{\"a\":1,\"b\":2,\n\"a\":3}", "f:2:3", "\"a\" appears twice"},
      {"[{\"\":1,\"\":1}]", "f:1:9", "appears twice"},
      {"{\"a\":1,\"\\u0061\":2}", "f:1:15", "appears twice"},
  };
  for (const BadJson& test : cases) {
    const auto json = Json::parse(test.text, "f");
    ASSERT_FALSE(json.ok()) << test.text;
    EXPECT_EQ(json.error().code, ErrorCode::BadSyntax) << test.text;
    EXPECT_THAT(json.error().message, HasSubstr(test.message)) << test.text;
    EXPECT_EQ(json.error().where, test.where) << test.text << ": " << json.error().message;
    EXPECT_EQ(json.error().message.back(), '.') << json.error().message;
  }
}

TEST(Json, MessagesDoNotRepeatWhatWasRead) {
  const auto json = Json::parse("\"" + std::string(100000, 'x') + "\n\"", "f");
  ASSERT_FALSE(json.ok());
  EXPECT_LT(json.error().message.size(), 200u);
  const std::string key(100000, 'k');
  const auto twice = Json::parse("{\"" + key + "\":1,\"" + key + "\":2}", "f");
  ASSERT_FALSE(twice.ok());
  EXPECT_LT(twice.error().message.size(), 200u);
}

TEST(Json, WithoutASourceThePlaceStandsAlone) {
  EXPECT_EQ(Json::parse("[", "").error().where, "1:2");
}

TEST(Json, NestingUpToTheLimit) {
  const std::string good = std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']');
  EXPECT_EQ(parsed(good).dump(), good);
  for (const std::size_t depth : {std::size_t{kMaxJsonDepth + 1}, std::size_t{100000}}) {
    const auto arrays = Json::parse(std::string(depth, '['), "f");
    ASSERT_FALSE(arrays.ok());
    EXPECT_EQ(arrays.error().code, ErrorCode::TooLarge);
    EXPECT_EQ(arrays.error().where, "f:1:65");
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
    EXPECT_FALSE(Json::parse(objects, "f").ok());
  }
}

TEST(Json, OneByteOrderMarkIsSkipped) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF{\"a\":1}").get("a").integer(), 1);
  EXPECT_EQ(Json::parse("\xEF\xBB\xBF[x", "f").error().where, "f:1:2");
}

TEST(Json, ManyMembersStayFast) {
  std::string text = "{";
  for (int i = 0; i < 200000; ++i) text += "\"key" + std::to_string(i) + "\":1,";
  EXPECT_EQ(parsed(text + "\"last\":1}").size(), 200001u);
  EXPECT_FALSE(Json::parse(text + "\"key7\":1}", "f").ok());
}

TEST(Json, EveryPrefixOfADocumentIsRefused) {
  const std::string text = R"({"a":[1,-2.5e3,true,false,null,"é\u00e9\ud83d\ude00\n"],"b":{"c":""}})";
  parsed(text);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(Json::parse(std::string_view(text).substr(0, length), "f").ok()) << length;
  }
}

TEST(Json, KindInWords) {
  EXPECT_EQ(parsed("{}").kind(), "an object");
  EXPECT_EQ(parsed("[]").kind(), "an array");
  EXPECT_EQ(parsed("\"\"").kind(), "text");
  EXPECT_EQ(parsed("1").kind(), "a number");
  EXPECT_EQ(parsed("1.5").kind(), "a number");
  EXPECT_EQ(parsed("true").kind(), "true");
  EXPECT_EQ(parsed("null").kind(), "null");
}

TEST(Json, DumpReadsBackTheSame) {
  for (const char* text : {R"({"z":[],"a":{},"t":"x\"\\\n\t","n":-1,"d":0.1,"e":1e+22,"b":[true,false,null]})", "\"\"",
                           "1.7976931348623157e+308", "9007199254740991", "-9007199254740991", "0.3", "123456789.125"}) {
    EXPECT_EQ(parsed(text).dump(), text);
  }
}

TEST(JsonWriter, EveryDoubleReadsBackAsItself) {
  for (const double number :
       {5e-324, 2.2250738585072011e-308, 0.1 + 0.2, 1.0 / 3, 100000.5, 1e15, 1e21, -0.75, 123456789012345680.0}) {
    EXPECT_EQ(parsed(JsonWriter().value(number).text()).number(), number) << number;
  }
  EXPECT_EQ(JsonWriter().value(0.1).text(), "0.1");
  EXPECT_EQ(JsonWriter().value(16.5).text(), "16.5");
}

TEST(JsonWriter, EscapesWhatHtmlAndJavaScriptWouldRead) {
  EXPECT_EQ(JsonWriter().value("</script>&\u2028\u2029").text(), R"("\u003c/script\u003e\u0026\u2028\u2029")");
  EXPECT_EQ(JsonWriter().value("\x01\x1f\"\\\n\t\r"sv).text(), R"("\u0001\u001f\"\\\n\t\u000d")");
  EXPECT_EQ(JsonWriter().value("a\0b"sv).text(), R"("a\u0000b")");
}

TEST(JsonWriter, InvalidUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(JsonWriter().value("a\xFFz\xE2\x82").text(), "\"a\uFFFDz\uFFFD\"");
}

TEST(JsonWriter, AnyBytesReadBackAsTheirRepair) {
  std::string all;
  for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
  all += "é€😀\u2028";
  EXPECT_EQ(parsed(JsonWriter().value(all).text()).string(), all);
}

TEST(JsonWriter, NumbersAreShortestAndFinite) {
  EXPECT_EQ(JsonWriter().value(0.1).text(), "0.1");
  EXPECT_EQ(JsonWriter().value(2.0).text(), "2");
  EXPECT_EQ(JsonWriter().value(1.0 / 3).text(), "0.3333333333333333");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<double>::infinity()).text(), "null");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<double>::quiet_NaN()).text(), "null");
}

TEST(JsonWriter, LayoutsDifferInWhiteSpaceOnly) {
  const auto write = [](JsonWriter json) {
    json.begin_object().key("a").begin_array().value(1).value("x").null().end_array();
    json.key("b").begin_object().end_object().key("c").begin_array().end_array();
    json.member_unless_empty("left_out", "").member_unless_empty("d", "y").key("e").value(true).end_object();
    return json.take();
  };
  EXPECT_EQ(write(JsonWriter()), R"({"a":[1,"x",null],"b":{},"c":[],"d":"y","e":true})");
  EXPECT_EQ(write(JsonWriter(JsonWriter::Layout::Indented)), R"({
  "a": [
    1,
    "x",
    null
  ],
  "b": {},
  "c": [],
  "d": "y",
  "e": true
})");
}

TEST(JsonFields, TheFirstMistakeIsKeptWithItsPath) {
  JsonCheck check{"site.json", {}};
  const JsonFields fields(parsed(R"({"a":{"b":[{"c":1},{"c":"x"}]},"n":-1})"), check);
  const auto list = fields.object("a", Need::Required)->objects("b", Need::Required);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_FALSE(check.error);
  EXPECT_EQ(list[1].text("c", Need::Required), "x");
  EXPECT_EQ(list[0].text("c", Need::Required), "");
  EXPECT_EQ(fields.count("n", Need::Required), 0u);
  ASSERT_TRUE(check.error);
  EXPECT_EQ(check.error->text(), "site.json: a.b[0].c must be text, not a number.");
}

TEST(JsonFields, MapsAreReadInFileOrder) {
  JsonCheck check{"f", {}};
  const JsonFields fields(parsed(R"({"m":{"z":"1","a":"2"},"o":{"k":{"x":"y"}},"bad":{"k":1}})"), check);
  EXPECT_EQ(fields.text_members("m"), (std::vector<std::pair<std::string, std::string>>{{"z", "1"}, {"a", "2"}}));
  EXPECT_EQ(fields.object_members("o").at(0).second.text("x", Need::Required), "y");
  EXPECT_TRUE(fields.object_members("absent").empty());
  EXPECT_FALSE(check.error);
  fields.object_members("bad");
  ASSERT_TRUE(check.error);
  EXPECT_EQ(check.error->message, "bad.k must be an object, not a number.");
}

}  // namespace
}  // namespace octavo
