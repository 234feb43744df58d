// `octavo render`: one post, laid out for the terminal.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/layout/layout.h"
#include "core/reader/page.h"
#include "press/commands.h"
#include "press/gumbo_parser.h"
#include "press/post_source.h"
#include "press/text_file.h"

namespace octavo {

namespace {

constexpr std::uint32_t kDefaultColumns = 80;
constexpr std::uint32_t kMinColumns = 20;
constexpr std::uint32_t kMaxColumns = 400;

std::uint32_t columns_for(std::uint32_t wanted) {
  winsize size{};
  if (wanted == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) wanted = size.ws_col;
  return std::clamp(wanted == 0 ? kDefaultColumns : wanted, kMinColumns, kMaxColumns);
}

// The post as its page shows it, without the site around it.
Document document_of(const PostSource& source) {
  Post post;
  post.summary.slug = source.slug;
  post.markdown = source.markdown;
  GumboParser html_parser;
  Document document = build_post_content(post, &html_parser);
  Block title;
  title.kind = BlockKind::Heading;
  title.level = 1;
  title.inlines.text = source.title;
  document.root.children.insert(document.root.children.begin(), std::move(title));
  number_blocks(document);
  return document;
}

}  // namespace

int run_render(const std::filesystem::path& file, std::uint32_t width, TerminalColors colors) {
  const Result<std::string> bytes = load_file(file);
  if (!bytes) {
    print_error(bytes.error());
    return kExitProblems;
  }
  const PostSource source = parse_post_source(*bytes, file.generic_string(), file.filename().generic_string());
  print_diagnostics(source.diagnostics);
  if (source.title.empty()) return kExitProblems;  // its front matter could not be read
  const bool is_plain = colors == TerminalColors::Plain || isatty(STDOUT_FILENO) == 0;
  const std::string text =
      render_terminal(document_of(source), columns_for(width), is_plain ? TerminalStyle::Plain : TerminalStyle::Ansi);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return source.diagnostics.count(Severity::Problem) == 0 ? kExitOk : kExitProblems;
}

}  // namespace octavo
