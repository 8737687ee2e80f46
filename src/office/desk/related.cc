#include <algorithm>
#include <set>

#include "office/desk/desk_impl.h"

/// Cases found by something else than their place in a list: by their number, by whom they name.
namespace koshi::office {
namespace {

using store::StoreResult;

CaseRow row_of(const Case& item, const store::Row& row) {
  CaseRow made;
  made.id = item.id;
  made.procedure = item.procedure;
  made.state = item.state;
  made.opened_by = item.opened_by;
  made.version = item.version;
  made.opened = item.opened;
  made.filed = item.filed;
  made.late = item.late;
  if (const auto due = row.maybe_text(1)) made.due = parse_date(*due);
  made.title = row.text(2);
  made.number = item.number;
  return made;
}

}  // namespace

std::expected<std::string, Failure> Desk::find_number(const Actor& actor, std::string_view number) {
  return lift<std::string>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::string> {
    if (!is_storable(number)) return std::string();
    TRY(rows, reader.query("SELECT case_id FROM desk_number WHERE number = $1", {number}));
    if (rows.empty()) return std::string();
    TRY(stored, impl_->visible(reader, actor, rows[0].text(0)));
    return stored ? stored->item.id : std::string();
  }));
}

std::expected<std::vector<CaseRow>, Failure> Desk::related(const std::vector<Actor>& actors, const Case& item,
                                                           const std::vector<std::string>& keys) {
  return lift<std::vector<CaseRow>>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::vector<CaseRow>> {
    std::vector<std::pair<int64_t, CaseRow>> found;
    std::set<std::string> looked_at{item.id};
    for (const std::string& key : keys) {
      if (!is_storable(key)) continue;
      TRY(rows, reader.query("SELECT s.case_id, c.due, c.title, c.first_sequence FROM desk_subject s JOIN desk_case c ON c.id = s.case_id"
                             " WHERE s.subject = $1 ORDER BY c.first_sequence DESC LIMIT $2",
                             {key, static_cast<int64_t>(kPageMax)}));
      for (const store::Row row : rows) {
        const std::string id(row.text(0));
        if (!looked_at.insert(id).second) continue;
        for (const Actor& actor : actors) {
          TRY(stored, impl_->visible(reader, actor, id));
          if (!stored) continue;
          found.emplace_back(row.integer(3), row_of(stored->item, row));
          break;
        }
      }
    }
    std::ranges::sort(found, std::greater<>(), &std::pair<int64_t, CaseRow>::first);
    if (found.size() > kPageMax) found.resize(kPageMax);
    std::vector<CaseRow> cases;
    for (auto& one : found) cases.push_back(std::move(one.second));
    return cases;
  }));
}

}  // namespace koshi::office
