// What all pages share: header, sidebar and footer around a main part.
#include "core/page/page_frame.h"

#include <algorithm>

#include "core/base/url.h"
#include "core/page/preferences.h"
#include "core/page/route.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxSidebarTags = 24;

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
