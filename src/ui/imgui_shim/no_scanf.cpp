// Stands in for the C library's sscanf, which Dear ImGui links to read settings files and typed numbers. A page has neither.
#include <cstdio>

extern "C" int sscanf(const char*, const char*, ...) {
  return 0;
}
