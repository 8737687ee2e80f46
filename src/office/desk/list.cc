#include <algorithm>

#include "base/text.h"
#include "office/desk/desk_impl.h"
#include "zan/corpus/who_acts.h"

/// Lists, page by page. A list is the merge of a few streams, each of which one index gives in order: the cases of a procedure, of a role
/// with its scope, of an account. So a page costs the same however many cases there are.
namespace koshi::office {
namespace {

using store::StoreResult;

#define DESK_ROW_COLUMNS \
  "c.id, c.procedure, c.state, c.opened_by, c.version, c.opened, c.filed, c.due, c.late, c.title, c.due_order, c.first_sequence, n.number"
#define DESK_ROW_NUMBER " LEFT JOIN desk_number n ON n.case_id = c.id"

/// Where a page begins: behind this case in the order of the list.
struct Cursor {
  std::string due_order, id;
  int64_t sequence = INT64_MAX;
};

struct ListedCase {
  CaseRow row;
  std::string due_order;
  int64_t first_sequence = 0;
};

/// Names of states, none of them empty, by procedure.
using StatesOf = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Conditions that are joined by AND, and their values in ascending order.
class Where {
 public:
  void add(std::string_view condition, store::Value value) {
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += condition;
    text_ += place(std::move(value));
  }
  void add_order(const CaseFilter& filter, const Cursor& cursor, std::string_view id_column) {
    if (!filter.by_due) return add("first_sequence < ", cursor.sequence);
    text_ += " AND (due_order, " + std::string(id_column) + ") > (" + place(cursor.due_order) + ", ";
    text_ += place(cursor.id) + ")";
  }
  void add_states(const StatesOf& wanted) {
    text_ += " AND (FALSE";
    for (const auto& [procedure, states] : wanted) {
      text_ += " OR (procedure = " + place(procedure) + " AND state IN (";
      for (size_t i = 0; i < states.size(); ++i) text_ += (i == 0 ? "" : ", ") + place(states[i]);
      text_ += "))";
    }
    text_ += ")";
  }
  std::string place(store::Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  const std::string& text() const { return text_; }
  const std::vector<store::Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<store::Value> values_;
};

std::string order_text(const CaseFilter& filter, std::string_view id_column) {
  return filter.by_due ? " ORDER BY due_order, " + std::string(id_column) : " ORDER BY first_sequence DESC";
}

ListedCase listed(const store::Row& row) {
  const auto day = [&](size_t column) { return row.is_null(column) ? std::nullopt : parse_date(row.text(column)); };
  CaseRow made{.id = std::string(row.text(0)),
               .procedure = std::string(row.text(1)),
               .state = std::string(row.text(2)),
               .opened_by = std::string(row.text(3)),
               .version = row.integer(4),
               .opened = parse_date(row.text(5)).value_or(Date{}),
               .filed = day(6),
               .due = day(7),
               .late = day(8),
               .title = std::string(row.text(9)),
               .number = std::string(row.maybe_text(12).value_or(""))};
  return {std::move(made), std::string(row.text(10)), row.integer(11)};
}

class Listing {
 public:
  Listing(store::Reader& reader, const CaseFilter& filter, Cursor cursor, size_t rows)
      : reader_(reader), filter_(filter), cursor_(std::move(cursor)), rows_(rows) {}

