# The user interface: Dear ImGui as a library of its own and our painter. No GPU, no window system, no browser.
set(imgui "${OCTAVO_SOURCES_DIR}/imgui")
set(shim "${PROJECT_SOURCE_DIR}/src/ui/imgui_shim")
add_library(imgui STATIC ${shim}/imgui_core.cpp ${shim}/imgui_draw_core.cpp ${shim}/imgui_widgets_core.cpp ${shim}/left_out.cpp)
# The shim comes first: it replaces a header of ImGui's own FreeType loader.
target_include_directories(imgui SYSTEM PUBLIC ${shim} ${imgui})
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="imgui_settings.h")
target_compile_options(imgui PRIVATE -w -fno-exceptions -fno-rtti)
# This halves its compile time; AddressSanitizer still finds our memory errors.
target_compile_options(imgui PRIVATE $<$<BOOL:${OCTAVO_SANITIZE}>:-fno-sanitize=undefined>)

add_library(octavo_ui STATIC
  src/ui/blank_font.cpp
  src/ui/face_css.cpp
  src/ui/imgui_session.cpp
  src/ui/paint_index.cpp
  src/ui/painter.cpp
  src/ui/run_atlas.cpp
  src/ui/hit_target_items.cpp)
target_link_libraries(octavo_ui PUBLIC octavo_layout PRIVATE imgui octavo_no_exceptions)
