// The steps of signing in and out.
#include <utility>

#include "core/conversation/state.h"
#include "core/page/conversation_strings.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

using Text = ConversationStrings;

void ConversationState::handle(const SignedIn& event) {
  session.enter(event);
  composer.problem.clear();
  announce(fill_in(Text::kSignedInAs, {session.name}));
  show();
  focus(FormField::Text);
}

void ConversationState::handle(const SignInEnded& event) {
  session.connecting.clear();
  const bool is_denied = event.why == SignInFailure::Denied;
  say_problem(fill_in(is_denied ? Text::kSignInDeclined : Text::kSignInFailed, {event.provider}), FormField::Text);
}

void ConversationState::act_on_session(const ConversationAction& action) {
  switch (action.kind) {
    case ActionKind::SignIn:
      begin_sign_in(action.object);
      break;
    case ActionKind::CancelSignIn:
      session.connecting.clear();
      effects.emplace_back(CancelSignIn{});
      break;
    case ActionKind::ChangeAccount:
      session.is_choosing = !session.is_choosing;
      break;
    default:
      drop_session();
      announce(Text::kLoggedOut);
  }
  show();
}

void ConversationState::begin_sign_in(const std::string& provider) {
  for (const SignInChoice& choice : form.providers) {
    if (choice.id != provider) continue;
    session.connecting = choice.label;
    composer.problem.clear();
    effects.emplace_back(BeginSignIn{choice.id, choice.label, thread.thread_ref.endpoint});
    announce(fill_in(Text::kConnecting, {session.connecting}));
  }
}

void ConversationState::drop_session() {
  const std::string connecting = session.connecting;
  session = {};
  session.connecting = connecting;
  effects.emplace_back(EndSession{thread.thread_ref.endpoint});
}

}  // namespace octavo
