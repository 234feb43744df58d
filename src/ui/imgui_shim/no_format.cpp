// Stands in for Dear ImGui's printf-style formatting: it formats the names of windows, tooltips and tables that no page has, and
// nothing of a page's text may ever be taken for a format. Whatever asks for text gets none.
#include "imgui.h"
#include "imgui_internal.h"

int ImFormatStringV(char* buf, size_t buf_size, const char*, va_list) {
  if (buf != nullptr && buf_size > 0) buf[0] = '\0';
  return 0;
}

int ImFormatString(char* buf, size_t buf_size, const char* fmt, ...) {
  va_list arguments;
  va_start(arguments, fmt);
  const int length = ImFormatStringV(buf, buf_size, fmt, arguments);
  va_end(arguments);
  return length;
}
