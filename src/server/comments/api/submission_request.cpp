// Checking field by field.
#include "server/comments/api/submission_request.h"

#include <algorithm>
#include <optional>

#include "core/base/json.h"
#include "core/base/plain_name.h"
#include "core/base/utf8.h"
#include "server/comments/api/comment_json.h"
#include "server/comments/store/comment_text.h"

namespace octavo {

namespace {

constexpr std::int64_t kNameMax = 64;      // code points
constexpr std::int64_t kEmailMax = 254;    // bytes; RFC 5321
constexpr std::int64_t kWebsiteMax = 500;  // bytes
constexpr std::size_t kMaxThreadKey = 256;

std::string count_text(std::int64_t count) {
  return std::to_string(count);
}

class RequestReader {
 public:
  RequestReader(Json json, const CommentSettings& settings) : json_(std::move(json)), settings_(settings) {}

  const Json& json() const { return json_; }
  void fail(std::string pointer, std::string rule, std::int64_t limit, std::string detail) {
    fields_.push_back({std::move(pointer), std::move(rule), limit, std::move(detail)});
  }
  bool has_problem() const { return !fields_.empty(); }
  Problem problem() const { return {ProblemKind::Invalid, fields_.front().detail, fields_}; }

  std::string text(const Json& object, const std::string& parent, const std::string& key) {
    const Json value = object.get(key);
    if (object.has(key) && !value.is_string()) {
      fail(parent + "/" + key, "type", 0, "`" + key + "` must be text, but is " + std::string(value.kind()) + ".");
    }
    return std::string(value.string());
  }

  void read_text(std::string& source, SourceType& type) {
    source = text(json_, "", "body_source");
    if (const std::string given = text(json_, "", "body_source_type"); json_.has("body_source_type")) {
      const std::optional<SourceType> known = source_type_from(given);
      if (!known) fail("/body_source_type", "one-of", 0, "`body_source_type` must be markdown, plain or html.");
      type = known.value_or(SourceType::Markdown);
    }
    std::erase_if(source, [](char c) { return c == '\r' || c == '\0'; });
    const std::int64_t length = static_cast<std::int64_t>(count_code_points(source));
    const bool is_blank = plain_name(source, 1).empty();
    if (is_blank || length < settings_.text_min) {
      fail("/body_source", is_blank ? "required" : "min", settings_.text_min, "The comment is empty or too short.");
    }
    if (length > settings_.text_max) {
      fail("/body_source", "max", settings_.text_max,
           "The comment is " + count_text(length - settings_.text_max) + " characters too long.");
    }
    if (longest_mark_run(source) > kMaxMarksInText) {
      fail("/body_source", "combining-marks", static_cast<std::int64_t>(kMaxMarksInText),
           "A letter carries more marks than any script uses.");
    }
  }

  // A field of the author that the owner hides is ignored, not refused.
  std::string author_field(const Json& author, const std::string& key, FieldUse need, std::int64_t max) {
    if (need == FieldUse::Hidden) return {};
    const std::string value = text(author, "/author", key);
    if (value.empty() && need == FieldUse::Required) {
      fail("/author/" + key, "required", 0, "Please fill in: " + key + ".");
    }
    if (static_cast<std::int64_t>(value.size()) > max) fail("/author/" + key, "max", max, "This is too long: " + key + ".");
    return value;
  }

 private:
  Json json_;
  const CommentSettings& settings_;
  std::vector<ProblemField> fields_;
};

// Enough to find slips: one @ with something on both sides, no blanks or controls. Only a message can prove more.
bool looks_like_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.find('@', at + 1) != std::string_view::npos)
    return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == ',' || c == ';' || c == '"' || c == 0x7F;
  });
}

