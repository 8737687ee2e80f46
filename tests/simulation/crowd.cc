#include "crowd.h"

#include <algorithm>
#include <vector>

namespace koshi::simulation {
namespace {

constexpr size_t kCasesMax = 8;  ///< open at once: with more, none would come far

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

constexpr size_t kReadyMin = 2;  ///< who wait for each other in a rush, and for places to be taken back
constexpr size_t kReadyMax = 5;  ///< so many wait for nothing else

/// Has nothing left to do but to apply.
bool is_ready(const ModelCase& item) {
  return item.procedure == "work_permit" && item.state == "draft" && item.has_facts && item.headcount > 0 && item.has_passport;
}

bool is_over(const ModelCase& item) {
  static constexpr std::string_view kOver[] = {"refused", "withdrawn", "lapsed", "expired", "taken", "answered"};
  return std::ranges::find(kOver, item.state) != std::end(kOver);
}

}  // namespace

Order Crowd::open_something() {
  Order order;
  order.kind = OrderKind::kOpen;
  const bool complains = random_.chance(120);
  order.procedure = complains ? "complaint" : random_.chance(is_rush_ ? 400 : 120) ? "levy" : "work_permit";
  order.who = (complains ? "k" : "e") + std::to_string(random_.between(1, 5));
  order.role = complains ? "complainant" : "employer";
  order.scope = quoted(order.who);
  return order;
}

void Crowd::say(Order& order, const char* who, const char* role, const std::string& scope, const char* action, const std::string& facts) {
  order.who = who;
  order.role = role;
  order.scope = scope;
  order.action = action;
  order.facts = facts;
}

void Crowd::say_facts(Order& order, const ModelCase& item) {
  order.kind = OrderKind::kFacts;
  order.region = is_rush_ ? kRegions[1] : random_.one_of(kRegions);
  order.headcount = random_.chance(30) ? 0 : random_.between(1, is_rush_ ? 2 : 4);
  const std::string region = R"({"region":")" + order.region + R"(",)";
  if (item.procedure == "complaint") {
    order.facts = region + R"("told":"order )" + std::to_string(item.version) + "\"}";
  } else {
    order.facts = region + R"("headcount":)" + std::to_string(order.headcount) +
                  (item.procedure == "levy" ? "}" : R"(,"employer":{"name":"Zher LLP","barred_until":null}})");
  }
}

void Crowd::on_draft(Order& order, const ModelCase& item) {
  const bool complains = item.procedure == "complaint";
  say(order, item.who.c_str(), complains ? "complainant" : "employer", item.scope, "");
  if (!item.has_facts || random_.chance(60)) return say_facts(order, item);
  if (item.procedure != "work_permit") {
    order.action = "send";
  } else if (!item.has_passport && !random_.chance(60)) {
    order.kind = OrderKind::kAttach;
  } else {
    order.action = random_.chance(80) ? "withdraw" : "submit";
  }
}

void Crowd::on_permit(Order& order, const ModelCase& item) {
  if (item.state == "examined") {
    const bool fits = random_.chance(750);
    return say(order, "akimat", "akimat", quoted(item.region), fits ? "grant" : "refuse", fits ? R"({"fits":true})" : R"({"fits":false})");
  }
  say(order, "treasury", "treasury", "", "pay");
}

void Crowd::on_complaint(Order& order, const ModelCase& item) {
  if (item.state == "with_police") {
    return say(order, "police", "police", quoted(item.region), "answer_police", R"({"reply":"We have seen to it."})");
  }
  if (random_.chance(300)) return say(order, item.who.c_str(), "complainant", item.scope, "tell_police");
  say(order, "inspection", "inspection", quoted(item.region), "answer", R"({"reply":"It must pay."})");
}

Order Crowd::for_case(const ModelCase& item) {
  Order order;
  order.procedure = item.procedure;
  order.case_id = item.id;
  order.version = item.version;
  if (item.state == "draft") {
    on_draft(order, item);
  } else if (item.procedure == "complaint") {
    on_complaint(order, item);
  } else {
    on_permit(order, item);
  }
  if (item.procedure != "complaint" && random_.chance(40)) {
    order.kind = OrderKind::kView;
    order.has_key = false;
    say(order, "akimat", "akimat", quoted(item.region), "", "{}");
  }
  if (random_.chance(50)) order.version += random_.between(-1, 1);
  if (random_.chance(30)) order.role = random_.chance(500) ? "treasury" : "clock";
  if (random_.chance(30)) order.scope = quoted(random_.one_of(kRegions));
  if (random_.chance(50)) order.has_key = false;
  return order;
}

bool Crowd::storms(const Model& model) {
  size_t ready = 0;
  bool is_taken_back = false;
  for (const auto& [id, item] : model.cases()) {
    ready += is_ready(item) ? 1 : 0;
    is_taken_back = is_taken_back || (item.procedure == "levy" && item.state == "waiting");
  }
  const bool begins = ready >= kReadyMin && (is_taken_back || ready >= kReadyMax);
  is_storming_ = is_rush_ && ready > 0 && (is_storming_ || begins);
  return is_storming_;
}

const ModelCase* Crowd::choose(const std::vector<const ModelCase*>& open) {
  if (open.empty()) return nullptr;
  if (!is_rush_ || random_.chance(100)) return random_.one_of(open);
  std::vector<const ModelCase*> ready;
  std::vector<const ModelCase*> others;
  for (const ModelCase* item : open) (is_ready(*item) ? ready : others).push_back(item);
  if (is_storming_ && !ready.empty()) return ready[next_++ % ready.size()];
  return others.empty() ? nullptr : random_.one_of(others);
}

Order Crowd::wish(const Model& model) {
  std::vector<const ModelCase*> open;
  for (const auto& [id, item] : model.cases()) {
    if (id.starts_with("seen/")) continue;  // of looks at a case
    if (!is_over(item) || random_.chance(20)) open.push_back(&item);
  }
  const ModelCase* chosen = open.size() < kCasesMax && random_.chance(250) ? nullptr : choose(open);
  const bool opens = chosen == nullptr;
  Order order = opens ? open_something() : for_case(*chosen);
  if (opens && random_.chance(50)) order.has_key = false;
  return order;
}

}  // namespace koshi::simulation
