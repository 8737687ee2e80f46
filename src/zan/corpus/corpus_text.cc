#include <algorithm>

#include "base/text.h"
#include "zan/corpus/corpus.h"

/// Values and types in the written form of the language.
namespace koshi::zan {
namespace {

const Enum& enum_of(const Corpus& corpus, int16_t of) {
  return corpus.enums[static_cast<size_t>(of)];
}

std::string format_set(const Corpus& corpus, const Value& value) {
  const Enum& type = enum_of(corpus, value.of());
  std::vector<std::string> codes;
  for (size_t i = 0; i < type.members.size(); ++i) {
    if (has_bit(value.bits(), static_cast<int64_t>(i))) codes.push_back(type.members[i].code);
  }
  return "{" + join(codes, ", ") + "}";
}

Result<int64_t> parse_member(const Corpus& corpus, int16_t of, std::string_view text) {
  const Enum& type = enum_of(corpus, of);
  std::string code(trim(text));
  if (code.size() >= 2 && code.front() == '\'' && code.back() == '\'') code = code.substr(1, code.size() - 2);
  if (const auto it = type.index.find(code); it != type.index.end()) return it->second;
  std::vector<std::string> codes;
  for (const EnumMemberInfo& member : type.members) codes.push_back(member.code);
  std::string message = "`" + code + "` is not a " + type.name;
  if (const auto near = nearest(code, codes)) {
    message += "; did you mean `" + *near + "`?";
  } else if (codes.size() <= 20) {
    message += "; one of " + join(codes, ", ") + " was expected";
  }
  return fail(std::move(message));
}

Result<Value> parse_set(const Corpus& corpus, int16_t of, std::string_view text) {
  if (text.size() >= 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
  Bits bits((enum_of(corpus, of).members.size() + 63) / 64);
  if (trim(text).empty()) return Value::set(of, std::move(bits));
  for (const std::string_view part : split(text, ',')) {
    TRY(member, parse_member(corpus, of, part));
    set_bit(bits, member);
  }
  return Value::set(of, std::move(bits));
}

std::string_view without_unit(std::string_view text, std::string_view singular, std::string_view plural) {
  for (const std::string_view unit : {plural, singular}) {
    if (text.ends_with(unit)) return trim(text.substr(0, text.size() - unit.size()));
  }
  return text;
}

Result<Value> parse_number(const Type& type, std::string_view text) {
  switch (type.kind) {
    case Kind::kWhole:
      if (const auto n = parse_whole(text)) return Value::whole(*n);
      return fail("`" + std::string(text) + "` is not a whole number");
    case Kind::kDays:
      if (const auto n = parse_whole(without_unit(text, "day", "days"))) return Value::days(*n);
      return fail("`" + std::string(text) + "` is not a number of days");
    case Kind::kMoney:
      if (const auto m = parse_money(without_unit(text, "tenge", "tenge"))) return Value::money(*m);
      return fail("`" + std::string(text) + "` is not an amount in tenge with at most two decimal places");
    default: break;
  }
  const bool percent = text.ends_with('%');
  const auto number = parse_decimal(percent ? trim(text.substr(0, text.size() - 1)) : text);
  if (!number) return fail("`" + std::string(text) + "` is not a decimal number");
  if (!percent) return Value::decimal(*number);
  if (number->units % 100 != 0) return fail("`" + std::string(text) + "` has too many decimal places");
  return Value::decimal({number->units / 100});
}

}  // namespace

std::string format_value(const Corpus& corpus, const Value& value) {
  switch (value.kind()) {
    case Kind::kNone: return "none";
    case Kind::kYesNo: return value.is_yes() ? "yes" : "no";
    case Kind::kWhole: return std::to_string(value.number());
    case Kind::kDecimal: return format_decimal(value.as_decimal());
    case Kind::kMoney: return format_money(value.as_money()) + " tenge";
    case Kind::kDate: return format_date(value.as_date());
    case Kind::kDays: return std::to_string(value.number()) + (value.number() == 1 ? " day" : " days");
    case Kind::kText: return json_string(value.as_text());
    case Kind::kEnum: return enum_of(corpus, value.of()).members[static_cast<size_t>(value.number())].code;
    case Kind::kSet: return format_set(corpus, value);
  }
  return "none";
}

Result<Value> parse_value(const Corpus& corpus, const Type& type, std::string_view raw) {
  const std::string_view text = trim(raw);
  if (text == "none" && !(type.kind == Kind::kEnum && enum_of(corpus, type.of).index.contains("none"))) {
    if (type.or_none) return Value::none();
    return fail("`none` is not possible here; a " + type_name(corpus, type) + " was expected");
  }
  switch (type.kind) {
    case Kind::kYesNo:
      if (text == "yes" || text == "true") return Value::yes_no(true);
      if (text == "no" || text == "false") return Value::yes_no(false);
      return fail("`" + std::string(text) + "` is neither yes nor no");
    case Kind::kDate:
      if (const auto date = parse_date(text)) return Value::date(*date);
      return fail("`" + std::string(text) + "` is not a date that exists; write it as YYYY-MM-DD");
    case Kind::kText: return Value::text(std::string(text));
    case Kind::kEnum: {
      TRY(member, parse_member(corpus, type.of, text));
      return Value::member(type.of, member);
    }
    case Kind::kSet: return parse_set(corpus, type.of, text);
    case Kind::kNone: return fail("only `none` is possible here");
    default: return parse_number(type, text);
  }
}

std::string type_name(const Corpus& corpus, const Type& type) {
  static constexpr std::string_view kNames[] = {"none", "yes/no", "whole", "decimal", "money", "date", "days", "text"};
  std::string name;
  if (type.kind == Kind::kEnum) {
    name = enum_of(corpus, type.of).name;
  } else if (type.kind == Kind::kSet) {
    name = "set of " + enum_of(corpus, type.of).name;
  } else {
    name = kNames[static_cast<size_t>(type.kind)];
  }
  return type.or_none && type.kind != Kind::kNone ? name + " or none" : name;
}

}  // namespace koshi::zan
