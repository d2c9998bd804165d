# Compiler settings shared by every target, and cordon_room(): one row per room.
# The rows in core/CMakeLists.txt and ui/CMakeLists.txt are the include graph; tests/architecture reads them.

# Headers that most sources of a folder share are read once (half of what a small test takes to compile). Clang only: GCC
# asks for the very same options, and its builds thereby show a missing include.
option(CORDON_PRECOMPILE "Precompile the large headers of ui, app and tests (clang only)" ON)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(CORDON_PRECOMPILE OFF)
endif()

find_program(CORDON_CCACHE ccache)
if(CORDON_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CORDON_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CORDON_CCACHE}")
  if(CORDON_PRECOMPILE) # what ccache asks for before it keeps anything that was compiled with such headers
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1 "${CORDON_CCACHE}")
  endif()
endif()
# Qt 6.4's moc stops at the concepts in libstdc++'s <concepts>; it needs none of it.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)
find_program(CORDON_MOLD mold)
if(CORDON_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(cordon_options INTERFACE)
target_include_directories(cordon_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(cordon_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused -Wformat=2
  -fstack-protector-strong -fno-omit-frame-pointer)
# GCC 12 warns of uninitialised members when a std::variant is moved below -O2; clang and GCC at -O2 do not.
target_compile_options(cordon_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
target_compile_definitions(cordon_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
target_link_options(cordon_options INTERFACE -Wl,-z,relro,-z,now)
if(CORDON_WERROR)
  target_compile_options(cordon_options INTERFACE -Werror)
endif()
if(CORDON_SANITIZE)
  target_compile_options(cordon_options INTERFACE -fsanitize=${CORDON_SANITIZE} -fno-sanitize-recover=undefined)
  target_link_options(cordon_options INTERFACE -fsanitize=${CORDON_SANITIZE})
endif()

if(CORDON_FUZZ)
  target_compile_options(cordon_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# cordon_room(NAME USES room… OUTSIDE cmake-target…)
# A static library cordon_NAME from every .cpp below the room's folder. USES names the rooms it may include;
# OUTSIDE the libraries that this room alone may touch.
function(cordon_room name)
  cmake_parse_arguments(ROOM "QT" "" "USES;OUTSIDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h")
  list(TRANSFORM ROOM_USES PREPEND cordon_ OUTPUT_VARIABLE used)
  if(sources)
    add_library(cordon_${name} STATIC ${sources} ${headers})
    target_link_libraries(cordon_${name} PUBLIC cordon_options ${used} ${ROOM_OUTSIDE})
    if(ROOM_QT)
      set_target_properties(cordon_${name} PROPERTIES AUTOMOC ON)
      target_link_libraries(cordon_${name} PUBLIC Qt6::Widgets)
    endif()
  else()
    add_library(cordon_${name} INTERFACE)
    target_link_libraries(cordon_${name} INTERFACE cordon_options ${used} ${ROOM_OUTSIDE})
  endif()
endfunction()

# Makes <header> of the room from <header>.in, with the text of a data file in place of @variable@.
function(cordon_embed room header file variable)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" ${variable})
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/${room}/${header}.in" "${PROJECT_BINARY_DIR}/generated/core/${room}/${header}" @ONLY)
  target_include_directories(cordon_${room} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()

# Makes <header> of the room from <header>.in, with the digest of every resource that decides what the program does: a
# resource that was changed after the build is then not believed.
function(cordon_pin_resources room header)
  file(GLOB_RECURSE pinned CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/resources"
    "${CMAKE_SOURCE_DIR}/resources/playbooks/*.json" "${CMAKE_SOURCE_DIR}/resources/field_maps/*.yml"
    "${CMAKE_SOURCE_DIR}/resources/rules/*.yml" "${CMAKE_SOURCE_DIR}/resources/mandates/*.yaml")
  list(APPEND pinned rule_tuning.yml)
  list(SORT pinned)
  list(LENGTH pinned CORDON_SHIPPED_COUNT)
  set(CORDON_SHIPPED_ROWS "")
  foreach(name IN LISTS pinned)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/resources/${name}")
    file(SHA256 "${CMAKE_SOURCE_DIR}/resources/${name}" digest)
    string(APPEND CORDON_SHIPPED_ROWS "    {\"${name}\", \"${digest}\"},\n")
  endforeach()
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/${room}/${header}.in" "${PROJECT_BINARY_DIR}/generated/core/${room}/${header}" @ONLY)
  target_include_directories(cordon_${room} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()

# cordon_precompiled(NAME HEADERS header… [LINKS cmake-target…] [OPTIONS option…]): an object library cordon_NAME_headers whose precompiled headers
# others take over by cordon_precompile(TARGET NAME).
function(cordon_precompiled name)
  if(NOT CORDON_PRECOMPILE)
    return()
  endif()
  cmake_parse_arguments(P "" "" "HEADERS;LINKS;OPTIONS" ${ARGN})
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}_headers.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT "// Holds the precompiled headers of ${name}.\n")
  add_library(cordon_${name}_headers OBJECT "${source}")
  target_link_libraries(cordon_${name}_headers PRIVATE cordon_options ${P_LINKS})
  target_compile_options(cordon_${name}_headers PRIVATE -pthread ${P_OPTIONS})
  target_precompile_headers(cordon_${name}_headers PRIVATE ${P_HEADERS})
  set_target_properties(cordon_${name}_headers PROPERTIES CXX_COMPILER_LAUNCHER "") # they name the folder that they were made in
  # ccache's key for them: what they are made of, and by what. They hold no header of the project.
  string(SHA256 sum "${P_HEADERS} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_CXX_FLAGS} ${CORDON_OUTER_FLAGS} ${CORDON_SANITIZE} ${Qt6_VERSION}")
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/cordon_${name}_headers.dir/cmake_pch.hxx.pch.sum" "${sum}")
endfunction()

function(cordon_precompile target name)
  if(CORDON_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM cordon_${name}_headers)
    target_compile_options(${target} PRIVATE -pthread)
  endif()
endfunction()
