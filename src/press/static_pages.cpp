// Writing pages.
#include "press/static_pages.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "core/base/url.h"
#include "core/content/semantic_tree.h"
#include "core/layout/style.h"
#include "core/reader/page.h"
#include "press/first_error.h"
#include "press/gumbo_parser.h"
#include "press/parallel.h"

namespace octavo {

namespace {

constexpr std::size_t kPostsInFeed = 20;
constexpr const char* kNotFoundPath = "404.html";

// One page to write.
struct Job {
  enum class Kind : std::uint8_t { List, Post, NotFound } kind = Kind::List;
  std::size_t index = 0;            // Post: among the posts
  std::uint32_t page = 1;           // List
  const TagGroup* group = nullptr;  // List of a tag
};

std::uint32_t page_count(std::size_t rows) {
  return static_cast<std::uint32_t>(std::max<std::size_t>(1, (rows + kPostsPerListPage - 1) / kPostsPerListPage));
}

std::string css_color(Color color) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%06X", static_cast<unsigned>(color >> 8));
  return text.data();
}

// The path of the site on its host, "/blog/", from "https://example.org/blog/"; "/" when the owner did not say.
std::string root_on_host(const SiteInfo& site) {
  const std::size_t host = site.home_page_url.find("://");
  if (host == std::string::npos) return "/";
  const std::size_t path = site.home_page_url.find('/', host + 3);
  std::string root =
      path == std::string::npos ? "/" : site.home_page_url.substr(path, site.home_page_url.find_first_of("?#", path) - path);
  return root.ends_with('/') ? root : root + '/';
}

// Relative addresses made absolute below `root`.
void prefix_addresses(Block& block, const std::string& root) {
  for (Span& span : block.inlines.spans) {
    const bool is_address = span.kind == InlineKind::Link || span.kind == InlineKind::Image;
    if (is_address && is_relative_url(span.url) && !span.url.starts_with('#') && !span.url.starts_with('/')) {
      span.url = root + resolve_path("", span.url);
    }
  }
  for (Block& child : block.children) prefix_addresses(child, root);
}

class PageWriter {
 public:
  PageWriter(const SitePages& pages, OutputFolder& output) : pages_(pages), output_(output) {
    for (const TagGroup& group : pages.groups) tags_.push_back(group.tag);
  }

  std::vector<Job> jobs() const {
    std::vector<Job> jobs;
    for (std::size_t i = 0; i < pages_.posts.size(); ++i) jobs.push_back({Job::Kind::Post, i, 1, nullptr});
    for (std::uint32_t page = 1; page <= page_count(pages_.posts.size()); ++page) {
      jobs.push_back({Job::Kind::List, 0, page, nullptr});
    }
    for (const TagGroup& group : pages_.groups) {
      for (std::uint32_t page = 1; page <= page_count(group.posts.size()); ++page) {
        jobs.push_back({Job::Kind::List, 0, page, &group});
      }
    }
    jobs.push_back({Job::Kind::NotFound, 0, 1, nullptr});
    return jobs;
  }

  Status write(const Job& job, HtmlParser& html_parser) {
    switch (job.kind) {
      case Job::Kind::Post:
        return write_post_page(pages_.posts[job.index], html_parser);
      case Job::Kind::List:
        return write_list(job);
      case Job::Kind::NotFound:
        return write_not_found();
    }
    return Nothing{};
  }

 private:
  Status write_post_page(const Post& post, HtmlParser& html_parser) {
    const Page page = build_post_page(pages_.site, tags_, post, &html_parser, {});
    TemplateValues values = values_of(page, relative_path(page.path, ""));
    values.texts["post"] = post.summary.body.url;
    values.texts["integrity"] = post.summary.body.integrity;
    return write_page(page, "posts/" + post.summary.slug + "/index.html", values);
  }

  Status write_list(const Job& job) {
    const std::size_t total = job.group == nullptr ? pages_.posts.size() : job.group->posts.size();
    const std::size_t begin = (job.page - 1) * kPostsPerListPage;
    const std::size_t end = std::min(begin + kPostsPerListPage, total);
    std::vector<PostSummary> rows;
    for (std::size_t i = begin; i < end; ++i) {
      rows.push_back(pages_.posts[job.group == nullptr ? i : job.group->posts[i]].summary);
    }
    Route route;
    route.page = job.page;
    std::string folder;
    if (job.group != nullptr) {
      route.kind = Route::Kind::Tag;
      route.slug = job.group->tag.slug;
      folder = "tags/" + job.group->tag.slug + "/";
    }
    if (job.page > 1) folder += "page/" + std::to_string(job.page) + "/";
    const Page page = build_list_page(pages_.site, rows, static_cast<std::uint32_t>(total), route,
                                      job.group == nullptr ? nullptr : &job.group->tag, tags_);
    return write_page(page, folder + "index.html", values_of(page, relative_path(page.path, "")));
  }

