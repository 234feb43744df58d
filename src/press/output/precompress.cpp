// Compressing everything that was written.
#include "press/output/precompress.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "press/base/first_error.h"
#include "press/base/parallel.h"
#include "server/http/compression.h"
#include "server/http/content_type.h"

namespace octavo {

namespace {

constexpr std::size_t kMinBytes = 256;  // below it, headers outweigh the saving
constexpr auto kEncodings = std::to_array<std::pair<Encoding, const char*>>({{Encoding::Brotli, ".br"}, {Encoding::Gzip, ".gz"}});

Status compress_file(const std::string& path, OutputFolder& output) {
  const Result<std::string> bytes = output.read(path);
  if (!bytes) return bytes.error();
  if (bytes->size() < kMinBytes) return Unit{};
  for (const auto& [encoding, suffix] : kEncodings) {
    if (output.keep_made_from(path, path + suffix)) continue;
    const std::optional<std::string> compressed = compress(*bytes, encoding, Effort::Most);
    if (!compressed) continue;
    if (Status status = output.write(path + suffix, *compressed); !status) return status;
  }
  return Unit{};
}

}  // namespace

Status write_compressed(OutputFolder& output, Progress& progress) {
  std::vector<std::string> paths;
  for (const std::string& path : output.written()) {
    if (content_type_of(path).is_compressible) paths.push_back(path);
  }
  FirstError first_error;
  progress.begin("Compressing", paths.size());
  for_each_in_parallel(
      paths.size(), [] { return 0; },
      [&](int, std::size_t i) {
        if (Status status = compress_file(paths[i], output); !status) first_error.add(i, status.error());
        progress.step();
      });
  return first_error.status();
}

}  // namespace octavo
