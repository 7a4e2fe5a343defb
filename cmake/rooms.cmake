# hubbub_room(<name> DEPENDS <targets> SERVICES <words> EXCEPT <regex> TESTS_APART): a folder of src/ as the
# library hubbub_<name>, and its *_test.cc files as the program <name>_test, known to ctest under that name
# with the label "unit". Suites with one of the words in their name need that service (HUBBUB_TEST_<WORD> says
# where it is): they are <name>_<word>_test, with the label "services". Paths that match EXCEPT are no part of
# the room's library. TESTS_APART: its tests use one name for different things, and are not compiled together.
# TOGETHER: its library's files are.
function(hubbub_room name)
  cmake_parse_arguments(ROOM "TESTS_APART;TOGETHER" "EXCEPT" "DEPENDS;SERVICES" ${ARGN})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  if(ROOM_EXCEPT)
    list(FILTER files EXCLUDE REGEX ${ROOM_EXCEPT})
  endif()
  set(tests ${files})
  list(FILTER files EXCLUDE REGEX "(_test|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(files)
    add_library(hubbub_${name} STATIC ${files})
    target_link_libraries(hubbub_${name} PUBLIC hubbub_flags ${ROOM_DEPENDS})
    target_precompile_headers(hubbub_${name} REUSE_FROM hubbub_precompiled)
    if(HUBBUB_TOGETHER AND ROOM_TOGETHER)
      set_target_properties(hubbub_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
    endif()
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
    if(HUBBUB_TOGETHER AND NOT ROOM_TESTS_APART)
      set_target_properties(${name}_test PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
    endif()
    set(others "")
    foreach(word IN LISTS ROOM_SERVICES)
      string(TOLOWER ${word} service)
      hubbub_room_test(${name}_${service}_test ${name}_test services *${word}*)
      # They empty it, hold it up and fill it.
      set_tests_properties(${name}_${service}_test PROPERTIES RESOURCE_LOCK ${service})
      string(APPEND others "*${word}*:")
    endforeach()
    hubbub_room_test(${name}_test ${name}_test unit "-${others}")
  endif()
endfunction()

function(hubbub_room_test name program label filter)
  add_test(NAME ${name} COMMAND ${program} --gtest_brief=1 "--gtest_filter=${filter}")
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 300
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
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
