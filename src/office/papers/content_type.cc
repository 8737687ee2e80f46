#include "office/papers/content_type.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "office/papers/pdf_search.h"
#include "office/papers/windows1251.h"
#include "office/papers/xlsx_package.h"
#include "office/papers/zip_reader.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kPng = "\x89PNG\r\n\x1A\n";
constexpr std::string_view kPngEnd{"\0\0\0\0IEND\xAE\x42\x60\x82", 12};
constexpr std::string_view kJpeg = "\xFF\xD8\xFF";
constexpr std::string_view kPdf = "%PDF-";
constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kCyrillicPercentMin = 60;
constexpr size_t kMarkupSearchBytes = 4096;

std::unexpected<UploadRefusal> refuse(UploadFault fault, std::string message) {
  return std::unexpected(UploadRefusal{fault, std::move(message)});
}

/// UTF-8, or what is most likely windows-1251; no control characters but tabs and line ends.
bool is_text(std::string_view bytes) {
  const bool control = std::ranges::any_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
  return !control && (is_valid_utf8(bytes) || cyrillic_percent(bytes) >= kCyrillicPercentMin);
}

bool is_workbook_zip(std::string_view bytes) {
  auto zip = ZipReader::open(bytes, {});
  return zip && is_workbook(*zip);
}

/// What a browser could take for a page or a drawing, and run.
bool has_markup(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = trim(text);
  std::string lower(text.substr(0, kMarkupSearchBytes));
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto has = [&](std::string_view tag) { return lower.contains(tag); };
  return lower.starts_with('<') || has("<script") || has("<svg") || has("<html") || has("<!doctype") || has("<iframe");
}

uint32_t big_endian(std::string_view bytes) {
  uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::optional<UploadRefusal> check_size(size_t width, size_t height) {
  if (width == 0 || height == 0) return UploadRefusal{UploadFault::kDamaged, "the picture is damaged; scan it again"};
  if (width > kImageMaxSide || height > kImageMaxSide || width * height > kImageMaxPixels) {
    return UploadRefusal{UploadFault::kTooLarge, "the picture has too many pixels; scan it at 300 dots an inch"};
  }
  return std::nullopt;
}

/// signature, then chunks: length (4) type (4) data checksum (4). The first is IHDR: width (4) height (4) …
std::optional<UploadRefusal> check_png(std::string_view bytes) {
  constexpr size_t kHeaderType = 12;
  constexpr size_t kWidth = 16;
  const bool framed = bytes.size() > kWidth + 8 && bytes.substr(kHeaderType, 4) == "IHDR" && bytes.ends_with(kPngEnd);
  if (!framed) return UploadRefusal{UploadFault::kDamaged, "the picture is damaged or cut off; send it again"};
  return check_size(big_endian(bytes.substr(kWidth)), big_endian(bytes.substr(kWidth + 4)));
}

bool is_frame_header(unsigned char marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// FF D8, then segments: FF marker length (2) data. A frame header holds precision (1) height (2) width (2).
std::optional<UploadRefusal> check_jpeg(std::string_view bytes) {
  const UploadRefusal damaged{UploadFault::kDamaged, "the picture is damaged or cut off; send it again"};
  const auto two = [&](size_t at) {
    return static_cast<size_t>(static_cast<unsigned char>(bytes[at])) << 8 | static_cast<unsigned char>(bytes[at + 1]);
  };
  for (size_t at = 2; at + 9 < bytes.size() && bytes[at] == '\xFF';) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    if (is_frame_header(marker)) {
      // Cameras put more behind the end of the picture; it must only be there.
      if (bytes.rfind("\xFF\xD9") == std::string_view::npos) return damaged;
      return check_size(two(at + 7), two(at + 5));
    }
    if (two(at + 2) < 2) return damaged;
    at += 2 + two(at + 2);
  }
  return damaged;
}

std::optional<UploadRefusal> check_pdf(std::string_view bytes) {
  const auto found = search_pdf(bytes, kPdfMaxInflatedBytes);
  const auto refusal = [](UploadFault fault, std::string message) { return UploadRefusal{fault, std::move(message)}; };
  if (!found) return refusal(UploadFault::kDamaged, found.error().message);
  if (!found->whole) return refusal(UploadFault::kDamaged, "the PDF is cut off; send it again");
  if (found->encrypted) return refusal(UploadFault::kLocked, "the PDF is locked; remove its password and restrictions, and send it again");
  if (found->script) return refusal(UploadFault::kActiveContent, "the PDF has scripts; print it to a new PDF and send that");
  if (found->launch) return refusal(UploadFault::kActiveContent, "the PDF starts programs; print it to a new PDF and send that");
  if (found->attachment) return refusal(UploadFault::kActiveContent, "the PDF has files attached inside; send each file for itself");
  if (found->media) return refusal(UploadFault::kActiveContent, "the PDF has sound or film inside; print it to a new PDF and send that");
  return std::nullopt;
}

std::optional<UploadRefusal> check_workbook(std::string_view bytes) {
  auto zip = ZipReader::open(bytes, {});
  if (!zip) return UploadRefusal{UploadFault::kDamaged, zip.error().message};
  const auto hazard = workbook_hazard(*zip);
  if (!hazard) return UploadRefusal{UploadFault::kDamaged, hazard.error().message};
  if (*hazard) return UploadRefusal{UploadFault::kActiveContent, **hazard};
  return std::nullopt;
}

std::optional<UploadRefusal> check_content(ContentType type, std::string_view bytes) {
  switch (type) {
    case ContentType::kPdf: return check_pdf(bytes);
    case ContentType::kPng: return check_png(bytes);
    case ContentType::kJpeg: return check_jpeg(bytes);
    case ContentType::kXlsx: return check_workbook(bytes);
    case ContentType::kText:
      if (!has_markup(bytes)) return std::nullopt;
      return UploadRefusal{UploadFault::kActiveContent,
                           "the file is a web page or drawing in markup, which can hold scripts; send a PDF or a picture"};
    case ContentType::kUnknown: break;
  }
  return UploadRefusal{UploadFault::kUnknownType,
                       "the file is of a type that is not taken; send PDF, PNG, JPEG, a workbook (.xlsx) or a table in UTF-8 (.csv)"};
}

/// Whether files of this type are called so. Whoever opens what was handed out goes by the ending, not by the bytes.
bool fits_ending(ContentType type, std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return true;
  std::string ending(name.substr(dot + 1));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  static constexpr std::pair<ContentType, std::string_view> kEndings[] = {
      {ContentType::kPdf, "pdf"},   {ContentType::kPng, "png"},  {ContentType::kJpeg, "jpg"}, {ContentType::kJpeg, "jpeg"},
      {ContentType::kXlsx, "xlsx"}, {ContentType::kText, "txt"}, {ContentType::kText, "csv"}, {ContentType::kText, "tsv"}};
  return std::ranges::find(kEndings, std::pair(type, std::string_view(ending))) != std::end(kEndings);
}

}  // namespace

