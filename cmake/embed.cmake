# hubbub_embed(<target> <folder> <pattern> <function>): the files of a folder whose names match, inside a
# library that defines hubbub::<function>() (src/rest/embedded_file.h). A folder that is not there gives none:
# the server builds and runs without its pages.
function(hubbub_embed target folder pattern function)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/${pattern})
  set(assembly "    .section .rodata\n")
  set(declarations "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
        "    .global ${target}_${index}\n    .global ${target}_${index}_end\n"
        "${target}_${index}:\n    .incbin \"${folder}/${file}\"\n${target}_${index}_end:\n")
    string(APPEND declarations
        "extern \"C\" const char ${target}_${index}[], ${target}_${index}_end[];\n")
    string(APPEND rows "    {\"/${file}\", {${target}_${index}, ${target}_${index}_end}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
  set(source "#include \"rest/embedded_file.h\"\n\n${declarations}\nnamespace hubbub {\n\n")
  string(APPEND source
      "std::span<const EmbeddedFile> ${function}() {\n"
      "  static const std::vector<EmbeddedFile> files = {\n${rows}  };\n  return files;\n}\n\n"
      "}  // namespace hubbub\n")
  set(base ${CMAKE_BINARY_DIR}/${target})
  file(CONFIGURE OUTPUT ${base}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${base}.cc CONTENT "${source}" @ONLY)
  list(TRANSFORM files PREPEND ${folder}/)
  set_source_files_properties(${base}.S PROPERTIES OBJECT_DEPENDS "${files}")
  add_library(${target} STATIC ${base}.S ${base}.cc)
  target_link_libraries(${target} PUBLIC hubbub_flags)
endfunction()
