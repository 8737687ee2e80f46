#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

/// Looks for what can act in a PDF (ISO 32000) without reading it as one: the names of actions, wherever they stand.
namespace koshi::papers {

struct PdfFindings {
  bool whole = false;      ///< "%%EOF" stands near the end
  bool encrypted = false;  ///< then nothing else is found out
  bool script = false;     ///< JavaScript, or a form of code (XFA)
  bool launch = false;     ///< starts a program
  bool attachment = false;
  bool media = false;  ///< embedded players
};

/// Names are compared with their #xx escapes undone, in the file and in its packed object streams (/ObjStm); content
/// streams, fonts and pictures hold no names of actions and are not unpacked. Errors: an object stream that is damaged,
/// packed in another way than /FlateDecode, or that together unfold into more than `inflated_max` bytes.
Result<PdfFindings> search_pdf(std::string_view pdf, size_t inflated_max);

}  // namespace koshi::papers
