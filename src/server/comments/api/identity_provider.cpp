// Asking providers, and reading their answers with distrust.
#include "server/comments/api/identity_provider.h"

#include <initializer_list>

#include "core/base/plain_name.h"
#include "core/base/url.h"
#include "core/comments/comment_content.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxName = 64;       // code points, as for guests
constexpr std::size_t kMaxSubject = 255;   // bytes; OpenID Connect Core, section 2
constexpr std::size_t kMaxAddress = 2000;  // bytes
constexpr std::int64_t kAnHour = 3'600'000;
constexpr std::int64_t kClockSkew = 300;  // seconds that two clocks may differ

Result<Json> json_of(const Result<IncomingResponse>& answer, const std::string& where) {
  OCTAVO_TRY(const IncomingResponse reply, answer);
  if (reply.status != 200) {
    return Error{ErrorCode::BadValue, "It answered " + std::to_string(reply.status) + ".", where};
  }
  OCTAVO_TRY(Json json, Json::parse(reply.body, where));
  if (!json.is_object()) return Error{ErrorCode::BadValue, "It did not answer with an object.", where};
  return json;
}

std::string challenge_of(std::string_view verifier) {
  return encode_base64url(sha256_bytes(verifier));
}

// RFC 6749, section 2.3.1; RFC 4648 with '+', '/' and padding.
std::string basic_authorization(const SignInProvider& provider) {
  std::string text = encode_base64url(encode_path(provider.client_id) + ":" + encode_path(provider.client_secret));
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  text.append((4 - text.size() % 4) % 4, '=');
  return "Basic " + text;
}

bool names_method(const Json& methods, std::string_view method) {
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (methods.at(i).string() == method) return true;
  }
  return false;
}

// Text or a whole number: some providers count their people.
std::string scalar_text(const Json& value) {
  if (value.is_string()) return std::string(value.string());
  const std::int64_t number = value.integer(-1);
  return number >= 0 ? std::to_string(number) : "";
}

std::string first_of(const Json& json, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (std::string text = scalar_text(json.get(name)); !text.empty()) return text;
  }
  return {};
}

std::string web_address(std::string text) {
  return text.size() <= kMaxAddress && is_web_url(text) ? std::move(text) : std::string();
}

}  // namespace

std::string authorize_address(const ProviderAddresses& addresses, const SignInProvider& provider, const SignInSecrets& secrets) {
  std::string query;
  add_form_field(query, "response_type", "code");
  add_form_field(query, "client_id", provider.client_id);
  add_form_field(query, "redirect_uri", secrets.redirect_url);
  if (!provider.scope.empty()) add_form_field(query, "scope", provider.scope);
  add_form_field(query, "state", secrets.state);
  add_form_field(query, "code_challenge", challenge_of(secrets.verifier));
  add_form_field(query, "code_challenge_method", "S256");
  if (!addresses.issuer.empty()) add_form_field(query, "nonce", secrets.nonce);
  const bool has_query = addresses.authorize_url.find('?') != std::string::npos;
  return addresses.authorize_url + (has_query ? '&' : '?') + query;
}

Result<Json> id_token_claims(std::string_view token, const ProviderAddresses& addresses, const SignInProvider& provider,
                             std::string_view nonce, std::int64_t now) {
  const auto refuse = [&](const char* why) { return Error{ErrorCode::BadValue, why, addresses.issuer}; };
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return refuse("It sent no ID token.");
  OCTAVO_TRY(auto claims, Json::parse(decode_base64url(token.substr(first + 1, second - first - 1)), "ID token"));
  if (claims.get("iss").string() != addresses.issuer) return refuse("The ID token is another issuer's.");
  const Json audience = claims.get("aud");
  const bool is_for_us =
      audience.is_string() ? audience.string() == provider.client_id : names_method(audience, provider.client_id);
  const Json party = claims.get("azp");
  if (!is_for_us || (party.is_string() && party.string() != provider.client_id))
    return refuse("The ID token is for another client.");
  if (claims.get("exp").integer() < now - kClockSkew) return refuse("The ID token has expired.");
  if (nonce.empty() || !same_secret(claims.get("nonce").string(), nonce)) return refuse("The ID token is of another sign-in.");
  return claims;
}

