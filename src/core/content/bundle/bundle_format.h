// Shared by the files that read and write the bundle, and private to them.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "core/content/document/content_limits.h"

namespace octavo {

// Limits on whole files: they bound memory and time before anything has been checked.
inline constexpr std::size_t kMaxManifestBytes = 64 * 1024;
inline constexpr std::size_t kMaxIndexFileBytes = 4 * 1024 * 1024;
// JSON escapes some characters with six bytes; a third as much again is room for addresses, code runs and comments.
inline constexpr std::size_t kMaxPostFileShare = 8;
inline constexpr std::size_t kMaxPostFileBytes = kMaxPostFileShare * kMaxPostBytes;
// As much as the command reads of any file.
inline constexpr std::size_t kMaxFeedBytes = 256 * 1024 * 1024;
inline constexpr std::size_t kMaxSlugBytes = 300;

// Members of an index file with groups, by GroupInfo::Kind.
inline constexpr std::string_view kGroupKeys[] = {"tags", "years", "authors", "series"};

// True for a slug that can be part of an address and a file name: no empty, "." or ".." segment, no control character or
// backslash, not absolute, not too long.
bool is_valid_slug(std::string_view slug);

// A post from a JSON Feed item that has the "_octavo" extension.
Result<Post> post_from_item(const Json& item, std::string_view where);

}  // namespace octavo
