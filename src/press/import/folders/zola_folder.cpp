// Zola's content/, and plain folders of Markdown: read as `octavo build` reads them, kept as they are.
#include <algorithm>
#include <set>

#include "core/base/url.h"
#include "press/base/text_file.h"
#include "press/import/folders/folder_source.h"
#include "press/import/folders/front_matter_fields.h"
#include "press/source/post_source.h"
#include "press/source/site_settings.h"

namespace octavo {

namespace {

class ZolaReader {
 public:
  ZolaReader(const FolderFiles& folder, ImportContext& context) : folder_(folder), context_(context) {}

  void read(const std::string& settings_file) {
    SourceTable settings;
    if (!settings_file.empty()) settings = read_settings_file(folder_, settings_file, context_);
    SiteInfo& site = context_.site.site;
    site.title = setting_text(settings, "title");
    site.description = setting_text(settings, "description");
    site.home_page_url = setting_text(settings, "base_url");
    if (const std::string language = setting_text(settings, "default_language"); !language.empty()) site.language = language;
    if (settings_file.empty() && folder_.has(kSettingsFileName)) {
      const Result<std::string> text = load_file(folder_.root / kSettingsFileName);
      if (text) site = parse_site_settings(*text, std::string(kSettingsFileName), {}, context_.diagnostics);
    }
    const bool has_content = std::any_of(folder_.files.begin(), folder_.files.end(),
                                         [](const std::string& file) { return file.starts_with("content/"); });
    prefix_ = has_content ? "content/" : "";
    std::vector<std::string> media;
    for (const std::string& file : folder_.files) {
      if (!file.starts_with(prefix_)) continue;
      if (is_markdown_file(file)) {
        read_page(file);
      } else {
        media.push_back(file);
      }
    }
    copy_files(media);
  }

 private:
  void read_page(const std::string& relative) {
    const bool is_section = file_name_of(relative).starts_with("_index.");
    const std::string kind = is_section ? "sections" : "posts";
    const std::optional<SourceFile> file = read_source_file(folder_, relative, kind, context_);
    if (!file) return hide_folder(relative);
    if (is_section) {
      context_.report.read(kind);
      context_.report.withheld(kind, "a section's own page", file->location);
      return;
    }
    const std::string below = relative.substr(prefix_.size());
    // The same reader as the build's, so that both read the same.
    const std::string whole = whole_text(relative);
    PostSource source = parse_post_source(whole, file->location.file, below);
    FrontMatterFields fields(*file, {}, context_);
    ImportedPost post;
    post.location = file->location;
    post.source_id = relative;
    post.file = below;
    post.published = source.date;
    post.modified = source.front_matter.updated;
    post.publish_date = source.front_matter.publish_date;
    post.expires = source.front_matter.expires;
    Visibility stated = source.draft ? Visibility::Draft : Visibility::Public;
    if (fields.boolean("render") == false) stated = Visibility::Unknown;
    post.visibility = visibility_at(stated, post, context_.now);
    for (const Diagnostic& diagnostic : source.diagnostics.items()) {
      if (diagnostic.severity != Severity::Note) context_.diagnostics.add(diagnostic);
    }
    if (!source.is_usable || !fields.is_usable()) {
      hide_folder(relative);
      context_.report.read(kind);
      context_.report.failed(kind, "front matter is not certain", post.location);
      return;
    }
    if (!context_.is_wanted(post)) hide_folder(relative);
    if (!context_.is_wanted(post)) return context_.add(std::move(post));
    fill_in(*file, source, fields, post);
    context_.add(std::move(post));
  }

  std::string whole_text(const std::string& relative) const {
    const Result<std::string> bytes = load_file(folder_.root / relative);
    return bytes ? *bytes : std::string();
  }

