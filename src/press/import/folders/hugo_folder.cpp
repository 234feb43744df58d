// Hugo's content/: front matter in its own meanings, addresses by its rules, files beside posts.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/url.h"
#include "press/import/folders/folder_source.h"
#include "press/import/folders/front_matter_fields.h"
#include "press/import/folders/permalink.h"
#include "press/import/folders/template_tags.h"
#include "press/source/post_address.h"

namespace octavo {

namespace {

constexpr std::string_view kContent = "content/";

// Which keys a date is taken from, in this order; the site may change them.
struct DateChains {
  std::vector<std::string> date{"date", "publishdate", "pubdate", "published", "lastmod", "modified"};
  std::vector<std::string> publish{"publishdate", "pubdate", "published", "date"};
  std::vector<std::string> modified{"lastmod", "modified", "date", "publishdate", "pubdate", "published"};
  std::vector<std::string> expiry{"expirydate", "unpublishdate"};
};

class HugoReader {
 public:
  HugoReader(const FolderFiles& folder, ImportContext& context) : folder_(folder), context_(context) {}

  void read(const std::string& settings_file) {
    settings_ = read_settings_file(folder_, settings_file, context_);
    read_settings();
    for (const std::string& file : folder_.files) {
      if (file.starts_with(kContent) && is_markdown_file(file) && stem_of(file) == "_index") read_section(file);
    }
    for (const std::string& file : folder_.files) {
      if (file.starts_with(kContent) && is_markdown_file(file) && stem_of(file) != "_index") read_post(file);
    }
    copy_files();
  }

 private:
  void read_settings() {
    SiteInfo& site = context_.site.site;
    site.title = setting_text(settings_, "title");
    site.description = setting_text(settings_, "params.description");
    site.home_page_url = setting_text(settings_, "baseurl");
    std::string language = setting_text(settings_, "languagecode");
    if (language.empty()) language = setting_text(settings_, "defaultcontentlanguage");
    if (!language.empty()) site.language = language;
    std::string author = setting_text(settings_, "params.author");
    if (author.empty()) author = setting_text(settings_, "params.author.name");
    if (author.empty()) author = setting_text(settings_, "author.name");
    if (!author.empty()) site.authors.push_back({author, {}, {}});
    const std::string zone = setting_text(settings_, "timezone");
    if (!zone.empty() && ascii_lowercase(zone) != "utc")
      context_.report.not_converted("time zone of the site; dates without an offset count as UTC", {context_.file, 0, 0});
    change_chain("date", chains_.date);
    change_chain("publishdate", chains_.publish);
    change_chain("lastmod", chains_.modified);
    change_chain("expirydate", chains_.expiry);
  }

  // [frontmatter] date = ["date", ":filename", ":default"]
  void change_chain(const std::string& name, std::vector<std::string>& chain) const {
    const SourceValue* setting = find_setting(settings_, "frontmatter." + name);
    const auto keys = setting == nullptr ? std::nullopt : texts_of(*setting);
    if (!keys) return;
    std::vector<std::string> changed;
    for (const std::string& key : *keys) {
      if (key == ":default") {
        changed.insert(changed.end(), chain.begin(), chain.end());
      } else {
        changed.push_back(ascii_lowercase(key));
      }
    }
    chain = std::move(changed);
  }

  static std::string_view below_content(std::string_view file) { return file.substr(kContent.size()); }

  // What _index.md says to all below it.
  void read_section(const std::string& relative) {
    const std::optional<SourceFile> file = read_source_file(folder_, relative, "sections", context_);
    if (!file) {
      // Its cascade may have hidden all that is below.
      broken_sections_.insert(std::string(parent_of(relative)));
      return;
    }
    context_.report.read("sections");
    context_.report.withheld("sections", "a section's own page", file->location);
    const NamedValue* cascade = find_member(file->table, "cascade");
    if (cascade == nullptr) return;
    std::vector<SourceTable>& tables = cascades_[std::string(parent_of(relative))];
    if (cascade->value.kind == SourceValue::Kind::Table) tables.push_back(cascade->value.members);
    for (const SourceValue& item : cascade->value.items) tables.push_back(item.members);
  }

