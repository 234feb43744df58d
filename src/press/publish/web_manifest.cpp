// Writes the web app manifest.
#include "press/publish/web_manifest.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/base/json.h"
#include "core/base/url.h"
#include "core/layout/style/style.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"
#include "press/publish/static_pages.h"

namespace octavo {

namespace {

// The length that launchers show below an icon without truncating it.
constexpr std::size_t kMaxShortName = 12;
// More are not shown by any launcher.
constexpr std::size_t kMaxShortcuts = 4;

ThemeKind palette_of(Theme theme) {
  if (theme == Theme::Dark) return ThemeKind::Dark;
  return theme == Theme::Sepia ? ThemeKind::Sepia : ThemeKind::Light;
}

void write_icon(JsonWriter& json, std::string_view path, std::string_view sizes, std::string_view type,
                std::string_view purpose) {
  json.begin_object().key("src").value(path).key("sizes").value(sizes).key("type").value(type).key("purpose").value(purpose);
  json.end_object();
}

void write_icons(JsonWriter& json, const ReaderFiles& reader_files) {
  json.key("icons").begin_array();
  for (const auto& [path, bytes] : reader_files.public_files) {
    if (path == "icon.svg") write_icon(json, path, "any", "image/svg+xml", "any");
    const std::string_view folder = "icons/";
    const std::string_view extension = ".png";
    const std::size_t dash = path.rfind('-');
    if (!path.starts_with(folder) || !path.ends_with(extension) || dash == std::string::npos) continue;
    const std::string_view purpose = std::string_view(path).substr(folder.size(), dash - folder.size());
    if (purpose != "any" && purpose != "maskable") continue;
    const std::string pixels = path.substr(dash + 1, path.size() - dash - 1 - extension.size());
    write_icon(json, path, pixels + "x" + pixels, "image/png", purpose);
  }
  json.end_array();
}

void write_screenshots(JsonWriter& json, const std::vector<Screenshot>& screenshots) {
  if (screenshots.empty()) return;
  json.key("screenshots").begin_array();
  for (const Screenshot& shot : screenshots) {
    json.begin_object().key("src").value(shot.url).key("type").value(shot.type);
    json.key("sizes").value(std::to_string(shot.width) + "x" + std::to_string(shot.height));
    json.key("form_factor").value(shot.width > shot.height ? "wide" : "narrow");
    json.member_unless_empty("label", clean_text(shot.label)).end_object();
  }
  json.end_array();
}

// The owner's menu entries that lead to pages of the site, and the page about saved posts.
void write_shortcuts(JsonWriter& json, const SiteInfo& site) {
  json.key("shortcuts").begin_array();
  std::size_t count = 0;
  const auto write = [&](std::string_view name, std::string_view path) {
    json.begin_object().key("name").value(name).key("url").value("./" + std::string(path)).end_object();
    ++count;
  };
  for (const Link& link : site.menu) {
    const std::string label = clean_text(link.title);
    if (count + 1 == kMaxShortcuts) break;
    if (label.empty() || !is_relative_url(link.url)) continue;
    write(label, resolve_path("", link.url));
  }
  write(Strings::kOffline, kOfflinePath);
  json.end_array();
}

// Links shared with the installed blog become the draft of a comment. There is only a link and text, so nothing is posted.
void write_share_target(JsonWriter& json) {
  json.key("share_target").begin_object().key("action").value("./" + std::string(kSharePath)).key("method").value("GET");
  json.key("enctype").value("application/x-www-form-urlencoded").key("params").begin_object();
  for (const char* name : {"title", "text", "url"}) json.key(name).value(name);
  json.end_object().end_object();
}

}  // namespace

std::string build_web_manifest(const SiteInfo& site, const ReaderFiles& reader_files,
                               const std::vector<Screenshot>& screenshots) {
  const std::string title = clean_text(site.title);
  const std::string name = title.empty() ? std::string(Strings::kUntitledSite) : title;
  const std::string color = theme_color(palette_of(site.theme));
  const std::string language = clean_language(site.language);
  JsonWriter json(JsonWriter::Layout::Indented);
  json.begin_object().key("name").value(name);
  if (name.size() <= kMaxShortName) json.key("short_name").value(name);
  json.member_unless_empty("description", clean_text(site.description)).member_unless_empty("lang", language);
  json.key("dir").value(language_direction(language));
  // Without an "id" an application is known by its start_url, which differs for each blog of an origin.
  json.key("start_url").value("./").key("scope").value("./").key("display").value("standalone");
  json.key("theme_color").value(color).key("background_color").value(color);
  write_icons(json, reader_files);
  write_screenshots(json, screenshots);
  write_shortcuts(json, site);
  if (!site.comments.endpoint.empty()) write_share_target(json);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace octavo
