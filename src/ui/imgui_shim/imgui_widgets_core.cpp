// Dear ImGui's widgets without what no page reaches.
#include "left_out.h"

#include "imgui_widgets.cpp"
