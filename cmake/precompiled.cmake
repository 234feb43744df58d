# Precompiled headers of the standard library and of GoogleTest, for native builds. They halve the time of most sources. A compiler cache
# saves more, and GCC's precompiled headers would defeat it, so a build with a compiler cache goes without them.
if(EMSCRIPTEN OR CMAKE_CXX_COMPILER_LAUNCHER MATCHES "cache")
  return()
endif()

# Not <filesystem>: it brings std::quoted along, which calls of our own function of that name would find.
set(standard_headers <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
  <utility> <variant> <vector>)
file(WRITE "${PROJECT_BINARY_DIR}/precompiled.cpp" "// Everything is in the precompiled header.\n")

# add_precompiled(name LIBRARIES HEADERS...): a library whose precompiled header other targets reuse. Their flags must be the same.
function(add_precompiled name libraries)
  add_library(${name} STATIC "${PROJECT_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(${name} PRIVATE ${libraries})
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

# Sources that have flags of their own go without.
function(use_precompiled target name)
  target_precompile_headers(${target} REUSE_FROM ${name})
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_source_file_property(flags "${source}" COMPILE_OPTIONS)
    if(flags)
      set_source_files_properties("${source}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()

add_precompiled(precompiled_product octavo_no_exceptions ${standard_headers})
add_precompiled(precompiled_tests "octavo_no_exceptions;GTest::gmock;GTest::gtest" ${standard_headers} <gmock/gmock.h> <gtest/gtest.h>)
target_compile_options(precompiled_tests PRIVATE -fPIC)

get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
foreach(target IN LISTS targets)
  get_target_property(type ${target} TYPE)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  # Qt wants -fPIC, so one of the tests has it, and all of them share a header.
  if(target MATCHES "^test_" AND NOT target STREQUAL "test_places")
    target_compile_options(${target} PRIVATE -fPIC)
    use_precompiled(${target} precompiled_tests)
  elseif(target MATCHES "^octavo(_|$)" AND NOT type STREQUAL "INTERFACE_LIBRARY" AND NOT libraries MATCHES "Qt5|KF5")
    use_precompiled(${target} precompiled_product)
  endif()
endforeach()
