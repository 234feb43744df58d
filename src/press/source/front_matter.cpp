// Front matter interpreted key by key, the same for its three formats.
#include "press/source/front_matter.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "press/source/front_matter_fence.h"

namespace octavo {

namespace {

std::optional<SourceTable> parse_table(const FencedFrontMatter& fenced, Diagnostics& diagnostics) {
  switch (fenced.format) {
    case FrontMatterFormat::None:
      return SourceTable{};
    case FrontMatterFormat::Yaml:
      return parse_yaml_table(fenced.piece, diagnostics);
    case FrontMatterFormat::Toml:
      return parse_toml_table(fenced.piece, diagnostics);
    case FrontMatterFormat::Json:
      return parse_json_table(fenced.piece, diagnostics);
  }
  return std::nullopt;
}

enum class Key : std::uint8_t {
  Title,
  Date,
  Updated,
  PublishDate,
  Published,  // Jekyll: false hides the post. Hugo: a date, as PublishDate
  Expiry,
  Slug,
  Path,
  Aliases,
  Tags,
  Authors,
  Summary,
  Draft,
  Image,
  Language,
  Id,
  Type,
  Series,
  Comments,    // a table with the id of the post at a comment engine
  Addresses,   // Octavo's own: a table from address to address
  Taxonomies,  // Zola: a table with the tags
  Ignored,     // means something to another site builder, nothing here
};

struct KeyName {
  std::string_view name;  // in lower case: Hugo does not distinguish
  Key key;
};

constexpr auto kKeys = std::to_array<KeyName>({
    {"title", Key::Title},
    {"date", Key::Date},
    {"updated", Key::Updated},
    {"lastmod", Key::Updated},
    {"modified", Key::Updated},
    {"last_modified_at", Key::Updated},
    {"published", Key::Published},
    {"publishdate", Key::PublishDate},
    {"pubdate", Key::PublishDate},
    {"expiry", Key::Expiry},
    {"expirydate", Key::Expiry},
    {"unpublishdate", Key::Expiry},
    {"slug", Key::Slug},
    {"path", Key::Path},
    {"aliases", Key::Aliases},
    {"tags", Key::Tags},
    {"authors", Key::Authors},
    {"author", Key::Authors},
    {"summary", Key::Summary},
    {"description", Key::Summary},
    {"draft", Key::Draft},
    {"image", Key::Image},
    {"language", Key::Language},
    {"lang", Key::Language},
    {"id", Key::Id},
    {"type", Key::Type},
    {"series", Key::Series},
    {"taxonomies", Key::Taxonomies},
    {"comments", Key::Comments},
    {"addresses", Key::Addresses},
});

// Keys of Hugo, Zola, Jekyll, Eleventy and the themes that most of their sites use.
constexpr auto kIgnoredKeys = std::to_array<std::string_view>({
    "build",
    "cascade",
    "categories",
    "category",
    "cover",
    "eleventynavigation",
    "excerpt",
    "extra",
    "featured",
    "generate_feeds",
    "headless",
    "images",
    "in_search_index",
    "insert_anchor_links",
    "iscjklanguage",
    "keywords",
    "layout",
    "linktitle",
    "markup",
    "math",
    "menu",
    "menus",
    "outputs",
    "page_template",
    "paginate_by",
    "params",
    "permalink",
    "redirect_from",
    "render",
    "resources",
    "showtoc",
    "sitemap",
    "sites",
    "sort_by",
    "subtitle",
    "template",
    "thumbnail",
    "toc",
    "translationkey",
    "translations",
    "url",
    "weight",
});

std::optional<Key> key_of(const std::string& name) {
  for (const KeyName& key : kKeys) {
    if (key.name == name) return key.key;
  }
  if (std::find(kIgnoredKeys.begin(), kIgnoredKeys.end(), name) != kIgnoredKeys.end()) return Key::Ignored;
  return std::nullopt;
}

class Interpreter {
 public:
  Interpreter(const std::string& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  void read(const SourceTable& table) {
    for (const NamedValue& member : table) {
      const std::string name = ascii_lowercase(member.name);
      if (!seen_.insert(name).second) {
        // Which of the two is meant may decide whether the post may be shown at all.
        problem(member.location, "`" + member.name + "` appears twice; the post is left out until one of them is removed.");
        is_usable_ = false;
        continue;
      }
      const std::optional<Key> key = key_of(name);
      if (key) {
        read_member(*key, member);
      } else {
        diagnostics_.warn(file_, member.location.line, member.location.column,
                          "`" + member.name + "` is not a known key and is ignored.");
      }
    }
  }

  FrontMatter take() { return std::move(result_); }
  bool is_usable() const { return is_usable_; }

 private:
  void read_member(Key key, const NamedValue& member) {
    switch (key) {
      case Key::Title:
        return read_text(member, result_.title);
      case Key::Summary:
        return read_text(member, result_.summary);
      case Key::Language:
        return read_text(member, result_.language);
      case Key::Slug:
        result_.slug_location = member.value.location;
        return read_text(member, result_.slug);
      case Key::Path:
        if (result_.slug.empty()) result_.slug_location = member.value.location;
        return read_text(member, result_.path);
      case Key::Image:
        result_.image_location = member.value.location;
        return read_text(member, result_.image);
      case Key::Date:
        return read_date(member, result_.date);
      case Key::Updated:
        return read_date(member, result_.updated);
      case Key::PublishDate:
        return read_date(member, result_.publish_date);
      case Key::Expiry:
        return read_date(member, result_.expires);
      case Key::Published:
        return read_published(member);
      case Key::Draft:
        return read_draft(member);
      case Key::Aliases:
        return read_texts(member, result_.aliases);
      case Key::Tags:
        return read_texts(member, result_.tags);
      case Key::Authors:
        return read_texts(member, result_.authors);
      case Key::Id:
        return read_text(member, result_.id);
      case Key::Type:
        return read_type(member);
      case Key::Series:
        return read_series(member);
      case Key::Comments:
        return read_comments(member);
      case Key::Addresses:
        return read_addresses(member);
      case Key::Taxonomies:
        return read_taxonomies(member);
      case Key::Ignored:
        return;
    }
  }

  // Two keys can mean the same (`summary` and `description`): the first one counts.
  void read_text(const NamedValue& member, std::string& out) {
    if (member.value.kind == SourceValue::Kind::Null) return;
    const std::optional<std::string> text = text_of(member.value);
    if (!text) return wrong_kind(member, "text");
    if (out.empty()) out = *text;
  }

  void read_texts(const NamedValue& member, std::vector<std::string>& out) {
    const auto texts = texts_of(member.value);
    // Authors can be one table { name, url } as well.
    const NamedValue* name = find_member(member.value.members, "name");
    if (texts) {
      for (const std::string& text : *texts) {
        if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
      }
    } else if (name != nullptr && text_of(name->value)) {
      out.push_back(*text_of(name->value));
    } else {
      wrong_kind(member, "a list of texts");
    }
  }

  // Themes have types of their own, which mean nothing here.
  void read_type(const NamedValue& member) {
    const std::optional<std::string> type = text_of(member.value);
    result_.is_page = type && ascii_lowercase(*type) == "page";
  }

  // Hugo allows several; a post is a part of the first.
  void read_series(const NamedValue& member) {
    if (text_of(member.value)) return read_text(member, result_.series);
    std::vector<std::string> names;
    read_texts(member, names);
    if (result_.series.empty() && !names.empty()) result_.series = names.front();
  }

  void read_addresses(const NamedValue& member) {
    if (member.value.kind != SourceValue::Kind::Table) return wrong_kind(member, "a table");
    for (const NamedValue& entry : member.value.members) {
      if (entry.value.kind == SourceValue::Kind::Text || entry.value.kind == SourceValue::Kind::Plain) {
        result_.addresses.emplace(entry.name, entry.value.text);
      } else {
        wrong_kind(entry, "text");
      }
    }
  }

  // Other site builders say true or false here, or more than an id.
  void read_comments(const NamedValue& member) {
    const NamedValue* id = find_member(member.value.members, "id");
    if (id == nullptr) return;
    result_.thread_location = id->value.location;
    if (id->value.kind == SourceValue::Kind::Number) {
      result_.thread = id->value.text;
    } else {
      read_text(*id, result_.thread);
    }
  }

  void read_taxonomies(const NamedValue& member) {
    if (member.value.kind != SourceValue::Kind::Table) return wrong_kind(member, "a table");
    if (const NamedValue* tags = find_member(member.value.members, "tags")) read_texts(*tags, result_.tags);
    if (const NamedValue* series = find_member(member.value.members, "series")) read_series(*series);
  }

  void read_date(const NamedValue& member, std::optional<DateTime>& out) {
    using Kind = SourceValue::Kind;
    const SourceValue& value = member.value;
    if (value.kind == Kind::Null || (value.kind == Kind::Text && value.text.empty())) return;
    if (value.kind != Kind::Plain && value.kind != Kind::Text && value.kind != Kind::Date) {
      is_usable_ = false;
      return wrong_kind(member, "a date", "the post is left out");
    }
    const std::optional<DateTime> date = parse_date_time(trimmed(value.text));
    if (!date) {
      is_usable_ = false;
      return problem(value.location,
                     "`" + member.name + "` is not a date that exists: \"" + value.text +
                         "\". Write it like 2026-11-23 or 2026-11-23T18:00:00Z; the post is left out until then.");
    }
    if (!out) out = date;
  }

  void read_published(const NamedValue& member) {
    const std::optional<bool> is_published = boolean_of(member.value);
    if (!is_published) return read_date(member, result_.publish_date);
    if (!*is_published) result_.draft = true;
  }

  void read_draft(const NamedValue& member) {
    const std::optional<bool> is_draft = boolean_of(member.value);
    if (is_draft) {
      result_.draft = result_.draft || *is_draft;
    } else if (member.value.kind != SourceValue::Kind::Null) {
      wrong_kind(member, "true or false", "the post is left out");
      is_usable_ = false;
    }
  }

  void wrong_kind(const NamedValue& member, std::string_view wanted, std::string_view consequence = "it is ignored") {
    std::string message = "`" + member.name + "` must be ";
    message.append(wanted).append(", but is ").append(kind_description(member.value.kind)).append("; ").append(consequence);
    problem(member.value.location, message + ".");
  }

  void problem(SourceLocation location, std::string message) {
    diagnostics_.error(file_, location.line, location.column, std::move(message));
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  FrontMatter result_;
  std::set<std::string> seen_;
  bool is_usable_ = true;
};

}  // namespace

ParsedFrontMatter parse_front_matter(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  ParsedFrontMatter parsed;
  FencedFrontMatter fenced = find_front_matter(text);
  fenced.piece.file = file;
  if (!fenced.is_closed) {
    diagnostics.error(file, 1, 1, "The front matter that begins here does not end; close it with the same mark.");
    parsed.is_usable = false;
    return parsed;
  }
  parsed.body = text.substr(fenced.body_begin);
  parsed.body_first_line = fenced.body_first_line;
  const std::optional<SourceTable> table = parse_table(fenced, diagnostics);
  if (!table) {
    parsed.is_usable = false;
    return parsed;
  }
  Interpreter interpreter(file, diagnostics);
  interpreter.read(*table);
  parsed.is_usable = interpreter.is_usable();
  parsed.front_matter = interpreter.take();
  return parsed;
}

}  // namespace octavo
