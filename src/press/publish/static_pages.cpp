// Writes pages.
#include "press/publish/static_pages.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "core/base/url.h"
#include "core/content/html/semantic_tree.h"
#include "core/layout/style/style.h"
#include "core/page/page.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"
#include "press/base/first_error.h"
#include "press/base/gumbo_parser.h"
#include "press/base/parallel.h"
#include "press/base/sha256.h"
#include "press/publish/page_head.h"
#include "press/publish/sitemap.h"

namespace octavo {

namespace {

constexpr std::size_t kBuildIdDigits = 12;

// One page to write.
struct Job {
  enum class Kind : std::uint8_t { List, Post, Page, Archive, NotFound, Shell, Offline, Share } kind = Kind::List;
  std::size_t index = 0;             // Post, Page: among those
  std::uint32_t page = 1;            // List
  const PostGroup* group = nullptr;  // List of a group
};

std::uint32_t page_count(std::size_t rows) {
  return static_cast<std::uint32_t>(std::max<std::size_t>(1, (rows + kPostsPerListPage - 1) / kPostsPerListPage));
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

// A page that its own script fills in; this text is for browsers that do not run it.
Page build_scripted_page(const SiteInfo& site, const std::vector<GroupInfo>& groups, const char* path, std::string_view title,
                         std::string_view text) {
  const Frame frame{site, path, groups};
  Block main = make_section(Role::Main);
  main.children.push_back(make_heading(1, Variant::Body, title));
  main.children.push_back(make_paragraph(Variant::Body, text));
  return build_framed_page(frame, title, {}, std::move(main));
}

class PageWriter {
 public:
  PageWriter(const SitePages& pages, OutputFolder& output) : pages_(pages), output_(output) {
    for (const PostGroup& group : pages.groups) groups_.push_back(group.info);
    if (pages.cache == nullptr) return;
    IndexFile index;
    index.site = pages.site;
    index.groups = groups_;
    shared_ = hex_digits(BuildCache::key("shared", {write_index_file(index), frame()}), kWholeHashDigits);
  }

  std::vector<Job> jobs() const {
    std::vector<Job> jobs;
    for (std::size_t i = 0; i < pages_.posts.size(); ++i) jobs.push_back({Job::Kind::Post, i, 1, nullptr});
    for (std::size_t i = 0; i < pages_.pages.size(); ++i) jobs.push_back({Job::Kind::Page, i, 1, nullptr});
    for (std::uint32_t page = 1; page <= page_count(pages_.posts.size()); ++page) {
      jobs.push_back({Job::Kind::List, 0, page, nullptr});
    }
    for (const PostGroup& group : pages_.groups) {
      for (std::uint32_t page = 1; page <= page_count(group.posts.size()); ++page) {
        jobs.push_back({Job::Kind::List, 0, page, &group});
      }
    }
    jobs.push_back({Job::Kind::Archive, 0, 1, nullptr});
    jobs.push_back({Job::Kind::NotFound, 0, 1, nullptr});
    if (pages_.reader_files.has_reader) {
      jobs.push_back({Job::Kind::Shell, 0, 1, nullptr});
    }
    jobs.push_back({Job::Kind::Offline, 0, 1, nullptr});
    if (has_share_page(pages_)) jobs.push_back({Job::Kind::Share, 0, 1, nullptr});
    return jobs;
  }

  // Every page that may be found.
  std::vector<SitemapEntry> sitemap_entries() const {
    std::vector<SitemapEntry> entries;
    for (const Job& job : jobs()) {
      if (job.kind == Job::Kind::Post || job.kind == Job::Kind::Page) {
        const PostSummary& post = post_of(job).summary;
        entries.push_back({post_path(post.slug), post.modified ? post.modified : post.published});
      } else if (job.kind == Job::Kind::List) {
        entries.push_back({list_job_path(job, job.page), {}});
      } else if (job.kind == Job::Kind::Archive) {
        entries.push_back({std::string(kArchivePath), {}});
      }
    }
    return entries;
  }

  Status write(const Job& job, HtmlParser& html_parser) {
    switch (job.kind) {
      case Job::Kind::Post:
      case Job::Kind::Page:
        return write_post_page(post_of(job), html_parser);
      case Job::Kind::List:
        return write_list(job);
      case Job::Kind::Archive:
        return write_archive();
      case Job::Kind::NotFound:
        return write_not_found();
      case Job::Kind::Shell:
        return write_shell();
      case Job::Kind::Offline:
        return write_scripted_page(kOfflinePath, Strings::kOffline, Strings::kNothingSaved);
      case Job::Kind::Share:
        return write_scripted_page(kSharePath, Strings::kShare, Strings::kShareNeedsScript);
    }
    return Unit{};
  }

  // A page with only what all pages have.
  std::string frame() const {
    const Page page = build_list_page(pages_.site, {}, 0, Route(), nullptr, groups_);
    TemplateValues values = values_of(page, "");
    values.content = write_html(build_semantic_tree(page.document));
    return fill_template(pages_.reader_files.page_template, values);
  }

 private:
  const Post& post_of(const Job& job) const {
    return job.kind == Job::Kind::Page ? pages_.pages[job.index] : pages_.posts[job.index];
  }

  static std::string list_job_path(const Job& job, std::uint32_t page) {
    return job.group == nullptr ? list_path(page) : group_path(job.group->info.kind, job.group->info.slug, page);
  }

  Status write_archive() {
    const Page page = build_archive_page(pages_.site, groups_);
    const std::string root = relative_path(page.path, "");
    TemplateValues values = values_of(page, root);
    values.head = build_page_head({.site = pages_.site, .page = page, .root = root});
    return write_page(page, "archive/index.html", values);
  }

  // A post's page is made from its file in the bundle and from what all pages share: the reader makes the same page from these.
  Status write_post_page(const Post& post, HtmlParser& html_parser) {
    const std::string file = "posts/" + post.summary.slug + "/index.html";
    const FileReference& body = post.summary.body;
    const Sha256 key = BuildCache::key("post page", {shared_, body.url, body.integrity});
    if (pages_.cache != nullptr) {
      const std::optional<std::string> known = pages_.cache->find(key);
      if (known && output_.keep(file, hash_from_hex(*known))) return Unit{};
    }
    if (Status status = make_post_page(post, file, html_parser); !status) return status;
    if (pages_.cache != nullptr) pages_.cache->store(key, hex_digits(output_.hash_of(file), kWholeHashDigits));
    return Unit{};
  }

  Status make_post_page(const Post& post, const std::string& file, HtmlParser& html_parser) {
    const Page page = build_post_page(pages_.site, groups_, post, &html_parser, {});
    const std::string root = relative_path(page.path, "");
    TemplateValues values = values_of(page, root);
    values.head = build_page_head({.site = pages_.site, .page = page, .root = root, .post = &post.summary});
    values.texts["post"] = post.summary.body.url;
    values.texts["integrity"] = post.summary.body.integrity;
    return write_page(page, file, values);
  }

  Status write_list(const Job& job) {
    const std::size_t total = job.group == nullptr ? pages_.posts.size() : job.group->posts.size();
    const std::size_t begin = (job.page - 1) * kPostsPerListPage;
    const std::size_t end = std::min(begin + kPostsPerListPage, total);
    std::vector<PostSummary> rows;
    for (std::size_t i = begin; i < end; ++i) {
      rows.push_back(pages_.posts[job.group == nullptr ? i : job.group->posts[i]].summary);
    }
    const Route route = parse_route(list_job_path(job, job.page));
    std::string folder;
    if (job.group != nullptr) folder = std::string(group_folder(job.group->info.kind)) + "/" + job.group->info.slug + "/";
    if (job.page > 1) folder += "page/" + std::to_string(job.page) + "/";
    const Page page = build_list_page(pages_.site, rows, static_cast<std::uint32_t>(total), route,
                                      job.group == nullptr ? nullptr : &job.group->info, groups_);
    const std::string root = relative_path(page.path, "");
    TemplateValues values = values_of(page, root);
    PageHead head{.site = pages_.site, .page = page, .root = root};
    if (job.group != nullptr && job.group->info.kind != GroupInfo::Kind::Tag)
      head.trail.emplace_back(Strings::kArchive, kArchivePath);
    const auto reference_to = [&](std::uint32_t number) { return relative_path(page.path, list_job_path(job, number)); };
    if (job.page > 1) head.previous = reference_to(job.page - 1);
    if (job.page < page_count(total)) head.next = reference_to(job.page + 1);
    values.head = build_page_head(head);
    return write_page(page, folder + "index.html", values);
  }

  // A host shows this page at any address, at any depth, so it is the one page whose addresses begin at the host's root. A site
  // below a path needs home_page_url for it to find its style.
  Status write_not_found() {
    Page page = build_not_found_page(pages_.site, kNotFoundPath);
    const std::string root = root_on_host(pages_.site);
    prefix_addresses(page.document.root, root);
    TemplateValues values = values_of(page, root);
    values.head = build_unindexed_head({.site = pages_.site, .page = page, .root = root});
    return write_page(page, kNotFoundPath, values);
  }

  // Shown by the service worker at an address whose page is not on the device, until the reader has drawn it.
  Status write_shell() {
    Page page = build_loading_page(pages_.site, "");
    prefix_addresses(page.document.root, kShellRoot);
    TemplateValues values = values_of(page, kShellRoot);
    values.head = build_unindexed_head({.site = pages_.site, .page = page, .root = kShellRoot});
    values.texts["shell"] = "true";
    return write_page(page, kShellPath, values);
  }

  // Without the reader.
  Status write_scripted_page(const char* path, std::string_view title, std::string_view text) {
    const Page page = build_scripted_page(pages_.site, groups_, path, title, text);
    TemplateValues values = values_of(page, "");
    values.head = build_unindexed_head({.site = pages_.site, .page = page, .root = "./"});
    values.texts["script"] = values.texts["root"] + pages_.files.offline_page.url;
    return write_page(page, path, values);
  }

  TemplateValues values_of(const Page& page, const std::string& root) const {
    TemplateValues values = example_template_values();
    auto& texts = values.texts;
    texts["lang"] = texts["language"] = page.language;
    texts["dir"] = texts["direction"] = page.direction;
    texts["title"] = page.title;
    texts["site_title"] = pages_.site.title;
    texts["description"] = page.description.empty() ? page.title : page.description;
    texts["root"] = root.empty() ? "./" : root;
    texts["path"] = page.path;
    texts["style"] = texts["root"] + pages_.files.style.url;
    texts["script"] = texts["root"] + pages_.files.script.url;
    texts["early"] = texts["root"] + pages_.files.early.url;
    // The reader asks for these itself, below the site's root.
    texts["wasm"] = pages_.files.wasm.url;
    texts["background_tasks"] = pages_.files.background_tasks.url;
    texts["build_id"] = pages_.build_id;
    texts["conversation"] = pages_.files.conversation.url;
    texts["conversation_wasm"] = pages_.files.conversation_wasm.url;
    texts["bundle"] = std::string(kManifestFileName);
    texts["policy"] = pages_.policy;
    texts["generator"] = kGenerator;
    texts["theme"] = theme_name(pages_.site.theme);
    texts["theme_color_light"] = theme_color(ThemeKind::Light);
    texts["theme_color_dark"] = theme_color(ThemeKind::Dark);
    return values;
  }

  Status write_page(const Page& page, const std::string& file, TemplateValues values) {
    values.content = write_html(build_semantic_tree(page.document));
    return output_.write(file, fill_template(pages_.reader_files.page_template, values));
  }

  const SitePages& pages_;
  OutputFolder& output_;
  std::vector<GroupInfo> groups_;
  std::string shared_;  // hash of everything that all pages of posts share
};

}  // namespace

bool has_share_page(const SitePages& pages) {
  return pages.reader_files.has_reader && !pages.site.comments.endpoint.empty();
}

std::string theme_color(ThemeKind theme) {
  const Color color = palette(theme)[ColorRole::Page];
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%06X", static_cast<unsigned>(color >> 8));
  return text.data();
}

TemplateValues example_template_values() {
  TemplateValues values;
  for (const char* name : {"lang",
                           "language",
                           "dir",
                           "direction",
                           "title",
                           "site_title",
                           "description",
                           "root",
                           "path",
                           "style",
                           "script",
                           "early",
                           "wasm",
                           "background_tasks",
                           "conversation",
                           "conversation_wasm",
                           "bundle",
                           "build_id",
                           "post",
                           "integrity",
                           "policy",
                           "shell",
                           "theme",
                           "theme_color_light",
                           "theme_color_dark",
                           "generator"}) {
    values.texts[name];
  }
  return values;
}

std::string site_build_id(const SitePages& pages, OutputFolder& output) {
  return hex_digits(sha256(PageWriter(pages, output).frame()), kBuildIdDigits);
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
  if (Status status = first_error.status(); !status) return status;
  return write_sitemap(pages.site, writer.sitemap_entries(), output);
}

}  // namespace octavo
