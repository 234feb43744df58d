// Who the reader is to the engine.
#include "core/conversation/session.h"

#include "core/page/page_blocks.h"

namespace octavo {

CommentForm EngineSession::form_left(CommentForm form) const {
  if (!is_signed_in()) return form;
  form.can_write = true;
  form.name = form.email = form.website = FieldUse::Hidden;
  return form;
}

void EngineSession::enter(const SignedIn& person) {
  *this = {};
  token = person.token;
  name = clean_text(person.name);
  provider = clean_text(person.provider);
  image = person.image;
}

}  // namespace octavo
