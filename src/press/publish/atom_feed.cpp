// Atom (RFC 4287).
#include <algorithm>
#include <string_view>

#include "core/base/assert.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/page/page_frame.h"
#include "press/base/sha256.h"
#include "press/base/xml_text.h"
#include "press/publish/feeds.h"

namespace octavo {

namespace {

constexpr std::string_view kNamespace = "http://www.w3.org/2005/Atom";
// Atom requires an instant even where a site has none.
constexpr DateTime kUnknownInstant{};

void append_element(std::string& out, std::string_view name, std::string_view text) {
  ((out += '<') += name) += '>';
  out += xml_text(text);
  ((out += "</") += name) += ">\n";
}

void append_link(std::string& out, std::string_view rel, std::string_view type, std::string_view href) {
  ((out += "<link rel=\"") += rel) += "\" type=\"";
  (out += type) += "\" href=\"";
  (out += xml_text(href)) += "\"/>\n";
}

// RFC 9562, version 8: a hash in the form of a UUID, with the bits that say so.
std::string name_based_urn(std::string_view name) {
  std::string digits = hex_digits(sha256(name), 32);
  digits[12] = '8';
  digits[16] = "89ab"[digits[16] & 3];
  for (const std::size_t dash : {20, 16, 12, 8}) digits.insert(dash, "-");
  return "urn:uuid:" + digits;
}

DateTime last_change(const PostSummary& post) {
  const DateTime published = post.published.value_or(kUnknownInstant);
  return post.modified ? std::max(*post.modified, published) : published;
}

class AtomWriter {
 public:
  explicit AtomWriter(const SiteInfo& site) : site_(site) {}

  std::string write(const std::string& generator, const std::vector<Post>& posts, const std::vector<std::string>& html) {
    const std::string language = clean_language(site_.language);
    ((out_ += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"") += kNamespace) += '"';
    open_with_language(language);
    append_element(out_, "id", has_home() ? absolute_url(site_, "") : name_based_urn("octavo site " + site_.title));
    append_element(out_, "title", clean_text(site_.title));
    if (const std::string subtitle = clean_text(site_.description); !subtitle.empty()) append_element(out_, "subtitle", subtitle);
    DateTime updated = kUnknownInstant;
    for (const Post& post : posts) updated = std::max(updated, last_change(post.summary));
    append_element(out_, "updated", format_rfc3339(updated));
    if (has_home()) append_link(out_, "self", "application/atom+xml", absolute_url(site_, "feed.xml"));
    append_link(out_, "alternate", "text/html", has_home() ? absolute_url(site_, "") : "./");
    append_element(out_, "generator", generator);
    write_site_authors();
    for (std::size_t i = 0; i < posts.size(); ++i) write_entry(posts[i], html[i]);
    out_ += "</feed>\n";
    return std::move(out_);
  }

 private:
  bool has_home() const { return !site_.home_page_url.empty(); }

  void open_with_language(const std::string& language) {
    if (!language.empty()) (out_ += " xml:lang=\"") += language + '"';
    out_ += ">\n";
  }

  void write_author(const std::string& name, const std::string& url) {
    out_ += "<author>\n";
    append_element(out_, "name", name);
    if (!url.empty() && !is_relative_url(url) && is_allowed_url(url, UrlUse::Image)) append_element(out_, "uri", url);
    out_ += "</author>\n";
  }

  // A feed needs an author unless every entry has one.
  void write_site_authors() {
    bool has_author = false;
    for (const Author& author : site_.authors) {
      const std::string name = clean_text(author.name);
      if (name.empty()) continue;
      write_author(name, author.url);
      has_author = true;
    }
    const std::string title = clean_text(site_.title);
    if (!has_author) write_author(title.empty() ? "Unknown" : title, {});
  }

  // An id that the post had elsewhere stays; Atom requires an absolute address or a URN, and any other id becomes one.
  std::string id_of(const Post& post) const {
    if (post.id.empty()) {
      const std::string& slug = post.summary.slug;
      return has_home() ? absolute_url(site_, post_path(slug)) : name_based_urn("octavo post " + slug);
    }
    const bool is_address = !is_relative_url(post.id) && post.id.find_first_of(" <>\"\\^`{|}") == std::string::npos;
    return is_address ? post.id : name_based_urn("octavo id " + post.id);
  }

  void write_entry(const Post& item, const std::string& html) {
    const PostSummary& post = item.summary;
    const std::string path = post_path(post.slug);
    out_ += "<entry";
    open_with_language(clean_language(post.language));
    append_element(out_, "id", id_of(item));
    append_element(out_, "title", clean_text(post.title));
    append_link(out_, "alternate", "text/html", absolute_url(site_, path));
    if (post.published) append_element(out_, "published", format_rfc3339(*post.published));
    append_element(out_, "updated", format_rfc3339(last_change(post)));
    for (const std::string& author : post.authors) {
      if (const std::string name = clean_text(author); !name.empty()) write_author(name, url_of_author(author));
    }
    for (const std::string& tag : post.tags) {
      if (const std::string term = clean_text(tag); !term.empty()) out_ += "<category term=\"" + xml_text(term) + "\"/>\n";
    }
    if (const std::string summary = clean_text(post.summary); !summary.empty()) append_element(out_, "summary", summary);
    out_ += "<content type=\"html\">" + xml_text_of_html(html) + "</content>\n</entry>\n";
  }

  std::string url_of_author(const std::string& name) const {
    const auto known =
        std::find_if(site_.authors.begin(), site_.authors.end(), [&](const Author& author) { return author.name == name; });
    return known == site_.authors.end() ? std::string() : known->url;
  }

  const SiteInfo& site_;
  std::string out_;
};

}  // namespace

std::string write_atom_feed(const SiteInfo& site, const std::string& generator, const std::vector<Post>& posts,
                            const std::vector<std::string>& html) {
  OCTAVO_ASSERT(posts.size() == html.size());
  return AtomWriter(site).write(generator, posts, html);
}

}  // namespace octavo
