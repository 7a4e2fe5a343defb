# The library of faults that `hubbub torture` preloads into a server (src/torture/faults/shim), and its place
# inside the program. It has flags of its own: never a sanitizer, and nothing but libc, since it runs in
# another program before that program's constructors do.
file(GLOB shim_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/torture/faults/shim/*.cc)
add_library(hubbub_faults SHARED ${shim_files})
target_include_directories(hubbub_faults PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(hubbub_faults PRIVATE -O2 -Wall -Wextra -Werror -fvisibility=hidden
    -fno-exceptions -fno-rtti -fno-threadsafe-statics)
target_link_options(hubbub_faults PRIVATE -nodefaultlibs -Wl,-z,defs)
target_link_libraries(hubbub_faults PRIVATE c)
set_target_properties(hubbub_faults PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

set(library ${CMAKE_BINARY_DIR}/libhubbub_faults.so)
set(inside ${CMAKE_SOURCE_DIR}/src/torture/faults/fault_library.S)
set_source_files_properties(${inside} PROPERTIES
    COMPILE_DEFINITIONS "HUBBUB_FAULT_LIBRARY=\"${library}\"" OBJECT_DEPENDS ${library})
target_sources(hubbub_torture PRIVATE ${inside})
