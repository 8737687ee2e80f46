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
  std::string svg;  ///< a file for the state diagram; "-": standard output
};
int run_procedure(const ProcedureOptions& options);

struct CompareOptions {
  Folders folders;
  ask::RawComparison comparison;
  std::string language = "en";
  bool proofs = false;
};
int run_compare(const CompareOptions& options);

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

}  // namespace koshi::cli
