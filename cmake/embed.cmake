# Writes text files into a .cpp as string constants: cmake -DOUTPUT=x.cpp -DFILES=a;b -DNAMES=kA;kB -P embed.cmake
set(source "// Made by cmake/embed.cmake.\n#include <string_view>\nnamespace octavo {\n")
foreach(file name IN ZIP_LISTS FILES NAMES)
  file(READ "${file}" text)
  string(APPEND source "extern const std::string_view ${name};\nconst std::string_view ${name} = R\"embedded(${text})embedded\";\n")
endforeach()
file(WRITE "${OUTPUT}" "${source}}  // namespace octavo\n")
