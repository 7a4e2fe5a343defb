# hubbub_room(<name> DEPENDS <targets>): a folder of src/ as the library hubbub_<name>, and its *_test.cc
# files as the program <name>_test, known to ctest under that name with the label "unit".
function(hubbub_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS" ${ARGN})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  set(tests ${files})
  list(FILTER files EXCLUDE REGEX "(_test|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(files)
    add_library(hubbub_${name} STATIC ${files})
    target_link_libraries(hubbub_${name} PUBLIC hubbub_flags ${ROOM_DEPENDS})
    target_precompile_headers(hubbub_${name} REUSE_FROM hubbub_precompiled)
  else()
    add_library(hubbub_${name} INTERFACE)
    target_link_libraries(hubbub_${name} INTERFACE hubbub_flags ${ROOM_DEPENDS})
  endif()
  if(tests AND NOT HUBBUB_SANITIZE STREQUAL "fuzzer")
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE
        hubbub_flags hubbub_${name} GTest::gmock GTest::gtest_main)
    target_compile_options(${name}_test PRIVATE -O0)
    target_precompile_headers(${name}_test REUSE_FROM hubbub_precompiled_tests)
    set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    add_test(NAME ${name}_test COMMAND ${name}_test --gtest_brief=1)
    set_tests_properties(${name}_test PROPERTIES LABELS unit TIMEOUT 120
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()

# hubbub_program(<name> <sources> DEPENDS <targets>): a program in the build folder's root.
# Sources are absolute, or relative to src/.
function(hubbub_program name)
  cmake_parse_arguments(PROGRAM "" "" "DEPENDS" ${ARGN})
  list(TRANSFORM PROGRAM_UNPARSED_ARGUMENTS PREPEND ${CMAKE_SOURCE_DIR}/src/ REGEX "^[^/]")
  add_executable(${name} ${PROGRAM_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE hubbub_flags ${PROGRAM_DEPENDS})
  target_precompile_headers(${name} REUSE_FROM hubbub_precompiled)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
