// The functions that the browser side gives to C++, one for one those of shell/bridge_library.js. Text is UTF-8, pointer and
// length; nothing passed is kept, and none of them calls back into the program.
#pragma once

#include <cstddef>
#include <cstdint>

namespace octavo {

// A run and its place in a batch, or a run whose ink is asked for; read and written by shell/rasterizer.js as 32-bit words.
struct RasterRun {
  const char* text = nullptr;
  std::uint32_t text_length = 0;
  std::uint32_t style = 0;  // line in the style table
  std::int32_t pen_x = 0;
  std::int32_t pen_y = 0;
  std::int32_t box_left = 0;  // measuring: the ink, relative to the pen; drawing: the clip, within the batch
  std::int32_t box_top = 0;
  std::int32_t box_width = 0;
  std::int32_t box_height = 0;
  std::int32_t needs_clip = 0;
};
static_assert(sizeof(void*) != 4 || sizeof(RasterRun) == 40);

}  // namespace octavo

extern "C" {

// ---- Text. `font` is a CSS font; `words` are separated by '\n'. ----------------------------------------------------------
void octavojs_measure(const char* font, std::size_t font_length, const char* language, std::size_t language_length,
                      const char* words, std::size_t words_length, float* widths, std::size_t count);
// Writes ascent and descent of the font's box around its alphabetic baseline.
void octavojs_metrics(const char* font, std::size_t font_length, float* ascent_descent);
// Writes the byte offsets at which words begin, at most `capacity`, and returns their number.
std::size_t octavojs_dictionary_breaks(const char* text, std::size_t length, const char* language, std::size_t language_length,
                                       std::uint32_t* offsets, std::size_t capacity);

// ---- Pixels. `styles` has a line for each style: font, language, "ltr" or "rtl", CSS colour, separated by tabs. -------------
void octavojs_measure_ink(const char* styles, std::size_t styles_length, octavo::RasterRun* runs, std::size_t count);
// Draws the runs and puts `width` times `height` pixels at (x, y) of a texture, premultiplied.
void octavojs_rasterize(std::uint32_t texture, const char* styles, std::size_t styles_length, const octavo::RasterRun* runs,
                        std::size_t count, std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height);
// Makes the canvas's WebGL 2 context the one that GL functions talk to.
void octavojs_use_context(void);

// ---- HTML. Returns the length of the answer (see web_html_parser.cpp), which octavojs_take_answer() then copies. ------------
std::size_t octavojs_parse_html(const char* html, std::size_t length);
void octavojs_take_answer(char* out);

// The value of a JSON number.
double octavojs_number(const char* text, std::size_t length);

// ---- The page. JSON; see messages.h. ----------------------------------------------------------------------------------
void octavojs_show_page(const char* json, std::size_t length);
void octavojs_perform(const char* json, std::size_t length);
void octavojs_request_frame(void);
// The program cannot go on; no call into it is made after this.
void octavojs_crashed(const char* message, std::size_t length);

}  // extern "C"
