// What kind of file a name promises, and whether its bytes never change.
#pragma once

#include <string_view>

namespace octavo {

struct ContentType {
  std::string_view name;         // of the Content-Type header
  bool is_compressible = false;  // images and fonts are compressed already
};

// By extension; "application/octet-stream" for unknown ones.
ContentType content_type_of(std::string_view path);

// True for files that the press names by a hash of their content, below assets/, bundle/ and media/.
bool is_immutable_path(std::string_view path);

}  // namespace octavo
