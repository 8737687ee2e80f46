#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What the server tells whoever keeps it: one line for each thing that happened, on standard error.
namespace koshi {

/// Names, routes, counts and times; nothing of people and of cases ever goes into one: no address, no login, no number of a case, no fact.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, int64_t> value;
};

/// Any thread may write; a line is one write.
class Log {
 public:
  enum class Form : bool {
    kWords,  ///< "request route=act status=200 ms=3"
    kJson,   ///< {"time":"2026-11-22T07:30:00.123Z","event":"request","route":"act","status":200,"ms":3}
  };
  explicit Log(Form form) : form_(form) {}

  void line(std::string_view event, const std::vector<LogField>& fields = {}) const;
  /// The line without its newline, at this time.
  std::string text(std::string_view event, const std::vector<LogField>& fields, int64_t now_ms) const;

 private:
  Form form_;
};

}  // namespace koshi