ContentType content_type(std::string_view bytes) {
  if (bytes.starts_with(kPdf)) return ContentType::kPdf;
  if (bytes.starts_with(kPng)) return ContentType::kPng;
  if (bytes.starts_with(kJpeg)) return ContentType::kJpeg;
  if (bytes.starts_with(kZip)) return is_workbook_zip(bytes) ? ContentType::kXlsx : ContentType::kUnknown;
  return !bytes.empty() && is_text(bytes) ? ContentType::kText : ContentType::kUnknown;
}

std::string_view media_type(ContentType type) {
  switch (type) {
    case ContentType::kPdf: return "application/pdf";
    case ContentType::kPng: return "image/png";
    case ContentType::kJpeg: return "image/jpeg";
    case ContentType::kXlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case ContentType::kText: return "text/plain";
    case ContentType::kUnknown: break;
  }
  return "application/octet-stream";
}

std::string content_address(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  std::string out;
  for (const unsigned char byte : hash) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::expected<Upload, UploadRefusal> inspect_upload(std::string_view bytes, std::string_view name) {
  if (bytes.empty()) return refuse(UploadFault::kEmpty, "the file is empty; choose it again");
  if (bytes.size() > kUploadMaxBytes) {
    return refuse(UploadFault::kTooLarge,
                  "the file is larger than " + std::to_string(kUploadMaxBytes >> 20) + " MiB; divide it or scan it smaller");
  }
  const ContentType type = content_type(bytes);
  if (auto refusal = check_content(type, bytes)) return std::unexpected(std::move(*refusal));
  if (!fits_ending(type, name)) {
    return refuse(UploadFault::kOtherEnding, "the name of the file ends as those of another type do; save it by a name that fits");
  }
  return Upload{.type = type, .address = content_address(bytes), .bytes = bytes.size()};
}

}  // namespace koshi::papers
