// Reading a whole file, with a limit and a reason when it does not work.
#include "press/base/text_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

namespace octavo {

namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error read_error(const std::filesystem::path& path, ErrorCode code, const std::string& reason) {
  return {code, "The file cannot be read: " + reason + ".", path.string()};
}

}  // namespace

Result<std::string> load_file(const std::filesystem::path& path, std::uintmax_t limit) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return read_error(path, ErrorCode::NotFound, "it does not exist");
  // A pipe or device would block the build forever.
  if (!std::filesystem::is_regular_file(status)) return read_error(path, ErrorCode::Unreadable, "it is not a regular file");
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return read_error(path, ErrorCode::Unreadable, error.message());
  if (size > limit) return read_error(path, ErrorCode::TooLarge, "it is larger than " + std::to_string(limit) + " bytes");

  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (!file) return read_error(path, ErrorCode::Unreadable, std::strerror(errno));
  std::string bytes(static_cast<std::size_t>(size), '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  if (std::ferror(file.get()) != 0) return read_error(path, ErrorCode::Unreadable, std::strerror(errno));
  return bytes;
}

}  // namespace octavo
