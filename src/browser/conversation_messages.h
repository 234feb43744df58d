// The messages between the page and the conversation's program, as JSON. Nothing else of the program knows this form.
//
// Drafts and records are text: JSON as the store keeps it.
//
// An event is an object with "type" and "now" (Unix seconds), an effect one with "type".
//
// clang-format off
// Events:
//   open            {page, engine, endpoint, site, thread, title, pageKey, zone, fields: {name, email, website}, readerKey,
//                    liked, likeSent, drafts: [draft…], records: [record…], cached: text, cachedAt, isKept, wasLost, parent,
//                    session: {token, name, label, image} or null, followsPrebuilt}
//   answered        {call, status, body, retryAfter, unsent: there was no network}
//   typed           {text, name, email, website, consent, remember, caretBegin, caretEnd}
//   settled         {}
//   rows            {rows}
//   action          {action: without kConversationAction, key}
//   liked           {on, readerKey}
//   draft_saved     {revision: the new one}
//   draft_failed    {revision}
//   draft_conflict  {revision, draft}
//   imported        {ok, drafts, records}: what came of a file, by number
//   stored          {ticket, outcome: stored, refused or gone}
//   records         {records: [record…]}
//   sending         {}
//   timer_fired     {}
//   online          {}
//   signed_in       {token, name, label, image}
//   sign_in_ended   {why: denied, provider, failed; label}
//
// Effects:
//   show            {page, likes, hasThread, blocks: rows (block_codec.h), textMax}
//   call            {call, method, url, headers: [[name, value]…], body, cookies}: answered by `answered`
//   store           {ticket, key, record, isNew, expected: a state, slot, revision, window: the draft that goes}: answered by `stored`
//   forget          {key}
//   set_timer       {seconds}: answered by `timer_fired`
//   save_draft      {slot, revision, window: what is expected there, newRevision, draft}: answered by draft_saved, draft_failed or
//                    draft_conflict
//   drop_draft      {slot, revision, window}
//   fill            {text, name, email, website, remember, caretBegin, caretEnd}
//   focus           {field or id}
//   announce        {text}
//   sign_in         {provider, label, endpoint}
//   cancel_sign_in  {}
//   sign_out        {endpoint}
//   remember        {name, email, website}
//   like_sent       {on}
//   cache           {body}
//   copy            {text}
//   open_page       {path, parent}
//   outbox          {count}
// clang-format on
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/conversation/effect.h"
#include "core/conversation/event.h"

namespace octavo {

struct ConversationMessage {
  std::int64_t now = 0;
  ConversationEvent event;
};
// Drafts and records that cannot be read are left out.
Result<ConversationMessage> parse_conversation_message(std::string_view json);

std::string write_conversation_effects(const ConversationEffects& effects);

}  // namespace octavo
