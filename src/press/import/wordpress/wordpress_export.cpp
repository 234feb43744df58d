// WXR: authors, terms and attachments first, since items refer to them; then the items.
#include "press/import/wordpress/wordpress_export.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/base/url.h"
#include "press/import/common/html_markdown.h"
#include "press/import/common/source_date.h"
#include "press/import/wordpress/wordpress_markup.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

struct Term {
  std::string kind;  // "tags" or "categories"
  std::string name;
  std::string slug;
  ImportLocation location;
};

struct Attachment {
  std::string url;
  std::string alt;
  std::string caption;
  std::string parent;
  ImportLocation location;
};

Visibility visibility_of_status(const std::string& status) {
  if (status == "publish") return Visibility::Public;
  if (status == "draft" || status == "auto-draft") return Visibility::Draft;
  if (status == "pending") return Visibility::Pending;
  if (status == "future") return Visibility::Future;
  if (status == "private") return Visibility::Private;
  if (status == "trash") return Visibility::Trash;
  return Visibility::Unknown;
}

std::string meta_value(const XmlElement& item, std::string_view key) {
  for (const XmlElement& meta : item.children) {
    if (meta.name == "wp:postmeta" && meta.child_text("wp:meta_key") == key) return meta.child_text("wp:meta_value");
  }
  return {};
}

std::string comment_fate(const std::string& approved) {
  if (approved == "0") return "held for moderation";
  if (approved == "spam") return "spam";
  if (approved == "trash" || approved == "post-trashed") return "trash";
  return "unknown status";
}

class WordpressReader {
 public:
  WordpressReader(const XmlElement& channel, ImportContext& context) : channel_(channel), context_(context) {}

  void read() {
    read_site();
    for (const XmlElement& child : channel_.children) {
      if (child.name == "wp:author") read_author(child);
      if (child.name == "wp:category") add_term(child, "categories", "wp:cat_name", "wp:category_nicename");
      if (child.name == "wp:tag") add_term(child, "tags", "wp:tag_name", "wp:tag_slug");
      if (child.name == "wp:term")
        context_.report.not_converted("taxonomy " + child.child_text("wp:term_taxonomy"), location(child));
      if (child.name == "item") index_item(child);
    }
    for (const XmlElement& child : channel_.children) {
      if (child.name == "item") read_item(child);
    }
    finish_media();
    finish_terms();
  }

 private:
  ImportLocation location(const XmlElement& element) const { return {context_.file, element.line, element.column}; }

  void read_site() {
    SiteInfo& site = context_.site.site;
    site.title = plain_text_from_html(channel_.child_text("title"));
    site.description = plain_text_from_html(channel_.child_text("description"));
    if (const std::string language = channel_.child_text("language"); !language.empty()) site.language = language;
    blog_url_ = channel_.child_text("wp:base_blog_url");
    if (blog_url_.empty()) blog_url_ = channel_.child_text("link");
    site.home_page_url = blog_url_;
  }

  void read_author(const XmlElement& author) {
    std::string name = author.child_text("wp:author_display_name");
    const std::string login = author.child_text("wp:author_login");
    authors_[login] = name.empty() ? login : name;
  }

  void add_term(const XmlElement& element, const std::string& kind, std::string_view name, std::string_view slug) {
    Term term{kind, plain_text_from_html(element.child_text(name)), decode_percent(element.child_text(slug)), location(element)};
    if (term.name.empty()) term.name = term.slug;
    context_.report.read(kind);
    terms_.emplace(std::pair(kind, term.slug), std::move(term));
  }

  std::string id_of(const XmlElement& item) const { return item.child_text("wp:post_id"); }