void read_author(RequestReader& reader, SubmissionRequest& request, const CommentSettings& settings) {
  const Json author = reader.json().get("author");
  if (reader.json().has("author") && !author.is_object()) {
    return reader.fail("/author", "type", 0, "`author` must be an object, but is " + std::string(author.kind()) + ".");
  }
  const std::string name = reader.author_field(author, "name", settings.name, kNameMax * 8);
  if (static_cast<std::int64_t>(count_code_points(name)) > kNameMax) {
    reader.fail("/author/name", "max", kNameMax, "The name is longer than " + count_text(kNameMax) + " characters.");
  }
  request.author_name = plain_name(name, static_cast<std::size_t>(kNameMax));
  if (request.author_name.empty() && !name.empty()) {
    reader.fail("/author/name", "format", 0, "The name has no visible characters.");
  }
  request.author_email = reader.author_field(author, "email", settings.email, kEmailMax);
  if (!request.author_email.empty() && !looks_like_email(request.author_email)) {
    reader.fail("/author/email", "format", 0, "This is not an e-mail address.");
  }
  request.author_url = reader.author_field(author, "website", settings.website, kWebsiteMax);
  if (!request.author_url.empty() && !is_web_url(request.author_url)) {
    reader.fail("/author/website", "format", 0, "The website must be an address like https://example.org/.");
  }
}

void read_elapsed(RequestReader& reader, SubmissionRequest& request) {
  constexpr std::int64_t kNotWhole = -1;
  constexpr std::int64_t kLargest = (std::int64_t{1} << 53) - 1;  // that a script can count to
  request.elapsed_ms = reader.json().get("elapsed_ms").integer(kNotWhole);
  if (!reader.json().has("elapsed_ms") || (request.elapsed_ms >= 0 && request.elapsed_ms <= kLargest)) return;
  reader.fail("/elapsed_ms", "type", 0, "`elapsed_ms` must be a whole number from 0.");
}

// BCP 47 as far as its characters go.
bool is_language_tag(std::string_view text) {
  return text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

Outcome<RequestReader> reader_of(std::string_view text, const CommentSettings& settings) {
  const Result<Json> json = Json::parse(text, "request");
  if (!json) {
    const std::string why = json.error().text();
    return Problem{ProblemKind::Invalid, why, {{"", "json", 0, why}}};
  }
  if (!json->is_object())
    return Problem{ProblemKind::Invalid, "The request must be an object.", {{"", "type", 0, "Not an object."}}};
  return RequestReader(*json, settings);
}

}  // namespace

Outcome<SubmissionRequest> parse_submission(std::string_view json, AuthorKind author, const CommentSettings& settings) {
  OCTAVO_TRY(auto reader, reader_of(json, settings));
  SubmissionRequest request;
  reader.read_text(request.source, request.source_type);
  request.parent = reader.text(reader.json(), "", "parent");
  request.language = reader.text(reader.json(), "", "language");
  if (!is_language_tag(request.language)) reader.fail("/language", "format", 0, "`language` must be a tag like en or pt-BR.");
  if (author == AuthorKind::Guest) read_author(reader, request, settings);
  const Json consent = reader.json().get("consent");
  if (reader.json().has("consent") && !consent.is_bool()) {
    reader.fail("/consent", "type", 0, "`consent` must be true or false, but is " + std::string(consent.kind()) + ".");
  }
  if (!settings.consent.empty() && !reader.json().get("consent").boolean()) {
    reader.fail("/consent", "required", 0, settings.consent);
  }
  read_elapsed(reader, request);
  request.hit_honeypot = !reader.json().get(kHoneypotField).string().empty();
  if (reader.has_problem()) return reader.problem();
  return request;
}

Outcome<TextRequest> parse_text_request(std::string_view json, const CommentSettings& settings) {
  OCTAVO_TRY(auto reader, reader_of(json, settings));
  TextRequest request;
  reader.read_text(request.source, request.source_type);
  if (reader.has_problem()) return reader.problem();
  return request;
}

bool is_thread_key(std::string_view key) {
  return !key.empty() && key.size() <= kMaxThreadKey && is_valid_utf8(key) &&
         std::none_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
}

}  // namespace octavo
