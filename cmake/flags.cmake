# All compiler and linker flags, on one interface target that every room links.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  # A precompiled header changes with every build folder; these say what of it may be overlooked.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
endif()

# Most of a file's compile time is what it includes: ten at a time take a fifth of it in tests, a third in the
# large rooms. Whoever changes one file after the other is quicker without.
set(HUBBUB_TOGETHER ON CACHE BOOL "compile the files of large rooms, and their tests, together")
set(HUBBUB_SANITIZE "" CACHE STRING "address, thread, fuzzer or empty")

add_library(hubbub_flags INTERFACE)
target_include_directories(hubbub_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(hubbub_flags INTERFACE -Wall -Wextra -Werror -fno-omit-frame-pointer)
target_compile_definitions(hubbub_flags INTERFACE
    HUBBUB_VERSION="${PROJECT_VERSION}"
    BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_HAS_STD_INVOKE_RESULT)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # g++ 12 sees dangling and uninitialised values in the optimised insides of Asio and std::variant.
  target_compile_options(hubbub_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict -fpch-preprocess)
endif()
if(HUBBUB_SANITIZE STREQUAL "address")
  target_compile_options(hubbub_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_link_options(hubbub_flags INTERFACE -fsanitize=address,undefined)
elseif(HUBBUB_SANITIZE STREQUAL "thread")
  # g++ 12 warns that std::atomic_thread_fence, used in Asio, is not modelled by TSan.
  target_compile_options(hubbub_flags INTERFACE -fsanitize=thread -Wno-tsan)
  target_link_options(hubbub_flags INTERFACE -fsanitize=thread)
elseif(HUBBUB_SANITIZE STREQUAL "fuzzer")
  target_compile_options(hubbub_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined
      -fno-sanitize-recover=all)
  target_link_options(hubbub_flags INTERFACE -fsanitize=address,undefined)
endif()

# What nearly every file includes, compiled once per build folder.
add_library(hubbub_precompiled OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cc)
target_link_libraries(hubbub_precompiled PUBLIC hubbub_flags)
target_precompile_headers(hubbub_precompiled PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)

# The same for unit tests, with gtest and gmock, which take seconds to read. Test code is not optimised: half
# of a cold build was spent on that.
add_library(hubbub_precompiled_tests OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cc)
target_link_libraries(hubbub_precompiled_tests PUBLIC hubbub_flags GTest::gmock)
target_compile_options(hubbub_precompiled_tests PRIVATE -O0)
target_precompile_headers(hubbub_precompiled_tests PRIVATE
    ${CMAKE_SOURCE_DIR}/cmake/precompiled.h <gmock/gmock.h> <gtest/gtest.h>)
