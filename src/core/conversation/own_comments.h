// The reader's own comments that are being changed: one is edited in the form, one may be deleted, one change is under way.
#pragma once

#include <string>

namespace octavo {

// A change that the engine has been asked for.
struct OwnChange {
  std::string id;  // of the comment; empty = none is under way
  std::string text;
  bool is_deletion = false;
};

struct OwnComments {
  OwnChange change;
  std::string original;    // text of the comment that is edited in the form
  std::string deleting;    // id: the reader is asked whether to delete it
  std::string problem;     // a sentence about the comment `problem_id`
  std::string problem_id;  // empty = there is no problem
};

}  // namespace octavo