  std::vector<const SourceTable*> inherited(std::string_view relative) const {
    std::vector<const SourceTable*> tables;
    for (std::string_view folder = parent_of(relative);; folder = parent_of(folder)) {
      const auto found = cascades_.find(std::string(folder));
      if (found != cascades_.end()) {
        for (const SourceTable& table : found->second) {
          tables.push_back(&table);
          if (const NamedValue* params = find_member(table, "params")) tables.push_back(&params->value.members);
        }
      }
      if (folder.empty()) return tables;
    }
  }

  bool is_below_broken_section(std::string_view relative) const {
    for (std::string_view folder = parent_of(relative); !folder.empty(); folder = parent_of(folder)) {
      if (broken_sections_.contains(std::string(folder))) return true;
    }
    return false;
  }

  std::optional<DateTime> first_date(FrontMatterFields& fields, const std::vector<std::string>& chain, const DatedName& name,
                                     bool& is_from_name) {
    for (const std::string& key : chain) {
      if (key == ":filename") {
        if (const auto date = parse_date_time(name.date)) {
          is_from_name = true;
          return date;
        }
      } else if (!key.starts_with(':') && fields.has(key)) {
        // In Hugo `published` is a date; Jekyll's boolean is ignored.
        const NamedValue* value = fields.find(key);
        if (key == "published" && boolean_of(value->value)) {
          if (!*boolean_of(value->value)) is_unpublished_ = true;
          continue;
        }
        if (const auto date = fields.date(key)) return date;
      }
    }
    return std::nullopt;
  }

  void read_post(const std::string& relative) {
    std::optional<SourceFile> file = read_source_file(folder_, relative, "posts", context_);
    if (!file) return withheld_folders_.insert(bundle_of(relative)), void();
    // A file of a leaf bundle beside its index.md is a resource and not a page.
    FrontMatterFields fields(*file, inherited(relative), context_);
    ImportedPost post;
    post.location = file->location;
    post.source_id = relative;
    post.file = below_content(relative);
    const DatedName name = dated_name(below_content(relative));
    is_unpublished_ = false;
    bool is_from_name = false;
    bool ignored = false;
    post.published = first_date(fields, chains_.date, name, is_from_name);
    const auto publish = first_date(fields, chains_.publish, name, ignored);
    if (publish != post.published) post.publish_date = publish;
    post.modified = first_date(fields, chains_.modified, name, ignored);
    post.expires = first_date(fields, chains_.expiry, name, ignored);
    if (post.modified && post.published && *post.modified <= *post.published) post.modified.reset();
    Visibility stated = Visibility::Public;
    if (fields.boolean("draft").value_or(false) || is_unpublished_) stated = Visibility::Draft;
    if (is_hidden(fields) || is_below_broken_section(relative)) stated = Visibility::Unknown;
    post.visibility = visibility_at(stated, post, context_.now);
    if (!fields.is_usable()) return fail(post, relative);
    if (!context_.is_wanted(post)) {
      withheld_folders_.insert(bundle_of(relative));
      return context_.add(std::move(post));
    }
    fill_in(*file, fields, is_from_name ? name.name : plain_name(relative), post);
    context_.add(std::move(post));
  }

  void fail(const ImportedPost& post, const std::string& relative) {
    withheld_folders_.insert(bundle_of(relative));
    context_.report.read("posts");
    context_.report.failed("posts", "front matter is not certain", post.location);
  }

