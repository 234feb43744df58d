// Runs the same checks against any live comment engine: it must do what its adapter says. Prints one row per check.
//   conformance ENGINE ENDPOINT THREAD [--site NAME] [--email ADDRESS]
//   conformance ENGINE ENDPOINT THREAD --expect OUTCOME      sends one comment whose outcome must be this, e.g. "refused closed"
#include <charconv>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/comments/comment_adapter.h"
#include "core/comments/refusal.h"
#include "press/base/gumbo_parser.h"
#include "server/comments/api/comment_api.h"
#include "server/http/http_client.h"
#include "server/secrets.h"

namespace octavo {
namespace {

struct Options {
  ThreadRef place;
  std::string email;
  std::string expected;
};

std::optional<Options> parse_options(int argc, char** argv) {
  if (argc < 4) return std::nullopt;
  const std::optional<CommentEngine> engine = comment_engine(argv[1]);
  if (!engine) return std::nullopt;
  Options options;
  options.place.engine = *engine;
  options.place.endpoint = argv[2];
  options.place.thread = argv[3];
  options.place.title = "Conformance";
  const std::map<std::string_view, std::string*> places = {
      {"--site", &options.place.site}, {"--email", &options.email}, {"--expect", &options.expected}};
  for (int i = 4; i + 1 < argc; i += 2) {
    const auto found = places.find(argv[i]);
    if (found == places.end()) return std::nullopt;
    *found->second = argv[i + 1];
  }
  return argc % 2 == 0 ? std::optional(options) : std::nullopt;
}

const char* word_of(OutcomeKind kind) {
  constexpr const char* kWords[] = {"published", "held", "refused", "retry", "unknown"};
  return kWords[static_cast<std::size_t>(kind)];
}

class Conformance {
 public:
  explicit Conformance(Options options) : options_(std::move(options)), http_(make_http_client()) {}

  int run() {
    form_ = default_form(options_.place);
    for (const HttpCall& call : form_calls(options_.place)) read_form(options_.place, ask(call), form_);
    if (!options_.expected.empty()) {
      const SendOutcome outcome = send(submission("Expected " + random_secret(6)));
      const std::string found = std::string(word_of(outcome.kind)) +
                                (outcome.reason == Refusal::None ? "" : " " + std::string(refusal_name(outcome.reason)));
      row("one comment", found == options_.expected,
          found + (outcome.wait_s > 0 ? ", wait " + std::to_string(outcome.wait_s) + " s" : ""));
      return failures_ == 0 ? 0 : 1;
    }
    std::printf("| %-28s | ok  | %s\n|%s|-----|---\n", "check", options_.place.endpoint.c_str(), std::string(30, '-').c_str());
    row("form says what it takes", true, form_.can_write ? "guests may write" : "reading only");
    check_list();
    if (form_.can_write) check_writing();
    if (form_.has_likes) check_likes();
    return failures_ == 0 ? 0 : 1;
  }

 private:
  HttpReply ask(const HttpCall& call) {
    OutgoingRequest request;
    request.url = call.url;
    request.method = call.method;
    for (const auto& [name, value] : call.headers) {
      if (name != "Content-Type") request.headers.emplace_back(name, value);
    }
    request.body = call.body;
    request.body_type = "application/json";
    const Result<IncomingResponse> answer = http_->send(request);
    HttpReply reply;
    if (!answer) {
      std::fprintf(stderr, "%s\n", answer.error().text().c_str());
      return reply;
    }
    reply.status = answer->status;
    reply.body = answer->body;
    std::from_chars(answer->retry_after.data(), answer->retry_after.data() + answer->retry_after.size(), reply.retry_after_s);
    return reply;
  }

  std::optional<Discussion> list() {
    Discussion all;
    ListQuery query;
    query.newest_first = true;
    for (int page = 0; page < 20; ++page) {
      Result<Discussion> part = parse_discussion(options_.place, query, ask(list_call(options_.place, query)), parser_);
      if (!part) {
        std::fprintf(stderr, "%s\n", part.error().text().c_str());
        return std::nullopt;
      }
      query.cursor = part->cursor;
      merge_discussion(all, std::move(*part));
      if (query.cursor.empty()) break;
    }
    return all;
  }

  Submission submission(const std::string& text, const std::string& parent = "") {
    Submission made;
    made.key = random_secret(18);
    made.text = text;
    made.parent = parent;
    if (form_.name != FieldUse::Hidden) made.name = "Conformance";
    if (form_.email != FieldUse::Hidden) made.email = options_.email;
    made.consent = true;
    made.elapsed_ms = 60'000;
    made.written_at = system_milliseconds() / 1000;
    return made;
  }

