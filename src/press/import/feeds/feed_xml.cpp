// RSS 2.0 (with content:encoded, dc and media) and Atom (RFC 4287).
#include <algorithm>

#include "core/base/url.h"
#include "press/import/common/html_markdown.h"
#include "press/import/feeds/feed_item.h"
#include "press/import/feeds/feed_source.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

void report_broken_entries(const XmlDocument& document, ImportContext& context) {
  if (document.broken_entries > 0) context.report.read("posts", document.broken_entries);
  for (std::uint32_t i = 0; i < document.broken_entries; ++i) context.report.failed("posts", "broken XML", {context.file, 0, 0});
}

std::string first_of(std::string a, std::string b) {
  return a.empty() ? b : a;
}

bool is_image_type(const std::string& type) {
  return type.starts_with("image/");
}

// ---- RSS -------------------------------------------------------------------------------------------------------------------

// "mail@example.org (Name)": the address is not converted.
std::string name_of_rss_author(const std::string& author) {
  const std::size_t open = author.find('(');
  const std::size_t close = author.rfind(')');
  if (open != std::string::npos && close != std::string::npos && close > open) return author.substr(open + 1, close - open - 1);
  return author.find('@') == std::string::npos ? author : std::string();
}

void read_rss_enclosure(const XmlElement& element, FeedItem& item, ImportContext& context) {
  const std::string url = element.attribute("url");
  if (is_image_type(element.attribute("type")) || element.attribute("medium") == "image") {
    if (item.image.empty()) item.image = url;
  } else if (!url.empty()) {
    context.report.not_converted("enclosure of type " + element.attribute("type"), item.location);
  }
}

FeedItem rss_item(const XmlElement& element, ImportContext& context) {
  FeedItem item;
  item.location = {context.file, element.line, element.column};
  item.title = element.child_text("title");
  item.url = element.child_text("link");
  item.id = element.child_text("guid");
  const XmlElement* guid = element.child("guid");
  if (item.url.empty() && guid != nullptr && guid->attribute("isPermaLink") != "false" && item.id.starts_with("http")) {
    item.url = item.id;
  }
  item.published = first_of(element.child_text("pubDate"), element.child_text("dc:date"));
  item.content = element.raw_child_text("content:encoded");
  const std::string description = element.raw_child_text("description");
  if (trimmed(item.content).empty()) {
    item.content = description;
  } else {
    item.summary = description;
  }
  for (const XmlElement& child : element.children) {
    if (child.name == "dc:creator") item.authors.emplace_back(trimmed(child.content()));
    if (child.name == "author") item.authors.push_back(name_of_rss_author(child.content()));
    if (child.name == "category") item.tags.push_back(plain_text_from_html(child.content()));
    if (child.name == "enclosure" || child.name == "media:content") read_rss_enclosure(child, item, context);
  }
  return item;
}

// ---- Atom ------------------------------------------------------------------------------------------------------------------

// Text constructs (RFC 4287, section 3.1) and content as HTML.
std::string html_of(const XmlElement* text) {
  if (text == nullptr) return {};
  const std::string type = text->attribute("type");
  if (type == "xhtml" || type == "application/xhtml+xml") return text->inner_markup();
  const std::string content = text->content();
  if (type == "html" || type == "text/html") return content;
  std::string escaped;
  for (const char c : content) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string link_of(const XmlElement& element, std::string_view relation) {
  for (const XmlElement& child : element.children) {
    if (child.name != "atom:link") continue;
    const std::string rel = child.attribute("rel");
    if ((rel.empty() ? "alternate" : rel) == relation) return child.attribute("href");
  }
  return {};
}

std::string author_of(const XmlElement& author) {
  return first_of(author.child_text("atom:name"), author.child_text("atom:uri"));
}

FeedItem atom_entry(const XmlElement& element, ImportContext& context) {
  FeedItem item;
  item.location = {context.file, element.line, element.column};
  item.id = element.child_text("atom:id");
  item.url = link_of(element, "alternate");
  item.title = html_of(element.child("atom:title"));
  item.published = element.child_text("atom:published");
  item.modified = element.child_text("atom:updated");
  item.language = element.attribute("xml:lang");
  item.content = html_of(element.child("atom:content"));
  item.summary = html_of(element.child("atom:summary"));
  const XmlElement* content = element.child("atom:content");
  if (content != nullptr && !content->attribute("src").empty()) {
    context.report.not_converted("content at another address (atom:content src)", item.location);
  }
  if (trimmed(item.content).empty()) item.content = std::exchange(item.summary, {});
  for (const XmlElement& child : element.children) {
    if (child.name == "atom:author") item.authors.push_back(author_of(child));
    if (child.name == "atom:category") item.tags.push_back(first_of(child.attribute("label"), child.attribute("term")));
    if (child.name == "atom:link" && child.attribute("rel") == "enclosure") {
      if (is_image_type(child.attribute("type")) && item.image.empty()) {
        item.image = child.attribute("href");
      } else {
        context.report.not_converted("enclosure of type " + child.attribute("type"), item.location);
      }
    }
    // RFC 5023, section 13.1: a draft on its way to the server.
    if (child.name.ends_with(":control")) {
      for (const XmlElement& control : child.children) {
        if (control.name.ends_with(":draft") && control.content() == "yes") item.visibility = Visibility::Draft;
      }
    }
  }
  return item;
}

}  // namespace

bool is_rss(const XmlDocument& document) {
  return document.root.name == "rss" && document.root.child("channel") != nullptr;
}

bool is_atom(const XmlDocument& document) {
  return document.root.name == "atom:feed";
}

void read_rss(const XmlDocument& document, ImportContext& context) {
  const XmlElement& channel = *document.root.child("channel");
  SiteInfo& site = context.site.site;
  site.title = plain_text_from_html(channel.child_text("title"));
  site.description = plain_text_from_html(channel.child_text("description"));
  site.home_page_url = channel.child_text("link");
  if (const std::string language = channel.child_text("language"); !language.empty()) site.language = language;
  report_broken_entries(document, context);
  std::size_t number = 0;
  for (const XmlElement& child : channel.children) {
    if (child.name == "item") add_feed_item(rss_item(child, context), ++number, context);
  }
}

void read_atom(const XmlDocument& document, ImportContext& context) {
  const XmlElement& feed = document.root;
  SiteInfo& site = context.site.site;
  site.title = plain_text_from_html(html_of(feed.child("atom:title")));
  site.description = plain_text_from_html(html_of(feed.child("atom:subtitle")));
  site.home_page_url = link_of(feed, "alternate");
  if (const std::string language = feed.attribute("xml:lang"); !language.empty()) site.language = language;
  for (const XmlElement& child : feed.children) {
    if (child.name == "atom:author") site.authors.push_back({author_of(child), child.child_text("atom:uri"), {}});
  }
  report_broken_entries(document, context);
  std::size_t number = 0;
  for (const XmlElement& child : feed.children) {
    if (child.name == "atom:entry") add_feed_item(atom_entry(child, context), ++number, context);
  }
}

}  // namespace octavo
