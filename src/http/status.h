#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "http/ask_input.h"
#include "http/page.h"

/// "My status": what the law says of one person, on one page without scripts. Which norms it is made of is said in words/status.en.toml;
/// every value, date and right on it is an answer of the law with its citation. Everything that was said stands in the address:
///
///   /status?nationality=UZ&residence=temporary&visa=no&arrived=2026-02-27&plan_from=2026-05-01&plan_to=2026-06-15
///
/// `plan_from` and `plan_to` are a journey that is only tried out. Internal to this folder.
namespace koshi::http {

inline constexpr std::string_view kStatusPath = "/status";
inline constexpr int32_t kStripDays = 180;    ///< drawn: the window in which the law counts
inline constexpr int32_t kPlanDaysMax = 180;  ///< of a journey that is tried out: each of its days is asked

/// The lists of words/status.en.toml, as norms of this law. Names that the law does not have are left out.
struct StatusPlan {
  zan::EntityId entity = zan::kNoId;  ///< whose status: that of the norm `until`
  zan::NormId until = zan::kNoId;     ///< last day of the stay, or none
  zan::NormId overrun = zan::kNoId;   ///< what may follow when it has passed
  zan::NormId days = zan::kNoId;      ///< days that are left of the window
  std::vector<zan::NormId> first;     ///< their facts are asked one by one before the page is shown
  std::vector<zan::NormId> steps;     ///< days by which something is to be done
  std::vector<zan::NormId> duties;    ///< who must do it
  struct Group {
    std::string name;
    std::vector<zan::NormId> norms;
  };
  std::vector<Group> rights;
  std::string stays, entered, left, arrived;  ///< the list of stays, its facts, and the fact of the last arrival
  std::string complaint;                      ///< procedure, when the law has it
};
/// None: this law does not say how long a person may stay.
std::optional<StatusPlan> status_plan(const Site& site);

/// What was said, and the journey that is tried out (ISO days, empty: none).
struct StatusForm {
  AskForm facts;
  std::string plan_from, plan_to;
};
StatusForm read_status_form(const Site& site, const StatusPlan& plan, const Query& query);
/// The address with everything that was said.
Query status_query(const StatusForm& form);

/// The norm's answer for this person on a day. A norm of another record that leads to the person ("job.person") is asked of a record of
/// which only the person is known.
std::expected<zan::Answer, ask::Problems> ask_status(const Site& site, const StatusPlan& plan, const AskForm& facts, zan::NormId norm,
                                                     Date on);
/// The facts as they are called from the record of the norm: "person.nationality".
AskForm facts_for(const Site& site, const StatusPlan& plan, const AskForm& facts, zan::NormId norm);

/// For the part `_status_strip`: the days of the window as a picture, in a sentence and as a table; the form of the journey that is tried
/// out, and what the law says of it. Nothing where no such count applies to the person.
std::vector<View> strip_views(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form);

/// The page itself, when everything that is asked first was said or left open.
Response status_result(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form);

/// Rows {label, value, change} of what was said.
std::vector<View> said_views(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form);
/// On top stands a link that leads away at once.
void add_status_way_out(const Site& site, Page& page);
/// {href, label}: to another step of the page, with everything that was said.
std::string status_href(const Context& context, const StatusForm& form, std::string_view changing = {});

}  // namespace koshi::http