Result<Person> person_from(const SignInProvider& provider, const Json& json) {
  // Some wrap the answer, as X does.
  const Json whole = json.get("data").is_object() ? json.get("data") : json;
  const std::string subject = first_of(whole, {"sub", "id", "ID", "user_id"});
  if (subject.empty() || subject.size() > kMaxSubject) {
    return Error{ErrorCode::BadValue, "It did not say whose account this is.", provider.label};
  }
  Person person;
  person.id = provider.id + ":" + subject;
  person.name =
      plain_name(first_of(whole, {"name", "display_name", "preferred_username", "nickname", "username", "login"}), kMaxName);
  if (person.name.empty()) person.name = plain_name(provider.label, kMaxName);
  person.url =
      web_address(first_of(whole, {"website", "primary_blog_url", "blog", "profile", "profile_URL", "html_url", "link"}));
  const Json picture = whole.get("picture").get("data").get("url");  // as Facebook has it
  person.avatar =
      web_address(picture.is_string() ? std::string(picture.string())
                                      : first_of(whole, {"picture", "avatar_URL", "avatar_url", "profile_image_url"}));
  person.email = first_of(whole, {"email"});
  return person;
}

Result<ProviderAddresses> IdentityProviders::addresses(const SignInProvider& provider, std::int64_t now) {
  if (provider.issuer.empty()) {
    return ProviderAddresses{"", provider.authorize_url, provider.token_url, provider.person_url,
                             provider.client_auth == "basic"};
  }
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(provider.issuer);
    if (found != known_.end() && now < found->second.until) return found->second.addresses;
  }
  const std::string slash = provider.issuer.ends_with('/') ? "" : "/";
  OCTAVO_TRY(const auto json,
             json_of(client_.send({provider.issuer + slash + ".well-known/openid-configuration", {}}), provider.issuer));
  ProviderAddresses addresses;
  addresses.issuer = json.get("issuer").string();
  addresses.authorize_url = json.get("authorization_endpoint").string();
  addresses.token_url = json.get("token_endpoint").string();
  addresses.person_url = json.get("userinfo_endpoint").string();
  // Without the list Basic is what every server takes.
  addresses.has_basic_auth = !names_method(json.get("token_endpoint_auth_methods_supported"), "client_secret_post");
  if (addresses.issuer != provider.issuer) {
    return Error{ErrorCode::BadValue, "It calls itself " + addresses.issuer + ".", provider.issuer};
  }
  if (!is_private_address(addresses.authorize_url) || !is_private_address(addresses.token_url)) {
    return Error{ErrorCode::BadValue, "Its addresses do not begin with https://.", provider.issuer};
  }
  const std::lock_guard lock(mutex_);
  known_[provider.issuer] = {addresses, now + kAnHour};
  return addresses;
}

Result<Person> IdentityProviders::person(const SignInProvider& provider, const SignInSecrets& secrets, std::string_view code,
                                         std::int64_t now) {
  OCTAVO_TRY(const auto found, addresses(provider, now));
  OutgoingRequest exchange{found.token_url, {}};
  add_form_field(exchange.body, "grant_type", "authorization_code");
  add_form_field(exchange.body, "code", code);
  add_form_field(exchange.body, "redirect_uri", secrets.redirect_url);
  add_form_field(exchange.body, "code_verifier", secrets.verifier);
  const bool is_basic = found.has_basic_auth && !provider.client_secret.empty();
  if (is_basic) {
    exchange.headers.emplace_back("Authorization", basic_authorization(provider));
  } else {
    add_form_field(exchange.body, "client_id", provider.client_id);
    if (!provider.client_secret.empty()) add_form_field(exchange.body, "client_secret", provider.client_secret);
  }
  OCTAVO_TRY(const auto tokens, json_of(client_.send(exchange), found.token_url));
  const std::string access_token(tokens.get("access_token").string());
  std::string subject;
  if (!found.issuer.empty()) {
    OCTAVO_TRY(const auto claims, id_token_claims(tokens.get("id_token").string(), found, provider, secrets.nonce, now / 1000));
    if (found.person_url.empty()) return person_from(provider, claims);
    subject = claims.get("sub").string();
  }
  OCTAVO_TRY(const auto answer,
             json_of(client_.send({found.person_url, {{"Authorization", "Bearer " + access_token}}}), found.person_url));
  // OpenID Connect Core, section 5.3.2: otherwise it could be about anybody.
  if (!found.issuer.empty() && answer.get("sub").string() != subject) {
    return Error{ErrorCode::BadValue, "Its two answers are about different people.", provider.issuer};
  }
  return person_from(provider, answer);
}

}  // namespace octavo
