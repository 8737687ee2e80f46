#include "office/papers/qr.h"

#include <qrencode.h>

#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace koshi::papers {

Result<QrMatrix> make_qr(std::string_view text) {
  if (text.empty()) return fail("a QR code needs a text");
  if (text.size() > kQrMaxBytes) {
    return fail("a QR code holds at most " + std::to_string(kQrMaxBytes) + " bytes here, not " + std::to_string(text.size()) +
                "; shorten the text");
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M),
                                                             &QRcode_free);
  if (!code) return fail("there is no memory for a QR code");
  QrMatrix matrix{.side = code->width, .cells = {}};
  const size_t count = static_cast<size_t>(code->width) * static_cast<size_t>(code->width);
  matrix.cells.reserve(count);
  // The lowest bit is the colour; the others tell what a module is for.
  for (size_t i = 0; i < count; ++i) matrix.cells.push_back(code->data[i] & 1);
  return matrix;
}

std::string qr_svg(const QrMatrix& matrix, std::string_view label) {
  CHECK(matrix.cells.size() == static_cast<size_t>(matrix.side) * static_cast<size_t>(matrix.side));
  const std::string side = std::to_string(matrix.side + 2 * kQrQuietModules);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" role=\"img\" aria-label=\"" +
                    html_escape(label) + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
                    "H0z\"/><path d=\"";
  for (int row = 0; row < matrix.side; ++row) {
    for (int column = 0; column < matrix.side; ++column) {
      if (!matrix.dark(row, column)) continue;
      const int begin = column;
      while (column + 1 < matrix.side && matrix.dark(row, column + 1)) ++column;
      const std::string width = std::to_string(column + 1 - begin);
      out +=
          "M" + std::to_string(begin + kQrQuietModules) + " " + std::to_string(row + kQrQuietModules) + "h" + width + "v1h-" + width + "z";
    }
  }
  return out + "\"/></svg>";
}

}  // namespace koshi::papers
