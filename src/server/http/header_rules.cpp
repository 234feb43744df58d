// Reading and matching `_headers`.
#include "server/http/header_rules.h"

#include <algorithm>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_plain_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c == '\t' || (c >= 0x20 && c < 0x7F); });
}

bool equal_names(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

void set_header(HeaderList& headers, const std::string& name, const std::string& value) {
  std::erase_if(headers, [&](const auto& header) { return equal_names(header.first, name); });
  headers.emplace_back(name, value);
}

void read_line(std::string_view line, std::vector<HeaderRule>& rules) {
  const std::string_view text = trimmed(line);
  if (text.empty() || text.front() == '#') return;
  if (line.front() != ' ' && line.front() != '\t') {
    rules.push_back({std::string(text), {}});
    return;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || rules.empty()) return;
  const std::string_view name = trimmed(text.substr(0, colon));
  const std::string_view value = trimmed(text.substr(colon + 1));
  if (is_token(name) && is_plain_value(value)) rules.back().headers.emplace_back(name, value);
}

// One '*' is what the hosts allow.
bool matches(std::string_view pattern, std::string_view path) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == path;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  return path.size() >= before.size() + after.size() && path.starts_with(before) && path.ends_with(after);
}

}  // namespace

std::vector<HeaderRule> parse_header_rules(std::string_view text) {
  std::vector<HeaderRule> rules;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) read_line(text.substr(0, end), rules);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return rules;
}

HeaderList headers_for(const std::vector<HeaderRule>& rules, std::string_view path) {
  HeaderList headers;
  for (const HeaderRule& rule : rules) {
    if (!matches(rule.path, path)) continue;
    for (const auto& [name, value] : rule.headers) set_header(headers, name, value);
  }
  return headers;
}

}  // namespace octavo
