#pragma once

#include <string>
#include <vector>

#include "zan/syntax/diagnostic.h"

namespace koshi::zan {

/// Collects the problems of one file, up to kMaxProblemsPerFile; then says so once and takes no more.
class Problems {
 public:
  explicit Problems(Diagnostics& out) : out_(out) {}

  void add(Span span, std::string message, std::vector<Note> notes = {});
  void add(Span span, std::string message, std::string note);
  /// Nothing more is taken: stop reading.
  bool full() const { return full_; }
  size_t count() const { return count_; }

 private:
  Diagnostics& out_;
  size_t count_ = 0;
  bool full_ = false;
};

}  // namespace koshi::zan