  /// `acting`: empty, or the only states that are wanted, by procedure.
  StoreResult<void> add_scope(const std::string& role, const std::string& value, const StatesOf& acting) {
    for (const Stage stage : stages()) {
      Where where;
      where.add("role = ", role);
      where.add("value = ", value);
      where.add("stage = ", static_cast<int>(stage));
      add_wishes(where);
      if (filter_.acting_only) where.add_states(acting);
      where.add_order(filter_, cursor_, "case_id");
      const std::string inner = "SELECT case_id FROM desk_scope" + where.text() + order_text(filter_, "case_id");
      TRY_DO(run("SELECT " DESK_ROW_COLUMNS " FROM (" + inner + " LIMIT " + where.place(static_cast<int64_t>(rows_)) +
                     ") s JOIN desk_case c ON c.id = s.case_id" DESK_ROW_NUMBER,
                 where));
    }
    return {};
  }
  StoreResult<void> add_procedure(const std::string& procedure, Stage stage) {
    Where where;
    where.add("procedure = ", procedure);
    where.add("stage = ", static_cast<int>(stage));
    if (!filter_.state.empty()) where.add("state = ", filter_.state);
    leave_sealed(where);
    return run_on_cases(where);
  }
  StoreResult<void> add_state(const std::string& procedure, const std::string& state, Stage stage) {
    if (!filter_.state.empty() && filter_.state != state) return {};
    Where where;
    where.add("procedure = ", procedure);
    where.add("state = ", state);
    where.add("stage = ", static_cast<int>(stage));
    leave_sealed(where);
    return run_on_cases(where);
  }
  /// What one account opened is little enough to be sorted.
  StoreResult<void> add_account(const std::string& account) {
    Where where;
    where.add("opened_by = ", account);
    if (filter_.state.empty() && filter_.open_only) where.add("stage <= ", static_cast<int>(Stage::kOpen));
    add_wishes(where);
    return run_on_cases(where);
  }
  /// A state says by itself whether it is final.
  std::span<const Stage> stages() const {
    static constexpr Stage kAll[] = {Stage::kDraft, Stage::kOpen, Stage::kClosed, Stage::kDropped};
    return std::span(kAll).first(filter_.open_only && filter_.state.empty() ? 2 : 4);
  }

  /// At most rows - 1 of them; the last tells that there are more.
  CasePage page() {
    const auto before = [&](const ListedCase& a, const ListedCase& b) {
      if (!filter_.by_due) return a.first_sequence > b.first_sequence;
      return std::pair(a.due_order, a.row.id) < std::pair(b.due_order, b.row.id);
    };
    std::ranges::sort(found_, before);
    const auto twice = std::ranges::unique(found_, {}, [](const ListedCase& one) { return one.row.id; });
    found_.erase(twice.begin(), twice.end());
    CasePage page;
    if (found_.size() >= rows_) {
      found_.resize(rows_ - 1);
      const ListedCase& last = found_.back();
      page.next = filter_.by_due ? last.due_order + " " + last.row.id : std::to_string(last.first_sequence);
    }
    for (ListedCase& one : found_) page.rows.push_back(std::move(one.row));
    return page;
  }

 private:
  /// Sealed cases stand in the lists of those to whom a scope or an account binds them, and in no others.
  static void leave_sealed(Where& where) { where.add("length(id) <> ", static_cast<int64_t>(journal::kSealedNameBytes)); }
  void add_wishes(Where& where) const {
    if (!filter_.state.empty()) where.add("state = ", filter_.state);
    if (!filter_.procedure.empty()) where.add("procedure = ", filter_.procedure);
  }
  StoreResult<void> run_on_cases(Where& where) {
    where.add_order(filter_, cursor_, "id");
    const std::string sql = "SELECT " DESK_ROW_COLUMNS " FROM desk_case c" DESK_ROW_NUMBER + where.text() + order_text(filter_, "id");
    return run(sql + " LIMIT " + where.place(static_cast<int64_t>(rows_)), where);
  }
  StoreResult<void> run(const std::string& sql, const Where& where) {
    TRY(rows, reader_.query(sql, where.values()));
    for (const store::Row row : rows) found_.push_back(listed(row));
    return {};
  }

