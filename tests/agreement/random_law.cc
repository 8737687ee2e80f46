#include "random_law.h"

#include <algorithm>

namespace koshi::agreement {
namespace {

constexpr const char* kHead = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
act M "Other law" adopted 2000-01-01 in force from 2012-01-01 until 2020-06-30
calendar "days.csv"
enum color "Color"
  red "Red"
  green "Green"
  blue "Blue"
enum paper "Paper"
  form "Form"
  plan "Plan"
  copy "Copy"
set WARM of color "Warm" by L [read]
  red from 2010-01-01
  green from 2018-01-01 until 2019-12-31
entity firm "Firm"
  big : yes/no "Big"
  heads : whole "Heads"
  hue : color "Hue"
  link staff : many person "Staff"
entity person "Person"
  p : yes/no "P"
  q : yes/no "Q"
  r : yes/no "R"
  hue : color "Hue"
  tint : color or none "Tint"
  born : date "Born"
  left : date or none "Left"
  n : whole "N"
  lim : whole or none "Lim"
  pay : money "Pay"
  rate : decimal "Rate"
  doc : paper "Doc"
  link firm : firm "Firm"
)";

}  // namespace

std::string LawText::text(bool backwards) const {
  std::vector<std::string> parts = norms;
  parts.insert(parts.end(), reforms.begin(), reforms.end());
  if (backwards) std::ranges::reverse(parts);
  std::string all = head;
  for (const std::string& part : parts) all += part;
  return all;
}

LawText LawWriter::write() {
  LawText law;
  law.head = kHead;
  const size_t norms = 3 + dice_.roll(5);
  for (size_t i = 0; i < norms; ++i) norm(law, i);
  const size_t reforms = dice_.roll(4);
  for (size_t i = 0; i < reforms; ++i) law.reforms.push_back(reform(i));
  return law;
}

void LawWriter::norm(LawText& law, size_t number) {
  static const std::vector<std::string> kTypes = {"yes/no", "yes/no", "yes/no", "whole",        "whole or none",
                                                  "money",  "date",   "color",  "set of paper", "set of paper"};
  static const std::vector<std::string> kEntities = {"person", "person", "person", "person", "firm", ""};
  NormSketch sketch{"x" + std::to_string(number), dice_.pick(kEntities), dice_.pick(kTypes), {}};
  std::string text = "norm " + sketch.name + (sketch.entity.empty() ? "" : " of " + sketch.entity) + " : " + sketch.type + " \"X\"\n";
  text += level(sketch, number, 0, false, "  ");
  if (dice_.percent(40)) text += "  except\n" + level(sketch, number, 1, true, "    ");
  law.norms.push_back(text);
  norms_.push_back(std::move(sketch));
}

std::string LawWriter::level(NormSketch& norm, size_t known, size_t depth, bool exceptions, const std::string& indent) {
  const size_t count = depth == 0 ? 1 + dice_.roll(3) : 1 + dice_.roll(2);
  std::string text;
  for (size_t i = 0; i < count; ++i) text += rule(norm, known, depth, count == 1 && !exceptions && dice_.percent(50), indent);
  return text;
}

std::string LawWriter::by() {
  return std::string(dice_.one_in(8) ? " by M" : " by L") + " art. " + std::to_string(1 + dice_.roll(9)) + " [read]";
}

std::string LawWriter::dates(bool rarely) {
  if (!dice_.percent(rarely ? 15 : 35)) return "";
  static const std::vector<std::string> kFrom = {"", " from 2013-01-01", " from 2015-06-01", " from 2018-01-01"};
  static const std::vector<std::string> kUntil = {"", " until 2018-01-01", " until 2019-12-31"};
  return dice_.pick(kFrom) + dice_.pick(kUntil);
}

std::string LawWriter::rule(NormSketch& norm, size_t known, size_t depth, bool always, const std::string& indent) {
  std::string text = indent;
  const bool reinstates = depth == 2 && !norm.labels.empty() && dice_.percent(40);
  if (reinstates) {
    text += "reinstate " + norm.labels.front();
  } else {
    if (dice_.percent(70)) {
      norm.labels.push_back("r" + std::to_string(labels_++));
      text += norm.labels.back() + ": ";
    }
    text += value(norm.type, norm.entity, known, 1 + dice_.roll(2));
  }
  if (!always) text += " when " + condition(norm.entity, known, 1 + dice_.roll(2));
  text += dates(depth > 0) + by() + "\n";
  if (depth < 2 && dice_.percent(35)) text += indent + "  except\n" + level(norm, known, depth + 1, true, indent + "    ");
  return text;
}

std::string LawWriter::reform(size_t number) {
  std::string text = "reform d" + std::to_string(number) + " \"Draft\" by L \"1\" [read]\n";
  if (dice_.one_in(3)) text += "  from 2019-01-01\n";
  const size_t amended = 1 + dice_.roll(2);
  std::vector<size_t> done;
  for (size_t i = 0; i < amended; ++i) {
    const size_t index = dice_.roll(norms_.size());
    if (std::ranges::find(done, index) != done.end()) continue;
    done.push_back(index);
    NormSketch& norm = norms_[index];
    text += "  amend " + norm.name + (norm.entity.empty() ? "" : " of " + norm.entity) + "\n";
    const size_t changes = 1 + dice_.roll(2);
    for (size_t j = 0; j < changes; ++j) text += "    " + change(norm, index);
  }
  return text;
}

std::string LawWriter::change(NormSketch& norm, size_t known) {
  const auto brought = [&] { return value(norm.type, norm.entity, known, 1) + " when " + condition(norm.entity, known, 1) + "\n"; };
  const size_t kind = norm.labels.empty() ? dice_.roll(2) : dice_.roll(6);
  if (kind == 0) return brought();
  if (kind == 1) return "insert " + brought();
  const std::string label = dice_.pick(norm.labels);
  // One reform does not change the same rule twice.
  if (kind >= 3) std::erase(norm.labels, label);
  switch (kind) {
    case 2: return "insert under " + label + ": " + brought();
    case 3: return "replace " + label + " with " + brought();
    case 4: return "repeal " + label + (dice_.one_in(2) ? " from 2018-05-05" : "") + "\n";
    default: return "suspend " + label + " from 2017-01-01 until 2019-06-30\n";
  }
}

zan::Compilation compile_law(const std::string& text) {
  return zan::compile({{"law.zan", text}},
                      {{"days.csv", "date,kind\n2014-01-01,public_holiday\n2018-05-05,working_weekend\n2020-12-31,public_holiday\n"}});
}

}  // namespace koshi::agreement
