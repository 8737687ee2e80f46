#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "zan/syntax/test_tools.h"
#include "zan/syntax/tree_maker.h"

namespace koshi::zan {
namespace {

RC_GTEST_PROP(RoundTrip, AnExpressionIsReadAsItWasPrinted, (uint32_t seed)) {
  const ExprPtr expr = TreeMaker(seed).expression(static_cast<int>(seed % 6));
  const std::string printed = print(*expr);
  RC_LOG() << printed << std::endl;
  const ParsedExpression parsed = parse_expression_text(printed);
  RC_LOG() << render(parsed.sources, parsed.diagnostics);
  RC_ASSERT(static_cast<bool>(parsed.expr));
  RC_ASSERT(same(*expr, *parsed.expr));
  RC_ASSERT(print(*parsed.expr) == printed);
}

RC_GTEST_PROP(RoundTrip, AFileIsReadAsItWasPrinted, (uint32_t seed)) {
  const FileTree tree = TreeMaker(seed).file();
  const std::string printed = print(tree);
  RC_LOG() << printed << std::endl;
  const Parsed parsed = parse_text(printed);
  RC_LOG() << parsed.problems();
  RC_ASSERT(parsed.diagnostics.empty());
  RC_ASSERT(same(tree, parsed.tree));
  RC_ASSERT(print(parsed.tree) == printed);
}

/// A text spoiled anywhere is read to its end without a crash, and what is reported has a place in it.
RC_GTEST_PROP(RoundTrip, ASpoiledFileIsReadToItsEnd, (uint32_t seed)) {
  std::string text = print(TreeMaker(seed).file());
  const auto spoils = *rc::gen::inRange(1, 5);
  for (int i = 0; i < spoils && !text.empty(); ++i) {
    const size_t at = *rc::gen::inRange<size_t>(0, text.size());
    const size_t length = *rc::gen::inRange<size_t>(0, 6);
    const auto instead =
        *rc::gen::elementOf(std::vector<std::string>{"", " ", "\n", "(", "\"", "\n  ", "norm ", "except\n", "\xd0", "5", ":"});
    text.replace(at, length, instead);
  }
  RC_LOG() << text << std::endl;
  const Parsed parsed = parse_text(text);
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    RC_ASSERT(diagnostic.span.file == 0);
    RC_ASSERT(diagnostic.span.begin <= diagnostic.span.end);
    RC_ASSERT(diagnostic.span.end <= text.size());
  }
  RC_ASSERT(parsed.problems().size() >= parsed.diagnostics.size());
  if (!parsed.diagnostics.empty()) return;
  const Parsed again = parse_text(print(parsed.tree));
  RC_LOG() << print(parsed.tree) << again.problems();
  RC_ASSERT(again.diagnostics.empty());
  RC_ASSERT(same(parsed.tree, again.tree));
  RC_ASSERT(print(again.tree) == print(parsed.tree));
}

/// The test above would see a printer that forgets something: `same` tells trees apart.
TEST(RoundTrip, SameTellsTreesApart) {
  const auto tree = [](std::string text) { return parse_text(std::move(text)).tree; };
  const std::string norm = "norm a of p : whole\n  \"A\"\n  1 when b by L x [read]\n";
  EXPECT_TRUE(same(tree(norm), tree("-- c\n" + norm)));
  for (const std::string_view other :
       {"norm a : whole\n  \"A\"\n  1 when b by L x [read]\n", "norm a of p : whole\n  \"A\"\n  1 by L x [read]\n",
        "norm a of p : whole\n  \"A\"\n  1 when b by L x [sample]\n", "norm a of p : whole\n  \"A\"\n  2 when b by L x [read]\n",
        "norm a of p : whole\n  \"A\"\n", ""}) {
    EXPECT_FALSE(same(tree(norm), tree(std::string(other)))) << other;
  }
}

}  // namespace
}  // namespace koshi::zan
