# The WebAssembly programs: reader_program.wasm, the reader, and conversation_program.wasm, both in build/<dir>.
# Works with Emscripten 3.1.6 (Debian 12) and newer ones; settings that only some versions know are left out or asked for by version.

# Smallest code: measured on this program, -O2 is a fifth larger and not faster. Link-time optimization needs the flag everywhere,
# the third-party libraries included, hence these variables instead of a target's options.
# Browsers with WebGL 2 have these three WebAssembly features; compilers use them by themselves only since Emscripten 4.
set(OCTAVO_WEB_FLAGS "-Oz -flto -mbulk-memory -msign-ext -mnontrapping-fptoint" CACHE STRING "Code generation of the release build")
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_RELEASE "${OCTAVO_WEB_FLAGS} -DNDEBUG")
endforeach()

add_executable(reader_program
  src/browser/app.cpp
  src/browser/bridge.cpp
  src/browser/gl_context.cpp
  src/browser/messages.cpp
  src/browser/platform.cpp
  src/browser/web_html_parser.cpp
  src/browser/web_run_rasterizer.cpp
  src/browser/web_text_measurer.cpp)
target_link_libraries(reader_program PRIVATE octavo_ui octavo_reader octavo_layout imgui octavo_no_exceptions)

# The conversation below a post is a program of its own, so that only those who come near it load it.
add_executable(conversation_program
  src/browser/conversation_messages.cpp
  src/browser/conversation_program.cpp
  src/browser/platform.cpp
  src/browser/web_html_parser.cpp)
target_link_libraries(conversation_program PRIVATE octavo_conversation octavo_no_exceptions)

# A program is one .wasm file without a generated script: shell/ starts it, and what it imports is declared with OCTAVO_IMPORT in
# src/browser/imports.h.
# Emscripten accepts an import only if a JavaScript library names it, so the names in imports.h are listed for it. Any other undefined
# symbol is a link error.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS src/browser/imports.h)
file(STRINGS src/browser/imports.h declarations REGEX "OCTAVO_IMPORT\\(octavojs_")
set(imports_library "${PROJECT_BINARY_DIR}/imports_library.js")
set(imports "")
foreach(declaration ${declarations})
  string(REGEX REPLACE ".*OCTAVO_IMPORT\\(([a-z_]+)\\).*" "\\1" name "${declaration}")
  string(APPEND imports "  ${name}: function() {},\n")
endforeach()
file(GENERATE OUTPUT "${imports_library}" CONTENT "mergeInto(LibraryManager.library, {\n${imports}});\n")

function(make_program target exports memory)
  set(exports "${PROJECT_SOURCE_DIR}/src/browser/${exports}")
  set_target_properties(${target} PROPERTIES SUFFIX .wasm LINK_DEPENDS "${exports}")
  target_link_options(${target} PRIVATE
    --no-entry -sSTANDALONE_WASM=1
    --js-library "${imports_library}"
    "-sEXPORTED_FUNCTIONS=@${exports}"
    -sFILESYSTEM=0 -sSUPPORT_LONGJMP=0 -sDISABLE_EXCEPTION_CATCHING=1
    # The stack holds recursive walks of trees with a bounded depth. TOTAL_STACK is the name that all versions know.
    -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=${memory} -sTOTAL_STACK=1048576)
endfunction()
make_program(reader_program exports.txt 25165824)
make_program(conversation_program conversation_exports.txt 4194304)

# What a first visit has to load is printed after every link. Emscripten's own pass of wasm-opt leaves a little: the flags are those
# that it uses, repeated until nothing gets smaller.
find_program(BROTLI brotli)
find_program(WASM_OPT wasm-opt)
set(shrink ${WASM_OPT} -Oz --converge --low-memory-unused --zero-filled-memory
  --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals)
foreach(program reader_program conversation_program)
  if(WASM_OPT AND CMAKE_BUILD_TYPE STREQUAL Release)
    add_custom_command(TARGET ${program} POST_BUILD COMMAND ${shrink} ${program}.wasm -o ${program}.wasm
      WORKING_DIRECTORY $<TARGET_FILE_DIR:${program}> VERBATIM)
  endif()
  add_custom_command(TARGET ${program} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DFILE=$<TARGET_FILE_DIR:${program}>/${program}.wasm -DBROTLI=$<$<CONFIG:Release>:${BROTLI}>
      -P "${PROJECT_SOURCE_DIR}/cmake/print_size.cmake"
    VERBATIM)
endforeach()
