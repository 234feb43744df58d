// Sign-ins under way and people who are signed in, in the database that all processes share. Secrets are stored as hashes,
// except the two that the provider must be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/comments/store/database.h"
#include "server/comments/store/person.h"

namespace octavo {

// From the click until the page has its session.
struct SignInRecord {
  std::string state_hash;   // of what the provider sends back
  std::string ticket_hash;  // of what the page that began it has
  std::string provider;
  std::string verifier;
  std::string nonce;
  std::string redirect_url;
  std::string return_url;    // the page
  std::string outcome_hash;  // of the code that the page is sent; empty until the provider has answered
  Person person;
  std::int64_t expires = 0;  // Unix milliseconds
};

class SignInStore {
 public:
  explicit SignInStore(SqlSession& session) : session_(session) {}

  Status begin(const SignInRecord& record);
  // The sign-in that this state belongs to, once. The next call gets nothing.
  Result<std::optional<SignInRecord>> take_by_state(std::string_view state_hash, std::int64_t now);
  Status finish(const SignInRecord& record);
  // The sign-in that this ticket belongs to, once, when the provider has answered.
  Result<std::optional<SignInRecord>> take_by_ticket(std::string_view ticket_hash, std::int64_t now);

  Status open_session(std::string_view token_hash, const Person& person, std::int64_t expires);
  Result<std::optional<Person>> person_of(std::string_view token_hash, std::int64_t now);
  // Says whether there was such a session.
  Result<bool> end_session(std::string_view token_hash, std::int64_t now);
  Status end_sessions_of(std::string_view person);

  Status forget_expired(std::int64_t now);

 private:
  SqlSession& session_;
};

}  // namespace octavo
