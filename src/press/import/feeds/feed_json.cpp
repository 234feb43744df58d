// JSON Feed 1 and 1.1 (jsonfeed.org).
#include "core/base/json.h"
#include "core/base/json_fields.h"
#include "core/content/bundle/bundle_format.h"
#include "press/import/feeds/feed_item.h"
#include "press/import/feeds/feed_source.h"

namespace octavo {

namespace {

std::string text_of_member(const Json& object, std::string_view key) {
  return std::string(object.get(key).string());
}

std::vector<std::string> author_names(const Json& object) {
  std::vector<std::string> names;
  const auto add = [&names](const Json& author) {
    std::string name = text_of_member(author, "name");
    if (name.empty()) name = text_of_member(author, "url");
    if (!name.empty()) names.push_back(std::move(name));
  };
  const Json list = object.get("authors");
  for (std::size_t i = 0; i < list.size(); ++i) add(list.at(i));
  if (names.empty()) add(object.get("author"));  // version 1
  return names;
}

FeedItem json_item(const Json& json, std::size_t number, ImportContext& context) {
  FeedItem item;
  item.location = {context.file + " items[" + std::to_string(number - 1) + "]", 0, 0};
  const Json id = json.get("id");
  item.id = id.is_number() ? id.dump() : std::string(id.string());
  item.url = text_of_member(json, "url");
  if (item.url.empty()) item.url = text_of_member(json, "external_url");
  item.title = text_of_member(json, "title");
  item.summary = text_of_member(json, "summary");
  item.content = text_of_member(json, "content_html");
  if (item.content.empty()) {
    item.content = text_of_member(json, "content_text");
    item.is_markdown = true;
  }
  item.image = text_of_member(json, "image");
  if (item.image.empty()) item.image = text_of_member(json, "banner_image");
  item.language = text_of_member(json, "language");
  item.published = text_of_member(json, "date_published");
  item.modified = text_of_member(json, "date_modified");
  item.authors = author_names(json);
  const Json tags = json.get("tags");
  for (std::size_t i = 0; i < tags.size(); ++i) item.tags.emplace_back(tags.at(i).string());
  const Json attachments = json.get("attachments");
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    context.report.not_converted("attachment of type " + text_of_member(attachments.at(i), "mime_type"), item.location);
  }
  return item;
}

}  // namespace

Status read_json_feed(const std::string& text, ImportContext& context) {
  if (text.size() > kMaxFeedBytes) return Error{ErrorCode::TooLarge, "The feed is over 256 MiB.", context.file};
  const auto feed = Json::parse(text, context.file);
  if (!feed) return feed.error();
  constexpr std::string_view kVersion = "https://jsonfeed.org/version/1";
  if (!feed->get("version").string().starts_with(kVersion) || !feed->get("items").is_array()) {
    return Error{ErrorCode::BadValue, "This JSON is not a JSON Feed of version 1 or 1.1.", context.file};
  }
  SiteInfo& site = context.site.site;
  site.title = text_of_member(*feed, "title");
  site.description = text_of_member(*feed, "description");
  site.home_page_url = text_of_member(*feed, "home_page_url");
  if (const std::string language = text_of_member(*feed, "language"); !language.empty()) site.language = language;
  const Json authors = feed->get("authors");
  for (std::size_t i = 0; i < authors.size(); ++i) {
    const Json author = authors.at(i);
    if (author.get("name").string().empty()) continue;
    site.authors.push_back({text_of_member(author, "name"), text_of_member(author, "url"), text_of_member(author, "avatar")});
  }
  const Json items = feed->get("items");
  for (std::size_t i = 0; i < items.size(); ++i) add_feed_item(json_item(items.at(i), i + 1, context), i + 1, context);
  return Unit{};
}

}  // namespace octavo
