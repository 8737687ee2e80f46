#pragma once

#include <string>
#include <vector>

#include "zan/syntax/source.h"

/// What is wrong with a law text, told to the person who wrote it. All problems are collected; nothing stops at the first.
namespace koshi::zan {

enum class Severity : uint8_t { kError, kWarning };

struct Note {
  Span span;  ///< may be nowhere
  std::string text;
};

/// `message` says what is wrong, in a sentence without a full stop; `notes` say what was expected, the nearest known name, and
/// other places concerned.
struct Diagnostic {
  Severity severity = Severity::kError;
  Span span;
  std::string message;
  std::vector<Note> notes;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);
/// By file, place, message; equal ones are kept once.
void sort_diagnostics(Diagnostics& diagnostics);

/// The form that people read:
///
///   stay/registration.zan:12:27: error: unknown name `natonality`
///      12 |   arrived + 30 days when natonality in EAEU
///         |                          ^^^^^^^^^^
///         = nearest known name: `nationality`
std::string render(const SourceMap& sources, const Diagnostic& diagnostic);
std::string render(const SourceMap& sources, const Diagnostics& diagnostics);

}  // namespace koshi::zan
