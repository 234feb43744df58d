// All comments as lines of JSON and back, to keep a copy or to move to another database.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/comments/store/database.h"

namespace octavo {

// An object a line: first the format and its version, then threads, comments (replies follow what they answer) and reactions with
// all that is stored about them. Sign-ins are not part of it. Equal databases give equal bytes.
Result<std::string> write_comment_archive(Database& database);

struct RestoredCounts {
  std::size_t added = 0;
  std::size_t known = 0;  // comments that were there already, as they are
};

// All of it or, at the first line that cannot be read, nothing; `where` names the file in errors. Into an empty database it gives
// one that is written as the same bytes. Threads that are there keep their state, and what is new to them counts as a change.
Result<RestoredCounts> read_comment_archive(std::string_view text, const std::string& where, Database& database,
                                            std::int64_t now);

// Whether a text begins as an archive does.
bool is_comment_archive(std::string_view text);

}  // namespace octavo