  // A host shows this page at any address, at any depth, so it is the one page whose addresses begin at the host's root. A site
  // below a path needs home_page_url for it to find its style.
  Status write_not_found() {
    Page page = build_not_found_page(pages_.site, kNotFoundPath);
    const std::string root = root_on_host(pages_.site);
    prefix_addresses(page.document.root, root);
    TemplateValues values = values_of(page, root);
    values.canonical.clear();
    return write_page(page, kNotFoundPath, values);
  }

  TemplateValues values_of(const Page& page, const std::string& root) const {
    TemplateValues values = example_template_values();
    auto& texts = values.texts;
    texts["lang"] = texts["language"] = page.language;
    texts["dir"] = texts["direction"] = page.direction;
    texts["title"] = page.title;
    texts["site_title"] = pages_.site.title;
    texts["description"] = page.description;
    texts["root"] = root.empty() ? "./" : root;
    texts["path"] = page.path;
    texts["style"] = texts["root"] + pages_.files.style.url;
    texts["script"] = texts["root"] + pages_.files.script.url;
    // The reader asks for these itself, below the site's root.
    texts["wasm"] = pages_.files.wasm.url;
    texts["bundle"] = std::string(kManifestFileName);
    texts["theme"] = pages_.site.theme;
    texts["theme_color_light"] = css_color(palette(ThemeKind::Light)[ColorRole::Page]);
    texts["theme_color_dark"] = css_color(palette(ThemeKind::Dark)[ColorRole::Page]);
    if (!pages_.site.home_page_url.empty()) {
      values.canonical = "<link rel=\"canonical\" href=\"" + escape_html(pages_.site.home_page_url + page.path) + "\">";
    }
    return values;
  }

  Status write_page(const Page& page, const std::string& file, TemplateValues values) {
    values.content = write_html(build_semantic_tree(page.document));
    return output_.write(file, fill_template(pages_.viewer.page_template, values));
  }

  const SitePages& pages_;
  OutputFolder& output_;
  std::vector<TagInfo> tags_;
};

// A feed is read elsewhere: addresses in it start at the site's home, or at the site's root where that is not known.
void resolve_addresses(Element& element, const SiteInfo& site, const std::string& path) {
  for (auto& [name, value] : element.attributes) {
    if ((name == "href" || name == "src") && is_relative_url(value)) value = site.home_page_url + resolve_path(path, value);
  }
  for (Element& child : element.children) resolve_addresses(child, site, path);
}

}  // namespace

TemplateValues example_template_values() {
  TemplateValues values;
  for (const char* name : {"lang", "language", "dir", "direction", "title", "site_title", "description", "root", "path", "style",
                           "script", "wasm", "bundle", "post", "integrity", "theme", "theme_color_light", "theme_color_dark"}) {
    values.texts[name];
  }
  return values;
}

Status write_static_pages(const SitePages& pages, OutputFolder& output, Progress& progress) {
  PageWriter writer(pages, output);
  const std::vector<Job> jobs = writer.jobs();
  FirstError first_error;
  progress.begin("Writing pages", jobs.size());
  for_each_in_parallel(
      jobs.size(), [] { return GumboParser(); },
      [&](GumboParser& html_parser, std::size_t i) {
        if (Status status = writer.write(jobs[i], html_parser); !status) first_error.add(i, status.error());
        progress.step();
      });
  return first_error.status();
}

std::string build_feed(const SiteInfo& site, const std::vector<Post>& posts) {
  GumboParser html_parser;
  const std::size_t count = std::min(posts.size(), kPostsInFeed);
  const std::vector<Post> newest(posts.begin(), posts.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::string> html;
  for (const Post& post : newest) {
    Document content = build_post_content(post, &html_parser);
    number_blocks(content);
    Element tree = build_semantic_tree(content);
    resolve_addresses(tree, site, post_path(post.summary.slug));
    html.push_back(write_inner_html(tree));
  }
  return write_json_feed(site, newest, html);
}

}  // namespace octavo