  SendOutcome send(const Submission& made) {
    return create_outcome(options_.place, ask(create_call(options_.place, made, parser_)));
  }

  void row(const char* what, bool is_good, const std::string& detail) {
    std::printf("| %-28s | %s | %s\n", what, is_good ? "yes" : "NO ", detail.c_str());
    if (!is_good) ++failures_;
  }

  static int count_with(const std::optional<Discussion>& discussion, const std::string& text) {
    int count = 0;
    for (const Comment& comment : discussion ? discussion->comments : std::vector<Comment>()) {
      if (comment.body.find(text) != std::string::npos) ++count;
    }
    return count;
  }

  void check_list() {
    const std::optional<Discussion> discussion = list();
    row("list", discussion.has_value(), discussion ? std::to_string(discussion->comments.size()) + " comments" : "no answer");
  }

  void check_writing() {
    const std::string text = "Conformance " + random_secret(9);
    const Submission first = submission(
        text + " *with* [a link](https://blog.example/?a=1&b='2') & <b>marks</b>, \"quotes\", \\\\ and `code`\n\n> and more");
    const SendOutcome sent = send(first);
    const bool is_taken = sent.kind == OutcomeKind::Published || sent.kind == OutcomeKind::Held;
    row("send", is_taken && !sent.comment_id.empty(), std::string(word_of(sent.kind)) + " " + sent.detail);
    if (!is_taken) return;
    if (sent.kind == OutcomeKind::Published) row("listed once", count_with(list(), text) == 1, "as " + sent.comment_id);
    check_sent_again(first, text, sent);
    const SendOutcome empty = send(submission(""));
    row("empty text is refused", empty.kind == OutcomeKind::Refused, std::string(refusal_name(empty.reason)));
    if (form_.can_reply && sent.kind == OutcomeKind::Published) check_reply(sent.comment_id);
  }

  void check_sent_again(const Submission& first, const std::string& text, const SendOutcome& sent) {
    switch (reconcile_way(options_.place)) {
      case Reconcile::Ask: {
        const SendOutcome found =
            reconcile_outcome(options_.place, first, ask(reconcile_call(options_.place, first)), {}, parser_);
        row("a lost answer is found", found.kind == sent.kind && found.comment_id == sent.comment_id, found.comment_id);
        break;
      }
      case Reconcile::Resend: {
        const SendOutcome again = send(first);
        row("sent again is recognized", again.kind == OutcomeKind::Published || again.kind == OutcomeKind::Held,
            std::string(refusal_name(again.reason)));
        break;
      }
      case Reconcile::Never:
        row("a lost answer", true, "only the person can decide");
    }
    if (sent.kind == OutcomeKind::Published) row("stored once", count_with(list(), text) == 1, "");
  }

  void check_reply(const std::string& parent) {
    const std::string text = "Reply " + random_secret(9);
    const SendOutcome sent = send(submission(text, parent));
    bool has_parent = false;
    const std::optional<Discussion> discussion = list();
    for (const Comment& comment : discussion ? discussion->comments : std::vector<Comment>()) {
      if (comment.body.find(text) != std::string::npos) has_parent = comment.parent == parent;
    }
    row("reply", sent.kind == OutcomeKind::Published && has_parent, std::string(word_of(sent.kind)) + " " + sent.detail);
  }

  void check_likes() {
    const std::string reader = random_secret(18);
    const auto likes = [&](bool on) {
      const std::optional<HttpCall> call = like_call(options_.place, on, reader, "");
      if (!call) return -1;
      ask(*call);
      const std::optional<Discussion> discussion = list();
      return discussion ? static_cast<int>(discussion->likes) : -1;
    };
    const int liked = likes(true);
    row("likes", liked > 0 && likes(false) == liked - 1, std::to_string(liked));
  }

  Options options_;
  std::unique_ptr<HttpClient> http_;
  GumboParser parser_;
  CommentForm form_;
  int failures_ = 0;
};

}  // namespace
}  // namespace octavo

int main(int argc, char** argv) {
  const auto options = octavo::parse_options(argc, argv);
  if (!options) {
    std::fputs("conformance ENGINE ENDPOINT THREAD [--site NAME] [--email ADDRESS] [--expect OUTCOME]\n", stderr);
    return 2;
  }
  return octavo::Conformance(*options).run();
}
