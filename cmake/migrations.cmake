# hubbub_migrations(<room> <folder below src/> <header> <namespace>): the folder's NNNN_name.sql
# files as the list that <namespace>::migrations() gives. Generated when cmake runs, and it runs again
# when one of them changes.
function(hubbub_migrations room folder header namespace)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.sql)
  list(SORT scripts)
  set(steps "")
  foreach(script IN LISTS scripts)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
    get_filename_component(stem ${script} NAME_WE)
    if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
      message(FATAL_ERROR "${script}: a migration is called NNNN_name.sql")
    endif()
    set(name ${CMAKE_MATCH_2})
    string(REGEX REPLACE "^0+" "" version ${CMAKE_MATCH_1})
    file(READ ${script} text)
    string(APPEND steps "    {${version}, \"${name}\", R\"sql(${text})sql\"},\n")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/generated/${folder}.cc)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include "@header@"

namespace @namespace@ {

std::span<const Migration> migrations() {
  static constexpr Migration kSteps[] = {
@steps@  };
  return kSteps;
}

}  // namespace @namespace@
]])
  target_sources(hubbub_${room} PRIVATE ${source})
endfunction()
