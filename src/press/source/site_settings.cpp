// octavo.toml, key by key.
#include "press/source/site_settings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "core/base/enum_names.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/comments/engine_table.h"
#include "press/source/front_matter_value.h"
#include "press/source/security_policy.h"

namespace octavo {

namespace {

constexpr std::string_view kWordPressComApi = "https://public-api.wordpress.com/rest/v1.1/";

bool is_absolute_web_url(std::string_view url) {
  return (url.starts_with("https://") || url.starts_with("http://")) && is_allowed_url(url, UrlUse::Link);
}

class SettingsReader {
 public:
  SettingsReader(const std::string& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  void read_site(const SourceTable& table, SiteSettings& site) {
    for (const NamedValue& member : table) {
      if (member.name == "title") {
        read_text(member, site.title);
      } else if (member.name == "description") {
        read_text(member, site.description);
      } else if (member.name == "language") {
        read_text(member, site.language);
      } else if (member.name == "home_page_url") {
        read_home(member, site.home_page_url);
      } else if (member.name == "theme") {
        read_choice(member, kThemeNames, site.theme);
      } else if (member.name == "image_hosts") {
        read_hosts(member, site.image_hosts);
      } else if (member.name == "authors") {
        read_authors(member, site.authors);
      } else if (member.name == "menu") {
        read_links(member, site.menu);
      } else if (member.name == "links") {
        read_links(member, site.links);
      } else if (member.name == "screenshots") {
        read_screenshots(member, site.screenshots);
      } else if (member.name == "comments") {
        read_comments(member, site.comments);
      } else {
        unknown(member);
      }
    }
    check_comments(site);
  }

 private:
  // An engine that lacks what it needs is worse than none: people would write in vain.
  void check_comments(SiteSettings& site) {
    const CommentsSettings& comments = site.comments;
    if (comments_ == nullptr || comments.engine.empty()) return;
    const std::optional<CommentEngine> engine = comment_engine(comments.engine);
    const bool needs_site = engine == CommentEngine::WordPressCom || engine == CommentEngine::Remark42;
    std::string missing;
    if (comments.endpoint.empty() && engine != CommentEngine::Octavo) missing = "`endpoint`, the address of its interface";
    if (needs_site && comments.site.empty()) missing = "`site`, its name for this blog";
    if (engine == CommentEngine::Remark42 && site.home_page_url.empty())
      missing = "`home_page_url`, because it knows posts by the address of their page";
    if (missing.empty()) return;
    problem(*comments_,
            "The comment engine \"" + comments.engine + "\" needs " + missing + "; there are no comments until then.");
    site.comments = {};
  }

  void read_text(const NamedValue& member, std::string& out) {
    if (const auto text = text_of(member.value)) {
      out = *text;
    } else {
      problem(member, "`" + member.name + "` must be text, but is " + std::string(kind_description(member.value.kind)) + ".");
    }
  }

  // `names` are those of the enumerators of Choice, in their order.
  template <typename Choice>
  void read_choice(const NamedValue& member, std::span<const std::string_view> names, Choice& out) {
    out = enum_from_name<Choice>(names, read_name(member, names)).value_or(out);
  }

  // Empty when it is none of `names`.
  std::string read_name(const NamedValue& member, std::span<const std::string_view> names) {
    std::string choice;
    read_text(member, choice);
    if (choice.empty() || std::find(names.begin(), names.end(), choice) != names.end()) return choice;
    std::string all;
    for (const std::string_view name : names) all.append(all.empty() ? "" : ", ").append(name);
    problem(member, "`" + member.name + "` is \"" + choice + "\", but must be one of: " + all + ".");
    return {};
  }

  void read_home(const NamedValue& member, std::string& out) {
    std::string url;
    read_text(member, url);
    if (url.empty()) return;
    const std::optional<std::string> checked = checked_home_page_url(url);
    if (!checked) return problem(member, "`home_page_url` must be an address like https://example.org/blog/.");
    out = *checked;
  }

  void read_url(const NamedValue& member, UrlUse use, std::string& out) {
    std::string url;
    read_text(member, url);
    if (url.empty() || is_allowed_url(url, use)) {
      out = url;
    } else {
      problem(member, "`" + member.name + "` is not an address that a page may use: \"" + url + "\".");
    }
  }

  void read_hosts(const NamedValue& member, std::vector<std::string>& out) {
    const auto hosts = texts_of(member.value);
    if (!hosts) return problem(member, "`" + member.name + "` must be a list of addresses like https://images.example.org.");
    for (const std::string& host : *hosts) {
      if (const std::string origin = origin_of(host); !origin.empty()) {
        out.push_back(origin);
      } else {
        problem(member, "`" + member.name + "` has \"" + host + "\", which is not an address like https://images.example.org.");
      }
    }
  }

  void read_authors(const NamedValue& member, std::vector<Author>& out) {
    for_each_table(member, [&](const SourceTable& table) {
      Author author;
      for (const NamedValue& field : table) {
        if (field.name == "name") {
          read_text(field, author.name);
        } else if (field.name == "url") {
          read_url(field, UrlUse::Link, author.url);
        } else if (field.name == "avatar") {
          read_url(field, UrlUse::Image, author.avatar);
        } else {
          unknown(field);
        }
      }
      if (author.name.empty()) return problem(member, "An author has no `name`.");
      out.push_back(std::move(author));
    });
  }

  void read_links(const NamedValue& member, std::vector<Link>& out) {
    for_each_table(member, [&](const SourceTable& table) {
      Link link;
      for (const NamedValue& field : table) {
        if (field.name == "title") {
          read_text(field, link.title);
        } else if (field.name == "url") {
          read_url(field, UrlUse::Link, link.url);
        } else {
          unknown(field);
        }
      }
      if (link.title.empty()) return problem(member, "An entry of `" + member.name + "` has no `title`.");
      out.push_back(std::move(link));
    });
  }

  void read_screenshots(const NamedValue& member, std::vector<ScreenshotSetting>& out) {
    for_each_table(member, [&](const SourceTable& table) {
      ScreenshotSetting shot;
      shot.line = member.location.line;
      for (const NamedValue& field : table) {
        if (field.name == "image") {
          shot.line = field.location.line;
          read_text(field, shot.image);
        } else if (field.name == "label") {
          read_text(field, shot.label);
        } else {
          unknown(field);
        }
      }
      if (shot.image.empty()) return problem(member, "A screenshot has no `image`.");
      out.push_back(std::move(shot));
    });
  }

  void read_comments(const NamedValue& member, CommentsSettings& out) {
    if (member.value.kind != SourceValue::Kind::Table) return problem(member, "`comments` must be a table.");
    std::vector<std::string_view> engines;
    for (const EngineTable& engine : engine_tables()) engines.push_back(engine.name);
    out.engine = comment_engine_name(CommentEngine::Octavo);
    for (const NamedValue& field : member.value.members) {
      if (field.name == "endpoint") {
        read_endpoint(field, out.endpoint);
      } else if (field.name == "engine") {
        if (std::string name = read_name(field, engines); !name.empty()) out.engine = std::move(name);
      } else if (field.name == "site") {
        read_text(field, out.site);
      } else if (field.name == "prebuilt") {
        read_choice(field, kPrebuiltPlaceNames, out.prebuilt);
      } else {
        unknown(field);
      }
    }
    if (comment_engine(out.engine) == CommentEngine::WordPressCom && out.endpoint.empty()) out.endpoint = kWordPressComApi;
    comments_ = &member;
  }

  // Engines append a path to it.
  void read_endpoint(const NamedValue& member, std::string& out) {
    std::string url;
    read_url(member, UrlUse::Link, url);
    if (url.find_first_of("?#") == std::string::npos) {
      out = url;
    } else {
      problem(member, "`endpoint` must end with a path, without \"?\" and \"#\", but is \"" + url + "\".");
    }
  }

  template <typename Visit>
  void for_each_table(const NamedValue& member, const Visit& visit) {
    if (member.value.kind != SourceValue::Kind::List) return problem(member, "`" + member.name + "` must be a list of tables.");
    for (const SourceValue& item : member.value.items) {
      if (item.kind == SourceValue::Kind::Table) {
        visit(item.members);
      } else {
        problem(member, "Every entry of `" + member.name + "` must be a table.");
      }
    }
  }

  void unknown(const NamedValue& member) {
    diagnostics_.warn(file_, member.location.line, member.location.column,
                      "`" + member.name + "` is not a known setting and is ignored.");
  }

  void problem(const NamedValue& member, std::string message) {
    diagnostics_.error(file_, member.value.location.line, member.value.location.column, std::move(message));
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  const NamedValue* comments_ = nullptr;
};

}  // namespace

std::optional<std::string> checked_home_page_url(const std::string& url) {
  if (url.empty()) return url;
  if (!is_absolute_web_url(url) || url.find_first_of("?# \t\r\n\"<>") != std::string::npos) return std::nullopt;
  return url.back() == '/' ? url : url + '/';
}

SiteSettings parse_site_settings(std::string_view toml, const std::string& file, const std::string& fallback_title,
                                 Diagnostics& diagnostics) {
  SiteSettings site;
  if (!is_valid_utf8(toml)) {
    diagnostics.error(file, 0, 0, "The settings are not UTF-8; they are ignored.");
  } else if (const auto table = parse_toml_table({toml, file, 1}, diagnostics)) {
    SettingsReader(file, diagnostics).read_site(*table, site);
  }
  if (site.title.empty()) site.title = fallback_title;
  return site;
}

}  // namespace octavo
