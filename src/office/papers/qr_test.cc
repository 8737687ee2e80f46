#include "office/papers/qr.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/test_scan.h"

namespace koshi::papers {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Eight dots a module, with the quiet zone, as a camera would get it.
GreyImage enlarge(const QrMatrix& matrix) {
  constexpr int kDots = 8;
  const int side = (matrix.side + 2 * kQrQuietModules) * kDots;
  GreyImage image{.width = side, .height = side, .dots = std::vector<uint8_t>(static_cast<size_t>(side * side), 255)};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int row = y / kDots - kQrQuietModules;
      const int column = x / kDots - kQrQuietModules;
      if (row < 0 || column < 0 || row >= matrix.side || column >= matrix.side) continue;
      if (matrix.dark(row, column)) image.dots[static_cast<size_t>(y * side + x)] = 0;
    }
  }
  return image;
}

TEST(Qr, AnotherReaderReadsIt) {
  for (const std::string& text :
       {std::string("A"), std::string("KOSHI1.abc-_.DEF"), std::string(350, 'x'), std::string(kQrMaxBytes, '7')}) {
    EXPECT_EQ(scan_qr(enlarge(make_qr(text).value())), text);
  }
}

TEST(Qr, ADamagedCornerIsStillRead) {
  const std::string text(350, 'k');
  GreyImage image = enlarge(make_qr(text).value());
  // A coffee stain over some data, far from the finder patterns.
  for (int y = 300; y < 380; ++y) {
    for (int x = 300; x < 380; ++x) image.dots[static_cast<size_t>(y * image.width + x)] = 0;
  }
  EXPECT_EQ(scan_qr(image), text);
}

RC_GTEST_PROP(Qr, AnyPlainTextIsReadBack, ()) {
  const auto letters = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(0x20, 0x7F)));
  const std::string text = letters.substr(0, kQrMaxBytes);
  RC_ASSERT(scan_qr(enlarge(make_qr(text).value())) == text);
}

TEST(Qr, Limits) {
  EXPECT_FALSE(make_qr(""));
  EXPECT_TRUE(make_qr(std::string(kQrMaxBytes, 'a')));
  EXPECT_THAT(make_qr(std::string(kQrMaxBytes + 1, 'a')).error().message, HasSubstr("at most 512 bytes"));
}

TEST(QrSvg, DrawsEachDarkModuleOnce) {
  const QrMatrix matrix{.side = 2, .cells = {1, 1, 0, 1}};
  EXPECT_EQ(qr_svg(matrix, "a \"b\""),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" role=\"img\" aria-label=\"a &quot;b&quot;\" "
            "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h10v10H0z\"/>"
            "<path d=\"M4 4h2v1h-2zM5 5h1v1h-1z\"/></svg>");
}

}  // namespace
}  // namespace koshi::papers
