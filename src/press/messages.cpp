// What the command says on stderr.
#include <cstdio>

#include "press/commands.h"

namespace octavo {

void print_diagnostics(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.items()) std::fprintf(stderr, "%s\n", diagnostic.text().c_str());
}

void print_error(const Error& error) {
  const std::string where = error.where.empty() ? "octavo" : error.where;
  std::fprintf(stderr, "%s: error: %s\n", where.c_str(), error.message.c_str());
}

}  // namespace octavo
