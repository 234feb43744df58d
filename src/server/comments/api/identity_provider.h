// Identity providers say who somebody is. OAuth 2 (RFC 6749) with PKCE (RFC 7636), and OpenID Connect Core 1.0 where
// the provider has an issuer.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/person.h"
#include "server/http/http_client.h"

namespace octavo {

// Where a provider is asked.
struct ProviderAddresses {
  std::string issuer;  // empty for plain OAuth 2
  std::string authorize_url;
  std::string token_url;
  std::string person_url;
  bool has_basic_auth = false;  // the client's secret goes into a header, not into the form
};

// One sign-in at a provider. All but `redirect_url` is random and used once.
struct SignInSecrets {
  std::string redirect_url;  // where the provider sends people back to
  std::string state;
  std::string verifier;
  std::string nonce;
};

// The page at the provider that people are sent to.
std::string authorize_address(const ProviderAddresses& addresses, const SignInProvider& provider, const SignInSecrets& secrets);

// The claims of an ID token that came straight from the provider over a private connection, which is what stands in for its
// signature (OpenID Connect Core, section 3.1.3.7). `now` in Unix seconds.
Result<Json> id_token_claims(std::string_view token, const ProviderAddresses& addresses, const SignInProvider& provider,
                             std::string_view nonce, std::int64_t now);

// Providers use their own names for a name, an avatar and a page; an error when nothing says who it is.
Result<Person> person_from(const SignInProvider& provider, const Json& json);

class IdentityProviders {
 public:
  explicit IdentityProviders(HttpClient& client) : client_(client) {}

  // Asks the issuer once an hour at most. `now` in Unix milliseconds.
  Result<ProviderAddresses> addresses(const SignInProvider& provider, std::int64_t now);

  // Exchanges the code that the provider has sent along for the person.
  Result<Person> person(const SignInProvider& provider, const SignInSecrets& secrets, std::string_view code, std::int64_t now);

 private:
  struct Known {
    ProviderAddresses addresses;
    std::int64_t until = 0;
  };

  HttpClient& client_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  // by issuer
};

}  // namespace octavo
