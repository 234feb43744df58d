# The WebAssembly program and its glue script: build/<dir>/octavo_wasm.js and octavo_wasm.wasm.
# Works with Emscripten 3.1.6 (Debian 12) and newer ones; settings that only some versions know are left out or asked for by version.

# Smallest code: measured on this program, -O2 is a fifth larger and not faster. Link-time optimisation needs the flag everywhere,
# the third-party libraries included, hence these variables instead of a target's options.
# Browsers with WebGL 2 have these three WebAssembly features; compilers use them by themselves only since Emscripten 4.
set(OCTAVO_WEB_FLAGS "-Oz -flto -mbulk-memory -msign-ext -mnontrapping-fptoint" CACHE STRING "Code generation of the release build")
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_RELEASE "${OCTAVO_WEB_FLAGS} -DNDEBUG")
endforeach()

add_executable(octavo_wasm
  src/browser/app.cpp
  src/browser/bridge.cpp
  src/browser/gl_context.cpp
  src/browser/messages.cpp
  src/browser/number_text.cpp
  src/browser/web_html_parser.cpp
  src/browser/web_run_rasterizer.cpp
  src/browser/web_text_measurer.cpp
  src/ui/imgui_shim/no_scanf.cpp)
target_link_libraries(octavo_wasm PRIVATE octavo_ui octavo_reader octavo_layout imgui octavo_no_exceptions)

set(exports "${PROJECT_SOURCE_DIR}/src/browser/exports.txt")
set(library "${PROJECT_SOURCE_DIR}/shell/bridge_library.js")
set_target_properties(octavo_wasm PROPERTIES SUFFIX .js LINK_DEPENDS "${exports};${library}")
target_link_options(octavo_wasm PRIVATE
  --no-entry
  --js-library "${library}"
  "-sEXPORTED_FUNCTIONS=@${exports}"
  -sINCOMING_MODULE_JS_API=locateFile,print,printErr
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web
  -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sTEXTDECODER=2 -sSUPPORT_LONGJMP=0 -sDISABLE_EXCEPTION_CATCHING=1
  # The stack holds recursive walks of trees with a bounded depth. TOTAL_STACK is the name that all versions know.
  -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=25165824 -sTOTAL_STACK=1048576
  -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_TRACK_ERRORS=0 -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0
  -sGL_SUPPORT_SIMPLE_ENABLE_EXTENSIONS=0 -sGL_EXTENSIONS_IN_PREFIXED_FORMAT=0 -sGL_EMULATE_GLES_VERSION_STRING_FORMAT=0
  -sHTML5_SUPPORT_DEFERRING_USER_SENSITIVE_REQUESTS=0
  $<$<CONFIG:Debug>:-sASSERTIONS=1>)
# The clang of Emscripten 3.1.6 is 14: it exports the views of memory by itself and still links errno where nothing reads it.
if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  target_link_options(octavo_wasm PRIVATE -sSUPPORT_ERRNO=0)
else()
  target_link_options(octavo_wasm PRIVATE -sEXPORTED_RUNTIME_METHODS=HEAPU8)
endif()

# What a first visit has to load is printed after every link.
find_program(BROTLI brotli)
add_custom_command(TARGET octavo_wasm POST_BUILD
  COMMAND ${CMAKE_COMMAND} -DFILE=$<TARGET_FILE_DIR:octavo_wasm>/octavo_wasm.wasm -DBROTLI=$<$<CONFIG:Release>:${BROTLI}>
    -P "${PROJECT_SOURCE_DIR}/cmake/print_size.cmake"
  VERBATIM)
