// Builds a site, step by step.
#include "press/publish/build_site.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "press/base/parallel.h"
#include "press/output/output_folder.h"
#include "press/output/precompress.h"
#include "press/prepare/asset_publisher.h"
#include "press/prepare/link_index.h"
#include "press/prepare/resolved_post.h"
#include "press/publish/bundle_files.h"
#include "press/publish/feeds.h"
#include "press/publish/former_post.h"
#include "press/publish/hosting_config.h"
#include "press/publish/reader_files.h"
#include "press/publish/redirects.h"
#include "press/publish/related_posts.h"
#include "press/publish/release_list.h"
#include "press/publish/screenshots.h"
#include "press/publish/static_files.h"
#include "press/publish/static_pages.h"
#include "press/publish/web_manifest.h"
#include "press/source/comment_thread.h"
#include "press/source/post_address.h"
#include "press/source/site_source.h"

namespace octavo {

namespace {

// The posts ready to be written, and how many of each kind there are.
struct PreparedSite {
  std::vector<Post> posts;
  std::vector<Post> pages;
  PostCounts counts;
  std::set<std::string> image_hosts;
  std::vector<Redirect> redirects;
  std::vector<Screenshot> screenshots;

  void add(ResolvedPost&& post) {
    posts.push_back(std::move(post.post));
    image_hosts.merge(post.image_hosts);
  }
};

enum class Extent : std::uint8_t { Published, All };

using FormerPosts = std::map<std::size_t, Post>;  // by the number of the source

// A file that is broken now does not take its page away.
FormerPosts keep_former_posts(std::vector<PostSource>& sources, PostSelection& selection, OutputFolder& output) {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (selection.is_published[i]) taken.insert(ascii_lowercase(sources[i].slug));
  }
  FormerPosts former;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    PostSource& source = sources[i];
    if (source.is_usable) continue;
    if (source.slug.empty()) source.slug = dated_name(source.relative).name;
    if (!is_usable_slug(source.slug) || !taken.insert(ascii_lowercase(source.slug)).second) continue;
    std::optional<Post> post = keep_former_post(source.slug, output);
    if (!post) continue;
    source.diagnostics.warn(
        source.file, 0, 0,
        "The page that was published of it before stays as it is until this is mended; to withdraw it, delete the "
        "file or mark it as a draft.");
    former.emplace(i, std::move(*post));
    selection.is_published[i] = true;
    --selection.counts.left_out;
    ++selection.counts.kept;
  }
  return former;
}

// Feed items have no front matter; only their dates and addresses decide.
PreparedSite prepare_feed(SiteSource& source, const std::string& file, DateTime now, Diagnostics& diagnostics,
                          Progress& progress) {
  PreparedSite prepared;
  std::set<std::string> slugs;
  for (Post& post : source.feed_posts) {
    const std::string& slug = post.summary.slug;
    if (post.summary.published && *post.summary.published > now) {
      ++prepared.counts.future;
    } else if (!is_usable_slug(slug) || !slugs.insert(ascii_lowercase(slug)).second) {
      diagnostics.error(file, 0, 0, "The item \"" + slug + "\" is left out: its address is taken or invalid.");
      ++prepared.counts.left_out;
    } else {
      prepared.posts.push_back(std::move(post));
    }
  }
  prepared.counts.published = prepared.posts.size();
  std::vector<ResolvedPost> completed(prepared.posts.size());
  progress.begin("Preparing", prepared.posts.size());
  for_each_in_parallel(
      prepared.posts.size(), [] { return PostTools(); },
      [&](PostTools& tools, std::size_t i) {
        completed[i] = complete_feed_post(std::move(prepared.posts[i]), tools);
        progress.step();
      });
  prepared.posts.clear();
  for (ResolvedPost& post : completed) prepared.add(std::move(post));
  return prepared;
}

