#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/law.h"
#include "office/house/house.h"

/// An office opened for one command. Everything here tells on standard error what is wrong, and gives the exit status instead of a value.
namespace koshi::cli {

template <typename T>
using OrStatus = std::expected<T, int>;

/// The house reads the law, so it goes first.
struct OpenOffice {
  std::unique_ptr<Law> law;
  std::unique_ptr<office::House> house;
  words::Language language = words::Language::kEn;

  office::Law rules() const { return {law->corpus(), law->library, *law->words}; }
  office::Desk& desk() const { return house->desk(); }
};

enum class Passwords : uint8_t { kNone, kMade };  ///< whether the command makes password hashes, which take time and memory

/// An office that `koshi office init` or `demo` has made.
OrStatus<OpenOffice> open_office(const OfficePlace& place, Passwords passwords = Passwords::kNone);
/// The folder with the keys, and so with the test clock.
std::filesystem::path key_folder(const OfficePlace& place);
/// Whether there is an office already.
bool has_office(const OfficePlace& place);
/// 1 or 2 for what was refused, 5 for the database.
int tell_failure(const OpenOffice& office, const office::Failure& failure, bool json);
int tell_store_error(const store::StoreError& error);
int machine(const std::string& message);

/// Who acts, in every role that the account has. The account's name in the journal is its login. "key:KEY" is whoever has the key of a
/// case that was opened without an account.
OrStatus<std::vector<office::Actor>> actors_of(const OpenOffice& office, const std::string& as);

/// The facts of a command as one JSON object: FACT=VALUE by the law's types, and the file's members.
OrStatus<std::string> facts_of(const Law& law, const zan::Procedure& procedure, const CaseOptions& options);

/// Each reads the whole, tells what it found on standard output, and gives kAnswered, kFound or the status of a failure.
int check_journal(const OpenOffice& office, std::vector<journal::Checkpoint> known);
int check_ledger(const OpenOffice& office);
int check_cases(const OpenOffice& office, bool repair);

/// The case for a person who reads it.
std::string case_text(const OpenOffice& office, const office::Case& item, const office::CaseView& view,
                      const std::vector<office::Case>& earlier);

}  // namespace koshi::cli
