// The functions that JavaScript gives to C++, exactly those of shell/program/program_imports.js. Text is UTF-8, passed as pointer
// and length; nothing passed is kept, and none of them calls back into the program.
#pragma once

#include <cstddef>
#include <cstdint>

namespace octavo {

// A run and its place in a batch, or a run whose ink is asked for; read and written by shell/canvas/rasterizer.js as 32-bit
// words.
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

// A stretch of a list's indices drawn from one texture within one clip; read by shell/canvas/gl_renderer.js as 32-bit words.
struct DrawCommand {
  std::int32_t clip_left = 0;  // device pixels
  std::int32_t clip_top = 0;
  std::int32_t clip_width = 0;
  std::int32_t clip_height = 0;
  std::uint32_t texture = 0;
  std::uint32_t first_index = 0;
  std::uint32_t index_count = 0;
};
static_assert(sizeof(DrawCommand) == 28);

}  // namespace octavo

// An import needs no list beside its declaration: the linker writes it into the program from here.
#define OCTAVO_IMPORT(name) __attribute__((import_module("octavo"), import_name(#name))) name

extern "C" {

// ---- Text. `font` is a CSS font; `words` are separated by '\n'. ----------------------------------------------------------
void OCTAVO_IMPORT(octavojs_measure)(const char* font, std::size_t font_length, const char* language, std::size_t language_length,
                                     const char* words, std::size_t words_length, float* widths, std::size_t count);
// Writes ascent and descent of the font's box around its alphabetic baseline.
void OCTAVO_IMPORT(octavojs_metrics)(const char* font, std::size_t font_length, const char* language, std::size_t language_length,
                                     float* ascent_descent);
// Writes the byte offsets at which words (`unit` 0) or grapheme clusters (1) begin, without 0, at most `capacity`; returns their
// number.
std::size_t OCTAVO_IMPORT(octavojs_segment)(const char* text, std::size_t length, const char* language,
                                            std::size_t language_length, std::uint32_t unit, std::uint32_t* offsets,
                                            std::size_t capacity);

// ---- Pixels. `styles` has a line for each style: font, language, "ltr" or "rtl", CSS color, separated by tabs. -------------
void OCTAVO_IMPORT(octavojs_measure_ink)(const char* styles, std::size_t styles_length, octavo::RasterRun* runs,
                                         std::size_t count);
// Draws the runs and puts `width` times `height` pixels at (x, y) of a texture, premultiplied.
void OCTAVO_IMPORT(octavojs_rasterize)(std::uint32_t texture, const char* styles, std::size_t styles_length,
                                       const octavo::RasterRun* runs, std::size_t count, std::int32_t x, std::int32_t y,
                                       std::int32_t width, std::int32_t height);

// ---- WebGL 2. Textures have numbers from 1 on, are RGBA8 and read without filtering. ------------------------------------------
std::int32_t OCTAVO_IMPORT(octavojs_max_texture_size)(void);
std::uint32_t OCTAVO_IMPORT(octavojs_create_texture)(std::int32_t width, std::int32_t height);
void OCTAVO_IMPORT(octavojs_delete_texture)(std::uint32_t texture);
// `pixels`: the whole texture, straight alpha.
void OCTAVO_IMPORT(octavojs_fill_texture)(std::uint32_t texture, std::int32_t width, std::int32_t height, const void* pixels);
void OCTAVO_IMPORT(octavojs_begin_frame)(float width, float height);
// `vertices` as ImDrawVert, `indices` as 32-bit words.
void OCTAVO_IMPORT(octavojs_draw)(const void* vertices, std::size_t vertices_size, const void* indices, std::size_t indices_size,
                                  const octavo::DrawCommand* commands, std::size_t count);
// The context and everything in it are lost; objects are made again when they are needed.
void OCTAVO_IMPORT(octavojs_drop_device_objects)(void);

// ---- HTML. Returns the length of the answer (see web_html_parser.cpp), which octavojs_take_answer() then copies. ------------
std::size_t OCTAVO_IMPORT(octavojs_parse_html)(const char* html, std::size_t length);
void OCTAVO_IMPORT(octavojs_take_answer)(char* out);

// ---- The page. JSON; see messages.h. ----------------------------------------------------------------------------------
void OCTAVO_IMPORT(octavojs_show_page)(const char* json, std::size_t length);
void OCTAVO_IMPORT(octavojs_perform)(const char* json, std::size_t length);
void OCTAVO_IMPORT(octavojs_request_frame)(void);
// For the conversation's program only: an array of effects (conversation_messages.h).
void OCTAVO_IMPORT(octavojs_conversation)(const char* json, std::size_t length);
// The program cannot go on; no call into it is made after this.
void OCTAVO_IMPORT(octavojs_crashed)(const char* message, std::size_t length);

}  // extern "C"
