// The SQL of sign-ins.
#include "server/comments/store/sign_in_store.h"

namespace octavo {

namespace {

constexpr std::string_view kSignInColumns =
    "state_hash, ticket_hash, provider, verifier, nonce, origin, return_url, outcome, person, name, url, avatar, email, expires";
// In the place of an outcome while the provider is asked, so that a state cannot be used twice.
constexpr std::string_view kAsking = "asking";

Status done(const Result<SqlRows>& rows) {
  return rows ? Status(Unit()) : Status(rows.error());
}

std::string text_at(const SqlRow& row, std::size_t column) {
  return std::string(row[column].text());
}

Result<std::optional<SignInRecord>> record_in(const Result<SqlRows>& found) {
  OCTAVO_TRY(const SqlRows rows, found);
  if (rows.empty()) return std::optional<SignInRecord>();
  const SqlRow& row = rows.front();
  SignInRecord record;
  std::size_t column = 0;
  for (std::string* text : {&record.state_hash, &record.ticket_hash, &record.provider, &record.verifier, &record.nonce,
                            &record.redirect_url, &record.return_url, &record.outcome_hash, &record.person.id,
                            &record.person.name, &record.person.url, &record.person.avatar, &record.person.email}) {
    *text = text_at(row, column++);
  }
  record.expires = row[column].number();
  return std::optional<SignInRecord>(std::move(record));
}

}  // namespace

Status SignInStore::begin(const SignInRecord& record) {
  return done(session_.run("INSERT INTO sign_ins (" + std::string(kSignInColumns) +
                               ") VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', '', '', '', $8)",
                           {record.state_hash, record.ticket_hash, record.provider, record.verifier, record.nonce,
                            record.redirect_url, record.return_url, record.expires}));
}

Result<std::optional<SignInRecord>> SignInStore::take_by_state(std::string_view state_hash, std::int64_t now) {
  return record_in(
      session_.run("UPDATE sign_ins SET outcome = $1 WHERE state_hash = $2 AND outcome = '' AND expires > $3 RETURNING " +
                       std::string(kSignInColumns),
                   {kAsking, state_hash, now}));
}

Status SignInStore::finish(const SignInRecord& record) {
  const Person& person = record.person;
  return done(
      session_.run("UPDATE sign_ins SET outcome = $1, person = $2, name = $3, url = $4, avatar = $5, email = $6 "
                   "WHERE state_hash = $7",
                   {record.outcome_hash, person.id, person.name, person.url, person.avatar, person.email, record.state_hash}));
}

Result<std::optional<SignInRecord>> SignInStore::take_by_ticket(std::string_view ticket_hash, std::int64_t now) {
  return record_in(
      session_.run("DELETE FROM sign_ins WHERE ticket_hash = $1 AND outcome <> '' AND outcome <> $2 AND expires > $3 "
                   "RETURNING " +
                       std::string(kSignInColumns),
                   {ticket_hash, kAsking, now}));
}

Status SignInStore::open_session(std::string_view token_hash, const Person& person, std::int64_t expires) {
  return done(
      session_.run("INSERT INTO sessions (token_hash, person, name, url, avatar, email, expires) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   {token_hash, person.id, person.name, person.url, person.avatar, person.email, expires}));
}

Result<std::optional<Person>> SignInStore::person_of(std::string_view token_hash, std::int64_t now) {
  OCTAVO_TRY(const auto rows,
             session_.run("SELECT person, name, url, avatar, email FROM sessions WHERE token_hash = $1 AND expires > $2",
                          {token_hash, now}));
  if (rows.empty()) return std::optional<Person>();
  const SqlRow& row = rows.front();
  return std::optional<Person>({text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4)});
}

Result<bool> SignInStore::end_session(std::string_view token_hash, std::int64_t now) {
  OCTAVO_TRY(const auto rows, session_.run("DELETE FROM sessions WHERE token_hash = $1 RETURNING expires", {token_hash}));
  return !rows.empty() && rows.front()[0].number() > now;
}

Status SignInStore::end_sessions_of(std::string_view person) {
  return done(session_.run("DELETE FROM sessions WHERE person = $1", {person}));
}

Status SignInStore::forget_expired(std::int64_t now) {
  OCTAVO_CHECK(done(session_.run("DELETE FROM sign_ins WHERE expires <= $1", {now})));
  return done(session_.run("DELETE FROM sessions WHERE expires <= $1", {now}));
}

}  // namespace octavo