  // build.render = "never", headless: pages that have no address of their own.
  static bool is_hidden(FrontMatterFields& fields) {
    if (fields.boolean("headless").value_or(false)) return true;
    for (const std::string_view key : {"build", "_build"}) {
      const NamedValue* build = fields.find(key);
      if (build == nullptr) continue;
      const std::string render = ascii_lowercase(setting_text(build->value.members, "render"));
      if (render == "never" || render == "false") return true;
      const SourceValue* flag = find_setting(build->value.members, "render");
      if (flag != nullptr && boolean_of(*flag) == false) return true;
    }
    return false;
  }

  static std::string plain_name(std::string_view relative) {
    const std::string_view stem = stem_of(relative);
    return std::string(stem == "index" ? file_name_of(parent_of(relative)) : stem);
  }

  static std::string bundle_of(std::string_view relative) {
    return stem_of(relative) == "index" ? std::string(parent_of(relative)) + "/" : std::string();
  }

  void fill_in(const SourceFile& file, FrontMatterFields& fields, const std::string& name, ImportedPost& post) {
    post.title = fields.text("title");
    if (post.title.empty()) post.title = name;
    const std::string slug = fields.text("slug");
    post.slug = usable_slug(slug.empty() ? slug_from_text(name).empty() ? name : name : slug, post.title, "post");
    post.summary = fields.first_text({"summary", "description"});
    post.language = fields.first_text({"language", "lang"});
    for (const std::string_view key : {"authors", "author"}) {
      for (std::string& author : fields.texts(key)) post.authors.push_back(std::move(author));
    }
    for (const std::string_view key : {"tags", "categories"}) {
      for (std::string& tag : fields.texts(key)) {
        if (std::find(post.tags.begin(), post.tags.end(), tag) == post.tags.end()) post.tags.push_back(std::move(tag));
      }
    }
    post.image = image_of(fields);
    const std::string address = address_of(fields, post, name);
    post.old_urls.push_back(address);
    add_alias(post, address);
    for (const std::string& alias : fields.texts("aliases")) add_alias(post, resolve_alias(address, alias));
    TemplateTags tags = counted_tags("shortcodes", file, context_);
    tags.address = [this, &post](const std::string& reference) { return address_of_reference(reference, post.file); };
    post.markdown = without_hugo_shortcodes(file.body, tags);
    fields.report_unread({"type", "layout", "weight", "url", "linktitle", "iscjklanguage", "markup", "outputs", "sitemap", "menu",
                          "menus", "resources", "keywords", "translationkey", "cascade", "toc", "showtoc", "comments", "math"});
  }

  static std::string image_of(FrontMatterFields& fields) {
    if (const std::string image = fields.first_text({"image", "featured_image", "thumbnail"}); !image.empty()) return image;
    const std::vector<std::string> images = fields.texts("images");
    if (!images.empty()) return images.front();
    const NamedValue* cover = fields.find("cover");
    return cover == nullptr ? std::string() : setting_text(cover->value.members, "image");
  }

  static void add_alias(ImportedPost& post, std::string address) {
    while (address.starts_with('/')) address.erase(0, 1);
    if (address.empty() || std::find(post.aliases.begin(), post.aliases.end(), address) != post.aliases.end()) return;
    post.aliases.push_back(std::move(address));
  }

  // Relative ones start at the post's folder.
  static std::string resolve_alias(const std::string& address, const std::string& alias) {
    if (alias.starts_with('/')) return alias;
    std::string base = address;
    while (base.ends_with('/')) base.pop_back();
    return resolve_path(std::string(parent_of(base)) + "/", alias);
  }