// The diagnostics are ordered by file, whichever thread reported them.
PreparedSite prepare_folder(const SiteSource& source, const PostSelection& selection, FormerPosts former, Extent extent,
                            AssetPublisher& media, BuildCache& cache, Diagnostics& diagnostics, Progress& progress) {
  const LinkIndex link_index(source.posts, selection.is_published);
  const ResolveContext context{*source.folder, link_index,  media,
                               cache,          source.site, extent == Extent::All ? Thoroughness::Check : Thoroughness::Build};
  std::vector<ResolvedPost> posts(source.posts.size());
  std::vector<Diagnostics> found(source.posts.size());
  progress.begin("Preparing", source.posts.size());
  for_each_in_parallel(
      source.posts.size(), [] { return PostTools(); },
      [&](PostTools& tools, std::size_t i) {
        const auto kept = former.find(i);
        if (kept != former.end()) posts[i] = complete_feed_post(std::move(kept->second), tools);
        const bool is_wanted =
            kept == former.end() && (selection.is_published[i] || (extent == Extent::All && source.posts[i].is_usable));
        if (is_wanted) posts[i] = resolve_post(source.posts[i], context, tools, found[i]);
        progress.step();
      });
  PreparedSite prepared;
  prepared.counts = selection.counts;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    diagnostics.append(source.posts[i].diagnostics);
    diagnostics.append(found[i]);
    if (!selection.is_published[i]) continue;
    prepared.add(std::move(posts[i]));
    for (Redirect& old : redirects(source.posts[i])) prepared.redirects.push_back(std::move(old));
  }
  return prepared;
}

// Without an output nothing is kept of an earlier one.
PreparedSite prepare_site(SiteSource& source, const BuildOptions& options, Extent extent, OutputFolder* output,
                          AssetPublisher& media, BuildCache& cache, Diagnostics& diagnostics, Progress& progress) {
  const std::string shown = options.site.lexically_normal().generic_string();
  PreparedSite prepared;
  if (source.folder) {
    PostSelection selection = select_posts(source.posts, options.now, options.drafts, diagnostics);
    FormerPosts former;
    if (output != nullptr) former = keep_former_posts(source.posts, selection, *output);
    prepared = prepare_folder(source, selection, std::move(former), extent, media, cache, diagnostics, progress);
  } else {
    prepared = prepare_feed(source, shown, options.now, diagnostics, progress);
  }
  const auto first_page =
      std::stable_partition(prepared.posts.begin(), prepared.posts.end(), [](const Post& post) { return !post.is_page; });
  std::move(first_page, prepared.posts.end(), std::back_inserter(prepared.pages));
  prepared.posts.erase(first_page, prepared.posts.end());
  sort_posts(prepared.posts);
  sort_posts(prepared.pages);
  link_neighbors(prepared.posts);
  if (source.folder) {
    const std::string settings = (options.site / kSettingsFileName).lexically_normal().generic_string();
    warn_of_closed_posts(prepared.posts, source.site, settings, diagnostics);
  }
  prepared.screenshots = publish_screenshots(source.site.screenshots, options.site, media, diagnostics);
  media.report(diagnostics);
  if (prepared.posts.empty()) diagnostics.warn(shown, 0, 0, "The site has no posts to publish.");
  return prepared;
}