  // What other items refer to.
  void index_item(const XmlElement& item) {
    const std::string type = item.child_text("wp:post_type");
    if (type == "attachment") {
      std::string url = item.child_text("wp:attachment_url");
      if (url.empty()) url = item.child_text("guid");
      attachment_order_.push_back(id_of(item));
      attachments_[id_of(item)] = {url, meta_value(item, "_wp_attachment_image_alt"), item.child_text("excerpt:encoded"),
                                   item.child_text("wp:post_parent"), location(item)};
    } else if (type == "wp_block" && item.child_text("wp:status") == "publish" && item.child_text("wp:post_password").empty()) {
      reusable_blocks_[id_of(item)] = item.raw_child_text("content:encoded");
    } else if (type == "post" || type == "page") {
      if (item.child_text("wp:status") != "publish") return;
      const std::string slug = slug_of(item);
      for (const std::string& url : {item.child_text("link"), item.child_text("guid")}) {
        if (!url.empty()) redirects_.emplace(plain_address(url), slug);
      }
    }
  }

  static std::string plain_address(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    while (url.ends_with('/')) url.remove_suffix(1);
    return std::string(url);
  }

  static std::string slug_of(const XmlElement& item) {
    return usable_slug(decode_percent(item.child_text("wp:post_name")), plain_text_from_html(item.child_text("title")),
                       "post-" + item.child_text("wp:post_id"));
  }

  void read_item(const XmlElement& item) {
    const std::string type = item.child_text("wp:post_type");
    if (type == "post" || type == "page") {
      read_post(item, type);
    } else if (type == "attachment") {
      context_.report.read("media");
    } else if (type == "wp_block") {
      context_.report.read("reusable blocks");
      if (reusable_blocks_.contains(id_of(item))) {
        context_.report.written("reusable blocks");
      } else {
        context_.report.withheld("reusable blocks", "not public", location(item), id_of(item));
      }
    } else {
      const std::string kind = type == "nav_menu_item" ? "menu items" : "other items";
      context_.report.read(kind);
      context_.report.withheld(kind, type.empty() ? "without a type" : "of type " + type, location(item), id_of(item));
    }
  }

  void read_post(const XmlElement& item, const std::string& kind) {
    ImportedPost post;
    post.kind = kind;
    post.location = location(item);
    post.source_id = id_of(item);
    if (kind == "post") post.thread = post.source_id;
    post.id = item.child_text("guid");
    post.title = plain_text_from_html(item.child_text("title"));
    post.slug = slug_of(item);
    read_dates(item, post);
    post.visibility = visibility_of_status(item.child_text("wp:status"));
    if (!item.child_text("wp:post_password").empty()) post.visibility = Visibility::Protected;
    post.visibility = visibility_at(post.visibility, post, context_.now);
    read_comments(item, post);
    // The rest is read only if it will be written.
    if (context_.is_wanted(post)) fill_in(item, post);
    context_.add(std::move(post));
  }

  void read_dates(const XmlElement& item, ImportedPost& post) const {
    post.published = parse_wordpress_date(item.child_text("wp:post_date"), item.child_text("wp:post_date_gmt"));
    if (!post.published) post.published = parse_feed_date(item.child_text("pubDate"));
    const std::string written = item.child_text("wp:post_date");
    if (!post.published && !written.empty() && !written.starts_with("0000")) {
      context_.warn(post.location, "The date \"" + written + "\" does not exist; the item gets no date.");
    }
    post.modified = parse_wordpress_date(item.child_text("wp:post_modified"), item.child_text("wp:post_modified_gmt"));
    if (post.modified && post.published && *post.modified <= *post.published) post.modified.reset();
  }

  void fill_in(const XmlElement& item, ImportedPost& post) {
    if (post.title.empty()) post.title = post.published ? format_iso_date(*post.published) : "Untitled";
    const std::string creator = item.child_text("dc:creator");
    const auto author = authors_.find(creator);
    if (!creator.empty()) post.authors.push_back(author == authors_.end() ? creator : author->second);
    post.summary = plain_text_from_html(item.child_text("excerpt:encoded"));
    for (const std::string& url : {item.child_text("link"), post.id}) {
      if (url.empty()) continue;
      post.old_urls.push_back(url);
      const std::string path = url.find('?') == std::string::npos ? path_of_url(url, blog_url_) : std::string();
      if (!path.empty() && std::find(post.aliases.begin(), post.aliases.end(), path) == post.aliases.end())
        post.aliases.push_back(path);
    }
    read_item_terms(item, post);
    read_meta(item, post);
    post.markdown = markdown_of(item.raw_child_text("content:encoded"), post);
  }

