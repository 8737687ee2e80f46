#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// QR codes (ISO/IEC 18004) as a matrix, which a letter draws, and as SVG, which a page shows. Pure functions.
namespace koshi::papers {

inline constexpr size_t kQrMaxBytes = 512;  ///< at 40 mm a module is then still 0.4 mm wide, which telephones read
inline constexpr int kQrQuietModules = 4;   ///< the white border that the standard asks for

struct QrMatrix {
  int side = 0;                ///< modules, 21..177, without the quiet zone
  std::vector<uint8_t> cells;  ///< side × side by rows; 1 is dark
  bool dark(int row, int column) const { return cells[static_cast<size_t>(row * side + column)] != 0; }
};

/// Byte mode, error correction M (15 % of the symbol may be lost). Errors: an empty text, more than kQrMaxBytes.
Result<QrMatrix> make_qr(std::string_view text);

/// One <svg> element with its quiet zone and one path; `label` is what a screen reader says. No style, no script.
std::string qr_svg(const QrMatrix& matrix, std::string_view label);

}  // namespace koshi::papers
