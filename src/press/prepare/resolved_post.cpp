// Prepares a post for the bundle.
#include "press/prepare/resolved_post.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/document/code_tokens.h"
#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/page/page.h"
#include "press/output/build_cache.h"
#include "press/prepare/text_locator.h"
#include "press/source/comment_thread.h"
#include "press/source/prebuilt_comments.h"
#include "press/source/security_policy.h"

namespace octavo {

namespace {

constexpr std::size_t kSummaryCodePoints = 200;

// An address in a post, taken apart: "a%20b.md?x#y".
struct Reference {
  std::string path;    // decoded
  std::string suffix;  // from '?' or '#'
};

Reference parse_reference(std::string_view url) {
  const std::size_t end = std::min(url.find_first_of("?#"), url.size());
  return {decode_percent(url.substr(0, end)), std::string(url.substr(end))};
}

std::string fragment_of(const std::string& suffix) {
  const std::size_t hash = suffix.find('#');
  return hash == std::string::npos ? std::string() : suffix.substr(hash);
}

SourceLocation location_from(const PostSource& source, const std::optional<TextPosition>& position) {
  return position ? SourceLocation{source.first_line + position->line - 1, position->column} : SourceLocation{};
}

class ReferenceResolver {
 public:
  ReferenceResolver(const PostSource& source, const ResolveContext& context, Post& post, Diagnostics& diagnostics)
      : source_(source), context_(context), post_(post), diagnostics_(diagnostics), locator_(source.markdown) {}

  // Depth is bounded by kMaxBlockDepth and kMaxHtmlDepth.
  void resolve_all(const Block& block) {
    for (const Span& span : block.inlines.spans) {
      if (span.kind == InlineKind::Image) resolve_image(span.url);
      if (span.kind == InlineKind::Link) resolve_link(span.url);
    }
    for (const Block& child : block.children) resolve_all(child);
  }

  // The image that represents the post in lists.
  void resolve_lead_image(const std::string& url) {
    if (url.empty()) return;
    given_location_ = source_.front_matter.image_location;
    if (!is_relative_url(url)) {
      if (is_allowed_url(url, UrlUse::Image)) post_.summary.image = ImageInfo{url, {}, 0, 0};
      return;
    }
    post_.summary.image = publish(url, find(parse_reference(url).path));
    if (post_.summary.image) post_.summary.image->variant_count = 0;  // other sites show it and want the original
  }

 private:
  void resolve_image(const std::string& url) {
    if (!is_relative_url(meaning_of(url)) || url.empty() || post_.images.contains(url)) return;
    subject_ = url;
    if (const auto info = publish(url, find(parse_reference(meaning_of(url)).path))) post_.images.emplace(url, *info);
  }

  void resolve_link(const std::string& url) {
    if (!is_relative_url(meaning_of(url)) || url.empty() || url.front() == '#' || url.front() == '?' || post_.links.contains(url))
      return;
    subject_ = url;
    Reference reference = parse_reference(meaning_of(url));
    if (reference.path.starts_with("@/")) reference.path.erase(0, 1);  // Zola: below the content folder
    const FoundFile found = find(reference.path);
    const LinkIndex::Entry entry = post_at(found, reference.path);
    if (entry.state == LinkIndex::State::Published) {
      post_.links.emplace(url, post_path(entry.slug) + fragment_of(reference.suffix));
    } else if (entry.state == LinkIndex::State::Withheld) {
      // Links between withheld posts are fine: only their author reads them before they are published.
      if (context_.link_index.by_file(source_.relative).state == LinkIndex::State::Published) {
        warn("The link \"" + url + "\" leads to a post that is not published.");
      }
    } else if (reference.path == "/") {
      post_.links.emplace(url, fragment_of(reference.suffix));
    } else if (const auto info = publish(url, found)) {
      post_.links.emplace(url, info->url + fragment_of(reference.suffix));
    }
  }

  const std::string& meaning_of(const std::string& url) const {
    const auto& addresses = source_.front_matter.addresses;
    const auto found = addresses.find(url);
    return found == addresses.end() ? url : found->second;
  }

  FoundFile find(const std::string& path) const {
    FoundFile found = context_.folder.find(folder_of(source_.relative), path);
    if (found.state == FoundFile::State::File || found.state == FoundFile::State::Folder) return found;
    // Some authors write the address on the web: a file beside a post is then below the post's address.
    const std::string address = path.starts_with('/') ? path : resolve_path(source_.slug + "/", path);
    const auto post = context_.link_index.by_address(folder_of(address));
    if (post.state != LinkIndex::State::Published) return found;
    FoundFile beside = context_.folder.find(folder_of(post.file), address.substr(folder_of(address).size() + 1));
    return beside.state == FoundFile::State::File ? beside : found;
  }