  std::string address_of(FrontMatterFields& fields, const ImportedPost& post, const std::string& name) const {
    if (std::string url = fields.text("url"); !url.empty()) return url.starts_with('/') ? url : "/" + url;
    std::vector<std::string> sections;
    std::string_view folder = parent_of(post.file);
    if (stem_of(post.file) == "index") folder = parent_of(folder);
    for (std::size_t begin = 0; begin < folder.size();) {
      const std::size_t end = std::min(folder.find('/', begin), folder.size());
      sections.emplace_back(folder.substr(begin, end - begin));
      begin = end + 1;
    }
    const std::string slug = fields.text("slug");
    PermalinkParts parts;
    parts.date = post.published;
    parts.title = slug_from_text(post.title);
    parts.name = ascii_lowercase(name);
    parts.slug = slug.empty() ? parts.name : slug;
    parts.sections = sections;
    if (!sections.empty()) {
      std::string pattern = setting_text(settings_, "permalinks." + ascii_lowercase(sections.front()));
      if (pattern.empty()) pattern = setting_text(settings_, "permalinks.page." + ascii_lowercase(sections.front()));
      if (!pattern.empty()) {
        if (const auto address = expand_permalink(pattern, parts)) return address->starts_with('/') ? *address : "/" + *address;
        context_.report.not_converted("address pattern " + pattern, post.location);
      }
    }
    std::string address = "/";
    for (const std::string& section : sections) address += ascii_lowercase(section) + "/";
    const SourceValue* ugly = find_setting(settings_, "uglyurls");
    const bool is_ugly = ugly != nullptr && boolean_of(*ugly).value_or(false);
    return address + parts.slug + (is_ugly ? ".html" : "/");
  }

  std::string address_of_reference(std::string reference, const std::string& from) const {
    std::string part;
    if (const std::size_t hash = reference.find('#'); hash != std::string::npos) {
      part = reference.substr(hash);
      reference.resize(hash);
    }
    if (reference.empty()) return part;
    const std::string base =
        std::string(kContent) + (reference.starts_with('/') ? std::string() : std::string(parent_of(from)) + "/");
    for (const std::string& start : {base, std::string(kContent)}) {
      const std::string path = resolve_path(start, reference.starts_with('/') ? reference.substr(1) : reference);
      for (const char* ending : {"", ".md", "/index.md"}) {
        if (folder_.has(path + ending) && is_markdown_file(path + ending))
          return "/" + encode_path(path.substr(kContent.size()) + ending) + part;
      }
    }
    // Hugo finds a page by its name alone where that is the only one.
    std::string found;
    for (const std::string& file : folder_.files) {
      const bool is_it =
          file.starts_with(kContent) && is_markdown_file(file) && (file_name_of(file) == reference || stem_of(file) == reference);
      if (is_it && !found.empty()) return {};
      if (is_it) found = file;
    }
    return found.empty() ? std::string() : "/" + encode_path(found.substr(kContent.size())) + part;
  }

  // Images beside posts, and those of static/, whose address is that below the root. What belongs to a bundle that is not
  // public stays behind.
  void copy_files() {
    std::vector<std::string> beside;
    std::vector<std::string> of_static;
    for (const std::string& file : folder_.files) {
      if (file.starts_with("static/")) of_static.push_back(file);
      if (!file.starts_with(kContent) || is_markdown_file(file)) continue;
      const bool is_withheld = std::any_of(withheld_folders_.begin(), withheld_folders_.end(), [&](const std::string& folder) {
        return !folder.empty() && file.starts_with(folder);
      });
      if (is_withheld) {
        context_.report.read("files");
        context_.report.withheld("files", "beside a post that is not public", context_.location_of(folder_.root / file));
      } else {
        beside.push_back(file);
      }
    }
    add_media_files(folder_, kContent, beside, context_);
    add_media_files(folder_, "static/", of_static, context_);
  }

  const FolderFiles& folder_;
  ImportContext& context_;
  SourceTable settings_;
  DateChains chains_;
  std::map<std::string, std::vector<SourceTable>> cascades_;  // by folder
  std::set<std::string> broken_sections_;
  std::set<std::string> withheld_folders_;  // bundles, with a slash at the end
  bool is_unpublished_ = false;
};

}  // namespace

void read_hugo_folder(const FolderFiles& folder, const std::string& settings_file, ImportContext& context) {
  HugoReader(folder, context).read(settings_file);
}

}  // namespace octavo
