#include "office/desk/rebuild.h"

#include "office/desk/desk_impl.h"
#include "office/ledger/check.h"

/// Everything that can be made from the journal is made from it again, and laid beside what stands there.
namespace koshi::office {
namespace {

using store::StoreResult;

/// The next name of a chain in the journal that is a case's; empty at the end.
StoreResult<std::string> next_case(store::Reader& reader, std::string after) {
  while (true) {
    TRY(rows, reader.query("SELECT case_id FROM journal_event WHERE case_id > $1 ORDER BY case_id LIMIT 1", {after}));
    if (rows.empty()) return std::string();
    after = rows[0].text(0);
    if (!after.starts_with(kViewChain)) return after;
    // Chains of looks stand together: the next text after all of them.
    after = std::string(kViewChain.substr(0, kViewChain.size() - 1)) + static_cast<char>(kViewChain.back() + 1);
  }
}

/// Cases of the tables of which the journal knows nothing.
StoreResult<std::vector<std::string>> orphans(store::Reader& reader) {
  TRY(rows, reader.query("SELECT id FROM desk_case c WHERE NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.case_id = c.id)"
                         " ORDER BY id LIMIT $1",
                         {static_cast<int64_t>(kDifferencesMax)}));
  std::vector<std::string> ids;
  for (const store::Row row : rows) ids.emplace_back(row.text(0));
  return ids;
}

StoreResult<void> repair_records(store::Transaction& transaction, const Folded& folded) {
  for (const Folded::Record& record : folded.records) {
    const RegisterEntry& entry = record.entry;
    TRY_DO(
        transaction.execute("INSERT INTO desk_register (key_path, key_value, fact, json, case_id, sequence) VALUES ($1, $2, $3, $4, $5, $6)"
                            " ON CONFLICT (key_path, key_value, fact) DO UPDATE SET json = excluded.json, case_id = excluded.case_id,"
                            " sequence = excluded.sequence WHERE excluded.sequence >= desk_register.sequence",
                            {entry.key_path, entry.key, entry.fact, entry.json, folded.item.id, record.sequence}));
  }
  return {};
}

void append(std::vector<std::string>& all, std::vector<std::string> more) {
  for (std::string& one : more) {
    if (all.size() < kDifferencesMax) all.push_back(std::move(one));
  }
}

}  // namespace

StoreResult<CaseLine> Desk::Impl::folded_line(store::Reader& reader, const Folded& folded, Date today) {
  Around around(reader);
  const auto due = next_due(parts.law, folded.item, around.surroundings(), today);
  const Named whom = named(parts.law, std::nullopt, folded.item);
  CaseLine line = line_of(parts.law, folded.item, case_json(folded.item), whom.after, due, around.surroundings());
  TRY_DO(around.checked());
  line.first_sequence = folded.first_sequence;
  line.last_sequence = folded.last_sequence;
  return line;
}

StoreResult<std::vector<std::string>> Desk::Impl::check_case(store::Reader& reader, const std::string& id) {
  TRY(folded, fold_case(reader, parts.journal, id));
  TRY(line, folded_line(reader, folded, now().day));
  line.id = id;
  TRY(found, differences(reader, folded, line));
  // Who repairs the tables learns that something is wrong, not with whom.
  if (journal::is_sealed(id) && !found.empty()) return std::vector<std::string>{"a sealed case is not what its events make"};
  return found;
}

/// In one write, so that no act comes in between.
StoreResult<void> Desk::Impl::repair_case(store::Transaction& transaction, const std::string& id) {
  TRY(folded, fold_case(transaction, parts.journal, id));
  if (folded.damage) return {};
  TRY_DO(repair_records(transaction, folded));
  TRY(line, folded_line(transaction, folded, now().day));
  TRY_DO(delete_line(transaction, id));
  if (folded.item.version == 0) return {};
  TRY_DO(insert_line(transaction, line));
  for (const StepRow& step : folded.steps) TRY_DO(insert_step(transaction, line, step));
  TRY_DO(update_subjects(transaction, line, {}));
  if (const auto number = number_of(folded.item.number)) TRY_DO(insert_number(transaction, id, *number));
  return insert_papers(transaction, id, folded.item.papers);
}

StoreResult<std::vector<std::string>> Desk::Impl::check_cases(bool repair) {
  std::vector<std::string> found;
  std::string id;
  while (found.size() < kDifferencesMax) {
    // One snapshot a case: acts go on meanwhile.
    std::vector<std::string> of_case;
    TRY_DO(parts.store.read([&](store::Reader& reader) -> StoreResult<void> {
      TRY(next, next_case(reader, id));
      id = std::move(next);
      if (id.empty()) return {};
      TRY(differing, check_case(reader, id));
      of_case = std::move(differing);
      return {};
    }));
    if (id.empty()) break;
    if (repair && !of_case.empty()) {
      TRY_DO(parts.store.write([&](store::Transaction& transaction) { return repair_case(transaction, id); }));
    }
    append(found, std::move(of_case));
  }
  return found;
}

StoreResult<std::vector<std::string>> Desk::Impl::check_orphans(bool repair) {
  std::vector<std::string> found;
  TRY(ids, parts.store.read([](store::Reader& reader) { return orphans(reader); }));
  for (const std::string& id : ids) {
    found.push_back(journal::is_sealed(id) ? "the journal knows nothing of a sealed case"
                                           : "case " + id + ": the journal knows nothing of it");
    if (repair) TRY_DO(parts.store.write([&](store::Transaction& transaction) { return delete_line(transaction, id); }));
  }
  return found;
}

StoreResult<std::vector<std::string>> Desk::Impl::check_register(bool repair) {
  std::vector<std::string> found;
  TRY(wrong, parts.store.read([&](store::Reader& reader) { return wrong_records(reader, parts.journal); }));
  for (WrongRecord& one : wrong) {
    if (repair) {
      TRY_DO(parts.store.write([&](store::Transaction& transaction) {
        return transaction.execute("DELETE FROM desk_register WHERE key_path = $1 AND key_value = $2 AND fact = $3",
                                   {one.path, one.key, one.fact});
      }));
    }
    found.push_back(std::move(one.what));
  }
  return found;
}

StoreResult<std::vector<std::string>> Desk::Impl::check_ledger() {
  std::vector<std::string> found;
  TRY(differing, parts.store.read([](store::Reader& reader) { return ledger::check(reader); }));
  for (const ledger::Difference& one : differing) found.push_back("ledger " + ledger::describe(one));
  return found;
}

/// The register first: what is taken out of it there is missing to its cases, which put back what their acts said.
std::expected<std::vector<std::string>, Failure> Desk::rebuild(bool repair) {
  std::vector<std::string> all;
  for (auto part : {std::function([&] { return impl_->check_register(repair); }), std::function([&] { return impl_->check_cases(repair); }),
                    std::function([&] { return impl_->check_orphans(repair); }), std::function([&] { return impl_->check_ledger(); })}) {
    auto found = part();
    if (!found) return std::unexpected(failure(std::move(found.error())));
    append(all, std::move(*found));
  }
  return all;
}

}  // namespace koshi::office
