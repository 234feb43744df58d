// Answers of every comment engine, in the form of tests/golden/comments: whatever comes, names are harmless and each comment is
// shown once.
#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/base/plain_name.h"
#include "core/base/utf8.h"
#include "core/comments/comment_adapter.h"
#include "core/comments/comment_content.h"
#include "fuzz/fuzz_input.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr CommentEngine kEngines[] = {CommentEngine::Octavo, CommentEngine::WordPress, CommentEngine::WordPressCom,
                                      CommentEngine::Isso,   CommentEngine::Remark42,  CommentEngine::Mastodon};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Submission sample_submission() {
  Submission submission;
  submission.key = "5f1c2a9e-0000-4000-8000-000000000001";
  submission.text = "Two *cups* of tea.";
  submission.name = "Ann";
  submission.written_at = 1764057600;
  return submission;
}

void check_rows(const std::vector<Comment>& comments) {
  const std::vector<CommentRow> rows = comment_rows(comments);
  OCTAVO_ASSERT(rows.size() == comments.size());
  std::vector<bool> is_shown(comments.size());
  std::uint32_t depth = 0;
  for (const CommentRow& row : rows) {
    OCTAVO_ASSERT(!is_shown.at(row.index));
    OCTAVO_ASSERT(row.depth <= depth);
    is_shown[row.index] = true;
    depth = row.depth + 1;
  }
}

void check_comment(const Comment& comment) {
  OCTAVO_ASSERT(is_valid_utf8(comment.author) && plain_name(comment.author, kMaxShownName) == comment.author);
  OCTAVO_ASSERT(comment.website.empty() || is_web_url(comment.website));
  OCTAVO_ASSERT(is_valid_utf8(comment.body) && is_valid_utf8(comment.source));
}

void check_answer(const ThreadRef& thread_ref, const HttpReply& reply, Discussion& all, HtmlParser& parser) {
  if (Result<Discussion> page = parse_discussion(thread_ref, {}, reply, parser)) {
    for (const Comment& comment : page->comments) check_comment(comment);
    merge_discussion(all, *page);
    const std::size_t count = all.comments.size();
    merge_discussion(all, *std::move(page));
    OCTAVO_ASSERT(all.comments.size() == count);
    check_rows(all.comments);
  }
  CommentForm form = default_form(thread_ref);
  read_form(thread_ref, reply, form);
  check_submission(form, sample_submission());
  if (thread_ref.engine == CommentEngine::Mastodon) return;
  OCTAVO_ASSERT(is_valid_utf8(create_outcome(thread_ref, reply).detail));
  if (reconcile_way(thread_ref) == Reconcile::Ask) reconcile_outcome(thread_ref, sample_submission(), reply, {"7"}, parser);
  if (has_own_actions(thread_ref)) parse_own_comment(thread_ref, reply);
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  ThreadRef thread_ref{
      .engine = kEngines[input.option(6)], .endpoint = "https://comments.example/", .site = "blog", .thread = "12"};
  std::string_view rest = input.text();
  GumboParser parser;
  Discussion all;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.starts_with("engine ")) thread_ref.engine = comment_engine(line.substr(7)).value_or(thread_ref.engine);
    if (!line.starts_with("== ")) continue;
    HttpReply reply{.status = 200};
    const std::size_t status = std::min(line.rfind(' ') + 1, line.size());
    std::from_chars(line.data() + status, line.data() + line.size(), reply.status);
    while (!rest.empty() && !rest.starts_with("== ")) reply.body += std::string(take_line(rest)) + "\n";
    check_answer(thread_ref, reply, all, parser);
  }
  return 0;
}
