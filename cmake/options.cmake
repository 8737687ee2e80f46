# How everything is compiled: C++23, warnings as errors, ccache and mold where they are installed.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")  # lines are enough for a sanitizer's report

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror
                    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
# The standard library's own stable_sort uses what it deprecates; only clang says so.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)
endif()

option(KOSHI_SANITIZE "address and undefined behaviour sanitizers" OFF)
if(KOSHI_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

option(KOSHI_SANITIZE_THREADS "thread sanitizer" OFF)
if(KOSHI_SANITIZE_THREADS)
  add_compile_options(-fsanitize=thread -O1 -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

find_program(KOSHI_CCACHE ccache)
if(KOSHI_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=true ${KOSHI_CCACHE})
endif()
find_program(KOSHI_MOLD mold)
if(KOSHI_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# What a test itself does takes no time, but optimising it takes a third of its compilation.
function(koshi_build_fast target)
  target_compile_options(${target} PRIVATE -O0)
endfunction()
