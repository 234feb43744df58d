// What all pages share: header, sidebar and footer around a main part, and the small blocks they are made of.
#include "core/page/page_frame.h"

#include <algorithm>
#include <array>

#include "core/base/ascii_text.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/page/preferences.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxSidebarTags = 24;

// Characters that reorder or hide the text around them; a title must not be able to rewrite the page that quotes it.
bool is_bidi_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_dropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xFFFC || is_bidi_control(c);
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A link of the site's settings: relative ones start at the site's root wherever the page is.
std::string site_reference(std::string_view from, std::string_view url) {
  return is_relative_url(url) ? page_reference(from, resolve_path("", url)) : std::string(url);
}

LineBuilder::Current current_if(bool is_current) {
  return is_current ? LineBuilder::Current::Yes : LineBuilder::Current::No;
}

std::string site_title(const SiteInfo& site) {
  return clean_text(site.title);
}

Block build_banner(const Frame& frame) {
  Block banner = make_section(Role::Banner);
  const std::string title = site_title(frame.site);
  LineBuilder home;
  home.link(title.empty() ? Strings::kUntitledSite : std::string_view(title), page_reference(frame.path, ""),
            current_if(frame.path.empty()));
  banner.children.push_back(make_paragraph(Variant::SiteTitle, home.take()));
  if (const std::string tagline = clean_text(frame.site.description); !tagline.empty()) {
    banner.children.push_back(make_paragraph(Variant::Tagline, tagline));
  }
  LineBuilder menu;
  for (const Link& link : frame.site.menu) {
    const std::string label = clean_text(link.title);
    if (label.empty()) continue;
    const bool is_current = is_relative_url(link.url) && resolve_path("", link.url) == frame.path;
    menu.separate(kMenuGap).link(label, site_reference(frame.path, link.url), current_if(is_current));
  }
  if (!menu.empty()) {
    Block navigation = make_section(Role::Navigation, Strings::kMenu);
    navigation.children.push_back(make_paragraph(Variant::Menu, menu.take()));
    banner.children.push_back(std::move(navigation));
  }
  return banner;
}

Block build_link_list(const Frame& frame) {
  Block list;
  list.kind = BlockKind::List;
  list.tight = true;
  for (const Link& link : frame.site.links) {
    const std::string label = clean_text(link.title);
    if (label.empty()) continue;
    LineBuilder line;
    line.link(label, site_reference(frame.path, link.url));
    Block item;
    item.kind = BlockKind::ListItem;
    item.children.push_back(make_paragraph(Variant::Body, line.take()));
    list.children.push_back(std::move(item));
  }
  return list;
}

// The most used tags, then by name, so that equal content gives equal pages.
std::vector<std::string> most_used_tags(std::span<const GroupInfo> groups) {
  std::vector<const GroupInfo*> sorted;
  for (const GroupInfo& group : groups) {
    if (group.kind == GroupInfo::Kind::Tag) sorted.push_back(&group);
  }
  const std::size_t count = std::min(sorted.size(), kMaxSidebarTags);
  std::partial_sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count), sorted.end(),
                    [](const GroupInfo* a, const GroupInfo* b) {
                      if (a->count != b->count) return a->count > b->count;
                      return a->name != b->name ? a->name < b->name : a->slug < b->slug;
                    });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(sorted[i]->name);
  return names;
}

Block build_sidebar(const Frame& frame) {
  Block sidebar = make_section(Role::Complementary, Strings::kSidebar);
  if (Block links = build_link_list(frame); !links.children.empty()) {
    sidebar.children.push_back(make_paragraph(Variant::Label, Strings::kLinks));
    sidebar.children.push_back(std::move(links));
  }
  LineBuilder tags;
  append_tags(tags, frame, most_used_tags(frame.groups));
  if (!tags.empty()) {
    sidebar.children.push_back(make_paragraph(Variant::Label, Strings::kTags));
    sidebar.children.push_back(make_paragraph(Variant::Tags, tags.take()));
  }
  return sidebar;
}

