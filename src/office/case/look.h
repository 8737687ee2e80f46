#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "office/case/decide.h"

/// A case as the law sees it at one moment. Internal to this folder.
namespace koshi::office {

/// One account: what its keys were, and its name where each has a fitting value.
struct AccountCode {
  std::vector<zan::Answer> keys;
  std::optional<std::string> code;
};

/// What proofs read, by path and value: an act may change a fact between two proofs.
using ReadFacts = std::map<std::pair<std::string, std::string>, FactEntry>;

/// The record of the case with what the office knows beside it. Facts of the register prevail over declared ones; what the procedure
/// `knows` prevails over everything and is looked up anew when facts change. Facts of the case that the present law text does not know
/// stay out.
class Look {
 public:
  /// Everything handed in must outlive it. `frozen`: of an act of the past, what its proofs read then, which stands in place of how many
  /// places are free now; what they did not read is unknown.
  Look(const Law& law, const zan::Procedure& procedure, const Case& item, const Surroundings& around, Date today,
       const std::vector<FactEntry>* frozen = nullptr);

  const zan::Record& record() const { return record_; }
  const zan::Procedure& procedure() const { return procedure_; }
  const Law& law() const { return law_; }
  Date law_date() const { return law_date_; }
  Date today() const { return today_; }
  bool is_filed() const { return is_filed_; }
  /// From now on the law of today is applied.
  void file() { law_date_ = today_; }

  zan::Answer ask(zan::NormId norm) const;
  /// The value if the norm has one now.
  std::optional<zan::Value> value_of(zan::NormId norm) const;
  /// Whether the condition holds: no value where that is unknown or unclear. kNoId always holds.
  std::optional<bool> holds(zan::NormId condition) const;
  AccountCode account_code(const zan::AccountUse& use) const;
  /// Free places before the act; 0 where nobody can tell.
  int64_t free_places(const std::string& code) const;
  /// The fact as a part of the case's number; none while it has no value.
  std::optional<std::string> number_part(const zan::FactPath& path) const;
  /// 0 where cases are not numbered.
  int64_t next_number(const std::string& series) const { return around_.next_number ? around_.next_number(series) : 0; }
  /// The same case on another day: `today`, the law where it is not filed, and what the procedure knows by them.
  void move_to(Date day);
  /// Whether the answer read `today`, or a looked-up fact that rests on it: what did not is the same on every day of one law.
  bool rests_on_day(const zan::Answer& answer) const;
  bool in_force(const zan::DateRange& range) const { return range.contains(law_date_); }

  /// Lays one fact over what was said before, and looks up what the procedure knows.
  void lay(const FactEntry& entry);
  /// What an act itself would say, so that what comes after it in the text finds it: the day of filing names an account's year. Nothing of
  /// an effect that says nothing, or whose value is not known.
  void lay(const zan::Effect& effect);
  /// What stands for the fact at this path now: its own entry, or the one of the list that it is in.
  const FactEntry* entry_of(std::string_view path) const;
  /// Adds the entries of all facts that the proof read, as they are now; of what the procedure knows by a norm, also those of the register
  /// that it rests on, without which nobody could work it out again.
  void note_read(const zan::Answer& answer, ReadFacts& read) const;

 private:
  bool put(const FactEntry& entry);
  std::string path_of(const zan::Answer& answer, const zan::ProofNode& node) const;
  void put_register_facts(const Surroundings& around);
  void look_up();
  void look_up(const zan::Known& known);
  void thaw(const zan::Known& known);
  std::optional<zan::Value> known_value(const zan::Known& known);
  void note_balances(const zan::Answer& answer) const;

  const Law& law_;
  const zan::Procedure& procedure_;
  const Surroundings& around_;
  Date law_date_, today_;
  bool is_filed_;
  const std::vector<FactEntry>* frozen_;
  zan::Record record_;
  std::map<std::string, FactEntry, std::less<>> entries_;
  std::map<std::string, ReadFacts, std::less<>> rests_on_;             ///< by the path of what the procedure knows
  std::set<std::string, std::less<>> moving_;                          ///< paths of what it knows that rest on the day
  std::map<std::pair<zan::EntityId, int32_t>, std::string> balances_;  ///< facts that are an account's balance now, with its code
};

/// The value of a key as a part of the account's name; none where it would not fit (src/office/ledger/account.h has the grammar).
std::optional<std::string> account_part(const zan::Corpus& corpus, const zan::Value& value);

/// One value as facts are spelt.
std::string value_json(const zan::Corpus& corpus, const zan::Value& value);

}  // namespace koshi::office
