// Dear ImGui's drawing without what no page reaches.
#include "left_out.h"

#include "imgui_draw.cpp"
