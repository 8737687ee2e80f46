#pragma once

/// CHECK(condition): a bug of ours, never of a user. Stays on in release; prints the condition and its place, then
/// aborts.
namespace koshi {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition)                                                     \
  do {                                                                       \
    if (!(condition)) ::koshi::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
