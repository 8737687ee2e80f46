#include "office/papers/test_scan.h"

#define ZX_USE_UTF8  // else the header announces a change of its own
#include <ZXing/ReadBarcode.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"

/// Asked by the leak checker, where there is one: fontconfig loses 288 bytes when it reads its settings, once in a process.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

namespace koshi::papers {
namespace {

std::string run(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  CHECK(pipe != nullptr);
  std::string out;
  char buffer[4096];
  size_t count = 0;
  while ((count = fread(buffer, 1, sizeof(buffer), pipe)) > 0) out.append(buffer, count);
  CHECK(pclose(pipe) == 0);
  return out;
}

/// A PDF on disk as long as it is needed.
class PdfFile {
 public:
  explicit PdfFile(const std::string& pdf)
      : path_(std::filesystem::temp_directory_path() / ("koshi-papers-" + std::to_string(getpid()) + ".pdf")) {
    CHECK(write_file(path_, pdf));
  }
  ~PdfFile() { std::filesystem::remove(path_); }
  std::string quoted() const { return "'" + path_.string() + "'"; }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::string scan_qr(const GreyImage& image) {
  const ZXing::ImageView view(image.dots.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  const ZXing::Result result = ZXing::ReadBarcode(view, hints);
  if (!result.isValid()) return {};
  return {result.bytes().begin(), result.bytes().end()};
}

/// PGM: "P5" width height maximum, one white space, the dots.
GreyImage draw_page(const std::string& pdf, int page) {
  const PdfFile file(pdf);
  const std::string number = std::to_string(page);
  const std::string pgm = run("pdftoppm -gray -r 150 -f " + number + " -l " + number + " " + file.quoted());
  GreyImage image;
  int maximum = 0;
  int header = 0;
  CHECK(std::sscanf(pgm.c_str(), "P5 %d %d %d%n", &image.width, &image.height, &maximum, &header) == 3 && maximum == 255);
  const std::string_view dots = std::string_view(pgm).substr(static_cast<size_t>(header) + 1);
  CHECK(dots.size() == static_cast<size_t>(image.width) * static_cast<size_t>(image.height));
  image.dots.assign(dots.begin(), dots.end());
  return image;
}

std::string text_of_pdf(const std::string& pdf) {
  const PdfFile file(pdf);
  return run("pdftotext -enc UTF-8 " + file.quoted() + " -");
}

int pages_of_pdf(const std::string& pdf) {
  const PdfFile file(pdf);
  const std::string info = run("pdfinfo " + file.quoted());
  const size_t at = info.find("Pages:");
  CHECK(at != std::string::npos);
  const std::string_view line = std::string_view(info).substr(at + 6);
  return static_cast<int>(*parse_whole(trim(line.substr(0, line.find('\n')))));
}

}  // namespace koshi::papers