  LinkIndex::Entry post_at(const FoundFile& found, const std::string& path) const {
    const LinkIndex& link_index = context_.link_index;
    if (found.state == FoundFile::State::File) return link_index.by_file(found.relative);
    if (found.state == FoundFile::State::Folder) {
      const auto entry = link_index.by_file(found.relative + "/index.md");
      if (entry.state != LinkIndex::State::Unknown) return entry;
    }
    // Not a file: perhaps an old or new address of a post on the web.
    if (path.starts_with('/')) return link_index.by_address(path);
    return link_index.by_address(resolve_path(source_.slug + "/", path));
  }

  std::optional<ImageInfo> publish(const std::string& url, const FoundFile& found) {
    if (found.state == FoundFile::State::Refused) {
      problem("\"" + url + "\" leads out of the content folder or to a hidden file; it is not published.");
      return std::nullopt;
    }
    if (found.state != FoundFile::State::File) {
      warn("\"" + url + "\" leads to no file or post of this site.");
      return std::nullopt;
    }
    const Result<ImageInfo> info = context_.media.add(found.path);
    if (info) return *info;
    problem(info.error().message);
    return std::nullopt;
  }

  // Where the text spells the address; the post as a whole when it is spelled with escapes.
  SourceLocation location() { return given_location_ ? *given_location_ : location_from(source_, locator_.find(subject_)); }

  void warn(std::string message) { add(Severity::Warning, std::move(message)); }
  void problem(std::string message) { add(Severity::Error, std::move(message)); }
  void add(Severity severity, std::string message) {
    const SourceLocation place = location();
    diagnostics_.add({severity, source_.file, place.line, place.column, std::move(message)});
  }

