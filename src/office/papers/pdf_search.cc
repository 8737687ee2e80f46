#include "office/papers/pdf_search.h"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string>

namespace koshi::papers {
namespace {

constexpr size_t kTailBytes = 1024;
constexpr size_t kDictionaryMaxBytes = 4096;  // of an object stream, on either side of its /Type
constexpr size_t kPackedStreamsMax = 10'000;
constexpr size_t kNameMaxBytes = 127;  // of the standard
constexpr std::string_view kWhite{"\0\t\n\f\r ", 6};

bool ends_name(char c) {
  return kWhite.contains(c) || std::string_view("()<>[]{}/%").contains(c);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The name after the "/" at `at`, with "#4A" read as "J".
std::string name_at(std::string_view pdf, size_t at) {
  std::string name;
  for (++at; at < pdf.size() && !ends_name(pdf[at]) && name.size() <= kNameMaxBytes; ++at) {
    const bool escape = pdf[at] == '#' && at + 2 < pdf.size() && hex_digit(pdf[at + 1]) >= 0 && hex_digit(pdf[at + 2]) >= 0;
    if (escape) {
      name += static_cast<char>(hex_digit(pdf[at + 1]) * 16 + hex_digit(pdf[at + 2]));
      at += 2;
    } else {
      name += pdf[at];
    }
  }
  return name;
}

enum class Packing : uint8_t { kNone, kDeflated, kOther };

Packing packing_of(std::string_view dictionary) {
  bool filter = false;
  bool deflated = false;
  for (size_t at = dictionary.find('/'); at != std::string_view::npos; at = dictionary.find('/', at + 1)) {
    const std::string name = name_at(dictionary, at);
    if (name == "Filter")
      filter = true;
    else if (name == "FlateDecode")
      deflated = true;
    else if (name.ends_with("Decode") || name == "Crypt")
      return Packing::kOther;
  }
  if (!filter) return Packing::kNone;
  return deflated ? Packing::kDeflated : Packing::kOther;
}

class PdfSearch {
 public:
  explicit PdfSearch(size_t inflated_max) : left_(inflated_max) {}

  Result<void> search(std::string_view pdf, bool packed);
  PdfFindings findings;

 private:
  void note(std::string_view name);
  Result<void> search_packed(std::string_view pdf, size_t at);
  Result<std::string> inflate_stream(std::string_view data);

  size_t left_;
  size_t packed_streams_ = 0;
};

void PdfSearch::note(std::string_view name) {
  if (name == "Encrypt") findings.encrypted = true;
  if (name == "JavaScript" || name == "XFA") findings.script = true;
  if (name == "Launch") findings.launch = true;
  if (name == "EmbeddedFile" || name == "EmbeddedFiles") findings.attachment = true;
  if (name == "RichMedia" || name == "Movie") findings.media = true;
}

/// An object stream inside an object stream is not allowed by the standard, and not looked for.
Result<void> PdfSearch::search(std::string_view pdf, bool packed) {
  for (size_t at = pdf.find('/'); at != std::string_view::npos; at = pdf.find('/', at + 1)) {
    const std::string name = name_at(pdf, at);
    note(name);
    if (name == "ObjStm" && !packed) TRY_DO(search_packed(pdf, at));
  }
  return {};
}

/// `at` is inside the dictionary of the stream: << … /Type /ObjStm … >> stream LF data endstream.
Result<void> PdfSearch::search_packed(std::string_view pdf, size_t at) {
  constexpr std::string_view kStream = "stream";
  const auto odd = fail("the PDF has packed objects that cannot be looked into; print it to a new PDF and send that");
  // Bounds the work for a file that is nothing but such names.
  if (++packed_streams_ > kPackedStreamsMax) return odd;
  const std::string_view before = pdf.substr(at - std::min(at, kDictionaryMaxBytes), std::min(at, kDictionaryMaxBytes));
  const size_t begin = before.rfind("obj");
  const size_t length = pdf.substr(at, kDictionaryMaxBytes).find(kStream);
  if (begin == std::string_view::npos || length == std::string_view::npos) return odd;
  const size_t stream = at + length;
  const size_t start = at - before.size() + begin;
  const Packing packing = packing_of(pdf.substr(start, stream - start));
  if (packing == Packing::kOther) return odd;
  if (packing == Packing::kNone) return {};  // lies open, and is searched with the rest
  size_t data = stream + kStream.size();
  if (pdf.substr(data).starts_with("\r\n"))
    data += 2;
  else if (pdf.substr(data).starts_with("\n"))
    data += 1;
  TRY(inflated, inflate_stream(pdf.substr(data)));
  return search(inflated, true);
}

/// Ends where the compressed data say; what follows them is the file.
Result<std::string> PdfSearch::inflate_stream(std::string_view data) {
  z_stream zip{};
  if (inflateInit(&zip) != Z_OK) return fail("there is no memory to look into the PDF");
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  zip.avail_in = static_cast<uInt>(data.size());
  std::string out;
  std::string chunk(64u << 10, '\0');
  int status = Z_OK;
  while (status == Z_OK && out.size() <= left_) {
    zip.next_out = reinterpret_cast<Bytef*>(chunk.data());
    zip.avail_out = static_cast<uInt>(chunk.size());
    status = inflate(&zip, Z_NO_FLUSH);
    out.append(chunk, 0, chunk.size() - zip.avail_out);
  }
  inflateEnd(&zip);
  if (out.size() > left_) return fail("the PDF unfolds into more than is taken here; print it to a new PDF and send that");
  if (status != Z_STREAM_END) return fail("the PDF is damaged; make it anew and send that");
  left_ -= out.size();
  return out;
}

}  // namespace

Result<PdfFindings> search_pdf(std::string_view pdf, size_t inflated_max) {
  PdfSearch search(inflated_max);
  search.findings.whole = pdf.substr(pdf.size() - std::min(pdf.size(), kTailBytes)).contains("%%EOF");
  TRY_DO(search.search(pdf, false));
  return search.findings;
}

}  // namespace koshi::papers
