#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ask/comparison.h"

/// The commands of `koshi`, one file each. Every run_… prints to standard output and complaints to standard error, and gives the exit
/// status.
namespace koshi::cli {

inline constexpr int kAnswered = 0;
inline constexpr int kFound = 1;     ///< `check`, `fmt --check`, `words`: something is not in order
inline constexpr int kBadInput = 2;  ///< of the command line, of facts, of the law text
inline constexpr int kRefused = 1;   ///< `case`: by the law or by the office; nothing was changed
inline constexpr int kMachine = 5;   ///< the office's database or keys failed: may be tried again

/// Where the law and the phrases are. Empty: below $KOSHI_HOME, or below the current folder when that is not set.
struct Folders {
  std::filesystem::path law;
  std::filesystem::path words;
};

struct AskOptions {
  Folders folders;
  ask::RawQuestion question;
  std::vector<std::string> facts;  ///< FACT=VALUE, as written
  std::string facts_file;          ///< "-": standard input
  ask::JsonOptions show;
  bool json = false;
};
int run_ask(AskOptions options);

struct ListOptions {
  Folders folders;
  std::string language = "en";
  bool json = false;
};
int run_norms(const ListOptions& options);
int run_acts(const ListOptions& options);
int run_reforms(const ListOptions& options);

struct ProcedureOptions {
  Folders folders;
  std::string name;  ///< empty: list them
  std::string on;    ///< only what is in force on this day; empty: of all days
  std::string language = "en";
  std::string svg;   ///< a file for the state diagram; "-": standard output
  std::string docs;  ///< a folder for a page of each procedure
};
int run_procedure(const ProcedureOptions& options);

struct CompareOptions {
  Folders folders;
  ask::RawComparison comparison;
  std::string language = "en";
  bool proofs = false;
};
int run_compare(const CompareOptions& options);

struct PopulationOptions {
  Folders folders;
  std::filesystem::path model;  ///< of synthesise: the folder of a model; empty: population/kz-2025
  int64_t persons = 0;
  uint64_t seed = 1;
  std::filesystem::path out;     ///< of synthesise: the folder to fill
  std::string format = "arrow";  ///< or csv
  std::filesystem::path file;    ///< of describe: a file or a folder of them
};
int run_population_synthesise(const PopulationOptions& options);
int run_population_describe(const PopulationOptions& options);

struct SimulateOptions {
  Folders folders;
  std::filesystem::path population;
  std::vector<std::string> norms;
  std::string on;                    ///< empty: today
  std::vector<std::string> reforms;  ///< each a world of its own; "a+b": both together
  std::vector<std::string> by;
  std::vector<std::string> pays, gets;            ///< norms in money, asked besides: to the budget, and from it
  std::filesystem::path csv, changes, json, svg;  ///< files to write; empty: none
  int threads = 0;                                ///< 0: all
  bool missing_is_unknown = false;
  bool progress = false;
};
int run_simulate(const SimulateOptions& options);

struct CheckOptions {
  Folders folders;
  bool coverage = false;
};
int run_check(const CheckOptions& options);

struct FmtOptions {
  Folders folders;
  std::vector<std::filesystem::path> files;  ///< files or folders; none: the law
  bool check = false;
};
int run_fmt(const FmtOptions& options);

struct WordsOptions {
  Folders folders;
  std::string missing;  ///< a language
  std::string stale;    ///< a language
};
int run_words(const WordsOptions& options);

/// Which office. The commands work on its database directly, for whoever may read its files.
struct OfficePlace {
  Folders folders;
  std::string data;            ///< folder or PostgreSQL URL
  std::filesystem::path keys;  ///< empty: the data folder
  std::string on;              ///< the clock's day, for an office for trials only; empty: its own clock
  std::string language = "en";
};

struct OfficeOptions {
  OfficePlace place;
  bool test_clock = false;
  std::filesystem::path demo_folder;  ///< empty: as Folders, demo
  bool check = false;                 ///< of rebuild: what it does anyhow; of export: the key
  bool repair = false;
  std::filesystem::path file;  ///< of backup and restore; of drill the folder to work in
  std::string into;            ///< of drill: an empty PostgreSQL database, by URL, to restore into
  int64_t size = 0;            ///< of consistency: events of the checkpoint that was kept
  std::string key;             ///< of new-key: "journal", "papers" or "factors"
  bool finish = false;         ///< of new-key: the second step of "factors"
};
int run_office_drill(const OfficeOptions& options);
int run_office_consistency(const OfficeOptions& options);
int run_office_new_key(const OfficeOptions& options);
int run_office_init(const OfficeOptions& options);
int run_office_demo(const OfficeOptions& options);  ///< place.on: until this day
int run_office_rebuild(const OfficeOptions& options);
int run_office_sweep(const OfficeOptions& options);
int run_office_backup(const OfficeOptions& options);
int run_office_restore(const OfficeOptions& options);
int run_office_verify(const OfficeOptions& options);
int run_office_checkpoint(const OfficeOptions& options);
int run_office_export(const OfficeOptions& options);

struct ReplayOptions {
  OfficePlace place;
  std::string on;                    ///< whose law; empty: each act's own day
  std::vector<std::string> reforms;  ///< all laid over the law together
  std::string procedure;             ///< empty: all
  std::filesystem::path csv, json;   ///< files to write; empty: none
  bool progress = false;
};
int run_replay(const ReplayOptions& options);

struct ReturnOptions {
  OfficePlace place;
  std::string name;           ///< empty: list all
  std::string period;         ///< empty: the last one that has ended
  std::string within;         ///< only of this value, as those who are bound to it see it
  std::filesystem::path csv;  ///< file to write; empty: text for a person
  bool json = false;
};
int run_return(const ReturnOptions& options);

struct EraseOptions {
  OfficePlace place;
  int documents = 0, drafts = 0, notices = 0;  ///< terms in days; 0: nothing of this
  bool only_count = false;
};
int run_office_erase(const EraseOptions& options);

struct DenialsOptions {
  OfficePlace place;
  std::string login, thing;  ///< only these; empty: all
  std::string from, until;   ///< days; empty: without end
  int64_t least = 1;         ///< only what was tried so often on one day
  int64_t count = 0;         ///< so many at most; 0: all
  bool json = false;
};
int run_office_denials(const DenialsOptions& options);

struct AccountOptions {
  OfficePlace place;
  std::string login, name;
  std::vector<std::string> roles;      ///< ROLE or ROLE:SCOPE
  std::string password_file;           ///< "-": standard input; empty: no sign-in by password
  std::string issuer, subject;         ///< of link and unlink
  std::string mail, sms;               ///< of contact; "-" forgets it, empty leaves it
  bool all = false;                    ///< of sign-out
  bool first_password = false;         ///< of add: make one that ends, and print it
  bool lost = false;                   ///< of password: make one that ends; of factor: remove it
  bool require = false, free = false;  ///< of add and factor
  std::string seen;                    ///< how the keeper knew whose account it is
};
int run_account_factor(const AccountOptions& options);
int run_account_changes(const AccountOptions& options);
int run_account_link(const AccountOptions& options);
int run_account_unlink(const AccountOptions& options);
int run_account_contact(const AccountOptions& options);
int run_account_add(const AccountOptions& options);
int run_account_list(const AccountOptions& options);
int run_account_disable(const AccountOptions& options);
int run_account_password(const AccountOptions& options);
int run_account_sign_ins(const AccountOptions& options);
int run_account_sign_out(const AccountOptions& options);

struct CaseOptions {
  OfficePlace place;
  std::string as;    ///< LOGIN, LOGIN/ROLE or key:KEY; to open a case: "key" for a new one
  std::string id;    ///< of the case
  std::string what;  ///< procedure, action or kind of document
  std::vector<std::string> facts;
  std::string facts_file;
  std::vector<std::string> remove;
  std::filesystem::path file;
  std::string purpose;  ///< why an authority looks; empty: to work on the case
  std::string key;      ///< of idempotency
  int64_t version = 0;  ///< of the case that is meant; 0: as it is
  std::string state;
  bool all = false;
  bool json = false;
  bool brief = false;  ///< one line: id, state, version
};
int run_case_procedures(const CaseOptions& options);
int run_case_open(const CaseOptions& options);
int run_case_facts(const CaseOptions& options);
int run_case_take(const CaseOptions& options);
int run_case_attach(const CaseOptions& options);
int run_case_act(const CaseOptions& options);
int run_case_show(const CaseOptions& options);
int run_case_list(const CaseOptions& options);
int run_case_timeline(const CaseOptions& options);

}  // namespace koshi::cli