Block build_footer(const Frame& frame) {
  Block footer = make_section(Role::ContentInfo);
  LineBuilder line;
  line.text(site_title(frame.site)).separate(" · ");
  line.link(Strings::kArchive, page_reference(frame.path, kArchivePath), current_if(frame.path == kArchivePath)).text(" · ");
  line.link(Strings::kFeed, page_reference(frame.path, "feed.json")).text(" · ");
  line.link(Strings::kOffline, page_reference(frame.path, "offline.html")).text(" · ").text(Strings::kMadeWith);
  append_preference_controls(footer, frame.site.theme);
  footer.children.push_back(make_paragraph(Variant::FinePrint, line.take()));
  return footer;
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string out;
  bool is_blank_due = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint decoded = decode_utf8(text, offset);
    offset += decoded.length;
    if (is_blank(decoded.value)) {
      is_blank_due = true;
      continue;
    }
    if (is_dropped(decoded.value)) continue;
    if (is_blank_due && !out.empty()) out += ' ';
    is_blank_due = false;
    append_utf8(out, decoded.value);
  }
  return out;
}

std::string clean_language(std::string_view language) {
  constexpr std::size_t kLongestTag = 35;  // RFC 5646, section 4.4.1
  if (language.size() < 2 || language.size() > kLongestTag || !is_ascii_letter(language.front())) return {};
  std::string clean(language);
  std::replace(clean.begin(), clean.end(), '_', '-');
  const bool is_tag =
      std::all_of(clean.begin(), clean.end(), [](char c) { return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
  return is_tag && clean.back() != '-' ? clean : std::string();
}

std::string_view language_direction(std::string_view language) {
  constexpr std::array<std::string_view, 8> kScripts = {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"};
  constexpr std::array<std::string_view, 16> kLanguages = {"ar",  "arc", "ckb", "dv", "fa",  "he", "iw", "ks",
                                                           "nqo", "pnb", "ps",  "sd", "syr", "ug", "ur", "yi"};
  const std::string tag = lower_ascii(language);
  std::string_view rest = tag;
  const std::string_view primary = rest.substr(0, rest.find('-'));
  // A script is the one subtag of four letters; it decides whatever the language is (az-Arab, ks-Deva).
  while (rest.find('-') != std::string_view::npos) {
    rest.remove_prefix(rest.find('-') + 1);
    const std::string_view part = rest.substr(0, rest.find('-'));
    if (part.size() == 4 && std::all_of(part.begin(), part.end(), is_ascii_letter)) {
      return std::find(kScripts.begin(), kScripts.end(), part) != kScripts.end() ? "rtl" : "ltr";
    }
  }
  return std::find(kLanguages.begin(), kLanguages.end(), primary) != kLanguages.end() ? "rtl" : "ltr";
}

std::string page_reference(std::string_view from, std::string_view to) {
  const std::size_t end = to.find_first_of("?#");
  const std::string_view path = to.substr(0, end);
  const std::string_view rest = end == std::string_view::npos ? std::string_view() : to.substr(end);
  if (path == from && rest.starts_with('#')) return std::string(rest);
  return relative_path(from, path) + std::string(rest);
}

std::string long_date(DateTime date_time) {
  const CalendarDate date = calendar_date(date_time);
  const std::size_t month = static_cast<std::size_t>(std::clamp(date.month, 1, 12)) - 1;
  return fill_in(Strings::kLongDate, {std::to_string(date.day), Strings::kMonths[month], std::to_string(date.year)});
}

std::string number_text(std::uint64_t number) {
  return std::to_string(number);
}

LineBuilder& LineBuilder::text(std::string_view text) {
  line_.text += text;
  return *this;
}

LineBuilder& LineBuilder::separate(std::string_view separator) {
  return line_.empty() ? *this : text(separator);
}

LineBuilder& LineBuilder::span(InlineKind kind, std::string_view label, std::string url) {
  if (label.empty()) return *this;
  Span span;
  span.kind = kind;
  span.begin = static_cast<std::uint32_t>(line_.text.size());
  line_.text += label;
  span.end = static_cast<std::uint32_t>(line_.text.size());
  span.url = std::move(url);
  line_.spans.push_back(std::move(span));
  return *this;
}

LineBuilder& LineBuilder::link(std::string_view label, std::string url, Current current) {
  if (label.empty() || url.empty() || !is_allowed_url(url, UrlUse::Link)) return text(label);
  span(InlineKind::Link, label, std::move(url));
  line_.spans.back().is_current = current == Current::Yes;
  return *this;
}

LineBuilder& LineBuilder::time(std::string_view label, std::string rfc3339) {
  return span(InlineKind::Time, label, std::move(rfc3339));
}

LineBuilder& LineBuilder::button(std::string_view label, Span state) {
  state.kind = InlineKind::Button;
  state.begin = static_cast<std::uint32_t>(line_.text.size());
  line_.text += label;
  state.end = static_cast<std::uint32_t>(line_.text.size());
  line_.spans.push_back(std::move(state));
  return *this;
}

Block make_section(Role role, std::string_view label) {
  Block section;
  section.kind = BlockKind::Section;
  section.role = role;
  section.label = label;
  return section;
}

Block make_paragraph(Variant variant, InlineText inlines) {
  Block paragraph;
  paragraph.variant = variant;
  paragraph.inlines = std::move(inlines);
  return paragraph;
}

Block make_paragraph(Variant variant, std::string_view text) {
  return make_paragraph(variant, InlineText{std::string(text), {}});
}

Block make_heading(std::uint8_t level, Variant variant, InlineText inlines) {
  Block heading = make_paragraph(variant, std::move(inlines));
  heading.kind = BlockKind::Heading;
  heading.level = level;
  return heading;
}

Block make_heading(std::uint8_t level, Variant variant, std::string_view text) {
  return make_heading(level, variant, InlineText{std::string(text), {}});
}

std::string group_slug(std::span<const GroupInfo> groups, GroupInfo::Kind kind, const std::string& name) {
  if (groups.empty() && kind == GroupInfo::Kind::Tag) return slug_from_text(name);
  for (const GroupInfo& group : groups) {
    if (group.kind == kind && group.name == name) return group.slug;
  }
  // Names that differ only in case or punctuation are one group.
  const std::string slug = slug_from_text(name);
  const auto is_meant = [&](const GroupInfo& group) { return group.kind == kind && group.slug == slug; };
  return std::any_of(groups.begin(), groups.end(), is_meant) ? slug : std::string();
}

void append_group(LineBuilder& line, const Frame& frame, GroupInfo::Kind kind, std::string_view name, std::string_view slug) {
  const std::string path = group_path(kind, slug, 1);
  line.link(clean_text(name), slug.empty() ? std::string() : page_reference(frame.path, path), current_if(path == frame.path));
}

void append_tags(LineBuilder& line, const Frame& frame, std::span<const std::string> names) {
  bool is_first = true;
  for (const std::string& name : names) {
    if (clean_text(name).empty()) continue;
    if (!is_first) line.text(", ");
    is_first = false;
    append_group(line, frame, GroupInfo::Kind::Tag, name, group_slug(frame.groups, GroupInfo::Kind::Tag, name));
  }
}

Page build_framed_page(const Frame& frame, std::string_view title, std::string_view description, Block main) {
  Page page;
  page.path = frame.path;
  page.name = title;
  const std::string site = site_title(frame.site);
  if (title.empty() || site.empty()) {
    page.title = title.empty() ? site : std::string(title);
    if (page.title.empty()) page.title = Strings::kUntitledSite;
  } else {
    page.title = fill_in(Strings::kWindowTitle, {title, site});
  }
  page.description = description;
  page.language = clean_language(frame.site.language);
  if (page.language.empty()) page.language = SiteInfo().language;
  page.direction = language_direction(page.language);

  Block& root = page.document.root;
  root = make_section(Role::Page);
  root.children.push_back(build_banner(frame));
  root.children.push_back(std::move(main));
  if (Block sidebar = build_sidebar(frame); !sidebar.children.empty()) root.children.push_back(std::move(sidebar));
  root.children.push_back(build_footer(frame));
  number_blocks(page.document);
  return page;
}

}  // namespace octavo
