/// Any bytes can be given as a law text: they are read or reported, and what was read is printed and read again as the same tree.
/// Build with clang: -fsanitize=fuzzer,address with the sources of src/base and src/zan/syntax. Seeds: law/ and tests/golden/.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "zan/syntax/parser.h"
#include "zan/syntax/printer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koshi::zan;
  SourceMap sources;
  Diagnostics diagnostics;
  const int32_t file = sources.add({.path = "a.zan", .text = std::string(reinterpret_cast<const char*>(data), size)});
  const FileTree tree = parse(sources, file, diagnostics);
  CHECK(diagnostics.size() <= kMaxProblemsPerFile + 1);
  render(sources, diagnostics);
  if (!diagnostics.empty()) return 0;

  const std::string printed = print(tree);
  const int32_t again = sources.add({.path = "b.zan", .text = printed});
  const FileTree same_tree = parse(sources, again, diagnostics);
  CHECK(diagnostics.empty());
  CHECK(same(tree, same_tree));
  CHECK(print(same_tree) == printed);
  return 0;
}
