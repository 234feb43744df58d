// The conversation below a post while it is open: thread, reply form, drafts and outbox. It runs in a program of its own
// (src/browser/conversation_program.cpp), which is loaded when a reader comes near it. Events in, effects out, both as JSON; the
// clock, the store, the network and the page are the caller's.
//
// Events, all with "now" (Unix seconds):
//   open            {page, engine, endpoint, site, thread, title, pageKey, zone, fields: {name, email, website}, readerKey,
//                    liked, likeSent, drafts: [draft…], records: [record…], cached: text, cachedAt, isKept, wasLost, path,
//                    followsKnown: the page has comments that the engine has not}
//   answered        {call, status, body, retryAfter, unsent: there was no network}
//   typed           {text, name, email, website, consent, remember, caretBegin, caretEnd}; settled {} some time after the last
//   rows            {rows}: the text needs so many
//   action          {action (without kConversationAction), key: a fresh secret}
//   liked           {on, readerKey}
//   draft_saved, draft_failed, draft_conflict {draft}, drafts {drafts: […]}
//   imported        {ok, drafts, records}: what came of a file, by number
//   stored          {ticket, ok}; records {records: […]}: another window has changed them
//   sending: this window holds the lock; woken; online
//   signed_in       {token, name, label, image: an address that the page may load, or empty}
//   sign_in_ended   {why: denied, provider, failed; label}
//
// Effects:
//   show            {page, likes, hasThread: the engine's comments are there, blocks: rows (block_codec.h), textMax}
//   call            {call, method, url, headers: [[name, value]…], body, cookies}: answered by `answered`
//   store           {ticket, key, record, slot: of the draft that goes with it}: answered by `stored`; forget {key}
//   save_draft      {slot, expected, draft}: answered by draft_saved, draft_failed or draft_conflict; drop_draft {slot}
//   wake            {seconds}; fill {text, name, email, website, caretBegin, caretEnd}; focus {field or id}; announce {text}
//   sign_in         {provider, label, endpoint}; cancel_sign_in; sign_out {endpoint}
//   remember        {name, email, website}; like_sent {on}; cache {body}; copy {text}; open_page {path, parent}; outbox {count}
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/content/html/html_parser.h"

namespace octavo {

class Conversation {
 public:
  // `parser` must outlive it.
  explicit Conversation(HtmlParser& parser);
  ~Conversation();

  // One event; returns an array of effects in the order in which they are to be performed. What is no event changes nothing.
  std::string handle(std::string_view event);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace octavo
