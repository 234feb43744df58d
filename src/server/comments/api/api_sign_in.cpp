// Signing in, without cookies and without a window that knows its opener: the page keeps a ticket, the provider sends people back
// to the page with a code, and only both together open a session. A ticket alone is worth nothing to somebody who lures another
// person through a sign-in that is not theirs (login CSRF).
#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/json.h"
#include "server/comments/api/api_call.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/api/comment_json.h"
#include "server/comments/api/identity_provider.h"
#include "server/comments/store/sign_in_store.h"
#include "server/http/request_headers.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::int64_t kSignInMilliseconds = 10 * 60 * 1000LL;
constexpr std::int64_t kSessionMilliseconds = 30 * 24 * 3600 * 1000LL;
constexpr std::size_t kMaxReturn = 2000;
constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kCallback = "auth/callback";
// Fragments of the page that people come back to, with the attempt's id, a dot, and the code or a word; fragments are sent to no
// server.
constexpr std::string_view kCodeFragment = "#octavo-sign-in=";
constexpr std::string_view kFailureFragment = "#octavo-sign-in-failed=";

const SignInProvider* provider_of(const CommentSettings& settings, std::string_view id) {
  const auto found =
      std::find_if(settings.providers.begin(), settings.providers.end(), [&](const auto& provider) { return provider.id == id; });
  return found == settings.providers.end() ? nullptr : &*found;
}

// This server's address as the provider knows it; empty when nobody has said it.
std::string own_address(const ApiCall& call) {
  if (!call.settings.own_url.empty()) {
    std::string own = call.settings.own_url;
    while (own.ends_with('/')) own.pop_back();
    return own;
  }
  const std::string_view host = call.request.header("Host");
  return is_local_host(host) ? "http://" + std::string(host) : "";
}

Problem invalid(std::string pointer, std::string rule, std::string detail) {
  return {ProblemKind::Invalid, detail, {{std::move(pointer), std::move(rule), 0, detail}}};
}

bool is_plain(std::string_view url) {
  return url.size() <= kMaxReturn && std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// Where people come back to, without its fragment.
Outcome<std::string> parse_return(const ApiCall& call, const Json& json) {
  const std::string_view text = json.get("return").string();
  const std::string_view origin = origin_part(text);
  if (origin.empty() || !is_plain(text)) return invalid("/return", "format", "`return` must be the address of a page.");
  if (!is_known_origin(call.settings, call.request, origin)) {
    return invalid("/return", "one-of", "Pages of this origin may not use these comments.");
  }
  return std::string(text.substr(0, text.find('#')));
}

// Tells one attempt from another. It is not secret.
std::string attempt_id(const SignInRecord& record) {
  constexpr std::size_t kLength = 12;
  return record.state_hash.substr(0, kLength);
}

HttpResponse sent_back(const SignInRecord& record, std::string_view fragment, std::string_view value) {
  HttpResponse response;
  response.status = 303;
  response.content_type = "text/plain; charset=utf-8";
  response.set("Location", record.return_url + std::string(fragment) + attempt_id(record) + "." + std::string(value));
  return response.set("Cache-Control", "no-store").set("Referrer-Policy", "no-referrer");
}

HttpResponse ended(int status, std::string text) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response.set("Cache-Control", "no-store");
}

void write_person(JsonWriter& json, const ApiCall& call, const Person& person) {
  const std::string provider = person.id.substr(0, person.id.find(':'));
  const SignInProvider* known = provider_of(call.settings, provider);
  json.begin_object().key("provider").value(provider).key("label").value(known != nullptr ? known->label : provider);
  json.key("name").value(person.name).member_unless_empty("url", person.url).member_unless_empty("avatar", person.avatar);
  json.end_object();
}

// The word that the page is told.
Outcome<HttpResponse> failed(const ApiCall& call, const SignInRecord& record, std::string_view why) {
  OCTAVO_CHECK(call.database.write([&](SqlSession& session) -> Status {
    SignInRecord over = record;
    over.outcome_hash = secret_hash(random_secret());  // no code fits it
    return SignInStore(session).finish(over);
  }));
  return sent_back(record, kFailureFragment, why);
}

}  // namespace

