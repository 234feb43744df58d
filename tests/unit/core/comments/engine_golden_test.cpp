// Every file under tests/golden/comments: an engine, then its answers, each after a line "== kind status". The expected part says
// what was asked of the engine and what each answer means.
#include <gtest/gtest.h>

#include <sstream>

#include "core/comments/comment_adapter.h"
#include "press/base/gumbo_parser.h"
#include "support/golden_file.h"

namespace octavo {
namespace {

struct Answer {
  std::string kind;
  HttpReply reply;
  std::string title;  // the line it begins with
};

struct EngineCase {
  ThreadRef thread_ref;
  std::vector<Answer> answers;
};

EngineCase parse_case(const std::string& input) {
  EngineCase result;
  std::istringstream lines(input);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("== ")) {
      Answer answer;
      answer.title = line.substr(3);
      std::istringstream words(answer.title);
      words >> answer.kind >> answer.reply.status >> answer.reply.retry_after_s;
      result.answers.push_back(std::move(answer));
    } else if (!result.answers.empty()) {
      result.answers.back().reply.body += line + "\n";
    } else if (const std::size_t space = line.find(' '); space != std::string::npos) {
      const std::string value = line.substr(space + 1);
      if (line.starts_with("engine ")) result.thread_ref.engine = comment_engine(value).value();
      if (line.starts_with("endpoint ")) result.thread_ref.endpoint = value;
      if (line.starts_with("site ")) result.thread_ref.site = value;
      if (line.starts_with("thread ")) result.thread_ref.thread = value;
    }
  }
  result.thread_ref.title = "Tea & biscuits";
  return result;
}

Submission sample_submission() {
  Submission submission;
  submission.key = "5f1c2a9e-0000-4000-8000-000000000001";
  submission.parent = "7";
  submission.text = "Two *cups* of [tea](https://tea.example/?a=1&b=2) < three.\n\n> And `milk`.\n\n- one\n- two\n";
  submission.name = "Ann O’Hara";
  submission.email = "ann@blog.example";
  submission.website = "https://ann.example/";
  submission.elapsed_ms = 60000;
  submission.written_at = 1764057600;
  return submission;
}

std::string dump_call(std::string_view name, const HttpCall& call) {
  std::string out = std::string(name) + ": " + std::string(call.method) + " " + call.url + (call.with_cookies ? " cookies" : "");
  for (const auto& [key, value] : call.headers) out += "\n  " + std::string(key) + ": " + value;
  return out + "\n" + (call.body.empty() ? "" : "  " + call.body + "\n");
}

std::string dump_outcome(const SendOutcome& outcome) {
  constexpr std::string_view kKinds[] = {"published", "held", "refused", "retry", "unknown"};
  std::string out(kKinds[static_cast<std::size_t>(outcome.kind)]);
  if (outcome.reason != Refusal::None) out += " " + std::string(refusal_name(outcome.reason));
  if (outcome.wait_s > 0) out += " wait " + std::to_string(outcome.wait_s);
  if (outcome.field != FormField::None) out += " field " + std::string(form_field_name(outcome.field));
  if (outcome.limit > 0) out += " limit " + std::to_string(outcome.limit);
  if (!outcome.comment_id.empty()) out += " id " + outcome.comment_id;
  if (!outcome.author_key.empty()) out += " key " + outcome.author_key;
  if (!outcome.detail.empty()) out += " \"" + outcome.detail + '"';
  return out + "\n";
}

std::string dump_form(const CommentForm& form) {
  constexpr std::string_view kUses[] = {"hidden", "optional", "required"};
  std::string out = form.can_write ? "write" : "read-only";
  out += form.is_closed ? " closed" : "";
  out += form.moderation == Moderation::All ? " moderated" : "";
  for (const auto& [name, use] : {std::pair{"name", form.name}, {"email", form.email}, {"website", form.website}}) {
    out += " " + std::string(name) + "=" + std::string(kUses[static_cast<std::size_t>(use)]);
  }
  out += " text " + std::to_string(form.text_min) + ".." + std::to_string(form.text_max) + " edit " +
         std::to_string(form.edit_window_s);
  out += form.has_likes ? " likes" : "";
  if (!form.honeypot.empty()) out += " trap " + form.honeypot;
  if (!form.consent.empty()) out += " consent \"" + form.consent + '"';
  return out + "\n";
}

std::string dump_calls(const ThreadRef& thread_ref, HtmlParser& parser) {
  std::string out = dump_call("list", list_call(thread_ref, {.reader_key = "0123456789abcdef"}));
  for (const HttpCall& call : form_calls(thread_ref)) out += dump_call("form", call);
  if (thread_ref.engine == CommentEngine::Mastodon) return out;
  out += dump_call("create", create_call(thread_ref, sample_submission(), parser));
  if (reconcile_way(thread_ref) == Reconcile::Ask) out += dump_call("reconcile", reconcile_call(thread_ref, sample_submission()));
  if (const auto call = like_call(thread_ref, true, "0123456789abcdef", "")) out += dump_call("like", *call);
  return out;
}

class EngineGolden : public testing::TestWithParam<GoldenFile> {};

TEST_P(EngineGolden, AsksAndUnderstands) {
  GumboParser parser;
  const EngineCase engine = parse_case(GetParam().input);
  ThreadRef thread_ref = engine.thread_ref;
  CommentForm form = default_form(thread_ref);
  std::string out = dump_calls(thread_ref, parser);
  out += "form before: " + dump_form(form);
  thread_ref.may_hold = form.moderation == Moderation::All;
  for (const Answer& answer : engine.answers) {
    out += "== " + answer.title + "\n";
    if (answer.kind == "list") {
      const Result<Discussion> page = parse_discussion(thread_ref, {}, answer.reply, parser);
      out += page ? dump_discussion(*page) : "error " + page.error().message + "\n";
    } else if (answer.kind == "form") {
      read_form(thread_ref, answer.reply, form);
      thread_ref.may_hold = form.moderation == Moderation::All;
      out += dump_form(form);
    } else if (answer.kind == "answer") {
      out += dump_outcome(create_outcome(thread_ref, answer.reply));
    } else if (answer.kind == "reconcile") {
      out += dump_outcome(reconcile_outcome(thread_ref, sample_submission(), answer.reply, {"claimed"}, parser));
    } else {
      FAIL() << "unknown kind of answer: " << answer.title;
    }
  }
  expect_golden(GetParam(), out);
}

INSTANTIATE_TEST_SUITE_P(Comments, EngineGolden, testing::ValuesIn(golden_files("comments")),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace octavo
