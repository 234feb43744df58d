// Limits of content, each with the cost that it bounds.
#pragma once

#include <cstddef>
#include <cstdint>

namespace octavo {

// Posts beyond this are cut at a line end with a warning: it bounds the time of every stage.
inline constexpr std::size_t kMaxPostBytes = 1024 * 1024;
// Deeper nesting than this is flattened: it bounds the stack of every recursive walk, and no reader can follow it.
inline constexpr std::uint32_t kMaxBlockDepth = 48;
// Nested emphasis, links and so on within one paragraph; beyond it inner spans are dropped and their text kept.
inline constexpr std::uint32_t kMaxInlineDepth = 48;

}  // namespace octavo
