// Blocks as rows of JSON: how a part of a page passes from one program to another. Flat, because JSON may nest less deeply than
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
// Enumerators have their numbers from document.h, so both sides must have the same version.
void encode_blocks(JsonWriter& json, std::span<const Block> blocks);

// Anything that is not a row is left out; unknown enumerators count as 0. The result keeps the rules of document.h: spans
// that are not sorted, do not nest or cut a character in two are left out, and so are blocks that their parent cannot hold,
// with everything in them.
std::vector<Block> decode_blocks(const Json& rows);

}  // namespace octavo
