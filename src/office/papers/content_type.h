#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

/// What a person uploads: told by its bytes, never by its name, and addressed by their hash. Pure functions, callable
/// from any thread; linear in the upload, except that packed parts of a PDF or workbook are unpacked up to a limit.
namespace koshi::papers {

enum class ContentType : uint8_t { kPdf, kPng, kJpeg, kXlsx, kText, kUnknown };

inline constexpr size_t kUploadMaxBytes = 16u << 20;
inline constexpr size_t kImageMaxSide = 20'000;            ///< pixels; a small file can unfold into a huge picture
inline constexpr size_t kImageMaxPixels = 100'000'000;     ///< a page of A3 at 600 dpi has 70 million
inline constexpr size_t kPdfMaxInflatedBytes = 64u << 20;  ///< of the packed objects that are searched

/// Why an upload is refused. The page says it in the reader's language; the message is English.
enum class UploadFault : uint8_t {
  kEmpty,
  kTooLarge,
  kUnknownType,
  kActiveContent,  ///< a script, an action, a macro, or something embedded that could hold one
  kLocked,         ///< encrypted, so that neither we nor the officer can read it
  kDamaged,
  kOtherEnding,  ///< the name ends as those of another type do
};

struct UploadRefusal {
  UploadFault fault;
  std::string message;  ///< one sentence that says what was found and what to do
};

struct Upload {
  ContentType type = ContentType::kUnknown;
  std::string address;  ///< SHA-256, 64 lower-case digits: equal uploads are stored once
  size_t bytes = 0;
};

/// By the first bytes and, for zip and text, by a look inside. Says nothing about safety.
ContentType content_type(std::string_view bytes);
/// To serve an upload with, together with `X-Content-Type-Options: nosniff`. Text is served as plain text.
std::string_view media_type(ContentType type);
/// 64 lower-case hexadecimal digits.
std::string content_address(std::string_view bytes);

/// Takes an upload that is of a known type, whole, and free of the active content that can be told cheaply: scripts,
/// launch actions, attachments and forms of code in a PDF (also in its packed objects), markup, macros and embedded
/// objects of a workbook. It is no virus scanner: an upload is never opened or run by us, only stored and handed out.
/// `name` is what its owner calls it; one without an ending claims nothing.
std::expected<Upload, UploadRefusal> inspect_upload(std::string_view bytes, std::string_view name = {});

}  // namespace koshi::papers
