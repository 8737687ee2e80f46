#include "words/template.h"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <mutex>

#include "base/text.h"

namespace koshi::words {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string from_icu(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

/// ICU makes its plural rules on first use inside const functions, hence the mutex.
struct Template::Pattern {
  std::mutex mutex;
  std::unique_ptr<icu::MessageFormat> format;
};

namespace {

/// The names of all arguments, also of those inside plural branches, which getFormatNames() leaves out.
Result<std::set<std::string>> argument_names(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  UParseError where;
  const icu::MessagePattern pattern(text, &where, error);
  if (U_FAILURE(error)) {
    return fail("at character " + std::to_string(where.offset) + ": " + std::string(u_errorName(error)));
  }
  std::set<std::string> names;
  for (int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) names.insert(from_icu(pattern.getSubstring(part)));
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) return fail("holes have names, not numbers");
  }
  return names;
}

}  // namespace

Result<Template> Template::parse(std::string_view text, std::string_view locale) {
  Template result;
  size_t at = 0;
  while (at < text.size()) {
    const size_t open = text.find_first_of("{}", at);
    if (open == std::string_view::npos) {
      result.parts_.push_back({false, std::string(text.substr(at))});
      break;
    }
    const size_t close = text.find('}', open);
    if (text[open] == '}' || close == std::string_view::npos) return fail("a brace is not closed or not opened");
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (!is_name(name)) break;
    if (open > at) result.parts_.push_back({false, std::string(text.substr(at, open - at))});
    result.parts_.push_back({true, std::string(name)});
    result.holes_.emplace(name);
    at = close + 1;
    if (at == text.size()) return result;
  }
  if (text.find_first_of("{}", at) == std::string_view::npos) return result;

  const icu::UnicodeString pattern_text = to_icu(text);
  TRY(names, argument_names(pattern_text));
  UErrorCode error = U_ZERO_ERROR;
  result.pattern_ = std::make_shared<Pattern>();
  result.pattern_->format = std::make_unique<icu::MessageFormat>(pattern_text, icu::Locale(std::string(locale).c_str()), error);
  if (U_FAILURE(error)) return fail(u_errorName(error));
  result.holes_ = std::move(names);
  return result;
}

std::string Template::format(const std::map<std::string, std::string>& values) const {
  std::string out;
  if (!pattern_) {
    for (const Part& part : parts_) {
      const auto value = part.is_hole ? values.find(part.text) : values.end();
      if (value != values.end()) {
        out += value->second;
      } else if (part.is_hole) {
        out += "{" + part.text + "}";
      } else {
        // "28 сентября 2026 г." ends a sentence as well.
        const bool is_ended = out.ends_with('.') && part.text.starts_with('.');
        out += std::string_view(part.text).substr(is_ended ? 1 : 0);
      }
    }
    return out;
  }
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> arguments;
  for (const std::string& hole : holes_) {
    const auto value = values.find(hole);
    const std::string text = value == values.end() ? "{" + hole + "}" : value->second;
    names.push_back(to_icu(hole));
    const auto number = parse_whole(text);
    arguments.push_back(number ? icu::Formattable(*number) : icu::Formattable(to_icu(text)));
  }
  icu::UnicodeString filled;
  UErrorCode error = U_ZERO_ERROR;
  const std::lock_guard lock(pattern_->mutex);
  pattern_->format->format(names.data(), arguments.data(), static_cast<int32_t>(names.size()), filled, error);
  // A plural hole that was given no number: the pattern itself is better than nothing.
  if (U_FAILURE(error)) pattern_->format->toPattern(filled.remove());
  out = from_icu(filled);
  return out;
}

}  // namespace koshi::words
