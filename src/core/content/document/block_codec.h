// Blocks as rows of JSON: how a part of a page passes from one program to another. Flat, for JSON may nest less deeply than
// blocks.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/content/document/document.h"

namespace octavo {

// An array of rows in pre-order: [depth, kind, variant, role, flags, level, align, task, start, anchor, language, direction,
// label, info, text, [span…]]; a span is [kind, begin, end, flags, token, note, width, height, url, title, alt, anchor].
// Enumerations count as in document.h, so both sides must be of one version.
void encode_blocks(JsonWriter& json, std::span<const Block> blocks);

// What is no row is left out; numbers that name nothing count as 0.
std::vector<Block> decode_blocks(const Json& rows);

}  // namespace octavo