  const PostSource& source_;
  const ResolveContext& context_;
  Post& post_;
  Diagnostics& diagnostics_;
  TextLocator locator_;
  std::string subject_;  // the reference that is being looked at
  std::optional<SourceLocation> given_location_;
};

const Block* first_paragraph(const Block& block) {
  if (block.kind == BlockKind::Paragraph && !trimmed(plain_text(block.inlines)).empty()) return &block;
  for (const Block& child : block.children) {
    if (const Block* found = first_paragraph(child)) return found;
  }
  return nullptr;
}

std::string collapse_white_space(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_blank) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

// The diagnostics of Markdown count lines from where the body begins.
void append_shifted(Diagnostics& diagnostics, const Diagnostics& of_body, std::uint32_t first_line) {
  for (Diagnostic diagnostic : of_body.items()) {
    if (diagnostic.line > 0) diagnostic.line += first_line - 1;
    diagnostics.add(std::move(diagnostic));
  }
}

PostSummary summary_from(const PostSource& source) {
  const FrontMatter& front_matter = source.front_matter;
  PostSummary summary;
  summary.slug = source.slug;
  summary.title = source.title;
  summary.summary = front_matter.summary;
  summary.published = source.date;
  summary.modified = front_matter.updated;
  summary.tags = front_matter.tags;
  summary.authors = front_matter.authors;
  summary.language = front_matter.language;
  return summary;
}

void fill_in(PostSummary& summary, const Document& content) {
  if (summary.words == 0) summary.words = count_words(plain_text(content));
  if (summary.summary.empty()) summary.summary = summary_of(content);
}

using PublishedImages = std::map<std::string, ImageInfo>;

void add_image_hosts(const Block& block, const PublishedImages& published, std::set<std::string>& hosts) {
  for (const Span& span : block.inlines.spans) {
    if (span.kind == InlineKind::Image && !published.contains(span.url)) hosts.insert(origin_of(span.url));
  }
  for (const Block& child : block.children) add_image_hosts(child, published, hosts);
}

void add_image_host(const std::string& url, std::set<std::string>& hosts) {
  if (std::string origin = origin_of(url); !origin.empty()) hosts.insert(std::move(origin));  // empty: of the site itself
}

// The hosts of images that the site does not publish itself.
std::set<std::string> image_hosts(const Document& content, const PublishedImages& published) {
  std::set<std::string> hosts;
  add_image_hosts(content.root, published, hosts);
  hosts.erase("");
  return hosts;
}

// What depends on the text alone.
void remember(BuildCache& cache, const Sha256& key, const ResolvedPost& resolved) {
  std::string value;
  pack_text(value, std::to_string(resolved.post.summary.words));
  pack_text(value, resolved.post.summary.summary);
  pack_text(value, std::to_string(resolved.image_hosts.size()));
  for (const std::string& host : resolved.image_hosts) pack_text(value, host);
  for (const std::string& runs : resolved.post.code_runs) pack_text(value, runs);
  cache.store(key, std::move(value));
}

bool recall(BuildCache& cache, const Sha256& key, ResolvedPost& resolved) {
  const std::optional<std::string> value = cache.find(key);
  if (!value) return false;
  std::string_view rest = *value;
  const auto number = [&rest] {
    return static_cast<std::uint32_t>(std::strtoul(unpack_text(rest).value_or("").c_str(), nullptr, 10));
  };
  resolved.post.summary.words = number();
  resolved.post.summary.summary = unpack_text(rest).value_or("");
  for (std::uint32_t hosts = number(); hosts > 0; --hosts) resolved.image_hosts.insert(unpack_text(rest).value_or(""));
  while (!rest.empty()) resolved.post.code_runs.push_back(unpack_text(rest).value_or(""));
  return true;
}

void note_unknown_languages(const PostSource& source, const Document& content, CodeHighlighter& highlighter,
                            Diagnostics& diagnostics) {
  std::set<std::string> noted;
  TextLocator locator(source.markdown);
  for (const Block* block : code_blocks(content)) {
    if (highlighter.knows(block->info) || !noted.insert(block->info).second) continue;
    const SourceLocation location = location_from(source, locator.find(block->info));
    diagnostics.note(source.file, location.line, location.column,
                     "The language \"" + block->info + "\" is not known; the code stays in one color.");
  }
}

}  // namespace

std::string summary_of(const Document& content) {
  const Block* paragraph = first_paragraph(content.root);
  if (paragraph == nullptr) return {};
  const std::string text = collapse_white_space(plain_text(paragraph->inlines, NoteText::LeaveOut));
  std::size_t word_end = 0;
  std::size_t code_points = 0;
  std::size_t offset = 0;
  for (; offset < text.size() && code_points < kSummaryCodePoints; ++code_points) {
    if (text[offset] == ' ') word_end = offset;
    offset += decode_utf8(text, offset).length;
  }
  if (offset >= text.size()) return text;
  // Scripts without blanks are cut between any two characters.
  return text.substr(0, text[offset] == ' ' || word_end == 0 ? offset : word_end) + "\xE2\x80\xA6";
}

ResolvedPost resolve_post(const PostSource& source, const ResolveContext& context, PostTools& tools, Diagnostics& diagnostics) {
  ResolvedPost resolved;
  Post& post = resolved.post;
  post.summary = summary_from(source);
  post.markdown = source.markdown;
  post.id = source.front_matter.id;
  post.is_page = source.front_matter.is_page;
  // The part number depends on the other posts.
  if (!source.front_matter.series.empty() && !post.is_page) post.series = SeriesPart{source.front_matter.series, {}, 0, 0};
  post.comments = source.comments;
  sanitize_comments(post.comments, tools.html_parser);
  if (!post.is_page) post.thread = comment_thread(source, context.site, diagnostics);
  std::string addresses;
  for (const auto& [spelling, target] : source.front_matter.addresses) {
    pack_text(addresses, spelling);
    pack_text(addresses, target);
  }
  const Sha256 key = BuildCache::key("post", {source.markdown, source.front_matter.summary, addresses});
  ReferenceResolver resolver(source, context, post, diagnostics);
  const bool is_known = context.thoroughness == Thoroughness::Build && recall(context.cache, key, resolved);
  if (!is_known) {
    Diagnostics of_body;
    const Document content =
        resolve_html(parse_markdown(source.markdown, Dialect::Gfm, source.file, of_body), &tools.html_parser);
    append_shifted(diagnostics, of_body, source.first_line);
    fill_in(post.summary, content);
    resolver.resolve_all(content.root);
    post.code_runs = highlight_code(content, tools.highlighter);
    if (context.thoroughness == Thoroughness::Check) note_unknown_languages(source, content, tools.highlighter, diagnostics);
    resolved.image_hosts = image_hosts(content, post.images);
    // Text that refers to other files and posts depends on them as well.
    if (diagnostics.empty() && post.images.empty() && post.links.empty()) remember(context.cache, key, resolved);
  }
  resolver.resolve_lead_image(source.front_matter.image);
  if (post.summary.image) add_image_host(post.summary.image->url, resolved.image_hosts);
  return resolved;
}

ResolvedPost complete_feed_post(Post post, PostTools& tools) {
  const Document content = build_post_content(post, &tools.html_parser);
  fill_in(post.summary, content);
  post.code_runs = highlight_code(content, tools.highlighter);
  std::set<std::string> hosts = image_hosts(content, {});
  if (post.summary.image) add_image_host(post.summary.image->url, hosts);
  sanitize_comments(post.comments, tools.html_parser);
  return {std::move(post), std::move(hosts)};
}

}  // namespace octavo
