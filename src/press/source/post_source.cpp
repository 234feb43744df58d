// A post's title, date and slug: from its front matter, its heading, or the name of its file.
#include "press/source/post_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/utf8.h"
#include "core/content/bundle/bundle.h"
#include "core/content/markdown/markdown.h"
#include "core/page/route.h"
#include "press/source/post_address.h"

namespace octavo {

namespace {

// The text as UTF-8 without byte order mark; repairs are warned about.
std::string readable_text(std::string_view bytes, const std::string& file, Diagnostics& diagnostics) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_valid_utf8(bytes)) return std::string(bytes);
  Utf8Repair repair = repair_utf8(bytes);
  for (const std::uint32_t offset : repair.bad_offsets) {
    const TextPosition position = text_position(bytes, offset);
    diagnostics.warn(file, position.line, position.column, "This is not UTF-8; it is shown as \xEF\xBF\xBD.");
  }
  return std::move(repair.text);
}

// ---- Title -----------------------------------------------------------------------------------------------------------------

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

const Block* first_heading(const Document& document) {
  const std::vector<Block>& blocks = document.root.children;
  const auto found = std::find_if(blocks.begin(), blocks.end(), [](const Block& b) { return b.kind == BlockKind::Heading; });
  return found == blocks.end() ? nullptr : &*found;
}

// True when the lines alone are one heading with this text.
bool is_heading(std::string_view lines, std::string_view title) {
  const Document document = parse_markdown(lines);
  const Block* heading = first_heading(document);
  return heading != nullptr && document.root.children.size() == 1 && plain_text(heading->inlines) == title;
}

bool is_underline(std::string_view line) {
  const std::string_view text = trimmed(line);
  return !text.empty() && text.find_first_not_of(text.front() == '=' ? '=' : '-') == std::string_view::npos;
}

// Blanks the heading out, so that the numbers of the following lines stay. A heading that is not found (it uses a link
// definition from elsewhere) stays as well.
void blank_out_heading(std::string& markdown, std::string_view title) {
  const std::vector<std::string_view> lines = lines_of(markdown);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}}) {  // "# Title", or a line and its underline
      if (i + count > lines.size()) break;
      const auto begin = static_cast<std::size_t>(lines[i].data() - markdown.data());
      const std::size_t length =
          static_cast<std::size_t>(lines[i + count - 1].data() - lines[i].data()) + lines[i + count - 1].size();
      const std::string_view candidate = std::string_view(markdown).substr(begin, length);
      const bool may_be = count == 1 ? lines[i].find('#') != std::string_view::npos : is_underline(lines[i + 1]);
      if (!may_be || !is_heading(candidate, title)) continue;
      markdown.replace(begin, length, std::string(count - 1, '\n'));
      return;
    }
  }
}

std::string title_from_name(std::string name) {
  std::replace(name.begin(), name.end(), '-', ' ');
  std::replace(name.begin(), name.end(), '_', ' ');
  const std::string_view text = trimmed(name);
  return text.empty() ? "Untitled" : std::string(text);
}

void choose_title(PostSource& post, const std::string& name) {
  post.title = post.front_matter.title;
  if (!post.title.empty()) return;
  const Document document = parse_markdown(post.markdown);
  if (const Block* heading = first_heading(document); heading != nullptr && !trimmed(plain_text(heading->inlines)).empty()) {
    const std::string text = plain_text(heading->inlines);
    blank_out_heading(post.markdown, text);
    post.title = trimmed(text);
  } else {
    post.title = title_from_name(name);
  }
}

// ---- Date and slug -----------------------------------------------------------------------------------------------------------

void choose_date(PostSource& post, const DatedName& name) {
  post.date = post.front_matter.date ? post.front_matter.date : post.front_matter.publish_date;
  if (post.date) return;
  const std::string from_path = date_in_path(post.front_matter.path);
  const std::string& text = from_path.empty() ? name.date : from_path;
  if (text.empty()) {
    post.diagnostics.note(post.file, 0, 0, "The post has no date; it comes after all dated ones.");
    return;
  }
  post.date = parse_date_time(text);
  if (post.date) return;
  const SourceLocation location = from_path.empty() ? SourceLocation{} : post.front_matter.slug_location;
  post.diagnostics.error(post.file, location.line, location.column,
                         "The date " + text + " does not exist; the post is left out.");
  post.is_usable = false;
}

void choose_slug(PostSource& post, const DatedName& name) {
  const FrontMatter& front_matter = post.front_matter;
  post.slug = front_matter.slug.empty() ? front_matter.path : front_matter.slug;
  if (post.slug.empty()) post.slug = name.name.empty() ? name.date : name.name;
  while (post.slug.starts_with('/')) post.slug.erase(0, 1);
  while (post.slug.ends_with('/')) post.slug.pop_back();
  // The reader must find the post by its address as well.
  if (is_usable_slug(post.slug) && parse_route(post_path(post.slug)).slug == post.slug) return;
  post.diagnostics.error(post.file, front_matter.slug_location.line, front_matter.slug_location.column,
                         "\"" + post.slug + "\" cannot be the address of a post; give it a `slug` of letters, digits and '-'.");
  post.is_usable = false;
}

// Blank lines above the text belong to the front matter.
void skip_blank_lines(std::string_view& text, std::uint32_t& first_line) {
  for (;;) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || text.substr(0, end).find_first_not_of(" \t\r") != std::string_view::npos) return;
    text.remove_prefix(end + 1);
    ++first_line;
  }
}

std::string size_advice() {
  return " A post may have " + std::string(kMaxPostSize) + " (" + std::to_string(kMaxPostBytes) +
         " bytes); split it into several posts.";
}

}  // namespace

std::optional<std::string> size_problem(std::string_view text) {
  if (text.size() <= kMaxPostBytes) return std::nullopt;
  return "The text has " + std::to_string(text.size()) + " bytes." + size_advice();
}

std::string post_file_problem(const Error& error) {
  return error.message + (error.code == ErrorCode::TooLarge ? size_advice() : std::string());
}

PostSource parse_post_source(std::string_view bytes, std::string file, std::string relative) {
  PostSource post;
  post.file = std::move(file);
  post.relative = std::move(relative);
  const std::string text = readable_text(bytes, post.file, post.diagnostics);
  ParsedFrontMatter parsed = parse_front_matter(text, post.file, post.diagnostics);
  post.is_usable = parsed.is_usable;
  if (!post.is_usable) return post;

  post.front_matter = std::move(parsed.front_matter);
  post.draft = post.front_matter.draft || is_in_drafts_folder(post.relative);
  post.markdown = parsed.body;
  post.first_line = parsed.body_first_line;
  std::string_view text_alone = post.markdown;
  std::uint32_t text_line = post.first_line;
  skip_blank_lines(text_alone, text_line);
  if (std::optional<std::string> problem = size_problem(text_alone)) {
    post.diagnostics.error(post.file, text_line, 1, std::move(*problem));
    post.is_usable = false;
    return post;
  }
  const DatedName name = dated_name(post.relative);
  choose_title(post, name.name);
  std::string_view body = post.markdown;
  skip_blank_lines(body, post.first_line);
  post.markdown.erase(0, post.markdown.size() - body.size());
  choose_date(post, name);
  choose_slug(post, name);
  return post;
}

}  // namespace octavo
