# The native side: the octavo command, its libraries, and every test that needs no browser.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(yaml-cpp REQUIRED)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)

# ---- press: import, build, check, new -----------------------------------------------------------------------------------
# yaml-cpp, toml++ and cpp-httplib throw, so the files that include them are built with exceptions and let none out.
add_library(octavo_press STATIC
  src/press/build_site.cpp
  src/press/front_matter.cpp
  src/press/gumbo_parser.cpp
  src/press/site_settings.cpp)
target_link_libraries(octavo_press PUBLIC octavo_reader octavo_layout PRIVATE octavo_flags yaml-cpp PkgConfig::GUMBO OpenSSL::Crypto Threads::Threads)

# ---- server: the local web server -------------------------------------------------------------------------------------------
add_library(octavo_server STATIC
  src/server/static_server.cpp)
target_link_libraries(octavo_server PUBLIC octavo_base PRIVATE octavo_flags PkgConfig::BROTLI ZLIB::ZLIB Threads::Threads)

add_executable(octavo src/press/main.cpp)
target_link_libraries(octavo PRIVATE octavo_press octavo_server)

# ---- tests -------------------------------------------------------------------------------------------------------------------
enable_testing()
find_package(GTest REQUIRED)
include(GoogleTest)

# One test program per layer: octavo_test(name LIBS ... FILES ...)
function(octavo_test name)
  cmake_parse_arguments(arg "" "" "LIBS;FILES" ${ARGN})
  add_executable(${name} ${arg_FILES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} octavo_flags GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_options(${name} PRIVATE -frtti -Wno-conversion)
  target_include_directories(${name} PRIVATE tests)
  target_compile_definitions(${name} PRIVATE OCTAVO_TESTS_DIR="${PROJECT_SOURCE_DIR}/tests" OCTAVO_SOURCES_DIR="${OCTAVO_SOURCES_DIR}"
    OCTAVO_ASSETS_DIR="${PROJECT_SOURCE_DIR}/assets")
  add_test(NAME ${name} COMMAND ${name})
endfunction()

octavo_test(test_base LIBS octavo_base FILES
  tests/unit/core/base/date_test.cpp
  tests/unit/core/base/json_test.cpp
  tests/unit/core/base/url_test.cpp
  tests/unit/core/base/utf8_test.cpp)
octavo_test(test_content LIBS octavo_content octavo_press FILES
  tests/unit/core/content/bundle_test.cpp
  tests/unit/core/content/commonmark_test.cpp
  tests/unit/core/content/html_import_test.cpp
  tests/unit/core/content/markdown_test.cpp
  tests/unit/core/content/semantic_tree_test.cpp)
octavo_test(test_layout LIBS octavo_layout FILES
  tests/unit/core/layout/layout_golden_test.cpp
  tests/unit/core/layout/layout_test.cpp
  tests/unit/core/layout/style_test.cpp)
octavo_test(test_reader LIBS octavo_reader FILES
  tests/unit/core/reader/page_test.cpp
  tests/unit/core/reader/reader_test.cpp
  tests/unit/core/reader/route_test.cpp)
octavo_test(test_press LIBS octavo_press octavo_server FILES
  tests/unit/press/build_site_test.cpp
  tests/unit/press/front_matter_test.cpp
  tests/unit/server/static_server_test.cpp)
