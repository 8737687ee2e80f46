#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "zan/corpus/ir.h"
#include "zan/corpus/procedure.h"
#include "zan/syntax/diagnostic.h"

/// The checked law: every name resolved, every expression typed, every rule with its exact dates. Built once, then immutable and
/// shared between threads.
namespace koshi::zan {

struct Corpus {
  SourceMap sources;
  std::vector<FileTree> trees;  ///< one a file; cases are read from here
  std::vector<Act> acts;
  std::vector<Enum> enums;
  std::vector<Set> sets;
  std::vector<Entity> entities;
  std::vector<Norm> norms;
  std::vector<RuleInfo> rules;
  std::vector<Reform> reforms;
  std::vector<Topic> topics;
  std::vector<Account> accounts;
  std::vector<Procedure> procedures;
  std::vector<Return> returns;
  std::optional<WorkingCalendar> calendar;
  std::vector<Node> nodes;
  std::vector<Value> constants;
  std::vector<Address> addresses;
  std::vector<Date> epochs;  ///< sorted first days of the stretches within which no rule, set or row changes; epochs[0] = kFirstDate

  ActId find_act(std::string_view name) const;
  EntityId find_entity(std::string_view name) const;
  ReformId find_reform(std::string_view name) const;
  int32_t find_account(std::string_view name) const;
  int32_t find_procedure(std::string_view name) const;
  int32_t find_return(std::string_view name) const;
  /// "person.registration_due" (or "mci" for a parameter). Without `under`: the plain norm, else the only or first one under an instrument.
  NormId find_norm(std::string_view full_name, std::string_view under = {}) const;
  /// "person.registration_due", without the instrument.
  std::string full_name(NormId norm) const;
  /// For diagnostics and answers: "LMP art. 6(4)".
  std::string cite(const CitationRef& citation) const;
  size_t epoch_of(Date date) const;
  /// What is known of the texts that governed the norm on a day without its rules, each once: those that it names as missing; else, before
  /// its first rule, what the acts of that rule replaced.
  std::vector<CitationRef> missing_on(NormId norm, Date date) const;

  std::unordered_map<std::string, std::vector<NormId>> norm_index;  ///< by full name
};

struct Compilation {
  Corpus corpus;  ///< complete only when !has_errors(diagnostics)
  Diagnostics diagnostics;
};

/// Compiles texts. `tables` gives the text of a CSV by its path relative to the law folder (a path in a file is relative to that file's
/// folder). Never throws; reports every problem. Cost: a well-sized corpus (1,000 norms) compiles in well under 100 ms.
using TableTexts = std::map<std::string, std::string>;
Compilation compile(std::vector<SourceFile> files, const TableTexts& tables);

/// Reads every .zan and .csv file below the folder and compiles them.
Result<Compilation> compile_folder(const std::filesystem::path& folder);

/// The written form of a value: "yes", "2016-03-06", "3692 tenge", "5 days", "UZ", "{a, b}", "none".
std::string format_value(const Corpus& corpus, const Value& value);
/// A value of the type from its written form, or what was expected. Accepts also JSON-like plain forms: money "3692", true/false.
Result<Value> parse_value(const Corpus& corpus, const Type& type, std::string_view text);
std::string type_name(const Corpus& corpus, const Type& type);

}  // namespace koshi::zan
