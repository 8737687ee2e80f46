#include "office/desk/case_line.h"

#include <algorithm>

#include "base/text.h"
#include "office/desk/title.h"

namespace koshi::office {
namespace {

using store::StoreResult;

#define DESK_CASE_COLUMNS                                                                                                    \
  "id, procedure, state, stage, opened_by, version, opened, filed, due, late, due_order, clock_day, title, first_sequence, " \
  "last_sequence, trouble, body"

std::optional<std::string> day_text(const std::optional<Date>& day) {
  if (!day) return std::nullopt;
  return format_date(*day);
}

std::optional<std::string> text_or_none(const std::optional<std::string_view>& text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

std::vector<ScopeRow> scopes_of(const zan::Procedure& procedure, const Case& item) {
  std::vector<ScopeRow> scopes;
  for (size_t i = 0; i < procedure.roles.size(); ++i) {
    const zan::Role& role = procedure.roles[i];
    const FactEntry* fact = role.within ? item.find_fact(role.within->text) : nullptr;
    if (fact == nullptr || fact->json.size() > kScopeMaxBytes) continue;
    if (stands_before(procedure, static_cast<int32_t>(i), item)) scopes.push_back({role.name, fact->json});
  }
  std::ranges::sort(scopes, {}, &ScopeRow::role);
  return scopes;
}

StoreResult<void> insert_scopes(store::Transaction& transaction, const CaseLine& line) {
  for (const ScopeRow& scope : line.scopes) {
    TRY_DO(transaction.execute_later(
        "INSERT INTO desk_scope (case_id, role, value, procedure, state, stage, due_order, first_sequence)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {line.id, scope.role, scope.value, line.procedure, line.state, static_cast<int>(line.stage), line.due_order, line.first_sequence}));
  }
  return {};
}

StoreResult<std::vector<ScopeRow>> read_scopes(store::Reader& reader, std::string_view id) {
  TRY(rows, reader.query("SELECT role, value FROM desk_scope WHERE case_id = $1 ORDER BY role", {id}));
  std::vector<ScopeRow> scopes;
  for (const store::Row row : rows) scopes.push_back({std::string(row.text(0)), std::string(row.text(1))});
  return scopes;
}

StoreResult<std::vector<std::string>> read_papers(store::Reader& reader, std::string_view id) {
  TRY(rows, reader.query("SELECT number FROM desk_paper WHERE case_id = $1 ORDER BY number", {id}));
  std::vector<std::string> papers;
  for (const store::Row row : rows) papers.emplace_back(row.text(0));
  return papers;
}

StoreResult<void> update_scopes(store::Transaction& transaction, const CaseLine& line, ScopeChange change) {
  if (change == ScopeChange::kNone) return {};
  if (change == ScopeChange::kPlaces) {
    TRY_DO(transaction.execute_later("UPDATE desk_scope SET state = $1, stage = $2, due_order = $3 WHERE case_id = $4",
                                     {line.state, static_cast<int>(line.stage), line.due_order, line.id}));
    return {};
  }
  TRY_DO(transaction.execute_later("DELETE FROM desk_scope WHERE case_id = $1", {line.id}));
  return insert_scopes(transaction, line);
}

CaseLine line_from(const store::Row& row) {
  CaseLine line;
  line.id = row.text(0);
  line.procedure = row.text(1);
  line.state = row.text(2);
  line.stage = static_cast<Stage>(row.integer(3));
  line.opened_by = row.text(4);
  line.version = row.integer(5);
  line.opened = row.text(6);
  line.filed = text_or_none(row.maybe_text(7));
  line.due = text_or_none(row.maybe_text(8));
  line.late = text_or_none(row.maybe_text(9));
  line.due_order = row.text(10);
  line.clock_day = text_or_none(row.maybe_text(11));
  line.title = row.text(12);
  line.first_sequence = row.integer(13);
  line.last_sequence = row.integer(14);
  line.trouble = text_or_none(row.maybe_text(15));
  line.body = row.text(16);
  return line;
}

}  // namespace

bool is_storable(std::string_view text) {
  return is_valid_utf8(text) && !text.contains('\0');
}

CaseLine line_of(const Law& law, const Case& item, std::string body, const std::vector<Subject>& subjects, const std::optional<Due>& due,
                 const Surroundings& around) {
  CaseLine line;
  line.id = item.id;
  line.procedure = item.procedure;
  line.state = item.state;
  line.opened_by = item.opened_by;
  line.version = item.version;
  line.stage = item.filed ? Stage::kOpen : Stage::kDraft;
  line.opened = format_date(item.opened);
  line.filed = day_text(item.filed);
  line.late = day_text(item.late);
  if (!item.is_sealed()) line.title = cut_title(item.opened_by);
  line.body = std::move(body);
  if (due) line.due = line.clock_day = format_date(due->last_day);
  line.due_order = std::min(line.late.value_or(kNeverDue), line.due.value_or(kNeverDue));
  for (const PaperEntry& paper : item.papers) line.papers.push_back(paper.number);
  std::ranges::sort(line.papers);
  line.number = item.number;
  line.subjects = keys_of(subjects);
  const int32_t index = law.corpus.find_procedure(item.procedure);
  if (index == zan::kNoId) return line;
  const zan::Procedure& procedure = law.corpus.procedures[static_cast<size_t>(index)];
  const int32_t state = procedure.find_state(item.state);
  const bool is_final = state != zan::kNoId && procedure.states[static_cast<size_t>(state)].is_final;
  line.stage = is_final ? (item.filed ? Stage::kClosed : Stage::kDropped) : (item.filed ? Stage::kOpen : Stage::kDraft);
  line.title = title_of(law, procedure, item, subjects, around);
  line.scopes = scopes_of(procedure, item);
  return line;
}

ScopeChange scope_change(const Law& law, const StoredCase& before, const CaseLine& after) {
  const int32_t index = law.corpus.find_procedure(after.procedure);
  if (index == zan::kNoId) return ScopeChange::kRoles;
  if (scopes_of(law.corpus.procedures[static_cast<size_t>(index)], before.item) != after.scopes) return ScopeChange::kRoles;
  const bool same = before.item.state == after.state && before.stage == after.stage && before.due_order == after.due_order;
  return same ? ScopeChange::kNone : ScopeChange::kPlaces;
}

namespace {

#define DESK_STORED_COLUMNS "body, first_sequence, last_sequence, clock_day, stage, due_order"

Result<Case> case_of(std::string_view id, std::string_view text, CaseMemory* memory) {
  if (memory == nullptr) return parse_case_json(text);
  if (const auto known = memory->find(id, text)) return *known;
  TRY(item, parse_case_json(text));
  memory->keep(std::string(text), item);
  return item;
}

StoreResult<std::optional<StoredCase>> stored_case(const store::Rows& rows, std::string_view id, CaseMemory* memory) {
  if (rows.empty()) return std::nullopt;
  const store::Row row = rows[0];
  auto item = case_of(id, row.text(0), memory);
  if (!item) {
    return store::fault(store::Fault::kCorrupt, "the snapshot of case " + std::string(id) + " is damaged: " + item.error().message);
  }
  StoredCase stored{std::move(*item),         row.integer(1), row.integer(2), static_cast<Stage>(row.integer(4)),
                    std::string(row.text(5)), std::nullopt};
  if (const auto day = row.maybe_text(3)) stored.clock_day = parse_date(*day);
  return stored;
}

}  // namespace

StoreResult<std::optional<StoredCase>> read_case(store::Reader& reader, std::string_view id, CaseMemory* memory) {
  if (!is_storable(id)) return std::nullopt;
  TRY(rows, reader.query("SELECT " DESK_STORED_COLUMNS " FROM desk_case WHERE id = $1", {id}));
  return stored_case(rows, id, memory);
}

StoreResult<std::optional<StoredCase>> read_case_for(store::Reader& reader, const Actor& actor, std::string_view id, CaseMemory* memory) {
  if (!journal::is_sealed(id)) return read_case(reader, id, memory);
  // Both indexes (schema_sealed.h) begin with who asks, so that nothing is found of a case that is not for this actor, and answering takes
  // as long as where there is none. A range of one value keeps the engines from the index of ids, which would find it first.
  TRY(rows, reader.query("SELECT " DESK_STORED_COLUMNS " FROM desk_case WHERE id IN"
                         " (SELECT id FROM desk_case WHERE length(id) = 26 AND opened_by = $1 AND id >= $2 AND id <= $2"
                         " UNION ALL SELECT case_id FROM desk_scope"
                         " WHERE length(case_id) = 26 AND role = $3 AND value = $4 AND case_id >= $2 AND case_id <= $2)",
                         {actor.account, id, actor.role, actor.scope.value_or("")}));
  return stored_case(rows, id, memory);
}

StoreResult<std::optional<CaseLine>> read_line(store::Reader& reader, std::string_view id) {
  TRY(rows, reader.query("SELECT " DESK_CASE_COLUMNS " FROM desk_case WHERE id = $1", {id}));
  if (rows.empty()) return std::nullopt;
  CaseLine line = line_from(rows[0]);
  TRY(scopes, read_scopes(reader, id));
  TRY(papers, read_papers(reader, id));
  line.scopes = std::move(scopes);
  line.papers = std::move(papers);
  TRY(numbers, reader.query("SELECT number FROM desk_number WHERE case_id = $1", {id}));
  if (!numbers.empty()) line.number = numbers[0].text(0);
  TRY(subjects, reader.query("SELECT subject FROM desk_subject WHERE case_id = $1 ORDER BY subject", {id}));
  for (const store::Row row : subjects) line.subjects.emplace_back(row.text(0));
  return line;
}

StoreResult<void> insert_number(store::Transaction& transaction, std::string_view id, const CaseNumber& number) {
  return transaction.execute_later("INSERT INTO desk_number (number, series, running, case_id) VALUES ($1, $2, $3, $4)",
                                   {number.text, number.series, number.running, id});
}

StoreResult<void> insert_step(store::Transaction& transaction, const CaseLine& line, const StepRow& step) {
  return transaction.execute_later(
      "INSERT INTO desk_step (sequence, case_id, procedure, action, from_state, to_state, day) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {step.sequence, line.id, line.procedure, step.action, step.from, step.to, format_date(step.day)});
}

StoreResult<std::vector<StepRow>> read_steps(store::Reader& reader, std::string_view id) {
  TRY(rows, reader.query("SELECT sequence, action, from_state, to_state, day FROM desk_step WHERE case_id = $1 ORDER BY sequence", {id}));
  std::vector<StepRow> steps;
  for (const store::Row row : rows) {
    steps.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                     parse_date(row.text(4)).value_or(Date{})});
  }
  return steps;
}

StoreResult<void> update_subjects(store::Transaction& transaction, const CaseLine& line, const std::vector<std::string>& before) {
  if (line.subjects == before) return {};
  if (!before.empty()) TRY_DO(transaction.execute_later("DELETE FROM desk_subject WHERE case_id = $1", {line.id}));
  for (const std::string& subject : line.subjects) {
    TRY_DO(transaction.execute_later("INSERT INTO desk_subject (case_id, subject) VALUES ($1, $2)", {line.id, subject}));
  }
  return {};
}

StoreResult<void> insert_line(store::Transaction& transaction, const CaseLine& line) {
  TRY_DO(transaction.execute_later(
      "INSERT INTO desk_case (" DESK_CASE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
      {line.id, line.procedure, line.state, static_cast<int>(line.stage), line.opened_by, line.version, line.opened, line.filed, line.due,
       line.late, line.due_order, line.clock_day, line.title, line.first_sequence, line.last_sequence, line.trouble, line.body}));
  return insert_scopes(transaction, line);
}

StoreResult<void> update_line(store::Transaction& transaction, const CaseLine& line, ScopeChange scopes) {
  TRY_DO(
      transaction.execute_later("UPDATE desk_case SET state = $1, stage = $2, version = $3, filed = $4, due = $5, late = $6,"
                                " due_order = $7, clock_day = $8, title = $9, last_sequence = $10, trouble = $11, body = $12"
                                " WHERE id = $13",
                                {line.state, static_cast<int>(line.stage), line.version, line.filed, line.due, line.late, line.due_order,
                                 line.clock_day, line.title, line.last_sequence, line.trouble, line.body, line.id},
                                1));
  return update_scopes(transaction, line, scopes);
}

StoreResult<void> insert_papers(store::Transaction& transaction, std::string_view id, const std::vector<PaperEntry>& papers) {
  for (const PaperEntry& paper : papers) {
    TRY_DO(transaction.execute_later("INSERT INTO desk_paper (number, case_id) VALUES ($1, $2)", {paper.number, id}));
  }
  return {};
}

StoreResult<void> delete_line(store::Transaction& transaction, std::string_view id) {
  TRY_DO(transaction.execute("DELETE FROM desk_scope WHERE case_id = $1", {id}));
  for (const char* table : {"desk_paper", "desk_number", "desk_step", "desk_subject"}) {
    TRY_DO(transaction.execute(std::string("DELETE FROM ") + table + " WHERE case_id = $1", {id}));
  }
  TRY_DO(transaction.execute("DELETE FROM desk_case WHERE id = $1", {id}));
  return {};
}

}  // namespace koshi::office