  void fill_in(const SourceFile& file, PostSource& source, FrontMatterFields& fields, ImportedPost& post) const {
    const FrontMatter& front_matter = source.front_matter;
    post.title = source.title;
    post.slug = source.slug;
    post.summary = front_matter.summary;
    post.image = front_matter.image;
    post.language = front_matter.language;
    post.authors = front_matter.authors;
    post.tags = front_matter.tags;
    post.aliases = front_matter.aliases;
    post.markdown = source.markdown;
    if (const NamedValue* taxonomies = fields.find("taxonomies")) {
      for (const NamedValue& member : taxonomies->value.members) add_taxonomy(member, file, post);
    }
    const std::string address = front_matter.path.empty() ? address_of(post, fields) : front_matter.path;
    post.old_urls.push_back("/" + address);
    if (std::find(post.aliases.begin(), post.aliases.end(), address) == post.aliases.end())
      post.aliases.insert(post.aliases.begin(), address);
    for (std::size_t at = post.markdown.find("{{"); at != std::string::npos; at = post.markdown.find("{{", at + 2)) {
      if (post.markdown.find("}}", at) != std::string::npos && prefix_ == "content/" &&
          post.markdown.find('(', at) < post.markdown.find("}}", at)) {
        context_.report.not_converted("shortcode, left as text", post.location);
      }
    }
    for (const char* known :
         {"title",  "date",       "updated",       "lastmod", "modified", "published", "publishdate", "pubdate",
          "expiry", "expirydate", "unpublishdate", "slug",    "path",     "aliases",   "tags",        "authors",
          "author", "summary",    "description",   "draft",   "image",    "language",  "lang"}) {
      fields.has(known);
    }
    fields.report_unread({"weight", "template", "in_search_index", "insert_anchor_links"});
  }

  void add_taxonomy(const NamedValue& member, const SourceFile& file, ImportedPost& post) const {
    const auto names = texts_of(member.value);
    const std::string taxonomy = ascii_lowercase(member.name);
    if (!names || taxonomy == "tags") return;
    for (const std::string& name : *names) {
      std::vector<std::string>& list = taxonomy == "authors" ? post.authors : post.tags;
      if (taxonomy != "authors" && taxonomy != "categories") {
        context_.report.not_converted("taxonomy " + member.name, file.location);
      } else if (std::find(list.begin(), list.end(), name) == list.end()) {
        list.push_back(name);
      }
    }
  }

  // Below its section, by slug or by the file's name without a date.
  static std::string address_of(const ImportedPost& post, FrontMatterFields& fields) {
    std::string_view section = parent_of(post.file);
    if (stem_of(post.file) == "index") section = parent_of(section);
    const std::string slug = fields.text("slug");
    const std::string name = slug.empty() ? post.slug : slug;
    return (section.empty() ? std::string() : std::string(section) + "/") + name + "/";
  }

  void hide_folder(const std::string& relative) {
    if (stem_of(relative) == "index" && !parent_of(relative).empty())
      withheld_folders_.insert(std::string(parent_of(relative)) + "/");
  }

  void copy_files(const std::vector<std::string>& media) {
    std::vector<std::string> shown;
    for (const std::string& file : media) {
      const bool is_withheld = std::any_of(withheld_folders_.begin(), withheld_folders_.end(),
                                           [&](const std::string& folder) { return file.starts_with(folder); });
      if (is_withheld) {
        context_.report.read("files");
        context_.report.withheld("files", "beside a post that is not public", context_.location_of(folder_.root / file));
      } else {
        shown.push_back(file);
      }
    }
    add_media_files(folder_, prefix_, shown, context_);
    if (prefix_.empty()) return;
    std::vector<std::string> of_static;
    for (const std::string& file : folder_.files) {
      if (file.starts_with("static/")) of_static.push_back(file);
    }
    add_media_files(folder_, "static/", of_static, context_);
  }

  const FolderFiles& folder_;
  ImportContext& context_;
  std::string prefix_;
  std::set<std::string> withheld_folders_;  // of page bundles, with a slash at the end
};

}  // namespace

void read_zola_folder(const FolderFiles& folder, const std::string& settings_file, ImportContext& context) {
  ZolaReader(folder, context).read(settings_file);
}

}  // namespace octavo