  void read_item_terms(const XmlElement& item, ImportedPost& post) {
    for (const XmlElement& element : item.children) {
      if (element.name != "category") continue;
      const std::string domain = element.attribute("domain");
      const std::string slug = decode_percent(element.attribute("nicename"));
      const std::string name = plain_text_from_html(element.content());
      if (domain == "category" && (slug == "uncategorized" || name.empty())) continue;
      if (domain != "category" && domain != "post_tag" && domain != "tag" && !domain.empty()) {
        context_.report.not_converted("taxonomy " + domain, location(element));
        continue;
      }
      if (std::find(post.tags.begin(), post.tags.end(), name) == post.tags.end()) post.tags.push_back(name);
      // Exports of a part of a site name terms only where they are used.
      const std::string kind = domain == "category" ? "categories" : "tags";
      const auto [term, is_new] = terms_.emplace(std::pair(kind, slug), Term{kind, name, slug, location(element)});
      if (is_new) context_.report.read(kind);
      if (post.visibility == Visibility::Public) used_terms_.insert(term->first);
    }
  }

  void read_meta(const XmlElement& item, ImportedPost& post) {
    for (const XmlElement& meta : item.children) {
      if (meta.name != "wp:postmeta") continue;
      const std::string key = meta.child_text("wp:meta_key");
      if (key == "_thumbnail_id") {
        const auto image = attachments_.find(meta.child_text("wp:meta_value"));
        if (image != attachments_.end()) post.image = image->second.url;
      } else if (!key.empty() && key.front() != '_') {
        context_.report.not_converted("custom field " + key, location(meta));
      }
    }
    if (item.child_text("wp:is_sticky") == "1") context_.report.not_converted("being sticky", post.location);
  }

  std::string markdown_of(std::string_view content, const ImportedPost& post) {
    WordpressSources sources;
    sources.gallery = [&](const std::vector<std::string>& ids) { return gallery(ids, post.source_id); };
    sources.reusable_block = [this](const std::string& id) {
      const auto found = reusable_blocks_.find(id);
      return found == reusable_blocks_.end() ? std::string() : found->second;
    };
    sources.not_converted = [&](const std::string& what) { context_.report.not_converted(what, post.location); };
    return markdown_from_html(html_from_wordpress(content, sources), [this](const std::string& url) { return new_address(url); });
  }

  // Links to the blog's own posts lead to where those are now.
  std::string new_address(const std::string& url) const {
    const std::size_t hash = url.find('#');
    const auto found = redirects_.find(plain_address(std::string_view(url).substr(0, hash)));
    if (found == redirects_.end()) return url;
    return "/" + encode_path(found->second) + "/" + (hash == std::string::npos ? std::string() : url.substr(hash));
  }

  std::vector<GalleryImage> gallery(std::vector<std::string> ids, const std::string& post_id) const {
    if (ids.empty()) {
      for (const std::string& id : attachment_order_) {
        if (attachments_.at(id).parent == post_id) ids.push_back(id);
      }
    }
    std::vector<GalleryImage> images;
    for (const std::string& id : ids) {
      const auto found = attachments_.find(id);
      if (found != attachments_.end()) images.push_back({found->second.url, found->second.alt, found->second.caption});
    }
    return images;
  }

