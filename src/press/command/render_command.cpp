// `octavo render`: one post, laid out for the terminal.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/layout/layout.h"
#include "core/page/page.h"
#include "press/base/gumbo_parser.h"
#include "press/base/text_file.h"
#include "press/command/commands.h"
#include "press/source/post_source.h"

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

int run_render(const RenderOptions& options, Report report) {
  VerbOutcome outcome;
  const Result<std::string> bytes = load_file(options.post);
  if (!bytes) {
    outcome.error = bytes.error();
    return report_outcome(outcome, Diagnostics(), report);
  }
  const PostSource source = parse_post_source(*bytes, options.post.generic_string(), options.post.filename().generic_string());
  outcome.is_clean = !source.title.empty();  // otherwise its front matter could not be read
  std::string text;
  if (outcome.is_clean) {
    const bool is_plain = report == Report::Json || options.colors == TerminalColors::Plain || isatty(STDOUT_FILENO) == 0;
    text =
        render_terminal(document_of(source), columns_for(options.width), is_plain ? TerminalStyle::Plain : TerminalStyle::Ansi);
  }
  outcome.members = [&](JsonWriter& json) { json.key("text").value(text); };
  const int code = report_outcome(outcome, source.diagnostics, report);
  if (report == Report::Shown) std::fwrite(text.data(), 1, text.size(), stdout);
  return code;
}

}  // namespace octavo
