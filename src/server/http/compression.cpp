// Compression by brotli and zlib.
#include "server/http/compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "core/base/assert.h"

namespace octavo {

namespace {

// The best levels take seconds for a wasm file; these lose about 5 % and are not noticed.
constexpr int kQuickBrotliQuality = 9;
constexpr int kQuickGzipLevel = 8;
constexpr int kMostGzipLevel = 9;
constexpr int kGzipFormat = 16;  // added to zlib's window bits

std::optional<std::string> brotli(std::string_view bytes, Effort effort) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  if (size == 0) return std::nullopt;
  std::string out(size, '\0');
  const int quality = effort == Effort::Most ? BROTLI_MAX_QUALITY : kQuickBrotliQuality;
  const int window =
      effort == Effort::Most ? BROTLI_MAX_WINDOW_BITS : BROTLI_DEFAULT_WINDOW;  // 16 MiB: packs of posts are larger than 4
  const BROTLI_BOOL done = BrotliEncoderCompress(quality, window, BROTLI_DEFAULT_MODE, bytes.size(),
                                                 reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                                 reinterpret_cast<std::uint8_t*>(out.data()));
  if (done == BROTLI_FALSE) return std::nullopt;
  out.resize(size);
  return out;
}

std::optional<std::string> gzip(std::string_view bytes, Effort effort) {
  z_stream stream{};
  const int level = effort == Effort::Most ? kMostGzipLevel : kQuickGzipLevel;
  if (deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + kGzipFormat, 8, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib does not change its input; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) return std::nullopt;
  return out;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::Identity:
      return "";
    case Encoding::Gzip:
      return "gzip";
    case Encoding::Brotli:
      return "br";
  }
  return "";
}

std::optional<std::string> compress(std::string_view bytes, Encoding encoding, Effort effort) {
  OCTAVO_ASSERT(encoding != Encoding::Identity);
  std::optional<std::string> out = encoding == Encoding::Brotli ? brotli(bytes, effort) : gzip(bytes, effort);
  if (out && out->size() >= bytes.size()) out.reset();
  return out;
}

}  // namespace octavo
