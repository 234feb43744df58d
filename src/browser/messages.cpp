// Messages between the page and the program: reads those of the page, writes those of the program.
#include "browser/messages.h"

#include <cmath>

#include "core/base/json.h"
#include "core/content/document/block_codec.h"
#include "core/content/html/semantic_tree.h"

namespace octavo {
namespace {

float number_within(const Json& json, float least, float most, float fallback) {
  const auto number = static_cast<float>(json.number(static_cast<double>(fallback)));
  return std::isfinite(number) ? std::min(std::max(number, least), most) : fallback;
}

Viewport viewport_from_json(const Json& json) {
  const Viewport standard;
  return {number_within(json.get("width"), 1, 1e5F, standard.width_css),
          number_within(json.get("height"), 1, 1e5F, standard.height_css),
          number_within(json.get("dpr"), 0.25F, 8, 1),
          number_within(json.get("textScale"), 0.5F, 3, 1),
          number_within(json.get("scrollBar"), 0, 100, 0),
          number_within(json.get("minFont"), 0, 100, 0)};
}

std::string text_of(const Json& json, std::string_view key) {
  return std::string(json.get(key).string());
}

// ---- Effects -----------------------------------------------------------------------------------------------------------

struct EffectWriter {
  JsonWriter& out;

  JsonWriter& begin(const char* type) { return out.begin_object().key("type").value(type); }
  void operator()(const Fetch& effect) {
    begin("fetch").key("request").value(effect.request).key("url").value(effect.url);
    out.key("integrity").value(effect.integrity).end_object();
  }
  void operator()(const ShowPage&) {}
  void operator()(const PushAddress& effect) { begin("push_address").key("path").value(effect.path).end_object(); }
  void operator()(const OpenAddress& effect) { begin("open_address").key("url").value(effect.url).end_object(); }
  void operator()(const Announce& effect) { begin("announce").key("text").value(effect.text).end_object(); }
  void operator()(const StoreItem& effect) {
    begin("store_item").key("key").value(effect.key).key("value").value(effect.value).end_object();
  }
  void operator()(const ApplyPreferences& effect) {
    begin("prefer").key("theme").value(theme_name(effect.theme)).key("textSize").value(effect.text_size).end_object();
  }
};

// ---- Pages -------------------------------------------------------------------------------------------------------------

// Hundredths of a device pixel are more than any element can use.
void write_length(JsonWriter& out, float length) {
  out.value(std::round(static_cast<double>(length) * 100) / 100);
}

void write_rect(JsonWriter& out, const Rect& rect) {
  out.begin_array();
  for (const float length : {rect.x, rect.y, rect.width, rect.height}) write_length(out, length);
  out.end_array();
}

void write_columns(JsonWriter& out, const Layout& layout) {
  out.key("columns").begin_array();
  for (const auto& [block_id, widths] : layout.table_columns) {
    out.begin_array().value(block_id).begin_array();
    for (const float width : widths) write_length(out, width);
    out.end_array().end_array();
  }
  out.end_array();
}

void write_target(JsonWriter& out, const HitTarget& target) {
  const bool is_link = target.kind == HitTarget::Kind::Link;
  out.begin_object().key("kind").value(is_link ? "link" : "button");
  out.key(is_link ? "url" : "action").value(target.url).key("name").value(target.name);
  out.key("blockId").value(target.block_id).key("spanIndex").value(target.span_index);
  out.key("pressed").value(target.pressed).key("disabled").value(target.is_disabled);
  out.key("rects").begin_array();
  for (const Rect& rect : target.rects) write_rect(out, rect);
  out.end_array().end_object();
}

void write_image(JsonWriter& out, const PlacedImage& image) {
  out.begin_object().key("blockId").value(image.block_id).key("spanIndex").value(image.span_index).key("rect");
  write_rect(out, image.rect);
  out.end_object();
}

void write_page_members(JsonWriter& out, const Page& page, const std::optional<ShowPage>& shown) {
  out.key("path").value(page.path).key("title").value(page.title).key("language").value(page.language);
  out.key("direction").value(page.direction).key("description").value(page.description);
  out.key("fragment").value(shown ? shown->fragment : std::string());
  out.key("scrollY").value(shown ? shown->scroll_y_css : 0.0);
  out.key("keepScroll").value(!shown || shown->keep_scroll).key("relayout").value(!shown);
  out.key("isFailure").value(shown && shown->is_failure);
  if (page.comments.endpoint.empty()) return;
  const PageComments& comments = page.comments;
  out.key("comments").begin_object().key("endpoint").value(comments.endpoint).key("engine").value(comments.engine);
  out.member_unless_empty("site", comments.site);
  out.key("thread").value(comments.thread).key("title").value(comments.title);
  out.key("followsPrebuilt").value(comments.follows_prebuilt).end_object();
}

// ---- Lines of the static page ------------------------------------------------------------------------------------------

std::uint32_t count_of(const Json& json) {
  return static_cast<std::uint32_t>(json.integer());
}

BrowserLineBreaks lines_from_json(const Json& json) {
  BrowserLineBreaks lines;
  const Json blocks = json.get("blocks");
  for (std::size_t row = 0; row < blocks.size(); ++row) {
    const Json entry = blocks.at(row);
    BrowserBlockLines& block = lines.blocks.emplace_back();
    block.index = count_of(entry.at(0));
    block.hash = count_of(entry.at(1));
    for (std::size_t i = 2; i < entry.size(); ++i) block.starts.push_back(count_of(entry.at(i)));
  }
  const Json tables = json.get("tables");
  for (std::size_t row = 0; row < tables.size(); ++row) {
    const Json entry = tables.at(row);
    BrowserTableColumns& table = lines.tables.emplace_back();
    table.index = count_of(entry.at(0));
    for (std::size_t i = 1; i < entry.size(); ++i) table.columns_css.push_back(number_within(entry.at(i), 0, 1e5F, 0));
  }
  const Json images = json.get("images");
  for (std::size_t i = 0; i < images.size(); ++i) lines.images_css.push_back(number_within(images.at(i), 0, 1e5F, 0));
  return lines;
}

}  // namespace

ThemeKind theme_from_name(std::string_view name) {
  if (name == "dark") return ThemeKind::Dark;
  if (name == "dark-contrast") return ThemeKind::DarkContrast;
  if (name == "light-contrast") return ThemeKind::LightContrast;
  return name == "sepia" ? ThemeKind::Sepia : ThemeKind::Light;
}

Result<StartMessage> parse_start_message(std::string_view json) {
  Result<Json> parsed = Json::parse(json, "start");
  if (!parsed.ok()) return parsed.error();
  const Json& root = *parsed;
  StartMessage message;
  message.started.path = text_of(root, "path");
  message.started.bundle_url = text_of(root, "bundleUrl");
  message.started.post_url = text_of(root, "postUrl");
  message.started.post_integrity = text_of(root, "postIntegrity");
  for (const auto& [key, value] : root.get("localStore").members()) {
    if (value.is_string()) message.started.local_store[key] = std::string(value.string());
  }
  message.viewport = viewport_from_json(root.get("viewport"));
  message.theme = theme_from_name(root.get("theme").string());
  message.lines = lines_from_json(root.get("lines"));
  return message;
}

Result<Event> parse_event_message(std::string_view json) {
  Result<Json> parsed = Json::parse(json, "event");
  if (!parsed.ok()) return parsed.error();
  const Json& root = *parsed;
  const std::string_view type = root.get("type").string();
  if (type == "link_followed") return Event(LinkFollowed{text_of(root, "path")});
  if (type == "history_moved") return Event(HistoryMoved{text_of(root, "path"), root.get("scrollY").number()});
  if (type == "action") return Event(ActionInvoked{text_of(root, "action")});
  if (type == "conversation") {
    const std::int64_t likes = root.get("likes").integer();
    return Event(ConversationChanged{text_of(root, "page"), likes > 0 ? static_cast<std::uint32_t>(likes) : 0,
                                     root.get("hasThread").boolean(), decode_blocks(root.get("blocks"))});
  }
  return Error{ErrorCode::BadValue, "Unknown event \"" + std::string(type) + "\".", "event"};
}

std::string write_effects_message(const std::vector<Effect>& effects) {
  JsonWriter out;
  out.begin_array();
  for (const Effect& effect : effects) std::visit(EffectWriter{out}, effect);
  out.end_array();
  return out.take();
}

std::string write_page_message(const Page& page, const Layout& layout, const std::optional<ShowPage>& shown) {
  JsonWriter out;
  out.begin_object();
  write_page_members(out, page, shown);
  out.key("width");
  write_length(out, layout.width);
  out.key("height");
  write_length(out, layout.height);
  out.key("left");
  write_length(out, layout.boxes.front().rect.x);
  out.key("dpr").value(static_cast<double>(layout.viewport.device_pixel_ratio));
  write_columns(out, layout);
  out.key("scrolled").begin_array();
  for (const BlockRange& table : layout.scrolled_tables) out.value(table.begin);
  out.end_array();
  out.key("targets").begin_array();
  for (const HitTarget& target : layout.hit_targets) write_target(out, target);
  out.end_array().key("images").begin_array();
  for (const PlacedImage& image : layout.images) write_image(out, image);
  out.end_array().key("fields").begin_array();
  for (const PlacedField& field : layout.fields) {
    out.begin_object().key("blockId").value(field.block_id).key("rect");
    write_rect(out, field.rect);
    out.end_object();
  }
  out.end_array().end_object();
  // The tree is JSON already, so it is inserted as the last member.
  std::string message = out.take();
  message.pop_back();
  SemanticOptions options;
  options.breaks = layout.breaks;
  message += ",\"tree\":";
  message += write_page_layer_json(build_semantic_tree(page.document, options));
  return message + "}";
}

}  // namespace octavo
