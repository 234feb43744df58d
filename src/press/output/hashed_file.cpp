// Writing files named by their content.
#include "press/output/hashed_file.h"

#include "core/base/url.h"
#include "press/base/sha256.h"

namespace octavo {

namespace {
constexpr std::size_t kHashDigits = 12;
}

Result<FileReference> write_hashed_file(OutputFolder& output, std::string_view stem, std::string_view extension,
                                        std::string_view bytes) {
  const Sha256 hash = sha256(bytes);
  std::string path(stem);
  path.append(".").append(hex_digits(hash, kHashDigits)).append(".").append(extension);
  if (Status status = output.write(path, bytes); !status) return status.error();
  return FileReference{encode_path(path), integrity_string(hash)};
}

}  // namespace octavo
