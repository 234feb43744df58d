// comments.toml, key by key: a table of names for each kind of value.
#include "press/command/comment_settings_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "press/source/front_matter_value.h"
#include "server/http/http_client.h"

namespace octavo {

namespace {

using Texts = std::vector<std::string>;

struct NumberSetting {
  std::int64_t* place;
  std::int64_t least;
  std::int64_t most;
};

class Reader {
 public:
  Reader(const std::string& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  CommentSettingsFile read(const SourceTable& table);

 private:
  bool read_text(const NamedValue& member);
  bool read_number(const NamedValue& member);
  bool read_flag(const NamedValue& member);
  bool read_list(const NamedValue& member);
  bool read_choice(const NamedValue& member);
  bool read_threads(const NamedValue& member);
  void read_providers(const NamedValue& member);
  SignInProvider read_provider(const SourceTable& table);
  void problem(const NamedValue& member, std::string message) {
    diagnostics_.error(file_, member.value.location.line, member.value.location.column,
                       "`" + member.name + "` " + std::move(message));
  }
  void unknown(const NamedValue& member) {
    diagnostics_.warn(file_, member.location.line, member.location.column,
                      "`" + member.name + "` is not a known setting and is ignored.");
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  CommentSettingsFile out_;
  CommentSettings& settings_ = out_.settings;

  const std::map<std::string_view, std::string*> texts_ = {
      {"site", &settings_.site},
      {"thread_url", &settings_.thread_url},
      {"privacy_url", &settings_.privacy_url},
      {"terms_url", &settings_.terms_url},
      {"consent", &settings_.consent},
      {"own_url", &settings_.own_url},
      {"moderation_token", &settings_.moderation_token},
      {"database", &out_.database},
  };
  const std::map<std::string_view, NumberSetting> numbers_ = {
      {"text_min", {&settings_.text_min, 1, 8000}},
      {"text_max", {&settings_.text_max, 100, 16'000}},
      {"links_max", {&settings_.links_max, 0, 1000}},
      {"show_depth", {&settings_.show_depth, 1, 100}},
      {"page_size", {&settings_.page_size, 1, 200}},
      {"page_size_max", {&settings_.page_size_max, 1, 1000}},
      {"edit_seconds", {&settings_.edit_seconds, 0, 86'400 * 365}},
      {"per_minute", {&settings_.per_minute, 0, 1'000'000}},
      {"per_hour", {&settings_.per_hour, 0, 1'000'000}},
      {"min_gap_seconds", {&settings_.min_gap_seconds, 0, 3600}},
      {"requests_per_minute", {&settings_.requests_per_minute, 0, 100'000'000}},
      {"reactions_per_network", {&settings_.reactions_per_network, 0, 1'000'000}},
      {"min_seconds", {&settings_.min_seconds, 0, 3600}},
      {"keep_network_days", {&settings_.keep_network_days, 0, 365}},
  };
  const std::map<std::string_view, bool*> flags_ = {{"anonymous", &settings_.anonymous}, {"images", &settings_.images}};
  const std::map<std::string_view, Texts*> lists_ = {
      {"blocked_words", &settings_.blocked_words},
      {"reactions", &settings_.reactions},
      {"origins", &settings_.origins},
      {"hosts", &settings_.hosts},
      {"trusted_proxies", &settings_.trusted_proxies},
  };
  const std::map<std::string_view, FieldUse*> needs_ = {
      {"name", &settings_.name}, {"email", &settings_.email}, {"website", &settings_.website}};
};

bool Reader::read_text(const NamedValue& member) {
  const auto found = texts_.find(member.name);
  if (found == texts_.end()) return false;
  if (const auto text = text_of(member.value)) {
    *found->second = *text;
  } else {
    problem(member, "must be text, but is " + std::string(kind_description(member.value.kind)) + ".");
  }
  return true;
}

bool Reader::read_number(const NamedValue& member) {
  const auto found = numbers_.find(member.name);
  if (found == numbers_.end()) return false;
  const NumberSetting& setting = found->second;
  const std::string& text = member.value.text;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number =
      member.value.kind == SourceValue::Kind::Number && error == std::errc() && end == text.data() + text.size();
  if (!is_number || number < setting.least || number > setting.most) {
    problem(member, "must be a whole number from " + std::to_string(setting.least) + " to " + std::to_string(setting.most) + ".");
  } else {
    *setting.place = number;
  }
  return true;
}

bool Reader::read_flag(const NamedValue& member) {
  const auto found = flags_.find(member.name);
  if (found == flags_.end()) return false;
  if (const auto flag = boolean_of(member.value)) {
    *found->second = *flag;
  } else {
    problem(member, "must be true or false.");
  }
  return true;
}

bool Reader::read_list(const NamedValue& member) {
  const auto found = lists_.find(member.name);
  if (found == lists_.end()) return false;
  if (auto texts = texts_of(member.value)) {
    *found->second = std::move(*texts);
  } else {
    problem(member, "must be a list of texts.");
  }
  return true;
}

// True when the text was one of the names; then `place` has its value.
template <typename Value>
bool choose(std::optional<Value> named, Value& place) {
  if (named) place = *named;
  return named.has_value();
}

bool Reader::read_choice(const NamedValue& member) {
  const std::string text = text_of(member.value).value_or("");
  if (member.name == "moderation") {
    if (!choose(moderation_from(text), settings_.moderation)) problem(member, "must be \"none\", \"links\" or \"all\".");
    return true;
  }
  const auto found = needs_.find(member.name);
  if (found == needs_.end()) return false;
  if (!choose(field_use_from(text), *found->second)) problem(member, "must be \"hidden\", \"optional\" or \"required\".");
  return true;
}

// "site", "any", or a list of the keys themselves.
bool Reader::read_threads(const NamedValue& member) {
  if (member.name != "threads") return false;
  const std::string text = text_of(member.value).value_or("");
  if (text == "site" || text == "any") {
    settings_.thread_rule = text == "site" ? ThreadRule::Site : ThreadRule::Any;
    return true;
  }
  if (auto keys = texts_of(member.value); keys && member.value.kind == SourceValue::Kind::List) {
    settings_.thread_rule = ThreadRule::Listed;
    settings_.threads = std::move(*keys);
  } else {
    problem(member, "must be \"site\", \"any\" or a list of slugs.");
  }
  return true;
}

SignInProvider Reader::read_provider(const SourceTable& table) {
  SignInProvider provider;
  const std::map<std::string_view, std::string*> places = {
      {"id", &provider.id},
      {"label", &provider.label},
      {"icon", &provider.icon},
      {"issuer", &provider.issuer},
      {"authorize_url", &provider.authorize_url},
      {"token_url", &provider.token_url},
      {"person_url", &provider.person_url},
      {"client_id", &provider.client_id},
      {"client_secret", &provider.client_secret},
      {"scope", &provider.scope},
      {"client_auth", &provider.client_auth},
  };
  for (const NamedValue& member : table) {
    const auto found = places.find(member.name);
    if (found == places.end()) {
      unknown(member);
    } else if (const auto text = text_of(member.value)) {
      *found->second = *text;
    } else {
      problem(member, "must be text.");
    }
  }
  return provider;
}

void Reader::read_providers(const NamedValue& member) {
  for (const SourceValue& item : member.value.items) {
    SignInProvider provider = read_provider(item.members);
    const std::array<std::string_view, 4> addresses = {provider.issuer, provider.authorize_url, provider.token_url,
                                                       provider.person_url};
    const bool has_id = !provider.id.empty() && std::all_of(provider.id.begin(), provider.id.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    const bool has_addresses = !provider.issuer.empty() ||
                               (!provider.authorize_url.empty() && !provider.token_url.empty() && !provider.person_url.empty());
    if (!has_id || !has_addresses || provider.client_id.empty()) {
      problem(member,
              "needs an `id` of lower-case letters and digits, a `client_id`, and either `issuer` or all of `authorize_url`, "
              "`token_url` and `person_url`.");
      continue;
    }
    if (!provider.client_auth.empty() && provider.client_auth != "basic" && provider.client_auth != "post") {
      problem(member, "has a `client_auth` that is neither \"basic\" nor \"post\".");
      continue;
    }
    const bool is_private = std::all_of(addresses.begin(), addresses.end(),
                                        [](const auto& address) { return address.empty() || is_private_address(address); });
    if (!is_private) {
      problem(member, "has an address that does not begin with https://.");
      continue;
    }
    if (provider.label.empty()) provider.label = provider.id;
    if (provider.scope.empty() && !provider.issuer.empty()) provider.scope = "openid profile email";
    settings_.providers.push_back(std::move(provider));
  }
  if (member.value.kind != SourceValue::Kind::List) problem(member, "must be a list of tables: [[providers]].");
}

CommentSettingsFile Reader::read(const SourceTable& table) {
  for (const NamedValue& member : table) {
    if (member.name == "providers") {
      read_providers(member);
    } else if (!read_text(member) && !read_number(member) && !read_flag(member) && !read_list(member) && !read_choice(member) &&
               !read_threads(member)) {
      unknown(member);
    }
  }
  settings_.page_size = std::min(settings_.page_size, settings_.page_size_max);
  return std::move(out_);
}

}  // namespace

CommentSettingsFile parse_comment_settings(std::string_view toml, const std::string& file, Diagnostics& diagnostics) {
  const auto table = parse_toml_table({toml, file, 1}, diagnostics);
  return Reader(file, diagnostics).read(table ? *table : SourceTable());
}

}  // namespace octavo
