// Names for imported things.
#include "press/import/common/imported_site.h"

namespace octavo {

std::string ImportLocation::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  if (line > 0 && column > 0) out += ":" + std::to_string(column);
  return out;
}

std::string_view visibility_name(Visibility visibility) {
  switch (visibility) {
    case Visibility::Public:
      return "public";
    case Visibility::Draft:
      return "draft";
    case Visibility::Pending:
      return "pending";
    case Visibility::Future:
      return "future";
    case Visibility::Expired:
      return "expired";
    case Visibility::Private:
      return "private";
    case Visibility::Protected:
      return "password";
    case Visibility::Trash:
      return "trash";
    case Visibility::Unknown:
      return "unknown status";
  }
  return "";
}

}  // namespace octavo