  void read_comments(const XmlElement& item, ImportedPost& post) {
    for (const XmlElement& element : item.children) {
      if (element.name != "wp:comment") continue;
      const std::string id = element.child_text("wp:comment_id");
      if (const std::string approved = element.child_text("wp:comment_approved"); approved != "1") {
        context_.report.read("comments");
        context_.report.withheld("comments", comment_fate(approved), location(element), id);
        continue;
      }
      ImportedComment comment;
      comment.id = id;
      if (context_.is_wanted(post)) fill_in(element, comment);
      post.comments.push_back(std::move(comment));
    }
    // A reply to a comment that is not shown becomes a root.
    std::set<std::string> ids;
    for (const ImportedComment& comment : post.comments) ids.insert(comment.id);
    for (ImportedComment& comment : post.comments) {
      if (!ids.contains(comment.parent)) comment.parent.clear();
    }
  }

  static void fill_in(const XmlElement& element, ImportedComment& comment) {
    comment.parent = element.child_text("wp:comment_parent");
    comment.author = plain_text_from_html(element.child_text("wp:comment_author"));
    const std::string url = element.child_text("wp:comment_author_url");
    if (is_allowed_url(url, UrlUse::Link) && !is_relative_url(url)) comment.author_url = url;
    comment.date = parse_wordpress_date(element.child_text("wp:comment_date"), element.child_text("wp:comment_date_gmt"));
    comment.kind = element.child_text("wp:comment_type");
    if (comment.kind.empty()) comment.kind = "comment";
    comment.markdown = comment_markdown(element.raw_child_text("wp:comment_content"));
  }

  static std::string comment_markdown(std::string_view content) {
    WordpressSources sources;
    sources.gallery = [](const std::vector<std::string>&) { return std::vector<GalleryImage>(); };
    sources.reusable_block = [](const std::string&) { return std::string(); };
    sources.not_converted = [](const std::string&) {};
    return markdown_from_html(html_from_wordpress(content, sources));
  }

  // A file counts as converted when a post that is written refers to it, in whatever size.
  void finish_media() {
    std::string all_text;
    for (const ImportedPost& post : context_.site.posts) (all_text += post.markdown) += post.image + "\n";
    for (const std::string& id : attachment_order_) {
      const Attachment& attachment = attachments_.at(id);
      const std::string_view url = attachment.url;
      const std::string_view stem = url.substr(0, url.rfind('.'));
      if (!stem.empty() && all_text.find(stem) != std::string::npos) {
        context_.report.written("media");
      } else {
        context_.report.withheld("media", "not in a public post", attachment.location, id);
      }
    }
  }

  void finish_terms() {
    for (const auto& [key, term] : terms_) {
      if (used_terms_.contains(key)) {
        const std::string slug = slug_from_text(term.name);
        context_.report.written(term.kind);
        context_.report.term(term.kind, term.name, term.slug,
                             slug.empty() ? std::string() : group_path(GroupInfo::Kind::Tag, slug, 1));
      } else {
        context_.report.withheld(term.kind, "not on a public post", term.location, {});
      }
    }
  }

  const XmlElement& channel_;
  ImportContext& context_;
  std::string blog_url_;
  std::map<std::string, std::string> authors_;
  std::map<std::pair<std::string, std::string>, Term> terms_;
  std::set<std::pair<std::string, std::string>> used_terms_;
  std::map<std::string, Attachment> attachments_;
  std::vector<std::string> attachment_order_;
  std::map<std::string, std::string> reusable_blocks_;
  std::map<std::string, std::string> redirects_;  // without scheme and last slash -> slug
};

}  // namespace

bool is_wordpress_export(const XmlDocument& document) {
  const XmlElement* channel = document.root.child("channel");
  return document.root.name == "rss" && channel != nullptr && channel->child("wp:wxr_version") != nullptr;
}

void read_wordpress_export(const XmlDocument& document, ImportContext& context) {
  const XmlElement* channel = document.root.child("channel");
  if (document.broken_entries > 0) context.report.read("other items", document.broken_entries);
  for (std::uint32_t i = 0; i < document.broken_entries; ++i) {
    context.report.failed("other items", "broken XML", {context.file, 0, 0});
  }
  WordpressReader(*channel, context).read();
}

}  // namespace octavo
