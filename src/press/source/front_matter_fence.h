// Where front matter begins and ends in a file: between lines of "---" (YAML) or "+++" (TOML), or one JSON object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "press/source/front_matter_value.h"

namespace octavo {

enum class FrontMatterFormat : std::uint8_t { None, Yaml, Toml, Json };

struct FencedFrontMatter {
  FrontMatterFormat format = FrontMatterFormat::None;
  SourceSegment piece;  // between the fences
  std::size_t body_begin = 0;
  std::uint32_t body_first_line = 1;
  bool is_closed = true;
};

FencedFrontMatter find_front_matter(std::string_view text);

}  // namespace octavo
