#include <algorithm>

#include "zan/sql/writer.h"

/// Working days (base/calendar.h) as two tables of the query: for each day known how many working days lie before it and how many up to its
/// end, and for each working day by its number which day it is. Both are worked out from the days that differ from the plain week.
namespace koshi::zan::sql {

void Writer::need_calendar() {
  if (!c_.calendar || !law_names_.insert("calendar").second) return;
  const WorkingCalendar& calendar = *c_.calendar;
  constexpr int kSaturday = 6;
  std::string differ;
  for (Date day = calendar.first(); day <= calendar.last(); ++day.days) {
    const bool working = *calendar.is_working(day);
    if (working == (weekday(day) < kSaturday)) continue;
    differ += (differ.empty() ? "VALUES (" : ", (") + std::to_string(day.days) + (working ? ", 1)" : ", 0)");
  }
  if (differ.empty())
    differ = "VALUES (" + std::to_string(calendar.first().days) + (*calendar.is_working(calendar.first()) ? ", 1)" : ", 0)");
  law_tables_.push_back({"calendar_exception(day, works)", differ});
  law_tables_.push_back(
      {"calendar_day(day)", "SELECT " + std::to_string(calendar.first().days - 1) +
                                " UNION ALL SELECT day + 1 FROM calendar_day WHERE day <= " + std::to_string(calendar.last().days)});
  // The day before the first has no working day up to its end; of the day after the last only what lies before it is known.
  const std::string first = std::to_string(calendar.first().days), last = std::to_string(calendar.last().days);
  const std::string plain = "CASE WHEN (d.day + " + std::to_string(-int64_t{kFirstDate.days}) + ") % 7 < 5 THEN 1 ELSE 0 END";
  law_tables_.push_back(
      {"calendar_work(day, works)", "SELECT d.day, CASE WHEN d.day BETWEEN " + first + " AND " + last + " THEN COALESCE(e.works, " + plain +
                                        ") ELSE 0 END FROM calendar_day AS d LEFT JOIN calendar_exception AS e ON e.day = d.day"});
  law_tables_.push_back(
      {"calendar_count(day, works, through)", "SELECT day, works, CAST(SUM(works) OVER (ORDER BY day) AS INTEGER) FROM calendar_work"});
  law_tables_.push_back({"calendar(day, before, through)", "SELECT day, CASE WHEN day >= " + first +
                                                               " THEN through - works END, CASE WHEN day <= " + last +
                                                               " THEN through END FROM calendar_count"});
  law_tables_.push_back({"calendar_working(number, day)", "SELECT through, day FROM calendar_count WHERE works = 1"});
}

ExprId Writer::add_working_days(ExprId date, ExprId days, BlockId block) {
  if (!c_.calendar) return sheet_.atom("CAST(NULL AS BIGINT)");
  need_calendar();
  Join here;
  here.block = block;
  here.table = "calendar";
  here.on = {"day"};
  here.keys = {date};
  const ExprId before = sheet_.fetch(here, "before"), through = sheet_.fetch(here, "through");
  constexpr const char* kFew = "CASE WHEN $0 BETWEEN -10000000 AND 10000000 THEN $0 ELSE 10000000 END";
  const ExprId few = sheet_.text(kFew, {days});
  Join there;
  there.block = block;
  there.table = "calendar_working";
  there.on = {"number"};
  there.keys = {sheet_.text("CASE WHEN $0 > 0 THEN $1 + $0 ELSE $2 + $0 + 1 END", {few, through, before})};
  return sheet_.text("CASE WHEN $0 = 0 THEN $1 ELSE $2 END", {days, date, sheet_.fetch(std::move(there), "day")});
}

ExprId Writer::working_days_between(ExprId from, ExprId to, BlockId block) {
  if (!c_.calendar) return sheet_.atom("CAST(NULL AS BIGINT)");
  need_calendar();
  const auto through = [&](ExprId date) {
    Join join;
    join.block = block;
    join.table = "calendar";
    join.on = {"day"};
    join.keys = {date};
    return sheet_.fetch(std::move(join), "through");
  };
  return sheet_.text("($1 - $0)", {through(from), through(to)});
}

}  // namespace koshi::zan::sql
