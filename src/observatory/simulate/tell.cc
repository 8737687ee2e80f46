#include "observatory/simulate/tell.h"

#include <algorithm>

namespace koshi::observatory {
namespace {

std::string digits(Int128 value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string out;
  for (; value != 0; value /= 10) out += static_cast<char>('0' + (value < 0 ? -(value % 10) : value % 10));
  if (negative) out += '-';
  std::ranges::reverse(out);
  return out;
}

/// `value` units of 10^-places.
std::string fixed(Int128 value, size_t places) {
  const bool negative = value < 0;
  std::string text = digits(negative ? -value : value);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  std::string fraction = text.substr(text.size() - places);
  text.resize(text.size() - places);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return (negative ? "-" : "") + text + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace

std::string amount(const zan::Type& type, Int128 sum) {
  if (type.kind == zan::Kind::kMoney) return fixed(sum, 2);
  return type.kind == zan::Kind::kDecimal ? fixed(sum, 9) : digits(sum);
}

std::string world_name(const Told& told, size_t world) {
  if (world == 0) return "law";
  std::string out;
  for (const zan::ReformId reform : told.question.reforms[world - 1]) {
    out += (out.empty() ? "" : "+") + told.corpus.reforms[static_cast<size_t>(reform)].name;
  }
  return out;
}

std::string outcome_name(const Told& told, const NormResult& norm, const Outcome& outcome) {
  switch (outcome.state) {
    case zan::RowState::kNone: return "none";
    case zan::RowState::kUnknown: return "unknown";
    case zan::RowState::kConflict: return "conflict";
    case zan::RowState::kGap: return "gap";
    case zan::RowState::kFault: return "fault";
    default: break;
  }
  const bool named = norm.type.kind == zan::Kind::kYesNo || norm.type.kind == zan::Kind::kEnum;
  return named ? zan::plain_text(told.corpus, norm.type, outcome.value) : "value";
}

std::string rule_name(const zan::Corpus& corpus, zan::RuleId rule) {
  if (rule == zan::kNoId) return "no rule";
  const zan::RuleInfo& info = corpus.rules[static_cast<size_t>(rule)];
  const std::string name = info.label.empty() ? "rule " + std::to_string(info.number) : info.label;
  return info.by.empty() ? name : name + " (" + corpus.cite(info.by.front()) + ")";
}

std::vector<std::pair<std::string, std::string>> measures(const Told& told, const NormResult& norm, const Counted& counted) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [value, rows] : counted.rows_of) out.emplace_back(zan::plain_text(told.corpus, norm.type, value), std::to_string(rows));
  const bool is_number = norm.type.kind != zan::Kind::kYesNo && norm.type.kind != zan::Kind::kEnum;
  // Days on the calendar have no sum.
  if (is_number && norm.type.kind != zan::Kind::kDate) out.emplace_back("sum", amount(norm.type, counted.sum));
  if (is_number) out.emplace_back("rows with a value", std::to_string(counted.with_value));
  const std::pair<const char*, int64_t> rest[] = {
      {"none", counted.none}, {"unknown", counted.unknown}, {"conflict", counted.conflict}, {"gap", counted.gap}, {"fault", counted.fault}};
  for (const auto& [name, rows] : rest) {
    if (rows > 0) out.emplace_back(name, std::to_string(rows));
  }
  // As people count rows, so that the one who is to be looked at is found.
  if (counted.fault > 0) out.emplace_back("first fault in row", std::to_string(counted.first_fault + 1));
  return out;
}

std::vector<std::pair<std::string, std::string>> purse_measures(const Purse& purse) {
  std::vector<std::pair<std::string, std::string>> out = {
      {"paid", fixed(purse.paid, 2)}, {"received", fixed(purse.received, 2)}, {"budget", fixed(purse.paid - purse.received, 2)}};
  if (purse.unclear > 0) out.emplace_back("unclear", std::to_string(purse.unclear));
  return out;
}

std::vector<std::pair<std::string, std::string>> purse_measures(const PurseChange& change) {
  return {{"better off", std::to_string(change.better)},  {"gain", fixed(change.gain, 2)},
          {"worse off", std::to_string(change.worse)},    {"loss", fixed(change.loss, 2)},
          {"unchanged", std::to_string(change.same)},     {"unclear", std::to_string(change.unclear)},
          {"budget", fixed(change.loss - change.gain, 2)}};
}

}  // namespace koshi::observatory
