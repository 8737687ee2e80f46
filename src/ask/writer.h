#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/text.h"
#include "zan/corpus/corpus.h"
#include "zan/reason/answer.h"

/// JSON by plain appends: a document of one answer is some thousand short pieces, and building a tree of values first would cost more than
/// finding the answer.
namespace koshi::ask {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void raw(std::string_view text) { out_.append(text); }
  void text(std::string_view text) { append_json_string(out_, text); }
  /// A name of the law: letters, digits and `_` need no escapes.
  void name(std::string_view name) {
    out_ += '"';
    out_.append(name);
    out_ += '"';
  }
  void number(int64_t n) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out_.append(digits, end);
  }
  void yes_no(bool yes) { raw(yes ? "true" : "false"); }
  void date(Date date) { name(format_date(date)); }
  /// A comma, unless the object or array has just begun.
  void comma() {
    if (out_.back() != '{' && out_.back() != '[') out_ += ',';
  }
  void key(std::string_view key) {
    comma();
    name(key);
    out_ += ':';
  }
  std::string& out() { return out_; }

 private:
  std::string& out_;
};

/// As programs read it: "value", "unknown", "conflict", "gap", "fault".
std::string_view outcome_name(zan::Outcome outcome);
void write_value(JsonWriter& json, const zan::Corpus& corpus, const zan::Value& value);
/// [{"act":"LMP","place":"art. 6(4)","confidence":"read"}]
void write_citations(JsonWriter& json, const zan::Corpus& corpus, const std::vector<zan::CitationRef>& citations);
/// "from" and "until" where they bound anything.
void write_range(JsonWriter& json, const zan::DateRange& range);
/// "type":"country","or_none":false
void write_type(JsonWriter& json, const zan::Corpus& corpus, zan::Type type);
std::string_view confidence_name(zan::Confidence confidence);

}  // namespace koshi::ask
