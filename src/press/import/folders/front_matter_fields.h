// Front matter of other site builders, read key by key with a message where a value is not what the key needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "press/import/common/import_context.h"
#include "press/import/folders/folder_files.h"

namespace octavo {

class FrontMatterFields {
 public:
  // `inherited` are tables that count where the file itself is silent (Hugo's cascade), the nearest first.
  FrontMatterFields(const SourceFile& file, std::vector<const SourceTable*> inherited, ImportContext& context)
      : file_(file), inherited_(std::move(inherited)), context_(context) {}

  const NamedValue* find(std::string_view key) const;  // in lower case
  bool has(std::string_view key) const { return find(key) != nullptr; }

  std::string text(std::string_view key);
  std::string first_text(std::initializer_list<std::string_view> keys);
  std::vector<std::string> texts(std::string_view key);
  // As in Jekyll: a text is a list of words.
  std::vector<std::string> words(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  // Nothing for an absent key or an empty value; a date that does not exist makes the file unusable.
  std::optional<DateTime> date(std::string_view key);

  // False when it is not certain whether and when the post may be shown.
  bool is_usable() const { return is_usable_; }
  void refuse(std::string_view key, const std::string& message);

  // Reports keys that were never asked for.
  void report_unread(std::initializer_list<std::string_view> ignored) const;

 private:
  const SourceFile& file_;
  std::vector<const SourceTable*> inherited_;
  ImportContext& context_;
  mutable std::vector<std::string> asked_;
  std::vector<std::string> refused_;
  bool is_usable_ = true;
};

// A member of a table of settings, by a path of lower-case keys ("params.author").
const SourceValue* find_setting(const SourceTable& table, std::string_view path);
std::string setting_text(const SourceTable& table, std::string_view path);

}  // namespace octavo
