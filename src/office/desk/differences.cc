#include <algorithm>
#include <map>

#include "office/desk/desk_impl.h"
#include "office/desk/rebuild.h"
#include "office/journal/hash.h"
#include "office/ledger/ledger.h"

namespace koshi::office {
namespace {

using store::StoreResult;

/// Collects what is not as it should be, of one case.
class Comparison {
 public:
  explicit Comparison(std::string id) : id_(std::move(id)) {}

  void say(const std::string& what) { found_.push_back("case " + id_ + ": " + what); }
  void same(std::string_view what, const std::string& stored, const std::string& folded) {
    if (stored == folded) return;
    say(std::string(what) + " is " + shown(stored) + ", but the events make " + shown(folded));
  }
  void same(std::string_view what, int64_t stored, int64_t folded) { same(what, std::to_string(stored), std::to_string(folded)); }
  void same(std::string_view what, const std::optional<std::string>& stored, const std::optional<std::string>& folded) {
    same(what, stored.value_or("none"), folded.value_or("none"));
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  /// A snapshot is told by its length only.
  static std::string shown(const std::string& value) {
    constexpr size_t kShownMax = 80;
    return value.size() <= kShownMax ? "\"" + value + "\"" : std::to_string(value.size()) + " bytes long";
  }

  std::string id_;
  std::vector<std::string> found_;
};

std::string scope_text(const std::vector<ScopeRow>& scopes) {
  std::string text;
  for (const ScopeRow& scope : scopes) text += scope.role + "=" + scope.value + " ";
  return text;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + " ";
  return all;
}

StoreResult<void> compare_steps(store::Reader& reader, Comparison& comparison, const Folded& folded) {
  TRY(stored, read_steps(reader, folded.item.id));
  if (stored != folded.steps) comparison.say("its steps are not those that the events make");
  return {};
}

void compare_lines(Comparison& comparison, const CaseLine& stored, const CaseLine& folded) {
  comparison.same("procedure", stored.procedure, folded.procedure);
  comparison.same("state", stored.state, folded.state);
  comparison.same("stage", static_cast<int64_t>(stored.stage), static_cast<int64_t>(folded.stage));
  comparison.same("opened_by", stored.opened_by, folded.opened_by);
  comparison.same("version", stored.version, folded.version);
  comparison.same("opened", stored.opened, folded.opened);
  comparison.same("filed", stored.filed, folded.filed);
  comparison.same("late", stored.late, folded.late);
  comparison.same("due", stored.due, folded.due);
  comparison.same("due_order", stored.due_order, folded.due_order);
  // The clock puts a case that it could not act on off until tomorrow.
  if (!stored.trouble) comparison.same("clock_day", stored.clock_day, folded.clock_day);
  comparison.same("title", stored.title, folded.title);
  comparison.same("first_sequence", stored.first_sequence, folded.first_sequence);
  comparison.same("last_sequence", stored.last_sequence, folded.last_sequence);
  if (stored.body != folded.body) comparison.say("the snapshot is not what the events make");
  comparison.same("scopes", scope_text(stored.scopes), scope_text(folded.scopes));
  comparison.same("papers", joined(stored.papers), joined(folded.papers));
  comparison.same("number", stored.number, folded.number);
  comparison.same("subjects", joined(stored.subjects), joined(folded.subjects));
}

/// Rows of desk_scope stand on their own copies of the case's columns.
StoreResult<void> compare_scope_rows(store::Reader& reader, Comparison& comparison, const CaseLine& folded) {
  TRY(rows, reader.query("SELECT role, procedure, state, stage, due_order, first_sequence FROM desk_scope WHERE case_id = $1 ORDER BY role",
                         {folded.id}));
  for (const store::Row row : rows) {
    const std::string role(row.text(0));
    comparison.same("procedure for " + role, std::string(row.text(1)), folded.procedure);
    comparison.same("state for " + role, std::string(row.text(2)), folded.state);
    comparison.same("stage for " + role, row.integer(3), static_cast<int64_t>(folded.stage));
    comparison.same("due_order for " + role, std::string(row.text(4)), folded.due_order);
    comparison.same("first_sequence for " + role, row.integer(5), folded.first_sequence);
  }
  return {};
}

/// The last word on a fact of the register may be another case's, but not an earlier one.
StoreResult<void> compare_records(store::Reader& reader, Comparison& comparison, const std::vector<Folded::Record>& records) {
  for (const Folded::Record& record : records) {
    const RegisterEntry& entry = record.entry;
    TRY(rows, reader.query("SELECT json, sequence FROM desk_register WHERE key_path = $1 AND key_value = $2 AND fact = $3",
                           {entry.key_path, entry.key, entry.fact}));
    const std::string place = "the register's " + entry.fact + " of " + entry.key;
    if (rows.empty()) {
      comparison.say(place + " is missing");
    } else if (rows[0].integer(1) < record.sequence) {
      comparison.say(place + " is older than event " + std::to_string(record.sequence));
    } else if (rows[0].integer(1) == record.sequence) {
      comparison.same(place, std::string(rows[0].text(0)), entry.json);
    }
  }
  return {};
}

/// Of a case that is over the bytes may have been erased (retention.h).
StoreResult<void> compare_documents(store::Reader& reader, Comparison& comparison, const Case& item, Stage stage) {
  const bool is_over = stage == Stage::kClosed || stage == Stage::kDropped;
  for (const DocumentEntry& document : item.documents) {
    TRY(rows, reader.query("SELECT bytes FROM desk_document WHERE sha256 = $1", {document.sha256}));
    if (rows.empty()) {
      comparison.say("the bytes of document " + document.sha256 + " are missing");
    } else if (rows[0].blob(0).empty() && document.size_bytes > 0) {
      if (!is_over) comparison.say("the bytes of document " + document.sha256 + " are erased, and the case is not over");
    } else if (journal::hex(journal::sha256(rows[0].blob(0))) != document.sha256) {
      comparison.say("the bytes of document " + document.sha256 + " are others");
    }
  }
  return {};
}

/// What the case believes to hold against the ledger. Holds whose day has passed end there without an event of the case; on which server's
/// day they ended is the ledger's to know, for clocks differ and are set back.
StoreResult<void> compare_holds(store::Reader& reader, Comparison& comparison, const Case& item) {
  std::map<std::pair<std::string, bool>, int64_t> places;  // by code, committed; the case's minus the ledger's
  std::map<std::string, int64_t> ended;
  for (const HoldEntry& hold : item.holds) places[{hold.code, hold.committed}] += hold.amount;
  TRY(holds, ledger::holds(reader, item.id));
  for (const ledger::Hold& hold : holds) {
    const bool committed = hold.state == ledger::HoldState::kCommitted;
    if (committed || hold.state == ledger::HoldState::kHeld) places[{hold.account, committed}] -= hold.amount;
    if (hold.state == ledger::HoldState::kExpired) ended[hold.account] += hold.amount;
  }
  for (const auto& [place, more] : places) {
    const auto& [code, committed] = place;
    if (more == 0 || (more > 0 && !committed && more <= ended[code])) continue;
    comparison.say("by its events it has " + std::to_string(more) + " places more " + (committed ? "committed" : "held") + " in " + code +
                   " than in the ledger");
  }
  return {};
}

}  // namespace

StoreResult<std::vector<std::string>> differences(store::Reader& reader, const Folded& folded, const CaseLine& line) {
  Comparison comparison(line.id);
  if (folded.damage) {
    comparison.say(*folded.damage);
    return comparison.take();
  }
  TRY(stored, read_line(reader, line.id));
  if (!stored) {
    comparison.say("it stands in the journal only");
  } else {
    compare_lines(comparison, *stored, line);
    TRY_DO(compare_scope_rows(reader, comparison, line));
    TRY_DO(compare_steps(reader, comparison, folded));
  }
  TRY_DO(compare_records(reader, comparison, folded.records));
  TRY_DO(compare_documents(reader, comparison, folded.item, line.stage));
  TRY_DO(compare_holds(reader, comparison, folded.item));
  return comparison.take();
}

namespace {

StoreResult<bool> is_said(store::Reader& reader, const journal::Journal& journal, const RegisterEntry& entry, std::string_view case_id,
                          int64_t sequence) {
  if (sequence < 1) return false;
  TRY(events, journal.events(reader, case_id, static_cast<uint64_t>(sequence - 1)));
  if (events.empty() || static_cast<int64_t>(events[0].sequence) != sequence) return false;
  const auto records = records_of({event_name(events[0].entry.action), events[0].entry.payload});
  return std::ranges::any_of(records, [&](const RegisterEntry& said) {
    return said.key_path == entry.key_path && said.key == entry.key && said.fact == entry.fact && said.json == entry.json;
  });
}

}  // namespace

StoreResult<std::vector<WrongRecord>> wrong_records(store::Reader& reader, const journal::Journal& journal) {
  constexpr size_t kPage = 1000;
  std::vector<WrongRecord> found;
  RegisterEntry last;
  for (bool more = true; more && found.size() < kDifferencesMax;) {
    TRY(rows, reader.query("SELECT key_path, key_value, fact, json, case_id, sequence FROM desk_register"
                           " WHERE (key_path, key_value, fact) > ($1, $2, $3) ORDER BY key_path, key_value, fact LIMIT 1000",
                           {last.key_path, last.key, last.fact}));
    more = rows.size() == kPage;
    for (const store::Row row : rows) {
      last = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
      TRY(said, is_said(reader, journal, last, row.text(4), row.integer(5)));
      if (said) continue;
      found.push_back(
          {last.key_path, last.key, last.fact,
           "the register's " + last.fact + " of " + last.key + " is not what event " + std::to_string(row.integer(5)) + " says"});
    }
  }
  return found;
}

}  // namespace koshi::office
