// Front matter of three kinds: the body is a part of the file, its first line is counted right, and every text is UTF-8.
#include <algorithm>
#include <string>

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/source/front_matter.h"
#include "press/source/post_source.h"

namespace octavo {
namespace {

void check_text(const std::string& text) {
  const std::string_view whole = text;
  Diagnostics diagnostics;
  const ParsedFrontMatter parsed = parse_front_matter(whole, "post.md", diagnostics);
  OCTAVO_ASSERT(whole.ends_with(parsed.body));
  const std::string_view above = whole.substr(0, whole.size() - parsed.body.size());
  const auto lines = static_cast<std::uint32_t>(std::count(above.begin(), above.end(), '\n'));
  if (parsed.is_usable && !parsed.body.empty()) OCTAVO_ASSERT(parsed.body_first_line == lines + 1);
  const FrontMatter& front_matter = parsed.front_matter;
  OCTAVO_ASSERT(is_valid_utf8(front_matter.title) && is_valid_utf8(front_matter.summary) && is_valid_utf8(front_matter.slug));
  for (const std::string& tag : front_matter.tags) OCTAVO_ASSERT(is_valid_utf8(tag) && !tag.empty());
  for (const Diagnostic& diagnostic : diagnostics.items()) OCTAVO_ASSERT(is_valid_utf8(diagnostic.message));
  if (!parsed.is_usable) OCTAVO_ASSERT(!diagnostics.empty());
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const std::string_view bytes = input.text();
  check_text(repair_utf8(bytes).text);
  const PostSource post = parse_post_source(bytes, "content/2020-01-02-a-b.md", "2020-01-02-a-b.md");
  OCTAVO_ASSERT(is_valid_utf8(post.markdown) && is_valid_utf8(post.title) && is_valid_utf8(post.slug));
  if (!post.is_usable) OCTAVO_ASSERT(!post.diagnostics.empty());
  if (!shows_growth) return 0;
  for (const char* const fence : {"---\n", "+++\n", ""}) {
    const auto read = [](std::string_view text) { parse_post_source(text, "content/a.md", "a.md"); };
    check_growth(bytes, read, fence, "\n" + std::string(fence));
  }
  return 0;
}
