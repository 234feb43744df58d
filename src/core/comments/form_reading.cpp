// What an engine takes.
#include <algorithm>

#include "core/base/plain_name.h"
#include "core/comments/engine_answer.h"

namespace octavo {

namespace {

FieldUse use_of(const Json& value) {
  return field_use_from(value.string()).value_or(FieldUse::Hidden);
}

constexpr std::size_t kMostProviders = 12;
constexpr std::size_t kMostLabel = 64;  // code points

void read_octavo_form(const Json& json, CommentForm& form) {
  const Json text = json.get("text");
  const Json author = json.get("author");
  form.can_write = json.get("anonymous").boolean(true);
  form.moderation = moderation_from(json.get("moderation").string()).value_or(Moderation::None);
  form.text_min = count_at(text, "min");
  form.text_max = count_at(text, "max");
  form.has_images = text.get("images").boolean();
  form.name = use_of(author.get("name"));
  form.email = use_of(author.get("email"));
  form.website = use_of(author.get("website"));
  form.name_max = count_at(author, "name_max");
  form.edit_window_s = count_at(json, "edit_window_s");
  form.server_time = parse_date_time(json.get("server_time").string());
  form.has_likes = has_like(json.get("reactions"));
  form.consent = text_at(json, "consent");
  form.privacy_url = text_at(json, "privacy_url");
  form.honeypot = text_at(json, "form.honeypot");
  const Json providers = json.get("providers");
  form.providers.clear();
  for (std::size_t i = 0; i < std::min(providers.size(), kMostProviders); ++i) {
    const Json provider = providers.at(i);
    form.providers.push_back({text_at(provider, "id"), plain_name(provider.get("label").string(), kMostLabel)});
  }
}

// Isso says what it requires in an object of its own (/config), older ones beside the rest, and whether it moderates elsewhere
// (/info).
void read_isso_form(const Json& json, CommentForm& form) {
  const Json nested = json.get("config");
  const Json& config = nested.is_object() ? nested : json;
  if (config.get("require-author").boolean()) form.name = FieldUse::Required;
  if (config.get("require-email").boolean()) form.email = FieldUse::Required;
  if (!config.get("website-field").boolean(true)) form.website = FieldUse::Hidden;
  if (json.has("moderation")) form.moderation = json.get("moderation").boolean(true) ? Moderation::All : Moderation::None;
}

}  // namespace

CommentForm default_form(const ThreadRef& thread_ref) {
  CommentForm form;
  switch (thread_ref.engine) {
    case CommentEngine::Octavo:
      form.has_likes = true;
      break;
    case CommentEngine::WordPress:
      form.email = FieldUse::Required;
      form.text_max = 65525;
      form.name_max = 245;
      break;
    case CommentEngine::Isso:
      form.name = FieldUse::Optional;
      form.text_min = 3;
      form.moderation = Moderation::All;  // until it says that it is not
      form.text_max = 65535;
      break;
    case CommentEngine::Remark42:
      form.text_max = 2048;
      [[fallthrough]];
    case CommentEngine::WordPressCom:
    case CommentEngine::Mastodon:
      // Only people whom the engine knows may write.
      form.can_write = false;
      form.name = form.email = form.website = FieldUse::Hidden;
      break;
  }
  return form;
}

std::vector<HttpCall> form_calls(const ThreadRef& thread_ref) {
  const EngineTable& table = engine_table(thread_ref.engine);
  std::vector<HttpCall> calls;
  for (const std::string_view url : {table.form_url, table.more_form_url}) {
    if (!url.empty()) calls.push_back(make_call(table, "GET", fill_url(url, thread_ref)));
  }
  return calls;
}

void read_form(const ThreadRef& thread_ref, const HttpReply& reply, CommentForm& form) {
  const Json json = reply_json(reply);
  if (reply.status != 200 || !json.is_object()) return;
  switch (thread_ref.engine) {
    case CommentEngine::Octavo:
      if (json.get("version").integer() == 1) read_octavo_form(json, form);
      break;
    case CommentEngine::WordPress:
      form.is_closed = json.get("comment_status").string() == "closed";
      break;
    case CommentEngine::WordPressCom:
      form.is_closed = !at_path(json, "discussion.comments_open").boolean(true);
      break;
    case CommentEngine::Isso:
      read_isso_form(json, form);
      break;
    case CommentEngine::Remark42:
      if (const std::uint32_t max = count_at(json, "max_comment_size"); max > 0) form.text_max = max;
      form.text_min = std::max<std::uint32_t>(1, count_at(json, "min_comment_size"));
      form.edit_window_s = count_at(json, "edit_duration");
      break;
    case CommentEngine::Mastodon:
      break;
  }
}

}  // namespace octavo
