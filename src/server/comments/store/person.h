// Somebody who has signed in.
#pragma once

#include <string>

namespace octavo {

struct Person {
  std::string id;  // "provider:subject"; empty for nobody
  std::string name;
  std::string url;
  std::string avatar;
  std::string email;  // for the owner only
};

}  // namespace octavo
