#include "zan/syntax/problems.h"

#include <utility>

#include "zan/syntax/parser.h"

namespace koshi::zan {

void Problems::add(Span span, std::string message, std::vector<Note> notes) {
  if (full_) return;
  if (count_ == kMaxProblemsPerFile) {
    full_ = true;
    out_.push_back({.span = span, .message = "too many problems; the rest of the file was not read", .notes = {}});
    return;
  }
  ++count_;
  out_.push_back({.span = span, .message = std::move(message), .notes = std::move(notes)});
}

void Problems::add(Span span, std::string message, std::string note) {
  std::vector<Note> notes;
  notes.push_back({.span = {}, .text = std::move(note)});
  add(span, std::move(message), std::move(notes));
}

}  // namespace koshi::zan
