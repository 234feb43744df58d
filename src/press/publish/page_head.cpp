// Writes the metadata of a page.
#include "press/publish/page_head.h"

#include <algorithm>
#include <string_view>

#include "core/base/json.h"
#include "core/base/url.h"
#include "core/content/html/semantic_tree.h"
#include "core/page/page_frame.h"

namespace octavo {

namespace {

void append_element(std::string& out, std::string_view tag,
                    std::initializer_list<std::pair<std::string_view, std::string_view>> attributes) {
  (out += '<') += tag;
  for (const auto& [name, value] : attributes) {
    ((out += ' ') += name) += "=\"";
    (out += escape_html(value)) += '"';
  }
  out += ">\n";
}

// Open Graph writes a territory with an underscore: "pt-BR" is pt_BR. It has no scripts and variants.
std::string open_graph_locale(std::string_view language) {
  std::string locale(language.substr(0, language.find('-')));
  for (std::size_t at = language.find('-'); at != std::string_view::npos; at = language.find('-', at + 1)) {
    const std::string_view part = language.substr(at + 1, language.find('-', at + 1) - at - 1);
    if (part.size() == 2) return locale + "_" + std::string(part);
  }
  return locale;
}

struct Person {
  std::string name;
  std::string url;  // absolute or empty
};

class HeadWriter {
 public:
  explicit HeadWriter(const PageHead& head)
      : head_(head), site_name_(clean_text(head.site.title)), language_(head.page.language) {
    if (head.post != nullptr && !clean_language(head.post->language).empty()) language_ = clean_language(head.post->language);
    collect_people();
  }

  std::string write() {
    if (has_home()) link("canonical", here());
    if (!head_.previous.empty()) link("prev", head_.previous);
    if (!head_.next.empty()) link("next", head_.next);
    write_feed_links();
    for (const Person& person : people_) meta_name("author", person.name);
    write_open_graph();
    if (head_.post != nullptr) write_article();
    write_image();
    write_linked_data();
    return std::move(out_);
  }

  std::string write_unindexed() {
    meta_name("robots", "noindex");
    write_feed_links();
    return std::move(out_);
  }

 private:
  void meta_name(std::string_view name, std::string_view content) {
    if (!content.empty()) append_element(out_, "meta", {{"name", name}, {"content", content}});
  }
  void meta_property(std::string_view property, std::string_view content) {
    if (!content.empty()) append_element(out_, "meta", {{"property", property}, {"content", content}});
  }
  void link(std::string_view rel, std::string_view href) { append_element(out_, "link", {{"rel", rel}, {"href", href}}); }

  bool has_home() const { return !head_.site.home_page_url.empty(); }
  // Without a known home the address is relative to the page, as JSON-LD allows.
  std::string address(std::string_view path) const {
    return has_home() ? absolute_url(head_.site, path) : relative_path(head_.page.path, path);
  }
  std::string here() const { return address(head_.page.path); }
  const std::string& name() const { return head_.page.name.empty() ? site_name_ : head_.page.name; }
  void collect_people() {
    const std::vector<Author>& known = head_.site.authors;
    const auto add = [this](const std::string& name, const std::string& url) {
      if (std::string clean = clean_text(name); !clean.empty()) {
        people_.push_back({std::move(clean), !is_relative_url(url) && is_allowed_url(url, UrlUse::Image) ? url : std::string()});
      }
    };
    if (head_.post == nullptr || head_.post->authors.empty()) {
      for (const Author& author : known) add(author.name, author.url);
      return;
    }
    for (const std::string& author : head_.post->authors) {
      const auto found = std::find_if(known.begin(), known.end(), [&](const Author& each) { return each.name == author; });
      add(author, found == known.end() ? std::string() : found->url);
    }
  }

  void write_feed_links() {
    const std::string root = head_.root.empty() ? "./" : head_.root;
    for (const auto& [type, file] :
         {std::pair{"application/feed+json", "feed.json"}, std::pair{"application/atom+xml", "feed.xml"}}) {
      append_element(out_, "link", {{"rel", "alternate"}, {"type", type}, {"title", site_name_}, {"href", root + file}});
    }
  }

  void write_open_graph() {
    meta_property("og:site_name", site_name_);
    meta_property("og:title", name());
    meta_property("og:type", head_.post != nullptr ? "article" : "website");
    if (has_home()) meta_property("og:url", here());
    meta_property("og:description", head_.page.description);
    meta_property("og:locale", open_graph_locale(language_));
  }

