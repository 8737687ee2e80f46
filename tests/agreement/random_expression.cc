#include "random_law.h"

namespace koshi::agreement {

std::string LawWriter::norm_of(const std::string& type, const std::string& entity, size_t known) {
  std::vector<std::string> names;
  for (size_t i = 0; i < known && i < norms_.size(); ++i) {
    const NormSketch& norm = norms_[i];
    if (norm.type != type) continue;
    if (norm.entity == entity || norm.entity.empty()) names.push_back(norm.name);
    if (norm.entity == "firm" && entity == "person") names.push_back("firm." + norm.name);
  }
  if (names.empty()) return "";
  const std::string name = dice_.pick(names);
  if (!dice_.one_in(6)) return name;
  if (entity == "person" && dice_.one_in(2)) return "(" + name + " on born)";
  return "(" + name + " on " + dice_.pick({"2018-05-06", "2014-03-03", "2019-12-31", "2019-07-01"}) + ")";
}

std::string LawWriter::value(const std::string& type, const std::string& entity, size_t known, size_t depth) {
  if (type == "yes/no") return dice_.percent(60) ? dice_.pick({"no", "yes"}) : condition(entity, known, depth);
  if (type == "whole") return whole(entity, known, depth);
  if (type == "whole or none") return whole_or_none(entity, known, depth);
  if (type == "money") return money(entity, known, depth);
  if (type == "date") return date(entity, known, depth);
  if (type == "color") return color(entity, known, depth);
  return papers(entity, known, depth);
}

std::string LawWriter::staff(const std::string& entity) {
  return entity == "firm" ? "staff" : "firm.staff";
}

std::string LawWriter::simple_condition(const std::string& entity, size_t known) {
  if (dice_.percent(35)) {
    if (const std::string norm = norm_of("yes/no", entity, known); !norm.empty()) return norm;
  }
  if (entity.empty()) return dice_.pick({"today < 2018-05-06", "today >= 2015-01-01", "today = 2019-12-31"});
  if (entity == "firm") return dice_.pick({"big", "heads > 2", "hue in WARM", "hue = red", "hue in {red, blue}", "not big", "heads < 0"});
  if (options_.known && dice_.one_in(12)) return dice_.pick({"known p", "known lim"});
  return dice_.pick({"p",
                     "q",
                     "r",
                     "firm.big",
                     "hue in WARM",
                     "hue = green",
                     "hue not in {red}",
                     "tint is none",
                     "tint is not none",
                     "tint = hue",
                     "tint != hue",
                     "n < 3",
                     "n >= lim",
                     "lim = 2",
                     "lim != n",
                     "born < 2000-01-01",
                     "today < 2019-07-01",
                     "left is none",
                     "left > born",
                     "today > left",
                     "pay >= 500 tenge",
                     "rate < 0.5",
                     "doc in {form, copy}",
                     "firm.heads > n",
                     "today - born > 9000 days",
                     "not p"});
}

std::string LawWriter::condition(const std::string& entity, size_t known, size_t depth) {
  const size_t kind = depth == 0 ? 0 : dice_.roll(11);
  const auto inner = [&] { return condition(entity, known, depth - 1); };
  switch (kind) {
    case 1:
    case 2: return "(" + inner() + " and " + inner() + ")";
    case 3:
    case 4: return "(" + inner() + " or " + inner() + ")";
    case 5: return "not (" + inner() + ")";
    case 6: return "((" + whole(entity, known, depth - 1) + ") <= (" + whole(entity, known, depth - 1) + "))";
    case 7:
      if (!entity.empty())
        return "(" + std::string(dice_.pick({"any", "all"})) + " of " + staff(entity) + " where " + condition("person", known, depth - 1) +
               ")";
      break;
    case 8: return "(if " + inner() + " then " + inner() + " else " + inner() + ")";
    case 9:
      if (entity == "person") {
        if (const std::string set = norm_of("set of paper", entity, known); !set.empty())
          return "(" + (dice_.one_in(2) ? "doc in " + set : set + dice_.pick({" is empty", " is not empty"})) + ")";
      }
      break;
    case 10: return "((" + date(entity, known, depth - 1) + ") < (" + date(entity, known, depth - 1) + "))";
    default: break;
  }
  return simple_condition(entity, known);
}

std::string LawWriter::whole(const std::string& entity, size_t known, size_t depth) {
  const size_t kind = depth == 0 ? 0 : dice_.roll(9);
  const auto inner = [&] { return whole(entity, known, depth - 1); };
  switch (kind) {
    case 1: return "(" + inner() + " + " + inner() + ")";
    case 2: return "(" + inner() + " * 2)";
    case 3: return "(" + std::string(dice_.pick({"max", "min"})) + "(" + inner() + ", " + inner() + ") - 1)";
    case 4:
      if (!entity.empty()) return "(count of " + staff(entity) + " where " + condition("person", known, depth - 1) + ")";
      break;
    case 5:
      if (!entity.empty()) {
        const std::string norm = norm_of("whole", "person", known);
        return "(sum " + (norm.empty() ? "n" : norm) + " of " + staff(entity) + " where " + condition("person", known, depth - 1) + ")";
      }
      break;
    case 6:
      if (entity == "person")
        return dice_.pick(
            {"(completed_years(born, today) rounded down)", "year_of(born)", "working_days_between(born, today)", "(lim or else 3)"});
      break;
    case 7: return "(if " + condition(entity, known, depth - 1) + " then " + inner() + " else " + inner() + ")";
    case 8: return "((" + whole_or_none(entity, known, depth - 1) + ") or else " + inner() + ")";
    default: break;
  }
  if (dice_.percent(30)) {
    if (const std::string norm = norm_of("whole", entity, known); !norm.empty()) return norm;
  }
  if (entity == "person" && dice_.one_in(2)) return dice_.pick({"n", "firm.heads"});
  if (entity == "firm" && dice_.one_in(2)) return "heads";
  return dice_.pick({"0", "1", "2", "3", "4000000000000000000"});
}

std::string LawWriter::whole_or_none(const std::string& entity, size_t known, size_t depth) {
  if (dice_.percent(30)) {
    if (const std::string norm = norm_of("whole or none", entity, known); !norm.empty()) return norm;
  }
  if (entity == "person" && dice_.one_in(2)) return dice_.pick({"lim", "(lim + n)", "(n - lim)", "(lim - 1)"});
  // `or else` wants something that may be none, so a plain number stands in a choice with none.
  if (depth > 0 && !entity.empty() && dice_.one_in(2)) {
    return "(" + std::string(dice_.pick({"max", "min"})) + " n of " + staff(entity) + " where " + condition("person", known, depth - 1) +
           ")";
  }
  return "(if " + simple_condition(entity, known) + " then " + dice_.pick({"1", "2"}) + " else none)";
}

std::string LawWriter::money(const std::string& entity, size_t known, size_t depth) {
  if (dice_.percent(25)) {
    if (const std::string norm = norm_of("money", entity, known); !norm.empty()) return norm;
  }
  if (entity == "person" && depth > 0) {
    switch (dice_.roll(5)) {
      case 1: return "(pay * rate rounded half up to tenge)";
      case 2: return "(pay / (" + whole(entity, known, depth - 1) + ") rounded down to tiyn)";
      case 3: return "(pay + " + money(entity, known, depth - 1) + ")";
      case 4: return "(pay * 3)";
      default: return "pay";
    }
  }
  return dice_.pick({"500 tenge", "0 tenge", "10.50 tenge"});
}

std::string LawWriter::date(const std::string& entity, size_t known, size_t depth) {
  if (dice_.percent(25)) {
    if (const std::string norm = norm_of("date", entity, known); !norm.empty()) return norm;
  }
  if (entity == "person" && depth > 0) {
    switch (dice_.roll(7)) {
      case 1: return "(born + 3 working days)";
      case 2: return "(born + n months rounded up)";
      case 3: return "(born - 1 year rounded down)";
      case 4: return "(left or else " + date(entity, known, depth - 1) + ")";
      case 5: return "(" + date(entity, known, depth - 1) + " + 30 days)";
      case 6: return "(born + n days)";
      default: return "born";
    }
  }
  return dice_.pick({"today", "2018-05-05", "(today + 1 month rounded down)"});
}

std::string LawWriter::color(const std::string& entity, size_t known, size_t depth) {
  if (dice_.percent(25)) {
    if (const std::string norm = norm_of("color", entity, known); !norm.empty()) return norm;
  }
  if (depth > 0 && dice_.one_in(5))
    return "(if " + condition(entity, known, depth - 1) + " then " + color(entity, known, depth - 1) + " else blue)";
  if (entity == "person" && dice_.one_in(2)) return dice_.pick({"hue", "(tint or else red)"});
  if (entity == "firm" && dice_.one_in(2)) return "hue";
  return dice_.pick({"red", "green", "blue"});
}

std::string LawWriter::papers(const std::string& entity, size_t known, size_t) {
  if (dice_.percent(25)) {
    if (const std::string norm = norm_of("set of paper", entity, known); !norm.empty()) return norm;
  }
  if (entity == "person" && dice_.one_in(4)) return dice_.pick({"{doc}", "{form, doc}"});
  return dice_.pick({"{form}", "{plan}", "{form, copy}", "{plan, copy}", "{form, plan, copy}"});
}

}  // namespace koshi::agreement
