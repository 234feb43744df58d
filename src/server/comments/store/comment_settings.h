// What the owner decides about comments. The defaults need no thought on a machine of one's own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/comments/api_names.h"

namespace octavo {

// Which threads take comments and likes.
enum class ThreadRule : std::uint8_t {
  Site,    // the posts of the site that is served
  Any,     // every key: the blog is somewhere else, and nobody here knows its posts
  Listed,  // those of the settings
};

// An identity provider: OpenID Connect where `issuer` is given, plain OAuth 2 with three addresses otherwise.
struct SignInProvider {
  std::string id;     // in addresses: lower-case letters and digits
  std::string label;  // "Log in with …"
  std::string icon;   // address of an image, may be empty
  std::string issuer;
  std::string authorize_url;
  std::string token_url;
  std::string person_url;  // answers with JSON about whose token it is
  std::string client_id;
  std::string client_secret;  // empty for public clients
  std::string scope;
  std::string
      client_auth;  // where the secret goes: "basic" = into a header, otherwise into the form; OpenID Connect says it itself
};

struct CommentSettings {
  std::string site;  // a name for the owner's own use
  Moderation moderation = Moderation::Links;
  bool anonymous = true;
  FieldUse name = FieldUse::Required;
  FieldUse email = FieldUse::Optional;
  FieldUse website = FieldUse::Optional;

  std::int64_t text_min = 1;  // code points
  std::int64_t text_max = 8000;
  std::int64_t links_max = 2;              // more of them are held
  std::vector<std::string> blocked_words;  // held; compared without case in ASCII
  bool images = false;

  std::int64_t show_depth = 6;
  std::int64_t page_size = 50;
  std::int64_t page_size_max = 200;
  std::vector<std::string> reactions = {"like"};

  std::int64_t edit_seconds = 15 * 60;
  std::int64_t per_minute = 6;  // comments of one network; 0 = as many as come
  std::int64_t per_hour = 60;
  std::int64_t min_gap_seconds = 2;
  std::int64_t requests_per_minute = 600;  // of any kind, of one network; 0 = as many as come
  std::int64_t reactions_per_network = 5;  // readers of one network that a post or comment counts in a day; 0 = all of them
  std::int64_t min_seconds = 2;            // faster is held
  std::int64_t keep_network_days = 7;

  ThreadRule thread_rule = ThreadRule::Site;
  std::vector<std::string> threads;  // Listed

  std::vector<std::string> origins;          // pages elsewhere that may ask: "https://blog.example"
  std::vector<std::string> hosts;            // names of this server besides localhost, as in the Host header
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and Forwarded count
  std::string thread_url;                    // address of a thread's page with {thread} in it; for feeds and links to comments
  std::string privacy_url;
  std::string terms_url;
  std::string consent;  // a sentence to agree to; empty = none
  std::string own_url;  // address of this server as the world sees it, for sign-in; empty = from the request

  std::string moderation_token;  // empty = nobody moderates over the network
  std::vector<SignInProvider> providers;
};

}  // namespace octavo
