// Dear ImGui's core without what no page reaches.
#include "left_out.h"

#include "imgui.cpp"
