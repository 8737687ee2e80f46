# Each folder of src/ is one library that names what it may use. A library sees only the headers of the
# libraries it names (through a folder of links), so an include that runs upward does not compile.
#
#   koshi_layer(zan/syntax USES base)            -> target zan_syntax, and test zan_syntax_test where *_test.cc exist
#   koshi_layer(words USES zan/reason LINKS fmt::fmt)
function(koshi_layer folder)
  cmake_parse_arguments(ARG "" "" "USES;LINKS;PRIVATE_LINKS" ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  set(root ${CMAKE_SOURCE_DIR}/build/layers/${target})  # shared by all builds, so that ccache sees the same paths
  get_filename_component(parent ${root}/${folder} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/src/${folder} ${root}/${folder} SYMBOLIC)

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$|/main\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${root})
  foreach(used ${ARG_USES})
    string(REPLACE "/" "_" used_target ${used})
    target_link_libraries(${target} PUBLIC ${used_target})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})

  if(tests)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} GTest::gmock GTest::gtest_main rapidcheck)
    target_compile_definitions(${target}_test PRIVATE KOSHI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    koshi_build_fast(${target}_test)
    add_test(NAME ${target} COMMAND ${target}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()

# Makes accessors of a flatbuffers schema: x.fbs -> x_generated.h, seen by the layer and its test only.
function(koshi_generate_flatbuffers target schema)
  get_filename_component(name ${schema} NAME_WE)
  set(folder ${CMAKE_BINARY_DIR}/generated/${target})
  set(header ${folder}/${name}_generated.h)
  add_custom_command(OUTPUT ${header} DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${schema}
    COMMAND ${FLATC} --cpp --cpp-std c++17 --scoped-enums -o ${folder} ${CMAKE_CURRENT_SOURCE_DIR}/${schema})
  add_custom_target(${target}_${name} DEPENDS ${header})
  foreach(user ${target} ${target}_test)
    if(TARGET ${user})
      add_dependencies(${user} ${target}_${name})
      target_include_directories(${user} SYSTEM PRIVATE ${folder})
    endif()
  endforeach()
endfunction()