  store::Reader& reader_;
  const CaseFilter& filter_;
  const Cursor cursor_;
  const size_t rows_;
  std::vector<ListedCase> found_;
};

/// No value: it is not the cursor of such a list.
std::optional<Cursor> cursor_of(const CaseFilter& filter) {
  Cursor cursor;
  if (filter.after.empty()) return cursor;
  if (!filter.by_due) {
    const auto sequence = parse_whole(filter.after);
    if (!sequence) return std::nullopt;
    cursor.sequence = *sequence;
    return cursor;
  }
  const auto parts = split(filter.after, ' ');
  if (parts.size() != 2 || !parse_date(parts[0]) || !is_storable(parts[1])) return std::nullopt;
  cursor.due_order = parts[0];
  cursor.id = parts[1];
  return cursor;
}

/// The states in which the role has an action; `awaited`: without those in which a case rests.
std::vector<std::string> acting_states(const zan::Procedure& procedure, int32_t role, bool awaited) {
  std::vector<std::string> out;
  for (const zan::ProcedureState& state : procedure.states) {
    if (role != zan::kNoId && acts_in(state, role) && !(awaited && rests_in(state))) out.push_back(state.name);
  }
  return out;
}

/// The cases of a procedure that a role sees without a scope of its own: what was filed, and what waits for it. The same rule as
/// view_case() has for one case.
StoreResult<void> add_for_role(Listing& listing, const zan::Procedure& procedure, const CaseFilter& filter) {
  const int32_t index = procedure.find_role(filter.role);
  if (index == zan::kNoId) return {};
  const zan::Role& role = procedure.roles[static_cast<size_t>(index)];
  if (role.kind == zan::Role::Kind::kParty || (role.within && filter.scope)) return {};
  for (const Stage stage : listing.stages()) {
    const bool was_filed = stage == Stage::kOpen || stage == Stage::kClosed;
    if (was_filed && !filter.acting_only) TRY_DO(listing.add_procedure(procedure.name, stage));
  }
  for (const std::string& state : acting_states(procedure, index, filter.acting_only)) {
    TRY_DO(listing.add_state(procedure.name, state, Stage::kDraft));
    if (filter.acting_only) TRY_DO(listing.add_state(procedure.name, state, Stage::kOpen));
  }
  return {};
}

StatesOf all_acting_states(const zan::Corpus& corpus, std::string_view role) {
  StatesOf out;
  for (const zan::Procedure& procedure : corpus.procedures) {
    std::vector<std::string> states = acting_states(procedure, procedure.find_role(role), true);
    if (!states.empty()) out.emplace_back(procedure.name, std::move(states));
  }
  return out;
}

StoreResult<void> add_all(Listing& listing, const zan::Procedure& procedure) {
  for (const Stage stage : listing.stages()) TRY_DO(listing.add_procedure(procedure.name, stage));
  return {};
}

StoreResult<CasePage> list_cases(store::Reader& reader, const zan::Corpus& corpus, const CaseFilter& filter, Cursor cursor) {
  for (const std::string& text : {filter.procedure, filter.state, filter.role, filter.scope.value_or(""), filter.account}) {
    if (!is_storable(text)) return CasePage{};
  }
  Listing listing(reader, filter, std::move(cursor), std::clamp<size_t>(filter.limit, 1, kPageMax) + 1);
  for (const zan::Procedure& procedure : corpus.procedures) {
    if (!filter.procedure.empty() && procedure.name != filter.procedure) continue;
    if (filter.role.empty() && filter.account.empty()) TRY_DO(add_all(listing, procedure));
    if (!filter.role.empty()) TRY_DO(add_for_role(listing, procedure, filter));
  }
  if (!filter.role.empty() && filter.scope)
    TRY_DO(listing.add_scope(filter.role, *filter.scope, filter.acting_only ? all_acting_states(corpus, filter.role) : StatesOf{}));
  if (!filter.account.empty()) TRY_DO(listing.add_account(filter.account));
  return listing.page();
}

}  // namespace

std::expected<CasePage, Failure> Desk::list(const CaseFilter& filter) {
  auto cursor = cursor_of(filter);
  if (!cursor) return std::unexpected(Failure(impl_->refuse(RefusalKind::kBadFacts, words::Language::kEn, "bad_cursor")));
  return lift<CasePage>(impl_->parts.store.read(
      [&](store::Reader& reader) { return list_cases(reader, impl_->parts.law.corpus, filter, std::move(*cursor)); }));
}

}  // namespace koshi::office
