// Chunk by chunk. Lines end with CR LF and nothing else, because a proxy in front could find another end.
#include "server/http/chunked_body.h"

#include <algorithm>
#include <charconv>

namespace octavo {

namespace {

constexpr std::size_t kMaxSizeDigits = 8;
constexpr std::size_t kMaxLine = 1024;
constexpr std::size_t kMaxOverhead = 16 * 1024;

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= ' ' && byte != 0x7F);
  });
}

bool is_trailer(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 && line.substr(0, colon).find_first_of(" \t") == std::string_view::npos;
}

// Nothing, or what begins with ';'. Its strings end in the same line.
bool is_extension(std::string_view text) {
  if (text.empty()) return true;
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos || text[begin] != ';') return false;
  bool is_quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (is_quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    }
  }
  return !is_quoted;
}

}  // namespace

std::size_t ChunkedBody::take(std::string_view bytes) {
  std::size_t taken = 0;
  while (state_ == State::Incomplete && taken < bytes.size()) {
    const std::string_view rest = bytes.substr(taken);
    taken += part_ == Part::Data ? take_data(rest) : take_line(rest);
  }
  return taken;
}

std::size_t ChunkedBody::take_data(std::string_view bytes) {
  const std::size_t count = std::min(wanted_, bytes.size());
  text_.append(bytes.substr(0, count));
  wanted_ -= count;
  if (wanted_ == 0) part_ = Part::DataEnd;
  return count;
}

std::size_t ChunkedBody::take_line(std::string_view bytes) {
  const std::size_t feed = bytes.find('\n');
  const std::size_t count = feed == std::string_view::npos ? bytes.size() : feed + 1;
  line_.append(bytes.substr(0, std::min(count, kMaxLine + 1)));
  if (line_.size() > kMaxLine) {
    state_ = State::Malformed;
  } else if (feed != std::string_view::npos) {
    end_line();
    line_.clear();
  }
  return count;
}

void ChunkedBody::end_line() {
  if (!line_.ends_with("\r\n")) {
    state_ = State::Malformed;
    return;
  }
  line_.resize(line_.size() - 2);
  if (!is_plain(line_)) {
    state_ = State::Malformed;
  } else if (part_ == Part::Size) {
    begin_chunk();
  } else if (part_ == Part::DataEnd) {
    if (!line_.empty()) state_ = State::Malformed;
    part_ = Part::Size;
  } else if (line_.empty()) {
    state_ = State::Complete;
  } else {
    overhead_ += line_.size();
    if (!is_trailer(line_)) state_ = State::Malformed;
  }
  if (overhead_ > kMaxOverhead) state_ = State::Malformed;
}

// "1A3;name=value"
void ChunkedBody::begin_chunk() {
  const std::string_view line = line_;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
  const bool is_size = digits > 0 && digits <= kMaxSizeDigits && is_extension(line.substr(digits));
  if (!is_size || std::from_chars(line.data(), line.data() + digits, wanted_, 16).ec != std::errc()) {
    state_ = State::Malformed;
    return;
  }
  overhead_ += line.size() - digits;
  if (wanted_ > most_ - text_.size()) {
    state_ = State::TooLarge;
  } else {
    part_ = wanted_ == 0 ? Part::Trailer : Part::Data;
  }
}

}  // namespace octavo
