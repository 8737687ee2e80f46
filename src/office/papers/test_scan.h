#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Readers that share no code with what draws: ZXing for codes, poppler for PDF. For tests only.
namespace koshi::papers {

struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> dots;  ///< by rows; 0 is black
};

/// The bytes of the one QR code in the picture; empty when none is found.
std::string scan_qr(const GreyImage& image);

/// A page drawn at 150 dots an inch. Stops the test program when pdftoppm does not take the PDF.
GreyImage draw_page(const std::string& pdf, int page);
/// The text of the whole PDF, in reading order.
std::string text_of_pdf(const std::string& pdf);
int pages_of_pdf(const std::string& pdf);

}  // namespace koshi::papers
