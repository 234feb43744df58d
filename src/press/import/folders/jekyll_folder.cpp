// Jekyll's _posts and pages: dates from file names, categories from folders, Liquid.
#include <algorithm>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/markdown/markdown.h"
#include "press/base/text_file.h"
#include "press/import/common/html_markdown.h"
#include "press/import/folders/folder_source.h"
#include "press/import/folders/front_matter_fields.h"
#include "press/import/folders/permalink.h"
#include "press/import/folders/template_tags.h"
#include "press/source/post_address.h"

namespace octavo {

namespace {

std::vector<std::string> names_in(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    names.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

bool is_html_file(std::string_view relative) {
  return relative.ends_with(".html") || relative.ends_with(".htm");
}

class JekyllReader {
 public:
  JekyllReader(const FolderFiles& folder, ImportContext& context) : folder_(folder), context_(context) {}

  void read() {
    for (const char* name : {"_config.yml", "_config.yaml", "_config.toml"}) {
      if (folder_.has(name) && settings_.empty()) settings_ = read_settings_file(folder_, name, context_);
    }
    read_settings();
    std::vector<std::string> others;
    for (const std::string& file : folder_.files) {
      const std::vector<std::string> folders = names_in(parent_of(file));
      const auto special =
          std::find_if(folders.begin(), folders.end(), [](const std::string& name) { return name.starts_with('_'); });
      const bool is_text = is_markdown_file(file) || is_html_file(file);
      if (special == folders.end()) {
        if (is_markdown_file(file)) {
          read_page(file);
        } else {
          others.push_back(file);
        }
      } else if (is_text && (*special == "_posts" || *special == "_drafts")) {
        read_post(file, std::vector<std::string>(folders.begin(), special), *special == "_drafts");
      } else if (is_markdown_file(file)) {
        context_.report.read("collection items");
        context_.report.withheld("collection items", "in " + *special, context_.location_of(folder_.root / file));
      }
    }
    add_media_files(folder_, "", others, context_);
  }

 private:
  void read_settings() {
    SiteInfo& site = context_.site.site;
    site.title = setting_text(settings_, "title");
    site.description = setting_text(settings_, "description");
    const std::string url = setting_text(settings_, "url");
    if (url.starts_with("http")) site.home_page_url = url + setting_text(settings_, "baseurl");
    if (const std::string language = setting_text(settings_, "lang"); !language.empty()) site.language = language;
    std::string author = setting_text(settings_, "author");
    if (author.empty()) author = setting_text(settings_, "author.name");
    if (!author.empty()) site.authors.push_back({author, {}, {}});
    if (const std::string zone = setting_text(settings_, "timezone"); !zone.empty() && ascii_lowercase(zone) != "utc") {
      context_.report.not_converted("time zone of the site; dates without an offset count as UTC", {context_.file, 0, 0});
    }
  }

  bool setting(const std::string& name) const {
    const SourceValue* value = find_setting(settings_, name);
    return value != nullptr && boolean_of(*value).value_or(false);
  }

  void read_post(const std::string& relative, const std::vector<std::string>& folders, bool is_draft) {
    std::optional<SourceFile> file = read_source_file(folder_, relative, "posts", context_);
    if (!file) return;
    const DatedName name = dated_name(relative);
    ImportedPost post;
    post.location = file->location;
    post.source_id = relative;
    post.file = relative;
    if (!is_draft && name.date.empty()) return refuse(post, "the name has no date, so Jekyll does not show it", Fate::Withheld);
    FrontMatterFields fields(*file, {}, context_);
    post.published = fields.date("date");
    if (!post.published && !name.date.empty()) {
      post.published = parse_date_time(name.date);
      if (!post.published) {
        context_.problem(post.location, "The date " + name.date + " in the name does not exist; the post is left out.");
        return refuse(post, "the date does not exist", Fate::Failed);
      }
    }
    post.visibility = stated_visibility(fields, is_draft);
    if (!setting("future")) post.visibility = visibility_at(post.visibility, post, context_.now);
    if (!fields.is_usable()) return refuse(post, "front matter is not certain", Fate::Failed);
    if (!context_.is_wanted(post)) return context_.add(std::move(post));
    fill_in(*file, fields, folders, name, post);
    context_.add(std::move(post));
  }

  enum class Fate : std::uint8_t { Withheld, Failed };

  void refuse(const ImportedPost& post, const std::string& reason, Fate fate) {
    context_.report.read("posts");
    if (fate == Fate::Failed) {
      context_.report.failed("posts", reason, post.location);
    } else {
      context_.report.withheld("posts", reason, post.location);
    }
  }

  // In Jekyll `published` is true or false; in Hugo it is a date.
  static Visibility stated_visibility(FrontMatterFields& fields, bool is_draft) {
    Visibility visibility = is_draft ? Visibility::Draft : Visibility::Public;
    const NamedValue* published = fields.find("published");
    if (published != nullptr && boolean_of(published->value) == false) visibility = Visibility::Draft;
    if (fields.boolean("draft").value_or(false)) visibility = Visibility::Draft;
    return visibility;
  }

  void fill_in(const SourceFile& file, FrontMatterFields& fields, const std::vector<std::string>& folders, const DatedName& name,
               ImportedPost& post) {
    post.title = fields.text("title");
    if (post.title.empty()) post.title = name.name;
    const std::string slug = fields.text("slug");
    post.slug = usable_slug(slug.empty() ? name.name : slug, post.title, "post");
    std::vector<std::string> categories = folders;
    for (const std::string_view key : {"categories", "category"}) {
      for (std::string& category : fields.words(key)) categories.push_back(std::move(category));
    }
    post.tags = fields.words("tags");
    for (const std::string& category : categories) {
      if (std::find(post.tags.begin(), post.tags.end(), category) == post.tags.end()) post.tags.push_back(category);
    }
    fill_in_common(file, fields, post);
    PermalinkParts parts;
    parts.date = post.published;
    parts.name = name.name;
    parts.title = slug.empty() ? name.name : slug;
    parts.slug = slug.empty() ? slug_from_text(name.name) : slug;
    parts.sections = categories;
    parts.output_extension = ".html";
    std::string pattern = fields.text("permalink");
    if (pattern.empty()) pattern = jekyll_permalink_pattern(setting_text(settings_, "permalink"));
    add_address(expand_permalink(pattern, parts), pattern, fields, post);
  }

  void fill_in_common(const SourceFile& file, FrontMatterFields& fields, ImportedPost& post) {
    post.summary = fields.first_text({"excerpt", "description", "summary"});
    post.modified = fields.date("last_modified_at");
    post.language = fields.first_text({"lang", "language"});
    post.image = fields.text("image");
    for (const std::string_view key : {"author", "authors"}) {
      for (std::string& author : fields.texts(key)) post.authors.push_back(std::move(author));
    }
    TemplateTags tags = counted_tags("Liquid tags", file, context_);
    tags.address = [this](const std::string& reference) { return address_of_reference(reference); };
    tags.include = [this](const std::string& name) { return text_of_include(name); };
    post.markdown = without_liquid(file.body, tags);
    if (is_html_file(file.relative)) {
      post.markdown = markdown_from_html(post.markdown);
      post.file = post.file.substr(0, post.file.rfind('.')) + ".md";
    }
  }

  void add_address(const std::optional<std::string>& address, const std::string& pattern, FrontMatterFields& fields,
                   ImportedPost& post) {
    if (address) {
      std::string path = *address;
      post.old_urls.push_back(path);
      while (path.starts_with('/')) path.erase(0, 1);
      if (!path.empty()) post.aliases.push_back(path);
    } else {
      context_.report.not_converted("address pattern " + pattern, post.location);
    }
    for (std::string alias : fields.texts("redirect_from")) {
      while (alias.starts_with('/')) alias.erase(0, 1);
      if (!alias.empty() && std::find(post.aliases.begin(), post.aliases.end(), alias) == post.aliases.end())
        post.aliases.push_back(alias);
    }
    fields.report_unread({"layout", "permalink", "comments", "toc", "math", "categories", "category"});
  }

  // Markdown with front matter outside the special folders.
  void read_page(const std::string& relative) {
    std::optional<SourceFile> file = read_source_file(folder_, relative, "pages", context_);
    if (!file) return;
    if (!file->has_front_matter) {
      context_.report.read("pages");
      context_.report.withheld("pages", "without front matter, so no page in Jekyll", file->location);
      return;
    }
    FrontMatterFields fields(*file, {}, context_);
    ImportedPost post;
    post.kind = "page";
    post.location = file->location;
    post.source_id = relative;
    post.file = relative;
    post.published = fields.date("date");
    post.visibility = visibility_at(stated_visibility(fields, false), post, context_.now);
    if (!fields.is_usable()) {
      context_.report.read("pages");
      context_.report.failed("pages", "front matter is not certain", post.location);
      return;
    }
    const std::string name(stem_of(relative) == "index" ? file_name_of(parent_of(relative)) : stem_of(relative));
    post.title = fields.text("title");
    if (post.title.empty()) post.title = name.empty() ? "Home" : name;
    post.slug = usable_slug(name, post.title, "page");
    if (!context_.is_wanted(post)) return context_.add(std::move(post));
    fill_in_common(*file, fields, post);
    std::string address = fields.text("permalink");
    if (address.empty()) address = "/" + relative.substr(0, relative.rfind('.')) + ".html";
    add_address(address, address, fields, post);
    context_.add(std::move(post));
  }

  std::optional<std::string> text_of_include(const std::string& name) const {
    const std::string relative = "_includes/" + name;
    if (!folder_.has(relative)) return std::nullopt;
    const Result<std::string> text = load_file(folder_.root / relative, kMaxPostBytes);
    return text && is_valid_utf8(*text) ? std::optional(*text) : std::nullopt;
  }

  std::string address_of_reference(const std::string& reference) const {
    if (folder_.has(reference)) return "/" + encode_path(reference);
    for (const std::string& file : folder_.files) {
      const std::size_t posts = ("/" + file).find("/_posts/");
      if (posts == std::string::npos) continue;
      const std::string inside = file.substr(posts + 7);
      if (inside.substr(0, inside.rfind('.')) == reference || stem_of(file) == reference) {
        // HTML becomes Markdown on the way.
        return "/" + encode_path(is_html_file(file) ? file.substr(0, file.rfind('.')) + ".md" : file);
      }
    }
    return {};
  }

  const FolderFiles& folder_;
  ImportContext& context_;
  SourceTable settings_;
};

}  // namespace

void read_jekyll_folder(const FolderFiles& folder, ImportContext& context) {
  JekyllReader(folder, context).read();
}

}  // namespace octavo
