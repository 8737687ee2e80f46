#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What each figure of each return counts, written down a second time by hand from the text of law/kz/procedures/returns.zan: nothing here
/// is read from the law.
namespace koshi::office {

using Facts = std::map<std::string, std::string>;  ///< by path, as JSON

/// A case as the journal tells it up to a day, and what was done in a period.
struct Told {
  std::string procedure, state;
  Facts facts;
  std::vector<std::string> done;  ///< in the period
  std::set<std::string> reached;  ///< in the period, from another state
  bool acted = false;             ///< ever
};

inline std::string fact(const Told& told, const std::string& path) {
  const auto found = told.facts.find(path);
  std::string json = found == told.facts.end() ? "" : found->second;
  if (json.size() >= 2 && json.front() == '"') json = json.substr(1, json.size() - 2);
  return json;
}

/// Yes, no or not known.
using Where = std::function<std::optional<bool>(const Told&)>;

inline std::optional<bool> yes(const Told& told, const std::string& path) {
  const std::string value = fact(told, path);
  if (value.empty() || value == "null") return std::nullopt;
  return value == "true";
}

/// a and not b, in three values.
inline Where now_and_not_before(const std::string& now, const std::string& before) {
  return [=](const Told& told) -> std::optional<bool> {
    const auto a = yes(told, now), b = yes(told, before);
    if (a == false || b == true) return false;
    if (!a || !b) return std::nullopt;
    return true;
  };
}
inline Where is(const std::string& path, bool wanted) {
  return [=](const Told& told) -> std::optional<bool> {
    const auto value = yes(told, path);
    return value ? std::optional(*value == wanted) : std::nullopt;
  };
}

enum class Of : uint8_t { kDone, kReached, kStanding };
struct Count {
  std::string name;
  Of of = Of::kDone;
  std::set<std::string> places;
  std::string amount = {};  ///< path of a whole number
  Where where = {};
};
using Key = std::function<std::string(const Told&)>;
struct Sheet {
  std::string name;
  std::set<std::string> procedures;
  std::vector<Key> keys;
  std::vector<Count> counts;
};

inline Key key(const std::string& path) {
  return [path](const Told& told) { return fact(told, path); };
}

inline Sheet permits_monthly() {
  return {"permits_monthly",
          {"work_permit", "work_permit_2001"},
          {key("region"), key("category")},
          {{"applications", Of::kDone, {"submit", "submit_without_place"}},
           {"granted", Of::kReached, {"granted"}},
           {"refused", Of::kReached, {"refused"}},
           {"issued", Of::kDone, {"issue"}},
           {"workers", Of::kDone, {"issue"}, "headcount"},
           {"extended", Of::kDone, {"pay_extension", "grant_extension"}},
           {"revoked", Of::kReached, {"revoked"}},
           {"working", Of::kStanding, {"in_force", "replacing", "extension_draft", "extension_examined", "extension_granted"}, "headcount"},
           {"open", Of::kStanding, {"no_place", "examined"}}}};
}

inline Sheet one_window_monthly() {
  return {"one_window_monthly",
          {"one_window"},
          {key("region"), key("path")},
          {{"received", Of::kDone, {"submit"}},
           {"assessed", Of::kDone, {"assess"}},
           {"planned", Of::kDone, {"plan"}},
           {"agreed", Of::kDone, {"agree"}},
           {"referrals", Of::kDone, {"refer"}},
           {"placed", Of::kDone, {"enrol"}},
           {"in_course",
            Of::kStanding,
            {"running"},
            "",
            [](const Told& told) -> std::optional<bool> {
              const std::string attended = fact(told, "attended");
              return attended.empty() ? std::nullopt : std::optional(attended != "0");
            }},
           {"better", Of::kReached, {"better"}},
           {"unchanged", Of::kReached, {"unchanged"}},
           {"found_work", Of::kReached, {"better", "unchanged"}, "", now_and_not_before("works_after", "works_before")},
           {"found_home", Of::kReached, {"better", "unchanged"}, "", now_and_not_before("housed_after", "housed_before")},
           {"open", Of::kStanding, {"received", "assessed", "planned", "running", "measured"}}}};
}

inline Sheet resettlement_quarterly() {
  return {"resettlement_quarterly",
          {"resettlement"},
          {key("to_region"), [](const Told& told) { return std::string(yes(told, "head.kandas") == true ? "returnee" : "resettler"); }},
          {{"applications", Of::kDone, {"submit"}},
           {"included", Of::kReached, {"included"}},
           {"people_included", Of::kReached, {"included"}, "people"},
           {"refused", Of::kReached, {"refused"}},
           {"settled", Of::kDone, {"settle"}},
           {"people_settled", Of::kDone, {"settle"}, "people"},
           {"subsidies", Of::kDone, {"pay_move"}},
           {"rents", Of::kDone, {"pay_rent", "pay_month"}},
           {"certificates", Of::kDone, {"issue_certificate"}},
           {"land", Of::kDone, {"give_land"}},
           {"there_12", Of::kDone, {"look_after_12"}, "", is("there_after_12", true)},
           {"gone_12", Of::kDone, {"look_after_12"}, "", is("there_after_12", false)},
           {"there_36", Of::kDone, {"look_after_36"}, "", is("there_after_36", true)},
           {"gone_36", Of::kDone, {"look_after_36"}, "", is("there_after_36", false)},
           {"left", Of::kDone, {"leave"}},
           {"supported", Of::kStanding, {"settled"}, "people"}}};
}

inline Sheet repatriates_monthly() {
  return {"repatriates_monthly",
          {"repatriate_status", "oralman_status"},
          {key("stay_region"), key("nationality")},
          {{"applications", Of::kDone, {"submit", "submit_abroad"}},
           {"granted", Of::kDone, {"grant", "grant_with_place"}},
           {"in_quota", Of::kDone, {"grant_with_place"}, "people_coming"},
           {"refused", Of::kReached, {"refused"}},
           {"extended", Of::kDone, {"extend"}},
           {"naturalised", Of::kReached, {"citizen"}},
           {"ended", Of::kReached, {"ended"}},
           {"holders", Of::kStanding, {"kandas", "extension_asked", "oralman"}},
           {"open", Of::kStanding, {"at_mission", "examined"}}}};
}

inline Sheet registration_monthly() {
  return {"registration_monthly",
          {"registration", "registration_2011", "arrival_report"},
          {key("stay_region"), key("nationality")},
          {{"asked", Of::kDone, {"submit", "report"}},
           {"registered", Of::kDone, {"confirm", "register", "report"}},
           {"refused", Of::kReached, {"refused", "rejected"}},
           {"moved", Of::kDone, {"move_out", "change_place"}},
           {"departed", Of::kReached, {"departed"}},
           {"here", Of::kStanding, {"registered", "reported"}}}};
}

inline Sheet legalisation_monthly() {
  return {"legalisation_monthly",
          {"legalisation"},
          {key("stay_region"), key("nationality")},
          {{"applications", Of::kDone, {"submit"}},
           {"legalised", Of::kDone, {"legalise"}},
           {"refused", Of::kReached, {"refused"}},
           {"departed", Of::kReached, {"departed"}},
           {"expired", Of::kReached, {"expired"}},
           {"holders", Of::kStanding, {"legalised"}},
           {"open", Of::kStanding, {"examined"}}}};
}

inline Sheet duties_quarterly() {
  return {"duties_quarterly",
          {"vacancy_report", "dismissal_report", "hiring_report"},
          {key("region"), key("occupation")},
          {{"in_time", Of::kDone, {"report"}},
           {"late", Of::kDone, {"report_late"}},
           {"posts", Of::kDone, {"report", "report_late"}, "posts"},
           {"referred", Of::kDone, {"refer"}},
           {"hired", Of::kDone, {"hire"}},
           {"announced", Of::kDone, {"announce"}},
           {"announced_late", Of::kDone, {"announce_late"}},
           {"dismissed", Of::kReached, {"dismissed"}},
           {"hirings", Of::kDone, {"report_hiring"}},
           {"at_work", Of::kStanding, {"at_work"}}}};
}

inline Sheet conditions_yearly() {
  return {"conditions_yearly",
          {"special_conditions_report"},
          {key("region"), key("category")},
          {{"reports", Of::kDone, {"report"}},
           {"due", Of::kReached, {"fulfilled", "failed"}, "conditions_due"},
           {"met", Of::kReached, {"fulfilled", "failed"}, "conditions_met"},
           {"fulfilled", Of::kReached, {"fulfilled"}},
           {"failed", Of::kReached, {"failed"}},
           {"open", Of::kStanding, {"reported", "unmet", "draft_again"}}}};
}

inline const std::vector<Sheet>& sheets() {
  static const std::vector<Sheet> all = {permits_monthly(),      one_window_monthly(),   resettlement_quarterly(), repatriates_monthly(),
                                         registration_monthly(), legalisation_monthly(), duties_quarterly(),       conditions_yearly()};
  return all;
}

}  // namespace koshi::office