  void write_article() {
    const PostSummary& post = *head_.post;
    if (post.published) meta_property("article:published_time", format_rfc3339(*post.published));
    if (post.modified) meta_property("article:modified_time", format_rfc3339(*post.modified));
    for (const Person& person : people_) meta_property("article:author", person.url.empty() ? person.name : person.url);
    for (const std::string& tag : post.tags) meta_property("article:tag", clean_text(tag));
  }

  // The image's absolute address; empty if there is none or the site's address is unknown.
  std::string image_url() const {
    if (head_.post == nullptr || !head_.post->image || head_.post->image->url.empty()) return {};
    const std::string& url = head_.post->image->url;
    if (!is_allowed_url(url, UrlUse::Image)) return {};
    if (!is_relative_url(url)) return url;
    return has_home() ? absolute_url(head_.site, url) : std::string();
  }

  void write_image() {
    const std::string url = image_url();
    if (!url.empty()) {
      const ImageInfo& image = *head_.post->image;
      meta_property("og:image", url);
      meta_property("og:image:alt", clean_text(image.alt));
      if (image.width > 0) meta_property("og:image:width", std::to_string(image.width));
      if (image.height > 0) meta_property("og:image:height", std::to_string(image.height));
    }
    meta_name("twitter:card", url.empty() ? "summary" : "summary_large_image");
  }

  // ---- JSON-LD ---------------------------------------------------------------------------------------------------------

  void write_linked_data() {
    JsonWriter json;
    json.begin_object().key("@context").value("https://schema.org").key("@graph").begin_array();
    if (head_.post != nullptr) {
      write_posting(json);
    } else {
      write_list(json);
    }
    if (!head_.page.name.empty()) write_breadcrumbs(json);
    json.end_array().end_object();
    // JsonWriter escapes what could end the element.
    (out_ += "<script type=\"application/ld+json\">") += json.text();
    out_ += "</script>";
  }

  void write_blog_members(JsonWriter& json) const {
    json.key("@type").value("Blog").member_unless_empty("name", site_name_).key("url").value(address(""));
  }

  void write_people(JsonWriter& json) const {
    if (people_.empty()) return;
    json.key("author").begin_array();
    for (const Person& person : people_) {
      json.begin_object().key("@type").value("Person").key("name").value(person.name);
      json.member_unless_empty("url", person.url).end_object();
    }
    json.end_array();
  }

  void write_posting(JsonWriter& json) const {
    const PostSummary& post = *head_.post;
    json.begin_object().key("@type").value("BlogPosting").key("headline").value(name());
    json.key("url").value(here()).key("mainEntityOfPage").value(here());
    json.member_unless_empty("description", head_.page.description).key("inLanguage").value(language_);
    if (post.published) json.key("datePublished").value(format_rfc3339(*post.published));
    if (post.modified) json.key("dateModified").value(format_rfc3339(*post.modified));
    if (post.words > 0) json.key("wordCount").value(post.words);
    json.member_unless_empty("image", image_url());
    write_people(json);
    if (!post.tags.empty()) {
      json.key("keywords").begin_array();
      for (const std::string& tag : post.tags) json.value(clean_text(tag));
      json.end_array();
    }
    json.key("isPartOf").begin_object();
    write_blog_members(json);
    json.end_object().end_object();
  }

  void write_list(JsonWriter& json) const {
    json.begin_object();
    if (head_.page.name.empty()) {
      write_blog_members(json);
    } else {
      json.key("@type").value("CollectionPage").key("name").value(name()).key("url").value(here());
    }
    json.member_unless_empty("description", head_.page.description).key("inLanguage").value(language_);
    if (head_.page.name.empty()) {
      write_people(json);
    } else {
      json.key("isPartOf").begin_object();
      write_blog_members(json);
      json.end_object();
    }
    json.end_object();
  }

  void write_breadcrumbs(JsonWriter& json) const {
    std::uint32_t position = 0;
    const auto add = [&](std::string_view label, std::string_view path) {
      json.begin_object().key("@type").value("ListItem").key("position").value(++position);
      json.key("name").value(label).key("item").value(address(path)).end_object();
    };
    json.begin_object().key("@type").value("BreadcrumbList").key("itemListElement").begin_array();
    add(site_name_.empty() ? std::string_view(head_.page.title) : std::string_view(site_name_), "");
    for (const auto& [label, path] : head_.trail) add(label, path);
    add(name(), head_.page.path);
    json.end_array().end_object();
  }

  const PageHead& head_;
  std::string site_name_;
  std::string language_;  // of the page's main subject
  std::vector<Person> people_;
  std::string out_;
};

}  // namespace

std::string build_page_head(const PageHead& head) {
  return HeadWriter(head).write();
}

std::string build_unindexed_head(const PageHead& head) {
  return HeadWriter(head).write_unindexed();
}

}  // namespace octavo
