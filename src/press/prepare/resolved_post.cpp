// Preparing a post for the bundle.
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

class ReferenceResolver {
 public:
  ReferenceResolver(const PostSource& source, const PostSurroundings& surroundings, Post& post, Diagnostics& diagnostics)
      : source_(source), surroundings_(surroundings), post_(post), diagnostics_(diagnostics) {}

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
    location_ = source_.front_matter.image_location;
    if (!is_relative_url(url)) {
      if (is_allowed_url(url, UrlUse::Image)) post_.summary.image = ImageInfo{url, {}, 0, 0};
      return;
    }
    post_.summary.image = publish(url, find(parse_reference(url).path));
    if (post_.summary.image) post_.summary.image->smaller = 0;  // it is for other sites, who take it whole
  }

 private:
  void resolve_image(const std::string& url) {
    if (!is_relative_url(meaning_of(url)) || url.empty() || post_.images.contains(url)) return;
    location_ = location_of(url);
    if (const auto info = publish(url, find(parse_reference(meaning_of(url)).path))) post_.images.emplace(url, *info);
  }

  void resolve_link(const std::string& url) {
    if (!is_relative_url(meaning_of(url)) || url.empty() || url.front() == '#' || url.front() == '?' || post_.links.contains(url))
      return;
    location_ = location_of(url);
    Reference reference = parse_reference(meaning_of(url));
    if (reference.path.starts_with("@/")) reference.path.erase(0, 1);  // Zola: below the content folder
    const FoundFile found = find(reference.path);
    const LinkIndex::Entry entry = post_at(found, reference.path);
    if (entry.state == LinkIndex::State::Published) {
      post_.links.emplace(url, post_path(entry.slug) + fragment_of(reference.suffix));
    } else if (entry.state == LinkIndex::State::Withheld) {
      // Between withheld posts all is well: they come out together or are read by their author alone.
      if (surroundings_.directory.by_file(source_.relative).state == LinkIndex::State::Published) {
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
    FoundFile found = surroundings_.folder.find(folder_of(source_.relative), path);
    if (found.state == FoundFile::State::File || found.state == FoundFile::State::Folder) return found;
    // Some authors write the address on the web: a file beside a post is then below the post's own address.
    const std::string address = path.starts_with('/') ? path : resolve_path(source_.slug + "/", path);
    const auto post = surroundings_.directory.by_address(folder_of(address));
    if (post.state != LinkIndex::State::Published) return found;
    FoundFile beside = surroundings_.folder.find(folder_of(post.file), address.substr(folder_of(address).size() + 1));
    return beside.state == FoundFile::State::File ? beside : found;
  }

  LinkIndex::Entry post_at(const FoundFile& found, const std::string& path) const {
    const LinkIndex& directory = surroundings_.directory;
    if (found.state == FoundFile::State::File) return directory.by_file(found.relative);
    if (found.state == FoundFile::State::Folder) {
      const auto entry = directory.by_file(found.relative + "/index.md");
      if (entry.state != LinkIndex::State::Unknown) return entry;
    }
    // Not a file: perhaps the address that the post had or has on the web.
    if (path.starts_with('/')) return directory.by_address(path);
    return directory.by_address(resolve_path(source_.slug + "/", path));
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
    const Result<ImageInfo> info = surroundings_.media.add(found.path);
    if (info) return *info;
    problem(info.error().message);
    return std::nullopt;
  }

  // Where the text first spells the address; the post as a whole when it is spelled with escapes.
  SourceLocation location_of(const std::string& url) const {
    const std::size_t offset = source_.markdown.find(url);
    if (offset == std::string::npos) return {};
    const TextPosition position = text_position(source_.markdown, offset);
    return {source_.first_line + position.line - 1, position.column};
  }

  void warn(std::string message) { diagnostics_.warn(source_.file, location_.line, location_.column, std::move(message)); }
  void problem(std::string message) { diagnostics_.error(source_.file, location_.line, location_.column, std::move(message)); }

  const PostSource& source_;
  const PostSurroundings& surroundings_;
  Post& post_;
  Diagnostics& diagnostics_;
  SourceLocation location_;  // of the reference that is being looked at
};

const Block* first_paragraph(const Block& block) {
  if (block.kind == BlockKind::Paragraph && !trimmed(plain_text(block.inlines)).empty()) return &block;
  for (const Block& child : block.children) {
    if (const Block* found = first_paragraph(child)) return found;
  }
  return nullptr;
}

std::string with_single_blanks(std::string_view text) {
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

// Of images that the site does not publish itself.
std::set<std::string> image_hosts(const Document& content, const PublishedImages& published) {
  std::set<std::string> hosts;
  add_image_hosts(content.root, published, hosts);
  hosts.erase("");
  return hosts;
}

// What is worked out from the text alone.
void remember(BuildCache& cache, const Sha256& key, const ResolvedPost& prepared) {
  std::string value;
  pack_text(value, std::to_string(prepared.post.summary.words));
  pack_text(value, prepared.post.summary.summary);
  pack_text(value, std::to_string(prepared.image_hosts.size()));
  for (const std::string& host : prepared.image_hosts) pack_text(value, host);
  for (const std::string& runs : prepared.post.code_runs) pack_text(value, runs);
  cache.store(key, std::move(value));
}

bool recall(BuildCache& cache, const Sha256& key, ResolvedPost& prepared) {
  const std::optional<std::string> value = cache.find(key);
  if (!value) return false;
  std::string_view rest = *value;
  const auto number = [&rest] {
    return static_cast<std::uint32_t>(std::strtoul(unpack_text(rest).value_or("").c_str(), nullptr, 10));
  };
  prepared.post.summary.words = number();
  prepared.post.summary.summary = unpack_text(rest).value_or("");
  for (std::uint32_t hosts = number(); hosts > 0; --hosts) prepared.image_hosts.insert(unpack_text(rest).value_or(""));
  while (!rest.empty()) prepared.post.code_runs.push_back(unpack_text(rest).value_or(""));
  return true;
}

void note_unknown_languages(const PostSource& source, const Document& content, CodeHighlighter& highlighter,
                            Diagnostics& diagnostics) {
  std::set<std::string> noted;
  for (const Block* block : code_blocks(content)) {
    if (highlighter.knows(block->info) || !noted.insert(block->info).second) continue;
    const std::size_t offset = std::min(source.markdown.find(block->info), source.markdown.size());
    const TextPosition position = text_position(source.markdown, offset);
    diagnostics.note(source.file, source.first_line + position.line - 1, position.column,
                     "The language \"" + block->info + "\" is not known; the code stays in one colour.");
  }
}

}  // namespace

std::string summary_of(const Document& content) {
  const Block* paragraph = first_paragraph(content.root);
  if (paragraph == nullptr) return {};
  const std::string text = with_single_blanks(plain_text(paragraph->inlines, NoteText::LeaveOut));
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

ResolvedPost prepare_post(const PostSource& source, const PostSurroundings& surroundings, PostTools& tools,
                          Diagnostics& diagnostics) {
  ResolvedPost prepared;
  Post& post = prepared.post;
  post.summary = summary_from(source);
  post.markdown = source.markdown;
  post.id = source.front_matter.id;
  post.is_page = source.front_matter.is_page;
  // Which part it is follows from the other posts.
  if (!source.front_matter.series.empty() && !post.is_page) post.series = SeriesPart{source.front_matter.series, {}, 0, 0};
  post.comments = source.comments;
  make_harmless(post.comments, tools.html_parser);
  if (!post.is_page) post.thread = comment_thread(source, surroundings.site, diagnostics);
  std::string addresses;
  for (const auto& [spelling, target] : source.front_matter.addresses) {
    pack_text(addresses, spelling);
    pack_text(addresses, target);
  }
  const Sha256 key = BuildCache::key("post", {source.markdown, source.front_matter.summary, addresses});
  ReferenceResolver resolver(source, surroundings, post, diagnostics);
  const bool is_known = surroundings.thoroughness == Thoroughness::Build && recall(surroundings.cache, key, prepared);
  if (!is_known) {
    Diagnostics of_body;
    const Document content =
        resolve_html(parse_markdown(source.markdown, Dialect::Gfm, source.file, of_body), &tools.html_parser);
    append_shifted(diagnostics, of_body, source.first_line);
    fill_in(post.summary, content);
    resolver.resolve_all(content.root);
    post.code_runs = highlight_code(content, tools.highlighter);
    if (surroundings.thoroughness == Thoroughness::Check) note_unknown_languages(source, content, tools.highlighter, diagnostics);
    prepared.image_hosts = image_hosts(content, post.images);
    // What refers to other files and posts depends on them as well.
    if (diagnostics.empty() && post.images.empty() && post.links.empty()) remember(surroundings.cache, key, prepared);
  }
  resolver.resolve_lead_image(source.front_matter.image);
  if (post.summary.image) add_image_host(post.summary.image->url, prepared.image_hosts);
  return prepared;
}

ResolvedPost complete_feed_post(Post post, PostTools& tools) {
  const Document content = build_post_content(post, &tools.html_parser);
  fill_in(post.summary, content);
  post.code_runs = highlight_code(content, tools.highlighter);
  std::set<std::string> hosts = image_hosts(content, {});
  if (post.summary.image) add_image_host(post.summary.image->url, hosts);
  make_harmless(post.comments, tools.html_parser);
  return {std::move(post), std::move(hosts)};
}

}  // namespace octavo