Status write_site(const SiteSettings& site, PreparedSite& prepared, const ReaderFiles& reader_files,
                  const std::filesystem::path& hyphenation_folder, BuildCache& cache, OutputFolder& output,
                  Diagnostics& diagnostics, Progress& progress) {
  std::vector<Post>& posts = prepared.posts;
  PolicySources policy{site.comments.endpoint, std::move(prepared.image_hosts)};
  policy.image_hosts.insert(site.image_hosts.begin(), site.image_hosts.end());
  for (const Author& author : site.authors) policy.image_hosts.insert(origin_of(author.avatar));
  policy.image_hosts.erase("");
  std::vector<PostGroup> groups = group_posts(site, posts);
  number_series(posts, groups);
  relate_posts(posts, groups);
  Result<std::vector<HyphenationFile>> hyphenation = write_hyphenation(site, posts, hyphenation_folder, output, diagnostics);
  if (!hyphenation) return hyphenation.error();
  Result<BundleManifest> manifest = write_bundle(site, kGenerator, posts, prepared.pages, groups, *hyphenation, output, progress);
  if (!manifest) return manifest.error();
  Result<PublishedReaderFiles> files = publish_reader_files(reader_files, output);
  if (!files) return files.error();
  SitePages pages{
      site, posts, prepared.pages, groups, reader_files, *files, content_security_policy(policy, PolicyDelivery::Meta), {}};
  pages.build_id = site_build_id(pages, output);
  pages.cache = &cache;
  if (Status status = write_static_pages(pages, output, progress); !status) return status;
  if (reader_files.has_reader) {
    if (Status status = output.write(kWebManifestPath, build_web_manifest(site, reader_files, prepared.screenshots)); !status)
      return status;
  }
  if (Status status = write_release(pages, *hyphenation, std::move(*manifest), output); !status) return status;
  const Feeds feeds = build_feeds(site, kGenerator, posts);
  if (Status status = output.write("feed.json", feeds.json); !status) return status;
  if (Status status = output.write("feed.xml", feeds.atom); !status) return status;
  if (Status status = write_redirects(prepared.redirects, output, diagnostics); !status) return status;
  return write_hosting_config(policy, output);
}

}  // namespace

Result<PostCounts> build_site(const BuildOptions& options, Diagnostics& diagnostics, Progress& progress) {
  Result<SiteSource> source = load_site_source(options.site, diagnostics, progress);
  if (!source) return source.error();
  Result<ReaderFiles> reader_files = load_reader_files(options.reader_files, diagnostics);
  if (!reader_files) return reader_files.error();
  if (options.worker == ServiceWorker::Kill) kill_service_worker(*reader_files);
  if (reader_files->has_reader)
    check_template(reader_files->page_template, reader_files->template_file, example_template_values(), diagnostics);
  Result<OutputFolder> output = OutputFolder::open(options.output);
  if (!output) return output.error();
  BuildCache cache = options.cache.empty() ? BuildCache() : BuildCache::load(options.cache);
  // First, so that the site writes no robots.txt of its own where there is one.
  if (source->folder) {
    if (Status status = write_static_files(options.site / kStaticFolderName, *output, diagnostics); !status)
      return status.error();
  }
  AssetPublisher media(&*output, cache);
  PreparedSite prepared = prepare_site(*source, options, Extent::Published, &*output, media, cache, diagnostics, progress);
  if (Status status =
          write_site(source->site, prepared, *reader_files, options.hyphenation, cache, *output, diagnostics, progress);
      !status)
    return status.error();
  if (options.compression == Compression::Beside) {
    if (Status status = write_compressed(*output, progress); !status) return status.error();
  }
  if (Status status = output->commit(); !status) return status.error();
  cache.save();
  return prepared.counts;
}

Result<PostCounts> check_site(const std::filesystem::path& site, DateTime now, Diagnostics& diagnostics, Progress& progress) {
  Result<SiteSource> source = load_site_source(site, diagnostics, progress);
  if (!source) return source.error();
  BuildCache cache;
  AssetPublisher media(nullptr, cache);
  BuildOptions options;
  options.site = site;
  options.now = now;
  const PreparedSite prepared = prepare_site(*source, options, Extent::All, nullptr, media, cache, diagnostics, progress);
  return prepared.counts;
}

std::string summary_text(const PostCounts& counts) {
  std::string text = std::to_string(counts.published) + (counts.published == 1 ? " post" : " posts") + " published, ";
  text += std::to_string(counts.drafts) + (counts.drafts == 1 ? " draft, " : " drafts, ");
  text += std::to_string(counts.future) + " future, " + std::to_string(counts.expired) + " expired withheld";
  if (counts.kept > 0) text += ", " + std::to_string(counts.kept) + " kept as they were because of problems";
  if (counts.left_out > 0) text += ", " + std::to_string(counts.left_out) + " left out because of problems";
  if (counts.next_due) {
    text += "\nNext due: " + format_rfc3339(counts.next_due->at) + ", " + counts.next_due->file +
            (counts.next_due->appears ? " appears" : " expires") + "; build again then.";
  }
  return text;
}

}  // namespace octavo
