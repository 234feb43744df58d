// The reader's own comments that are being changed: one is edited in the form, one may be deleted, one change is under way.
#pragma once

#include <string>

#include "core/comments/comment_adapter.h"

namespace octavo {

// A change that the engine was asked for.
struct OwnChange {
  std::string id;  // of the comment; empty = none is under way
  std::string text;
  OwnAction action = OwnAction::Edit;  // or Delete
};

struct OwnComments {
  OwnChange change;
  std::string original;    // text of the comment that is edited in the form
  std::string deleting;    // id: the reader is asked whether to delete it
  std::string problem;     // a sentence about the comment `problem_id`
  std::string problem_id;  // empty = there is no problem
};

}  // namespace octavo
