// The functions that C++ imports, one for one those of src/browser/imports.h. Each forwards to the object that bridge.js gives as
// Module.host, with the view of memory as it is at this moment: memory may grow between two calls.

mergeInto(LibraryManager.library, {
  octavojs_measure: function (font, fontLength, language, languageLength, words, wordsLength, widths, count) {
    Module['host'].measure(HEAPU8, [font, fontLength], [language, languageLength], [words, wordsLength], widths, count);
  },
  octavojs_metrics: function (font, fontLength, ascentDescent) {
    Module['host'].metrics(HEAPU8, [font, fontLength], ascentDescent);
  },
  octavojs_dictionary_breaks: function (text, length, language, languageLength, offsets, capacity) {
    return Module['host'].dictionaryBreaks(HEAPU8, [text, length], [language, languageLength], offsets, capacity);
  },

  octavojs_measure_ink: function (styles, stylesLength, runs, count) {
    Module['host'].measureInk(HEAPU8, [styles, stylesLength], runs, count);
  },
  octavojs_rasterize__deps: ['$GL'],
  octavojs_rasterize: function (texture, styles, stylesLength, runs, count, x, y, width, height) {
    Module['host'].rasterize(HEAPU8, GL.textures[texture], [styles, stylesLength], runs, count, [x, y, width, height]);
  },
  octavojs_use_context__deps: ['$GL'],
  octavojs_use_context: function () {
    GL.makeContextCurrent(GL.registerContext(Module['host'].context, { majorVersion: 2, minorVersion: 0 }));
  },

  octavojs_parse_html: function (html, length) {
    return Module['host'].parseHtml(HEAPU8, [html, length]);
  },
  octavojs_take_answer: function (out) {
    Module['host'].takeAnswer(HEAPU8, out);
  },

  octavojs_number: function (text, length) {
    return Module['host'].number(HEAPU8, [text, length]);
  },

  octavojs_show_page: function (json, length) {
    Module['host'].showPage(HEAPU8, [json, length]);
  },
  octavojs_perform: function (json, length) {
    Module['host'].perform(HEAPU8, [json, length]);
  },
  octavojs_request_frame: function () {
    Module['host'].requestFrame();
  },
  octavojs_crashed: function (message, length) {
    Module['host'].crashed(HEAPU8, [message, length]);
  },
});