Outcome<HttpResponse> post_sign_in_begin(const ApiCall& call) {
  const Result<Json> json = Json::parse(call.request.body, "request");
  if (!json) return invalid("", "type", "Send {\"provider\", \"return\"} as JSON.");
  const SignInProvider* provider = provider_of(call.settings, json->get("provider").string());
  if (provider == nullptr) return invalid("/provider", "one-of", "There is no such provider here.");
  OCTAVO_TRY(const std::string return_url, parse_return(call, *json));
  const std::string own = own_address(call);
  if (own.empty()) {
    return Problem{ProblemKind::EngineError, "The owner has to name this server's address in the settings: own_url."};
  }
  const Result<ProviderAddresses> addresses = call.identity.addresses(*provider, call.now);
  if (!addresses) return Problem(Error{addresses.error().code, provider->label + ": " + addresses.error().text(), ""});
  const SignInSecrets secrets{own + std::string(kCommentsApiPath) + std::string(kCallback), random_secret(kSecretBytes),
                              random_secret(kSecretBytes), random_secret(kSecretBytes)};
  const std::string ticket = random_secret(kSecretBytes);
  SignInRecord record;
  record.state_hash = secret_hash(secrets.state);
  record.ticket_hash = secret_hash(ticket);
  record.provider = provider->id;
  record.verifier = secrets.verifier;
  record.nonce = secrets.nonce;
  record.redirect_url = secrets.redirect_url;
  record.return_url = return_url;
  record.expires = call.now + kSignInMilliseconds;
  OCTAVO_CHECK(call.database.write([&](SqlSession& session) { return SignInStore(session).begin(record); }));
  JsonWriter answer;
  answer.begin_object().key("login_url").value(authorize_address(*addresses, *provider, secrets));
  answer.key("id")
      .value(attempt_id(record))
      .key("ticket")
      .value(ticket)
      .key("expires")
      .value(utc_text(record.expires))
      .end_object();
  return json_response(200, answer.take());
}

Outcome<HttpResponse> get_sign_in_callback(const ApiCall& call) {
  const std::string& query = call.request.query;
  OCTAVO_TRY(auto record, write_to(call.database, [&](SqlSession& session) {
               return SignInStore(session).take_by_state(secret_hash(query_field(query, "state")), call.now);
             }));
  if (!record) return ended(400, "This sign-in is over. Close this window, go back to the page and sign in once more.\n");
  const SignInProvider* provider = provider_of(call.settings, record->provider);
  const std::string code = query_field(query, "code");
  if (provider == nullptr || code.empty()) {
    const bool is_refusal = query_field(query, "error") == "access_denied";
    return failed(call, *record, is_refusal ? "denied" : "provider");
  }
  // RFC 9207: an answer that another issuer's server has sent here is not for this sign-in.
  const std::string issuer = query_field(query, "iss");
  if (!issuer.empty() && !provider->issuer.empty() && issuer != provider->issuer) return failed(call, *record, "provider");
  const Result<Person> person =
      call.identity.person(*provider, {record->redirect_url, "", record->verifier, record->nonce}, code, call.now);
  if (!person) return failed(call, *record, "provider");
  const std::string secret = random_secret(kSecretBytes);
  record->outcome_hash = secret_hash(secret);
  record->person = *person;
  OCTAVO_CHECK(call.database.write([&](SqlSession& session) { return SignInStore(session).finish(*record); }));
  return sent_back(*record, kCodeFragment, secret);
}

Outcome<HttpResponse> post_sign_in_redeem(const ApiCall& call) {
  const Result<Json> json = Json::parse(call.request.body, "request");
  if (!json) return invalid("", "type", "Send {\"ticket\", \"code\"} as JSON.");
  const std::string ticket(json->get("ticket").string());
  const std::string code(json->get("code").string());
  const std::string token = random_secret(kSecretBytes);
  const std::int64_t expires = call.now + kSessionMilliseconds;
  OCTAVO_TRY(const auto record, write_to(call.database, [&](SqlSession& session) -> Result<std::optional<SignInRecord>> {
               SignInStore store(session);
               OCTAVO_TRY(auto found, store.take_by_ticket(secret_hash(ticket), call.now));
               if (found && !same_secret(found->outcome_hash, secret_hash(code))) found.reset();
               if (found) OCTAVO_CHECK(store.open_session(secret_hash(token), found->person, expires));
               return found;
             }));
  if (!record) return Problem{ProblemKind::SessionExpired, "This sign-in is over. Sign in once more; your text is kept."};
  JsonWriter answer;
  answer.begin_object().key("token").value(token).key("expires").value(utc_text(expires)).key("person");
  write_person(answer, call, record->person);
  answer.end_object();
  return json_response(200, answer.take());
}

Outcome<HttpResponse> get_me(const ApiCall& call) {
  if (call.has_ended_session) return session_ended();
  if (call.person.id.empty()) return Problem{ProblemKind::LoginRequired, "Nobody is signed in."};
  JsonWriter answer;
  write_person(answer, call, call.person);
  return json_response(200, answer.take());
}

Outcome<HttpResponse> delete_session(const ApiCall& call) {
  const std::string_view token = bearer_token(call.request);
  if (token.empty()) return Problem{ProblemKind::LoginRequired, "Nobody is signed in."};
  OCTAVO_TRY(const bool was_session, write_to(call.database, [&](SqlSession& session) {
               return SignInStore(session).end_session(secret_hash(token), call.now);
             }));
  if (!was_session) return session_ended();
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace octavo
