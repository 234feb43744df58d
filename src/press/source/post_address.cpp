// Slugs and dates from file names.
#include "press/source/post_address.h"

#include <algorithm>
#include <vector>

#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// File names end at 255 bytes; the bundle adds a hash and an extension.
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxSlugBytes = 1000;

std::vector<std::string_view> names_of(std::string_view path) {
  std::vector<std::string_view> names;
  for (;;) {
    const std::size_t slash = path.find('/');
    names.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return names;
    path.remove_prefix(slash + 1);
  }
}

bool are_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_date_prefix(std::string_view name) {
  return name.size() >= 10 && are_digits(name.substr(0, 4), 4) && name[4] == '-' && are_digits(name.substr(5, 2), 2) &&
         name[7] == '-' && are_digits(name.substr(8, 2), 2) && (name.size() == 10 || name[10] == '-' || name[10] == '_');
}

std::string_view without_extension(std::string_view name) {
  return name.substr(0, name.rfind('.'));
}

bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || std::string_view("\\<>:\"|?*").find(c) != std::string_view::npos;
}

bool is_usable_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '.' && name.back() != '.' && name.back() != ' ' &&
         ascii_lowercase(name) != "index.html" && std::none_of(name.begin(), name.end(), is_forbidden);
}

}  // namespace

DatedName dated_name(std::string_view relative) {
  const std::vector<std::string_view> names = names_of(relative);
  std::string_view name = without_extension(names.back());
  if (name == "index" && names.size() > 1) name = names[names.size() - 2];
  if (!has_date_prefix(name)) return {{}, std::string(name)};
  return {std::string(name.substr(0, 10)), std::string(name.substr(std::min<std::size_t>(11, name.size())))};
}

std::string date_in_path(std::string_view path) {
  const std::vector<std::string_view> names = names_of(path);
  for (std::size_t i = 0; i + 2 < names.size(); ++i) {
    if (!are_digits(names[i], 4) || !are_digits(names[i + 1], 2) || !are_digits(names[i + 2], 2)) continue;
    std::string date(names[i]);
    date.append("-").append(names[i + 1]).append("-").append(names[i + 2]);
    return date;
  }
  return {};
}

bool is_usable_slug(std::string_view slug) {
  const std::vector<std::string_view> names = names_of(slug);
  return slug.size() <= kMaxSlugBytes && std::all_of(names.begin(), names.end(), is_usable_name);
}

bool is_in_drafts_folder(std::string_view relative) {
  const std::vector<std::string_view> names = names_of(relative);
  return std::find(names.begin(), names.end() - 1, "_drafts") != names.end() - 1;
}

bool is_post_file(std::string_view relative) {
  const std::string name = ascii_lowercase(names_of(relative).back());
  if (name.starts_with("_index.")) return false;
  return name.ends_with(".md") || name.ends_with(".markdown");
}

}  // namespace octavo
