# The Debian package (`make deb`): binary, unit, settings, documents. Nothing else is ever installed, so what
# install() names is the package.
include(GNUInstallDirs)
set(PACKAGE_FILES ${CMAKE_BINARY_DIR}/package)

# As shipped, but with the data where the unit keeps it.
file(READ ${CMAKE_SOURCE_DIR}/config/hubbub.toml settings)
string(REPLACE "data_dir = \"./data\"" "data_dir = \"/var/lib/hubbub\"" settings "${settings}")
file(CONFIGURE OUTPUT ${PACKAGE_FILES}/hubbub.toml CONTENT "${settings}" @ONLY)

# In the form of Debian: each line of the licence indented, a dot for an empty one.
file(READ ${CMAKE_SOURCE_DIR}/LICENSE LICENSE_TEXT)
string(REGEX REPLACE "^.*\n(Permission)" "\\1" LICENSE_TEXT "${LICENSE_TEXT}")
string(REGEX REPLACE "\n+$" "" LICENSE_TEXT "${LICENSE_TEXT}")
string(REGEX REPLACE "\n\n" "\n.\n" LICENSE_TEXT "${LICENSE_TEXT}")
string(REGEX REPLACE "\n" "\n " LICENSE_TEXT " ${LICENSE_TEXT}")
configure_file(${CMAKE_SOURCE_DIR}/deploy/debian/copyright ${PACKAGE_FILES}/copyright @ONLY)

set(MAINTAINER "The Hubbub authors <maintainers@hubbub.invalid>")
string(TIMESTAMP NOW "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${CMAKE_SOURCE_DIR}/deploy/debian/changelog ${PACKAGE_FILES}/changelog @ONLY)
configure_file(${CMAKE_SOURCE_DIR}/deploy/debian/hubbub.1 ${PACKAGE_FILES}/hubbub.1 @ONLY)
find_program(GZIP gzip REQUIRED)
foreach(file changelog hubbub.1)
  execute_process(COMMAND ${GZIP} -9 -n -c ${PACKAGE_FILES}/${file}
      OUTPUT_FILE ${PACKAGE_FILES}/${file}.gz COMMAND_ERROR_IS_FATAL ANY)
endforeach()
set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/config/hubbub.toml ${CMAKE_SOURCE_DIR}/LICENSE)

install(TARGETS hubbub RUNTIME)
install(FILES ${CMAKE_SOURCE_DIR}/deploy/systemd/hubbub.service DESTINATION /lib/systemd/system)
install(FILES ${PACKAGE_FILES}/hubbub.toml DESTINATION /etc/hubbub)
install(FILES ${CMAKE_SOURCE_DIR}/deploy/systemd/hubbub.env DESTINATION /etc/hubbub
    PERMISSIONS OWNER_READ OWNER_WRITE)
install(FILES ${PACKAGE_FILES}/copyright ${PACKAGE_FILES}/changelog.gz 
    ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PACKAGE_FILES}/hubbub.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/deploy/caddy ${CMAKE_SOURCE_DIR}/deploy/keycloak
    DESTINATION ${CMAKE_INSTALL_DATADIR}/hubbub OPTIONAL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hubbub)
set(CPACK_PACKAGE_VENDOR Hubbub)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "self-hosted chat server with its web chat built in")
set(CPACK_PACKAGE_DESCRIPTION
"Channels, private messages, and a promise that an acknowledged message is
on disk and reaches everyone, in order, exactly once. Starts with SQLite and
accounts of its own; takes PostgreSQL, Valkey or Redis, and any OpenID
provider. Speaks the protocol of the older server OnRabble too.")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "caddy, postgresql, redis-server")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_SOURCE_DIR}/deploy/debian/conffiles ${CMAKE_SOURCE_DIR}/deploy/debian/postinst
    ${CMAKE_SOURCE_DIR}/deploy/debian/postrm ${CMAKE_SOURCE_DIR}/deploy/debian/prerm)
include(CPack)
