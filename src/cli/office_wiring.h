#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "cli/commands.h"

/// The commands that work on an office: `koshi office`, `koshi case`, `koshi replay`. For main.cc only.
namespace koshi::cli {

class OfficeCommands {
 public:
  explicit OfficeCommands(CLI::App& app);
  /// Runs the command that was written; none of these: no value.
  std::optional<int> run() const;

 private:
  void add_place(CLI::App& command, OfficePlace& place);
  CLI::App* add_case(CLI::App& parent, const char* name, const char* about, int (*start)(const CaseOptions&));
  CLI::App* add_office(CLI::App& parent, const char* name, const char* about, int (*start)(const OfficeOptions&));
  CLI::App* add_account(CLI::App& parent, const char* name, const char* about, int (*start)(const AccountOptions&));
  void add_office_commands(CLI::App& office);
  void add_account_commands(CLI::App& account);
  void add_case_commands(CLI::App& parent);
  void add_replay(CLI::App& app);
  void add_return(CLI::App& app);
  void add_denials(CLI::App& office);
  void add_erase(CLI::App& office);

  OfficeOptions office_;
  AccountOptions account_;
  CaseOptions case_;
  ReplayOptions replay_;
  ReturnOptions return_;
  DenialsOptions denials_;
  EraseOptions erase_;
  std::vector<std::pair<CLI::App*, std::function<int()>>> commands_;
};

}  // namespace koshi::cli
