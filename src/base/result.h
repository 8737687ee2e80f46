#pragma once

#include <expected>
#include <string>
#include <utility>

/// Errors of the machine or of one input value. Text written by people yields diagnostics instead
/// (zan/syntax/diagnostic.h).
namespace koshi {

/// What went wrong, in one English sentence that says what, where and what to do.
struct Error {
  std::string message;
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

}  // namespace koshi

#define KOSHI_JOIN_(a, b) a##b
#define KOSHI_JOIN(a, b) KOSHI_JOIN_(a, b)

/// TRY(name, expression): binds `name` to the value, or returns the error to the caller.
#define TRY(name, expression)                                                                  \
  auto KOSHI_JOIN(try_, __LINE__) = (expression);                                              \
  if (!KOSHI_JOIN(try_, __LINE__)) return std::unexpected(KOSHI_JOIN(try_, __LINE__).error()); \
  auto name = std::move(*KOSHI_JOIN(try_, __LINE__))

/// TRY_DO(expression): for results without a value.
#define TRY_DO(expression) \
  if (auto try_done = (expression); !try_done) return std::unexpected(try_done.error())
