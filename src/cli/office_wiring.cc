#include "cli/office_wiring.h"

#include <unistd.h>

#include "office/desk/retention.h"

namespace koshi::cli {

OfficeCommands::OfficeCommands(CLI::App& app) {
  CLI::App* office = app.add_subcommand("office", "Keep an office: its database, its people, its journal");
  office->require_subcommand(1);
  add_office_commands(*office);
  add_denials(*office);
  add_erase(*office);
  CLI::App* account = office->add_subcommand("account", "Who may sign in, and in which roles");
  account->require_subcommand(1);
  add_account_commands(*account);
  CLI::App* cases = app.add_subcommand("case", "Work on the cases of an office, from scripts");
  cases->require_subcommand(1);
  cases->footer("Exit status: 0 done, 1 refused, 2 bad input, 5 the database failed (may be tried again).");
  add_case_commands(*cases);
  add_replay(app);
  add_return(app);
}

void OfficeCommands::add_return(CLI::App& app) {
  CLI::App* command = app.add_subcommand("return", "Count what an authority reports from the cases of an office, or list the returns");
  add_place(*command, return_.place);
  command->add_option("NAME", return_.name, "The return, such as permits_monthly (default: list all)");
  command->add_option("--period", return_.period, "2026-05, 2026-Q2 or 2026 (default: the last one that has ended)")->type_name("PERIOD");
  command->add_option("--within", return_.within, "Only what those who are bound to this value see, such as KZ-75")->type_name("VALUE");
  command->add_option("--csv", return_.csv, "Write it as a table into this file")->type_name("FILE");
  command->add_flag("--json", return_.json, "As JSON, as GET /api/v1/returns/NAME does")->excludes("--csv");
  commands_.emplace_back(command, [this] { return run_return(return_); });
}

void OfficeCommands::add_erase(CLI::App& office) {
  CLI::App* command = office.add_subcommand("erase", "Erase what was kept for its term; the journal and what it says stay");
  add_place(*command, erase_.place);
  const auto term = [&](const char* name, int& days, const char* about) {
    command->add_option(name, days, about)->type_name("DAYS")->check(CLI::Range(office::kTermDaysMin, office::kTermDaysMax));
  };
  term("--documents", erase_.documents, "Bytes of documents, so long after the last act in a case that is over; and those taken back");
  term("--drafts", erase_.drafts, "What somebody typed and did not send, so long after it was saved");
  term("--notices", erase_.notices, "Words of notices that were sent, so long after they were written");
  command->add_flag("--count", erase_.only_count, "Erase nothing: say how much it would be");
  commands_.emplace_back(command, [this] { return run_office_erase(erase_); });
}

void OfficeCommands::add_denials(CLI::App& office) {
  CLI::App* command = office.add_subcommand("denials", "List what people asked for that was not theirs: who tried what in vain, and when");
  command->footer(
      "One line a day, account and thing, the latest day first: the day, the account, how often, from when to when, what.\n"
      "Days and times are those of the office. A server writes down every few seconds what was tried.");
  add_place(*command, denials_.place);
  command->add_option("--account", denials_.login, "Only what this account tried")->type_name("LOGIN");
  command->add_option("--thing", denials_.thing, "Only who tried this: a case's number, an account of the quota")->type_name("NUMBER");
  command->add_option("--from", denials_.from, "Not before this day")->type_name("DATE");
  command->add_option("--until", denials_.until, "Not after this day")->type_name("DATE");
  command->add_option("--least", denials_.least, "Only what was tried so often on one day (default: once)")->check(CLI::PositiveNumber);
  command->add_option("--count", denials_.count, "So many lines at most (default: all)")->check(CLI::PositiveNumber);
  command->add_flag("--json", denials_.json, "As JSON");
  commands_.emplace_back(command, [this] { return run_office_denials(denials_); });
}

void OfficeCommands::add_replay(CLI::App& app) {
  CLI::App* command = app.add_subcommand("replay", "Decide again what an office has decided, under another day's law or under drafts");
  add_place(*command, replay_.place);
  command->add_option("--on", replay_.on, "The day of the law (default: that of each case)")->type_name("DATE");
  command->add_option("--reform", replay_.reforms, "Under this reform; may be repeated, all together")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--procedure", replay_.procedure, "Only cases of this procedure")->type_name("NAME");
  command->add_option("--csv", replay_.csv, "Write all differences with their rules into this file")->type_name("FILE");
  command->add_option("--json", replay_.json, "Write all of it as JSON into this file")->type_name("FILE");
  commands_.emplace_back(command, [this] {
    replay_.progress = ::isatty(STDERR_FILENO) != 0;
    return run_replay(replay_);
  });
}

std::optional<int> OfficeCommands::run() const {
  for (const auto& [command, run] : commands_) {
    if (command->parsed()) return run();
  }
  return std::nullopt;
}

void OfficeCommands::add_place(CLI::App& command, OfficePlace& place) {
  command.add_option("--data", place.data, "Folder or PostgreSQL URL of the office")->type_name("DIR|URL")->required();
  command.add_option("--keys", place.keys, "Folder of its keys (default: the data folder)")->type_name("DIR");
  command.add_option("--law", place.folders.law, "Folder of the law (default: law/kz below $KOSHI_HOME or here)")->type_name("DIR");
  command.add_option("--words", place.folders.words, "Folder of the program's phrases")->type_name("DIR");
  command.add_option("--lang", place.language, "en, ru, kk, uz, ky or tg (default: en)")->type_name("LANG");
}

CLI::App* OfficeCommands::add_office(CLI::App& parent, const char* name, const char* about, int (*start)(const OfficeOptions&)) {
  CLI::App* command = parent.add_subcommand(name, about);
  add_place(*command, office_.place);
  commands_.emplace_back(command, [this, start] { return start(office_); });
  return command;
}

CLI::App* OfficeCommands::add_account(CLI::App& parent, const char* name, const char* about, int (*start)(const AccountOptions&)) {
  CLI::App* command = parent.add_subcommand(name, about);
  add_place(*command, account_.place);
  commands_.emplace_back(command, [this, start] { return start(account_); });
  return command;
}

CLI::App* OfficeCommands::add_case(CLI::App& parent, const char* name, const char* about, int (*start)(const CaseOptions&)) {
  CLI::App* command = parent.add_subcommand(name, about);
  add_place(*command, case_.place);
  command->add_option("--on", case_.place.on, "The clock's day; only in an office for trials")->type_name("DATE");
  commands_.emplace_back(command, [this, start] { return start(case_); });
  return command;
}

void OfficeCommands::add_office_commands(CLI::App& office) {
  CLI::App* init = add_office(office, "init", "Make an empty office with new keys", run_office_init);
  init->add_flag("--test-clock", office_.test_clock, "For trials: its clock may be set");
  CLI::App* demo = add_office(office, "demo", "Fill an empty office with made-up people and cases", run_office_demo);
  demo->add_option("--until", office_.place.on, "Leave out what happened later; the office's clock then stands on this day")
      ->type_name("DATE");
  demo->add_option("--demo", office_.demo_folder, "Folder of the made-up story (default: demo below $KOSHI_HOME or here)")
      ->type_name("DIR");
  CLI::App* rebuild = add_office(office, "rebuild", "Hold the cases against the journal's events", run_office_rebuild);
  rebuild->add_flag("--check", office_.check, "Only name the differences; fails if there are any (the default)");
  rebuild->add_flag("--repair", office_.repair, "Write the cases anew from the journal")->excludes("--check");
  CLI::App* sweep = add_office(office, "sweep", "Act on the deadlines that have passed", run_office_sweep);
  sweep->add_option("--on", office_.place.on, "The clock's day; only in an office for trials")->type_name("DATE");
  CLI::App* backup = add_office(office, "backup", "Copy the database while it is in use", run_office_backup);
  backup->add_option("FILE", office_.file, "The copy")->required();
  CLI::App* restore = add_office(office, "restore", "Make the database from a copy; nothing is overwritten", run_office_restore);
  restore->add_option("FILE", office_.file, "The copy")->required();
  CLI::App* drill = add_office(office, "drill", "Back up, restore elsewhere, verify what came back, and clear it away", run_office_drill);
  drill->add_option("FOLDER", office_.file, "To work in; made, and removed at the end")->required();
  drill->add_option("--into", office_.into, "Of an office in PostgreSQL: an empty database to restore into; it stays")->type_name("URL");
  CLI::App* new_key = add_office(office, "new-key", "Retire a key, and take another from the next start on", run_office_new_key);
  new_key->add_option("KEY", office_.key, "journal, papers or factors")->required()->check(CLI::IsMember({"journal", "papers", "factors"}));
  new_key->add_flag("--finish", office_.finish, "Of factors: seal them under the new key, and forget the old one");
  add_office(office, "verify", "Read the whole journal, ledger and all cases for damage", run_office_verify);
  add_office(office, "checkpoint", "Sign the journal as it is now, and print the note", run_office_checkpoint);
  CLI::App* consistency = add_office(
      office, "consistency", "Print the proof that the journal of now goes on from a checkpoint that was kept", run_office_consistency);
  consistency->add_option("EVENTS", office_.size, "Its second line")->required()->check(CLI::NonNegativeNumber);
  CLI::App* export_to =
      add_office(office, "export", "Print the journal for journal_verify; of sealed cases nothing but hashes", run_office_export);
  export_to->add_flag("--key", office_.check, "Print the key that verifies it instead");
}

void OfficeCommands::add_account_commands(CLI::App& account) {
  CLI::App* add = add_account(account, "add", "Make an account", run_account_add);
  add->add_option("LOGIN", account_.login, "Letters, digits and . _ @ + -")->required();
  add->add_option("--name", account_.name, "What people are called by")->required();
  add->add_option("--role", account_.roles, "A role of the procedures, within a scope or everywhere; may be repeated")
      ->type_name("ROLE[:SCOPE]")
      ->allow_extra_args(false)
      ->required();
  add->add_option("--password-file", account_.password_file, "Its first line; - reads standard input (default: no sign-in by password)")
      ->type_name("FILE");
  add->add_flag("--first-password", account_.first_password,
                "Make a password by chance and print it: it ends after three days, and signs in to "
                "nothing but choosing another")
      ->excludes("--password-file");
  add->add_flag("--require-factor", account_.require, "It must enrol a second factor before anything else");
  add_account(account, "list", "List all accounts", run_account_list);
  CLI::App* disable = add_account(account, "disable", "Let nobody sign in with the account, and end its sessions", run_account_disable);
  disable->add_option("LOGIN", account_.login, "The account")->required();
  CLI::App* out = add_account(account, "sign-out", "End the sessions of an account, or of all", run_account_sign_out);
  out->add_option("LOGIN", account_.login, "The account");
  out->add_flag("--all", account_.all, "Of every account");
  CLI::App* book = add_account(account, "sign-ins", "Show when somebody signed in, the latest first", run_account_sign_ins);
  book->add_option("LOGIN", account_.login, "The account")->required();
  CLI::App* password = add_account(account, "password", "Set a new password, and end the account's sessions", run_account_password);
  password->add_option("LOGIN", account_.login, "The account")->required();
  password->add_option("--password-file", account_.password_file, "Its first line; - reads standard input")->type_name("FILE");
  password->add_flag("--lost", account_.lost, "Make one by chance and print it, as --first-password does; a second factor stays as it is")
      ->excludes("--password-file");
  const auto seen = [&](CLI::App* command) {
    command->add_option("--seen", account_.seen, "How you know whose account it is: by which document, or who vouches; it is kept")
        ->type_name("HOW");
  };
  seen(password);
  CLI::App* factor = add_account(account, "factor", "Require a second factor, or remove one whose telephone is lost", run_account_factor);
  factor->add_option("LOGIN", account_.login, "The account");
  factor->add_flag("--all", account_.all, "With --require: every account that has a password");
  factor->add_flag("--require", account_.require, "It must have one; its sessions have no role until it has");
  factor->add_flag("--free", account_.free, "It need not have one")->excludes("--require");
  factor->add_flag("--lost", account_.lost, "Remove it with its recovery codes, and end the account's sessions")
      ->excludes("--require")
      ->excludes("--free");
  seen(factor);
  CLI::App* changes = add_account(account, "changes", "Show what was changed of an account, the latest first", run_account_changes);
  changes->add_option("LOGIN", account_.login, "The account")->required();
  const auto identity = [&](CLI::App* command) {
    command->add_option("LOGIN", account_.login, "The account")->required();
    command->add_option("--issuer", account_.issuer, "The provider, exactly as it writes itself")->type_name("URL")->required();
    command->add_option("--subject", account_.subject, "Its name for the person")->type_name("SUB")->required();
  };
  identity(add_account(account, "link", "Let somebody in by a provider's word (koshi serve --oidc)", run_account_link));
  identity(add_account(account, "unlink", "Take that back, and end the account's sessions", run_account_unlink));
  CLI::App* contact = add_account(account, "contact", "Say where notices go to; shows it without options", run_account_contact);
  contact->add_option("LOGIN", account_.login, "The account")->required();
  contact->add_option("--mail", account_.mail, "Mail address; - forgets it")->type_name("ADDRESS");
  contact->add_option("--sms", account_.sms, "Telephone number, +7…; - forgets it")->type_name("NUMBER");
}

void OfficeCommands::add_case_commands(CLI::App& parent) {
  add_case(parent, "procedures", "List the procedures in which cases may be opened today", run_case_procedures);
  const auto as = [&](CLI::App* command) {
    command->add_option("--as", case_.as, "Who acts: an account, one of its roles, or whoever has the key of a case")
        ->type_name("LOGIN[/ROLE]|key:KEY")
        ->required();
    command->add_flag("--json", case_.json, "The case, or the refusal, as JSON");
    command->add_flag("--brief", case_.brief, "One line: the case's number, its state, its version");
    return command;
  };
  const auto writes = [&](CLI::App* command) {
    command->add_option("--key", case_.key, "Idempotency key: the same request is done once")->type_name("KEY");
    return as(command);
  };
  const auto of_case = [&](CLI::App* command) {
    command->add_option("CASE", case_.id, "Its number")->required();
    return command;
  };
  const auto versioned = [&](CLI::App* command) {
    command->add_option("--version", case_.version, "Refuse if the case has moved on from this version (default: as it is)");
    return writes(of_case(command));
  };
  const auto facts = [&](CLI::App* command) {
    command->add_option("FACTS", case_.facts, "Facts, such as category=second headcount=2")->type_name("FACT=VALUE");
    command->add_option("--facts", case_.facts_file, "A JSON object of facts; - reads standard input")->type_name("FILE.json");
  };
  CLI::App* open = writes(add_case(parent, "open", "Open a case", run_case_open));
  open->add_option("PROCEDURE", case_.what, "Such as work_permit")->required();
  CLI::App* give = versioned(add_case(parent, "facts", "Fill in forms", run_case_facts));
  facts(give);
  give->add_option("--remove", case_.remove, "Forget a fact; may be repeated")->type_name("FACT")->allow_extra_args(false);
  CLI::App* take = versioned(add_case(parent, "take", "Take facts over from an earlier case of the same party", run_case_take));
  take->add_option("FROM", case_.what, "Number of the earlier case, as `koshi case show` offers it")->required();
  CLI::App* attach = versioned(add_case(parent, "attach", "Attach a document", run_case_attach));
  attach->add_option("KIND", case_.what, "As the case asks for it")->required();
  attach->add_option("FILE", case_.file, "PDF, picture, workbook or text")->required();
  CLI::App* act = versioned(add_case(parent, "act", "Do an action of the case's state", run_case_act));
  act->add_option("ACTION", case_.what, "Such as submit")->required();
  facts(act);
  const auto looks = [&](CLI::App* command) {
    command->add_option("--purpose", case_.purpose, "Why an authority looks: it is kept in the journal")->type_name("TEXT");
    return as(of_case(command));
  };
  looks(add_case(parent, "show", "Show a case and what can be done in it", run_case_show));
  looks(add_case(parent, "timeline", "Show every event of a case", run_case_timeline));
  CLI::App* list = as(add_case(parent, "list", "List the cases that the account may see, the most urgent first", run_case_list));
  list->add_option("PROCEDURE", case_.what, "Only of this procedure");
  list->add_option("--state", case_.state, "Only in this state")->type_name("STATE");
  list->add_flag("--all", case_.all, "Closed cases too");
}

}  // namespace koshi::cli
