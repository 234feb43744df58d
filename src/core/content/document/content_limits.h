// Limits of content, each with the cost that it bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace octavo {

// The text of a post, Markdown or HTML, without its front matter. A larger one is refused wherever posts come in (building,
// importing, feeds, bundles) and cut nowhere, so that what is published can be read. It bounds the time and memory of every
// stage, which are linear in it.
inline constexpr std::size_t kMaxPostBytes = 16 * 1024 * 1024;
inline constexpr std::string_view kMaxPostSize = "16 MiB";  // in messages
// Deeper nesting than this is flattened: it bounds the stack of every recursive walk, and no reader can follow it.
inline constexpr std::uint32_t kMaxBlockDepth = 48;
// Nested emphasis, links and so on within one paragraph; beyond it inner spans are dropped and their text kept.
inline constexpr std::uint32_t kMaxInlineDepth = 48;

}  // namespace octavo
