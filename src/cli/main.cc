#include <unistd.h>

#include <CLI/CLI.hpp>
#include <functional>

#include "cli/commands.h"
#include "cli/office_wiring.h"
#include "cli/sql.h"
#include "serve/serve.h"
#include "zan/columns/columns.h"

/// The command line: what can be written, and which command then runs.
namespace {

using namespace koshi;

/// A command and what runs when it is called.
using Run = std::function<int()>;

void add_folders(CLI::App& command, cli::Folders& folders) {
  command.add_option("--law", folders.law, "Folder of the law (default: law/kz below $KOSHI_HOME or here)")->type_name("DIR");
  command.add_option("--words", folders.words, "Folder of the program's phrases (default: words below $KOSHI_HOME or here)")
      ->type_name("DIR");
}

CLI::App* add_ask(CLI::App& app, cli::AskOptions& options) {
  CLI::App* command = app.add_subcommand("ask", "Answer one question, with its proof");
  add_folders(*command, options.folders);
  ask::RawQuestion& question = options.question;
  command->add_option("NORM", question.norm, "The question, such as person.registration_due")->required();
  command->add_option("FACTS", options.facts, "Facts, such as nationality=UZ arrived=2016-03-01 employer.size=small")
      ->type_name("FACT=VALUE");
  command->add_option("--on", question.on, "The date of the question (default: today)")->type_name("DATE");
  command->add_option("--under", question.under, "Answer under this instrument")->type_name("INSTRUMENT");
  command->add_option("--reform", question.reforms, "Under this reform; may be repeated")->type_name("NAME")->allow_extra_args(false);
  command->add_option("--facts", options.facts_file, "A JSON object of facts; - reads standard input")->type_name("FILE.json");
  command->add_option("--lang", question.language, "en, ru, kk, uz, ky or tg (default: en)")->type_name("LANG");
  command->add_flag("--json", options.json, "Answer as JSON, as POST /api/v1/ask does");
  command->add_flag("--changes", options.show.changes, "Say which single facts would change the answer");
  command->add_flag("--sentences", options.show.words, "With --json: a sentence for every step of the proof");
  command->footer("Exit status: 0 answered, 2 bad input, 3 unknown (facts needed), 4 conflict, gap or fault.");
  return command;
}

CLI::App* add_list(CLI::App& app, const std::string& name, const std::string& about, cli::ListOptions& options) {
  CLI::App* command = app.add_subcommand(name, about);
  add_folders(*command, options.folders);
  command->add_flag("--json", options.json, "As JSON");
  command->add_option("--lang", options.language, "en, ru, kk, uz, ky or tg (default: en)")->type_name("LANG");
  return command;
}

CLI::App* add_procedure(CLI::App& app, cli::ProcedureOptions& options) {
  CLI::App* command = app.add_subcommand("procedure", "Show a procedure of the law, or list them");
  add_folders(*command, options.folders);
  command->add_option("NAME", options.name, "The procedure, such as work_permit (default: list all)");
  command->add_option("--on", options.on, "Only what is in force on this day (default: all)")->type_name("DATE");
  command->add_option("--lang", options.language, "en, ru, kk, uz, ky or tg (default: en)")->type_name("LANG");
  command->add_option("--svg", options.svg, "Draw its states into this file; - writes to standard output")->type_name("FILE");
  command->add_option("--docs", options.docs, "Write a page with its diagram for each procedure into this folder")->type_name("DIR");
  return command;
}

CLI::App* add_compare(CLI::App& app, cli::CompareOptions& options) {
  CLI::App* command = app.add_subcommand("compare", "Say for whom two instruments answer a question differently");
  add_folders(*command, options.folders);
  command->add_option("NORM", options.comparison.norm, "The question, such as person.is_migrant_worker")->required();
  command->add_option("A", options.comparison.a, "An instrument, such as ICRMW, or `national`")->required();
  command->add_option("B", options.comparison.b, "Another")->required();
  command->add_option("--on", options.comparison.on, "The date of the question (default: today)")->type_name("DATE");
  command->add_option("--reform", options.comparison.reforms, "Under this reform; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--lang", options.language, "en, ru, kk, uz, ky or tg (default: en)")->type_name("LANG");
  command->add_flag("--proofs", options.proofs, "Both proofs under every difference");
  return command;
}

void add_population(CLI::App& app, cli::PopulationOptions& options, std::vector<std::pair<CLI::App*, Run>>& runs) {
  CLI::App* group = app.add_subcommand("population", "Draw a population of people who do not exist, or say what is in one");
  group->require_subcommand(1);
  CLI::App* synthesise =
      group->add_subcommand("synthesise", "Draw people, their jobs and employers from a model, with a report of its margins");
  add_folders(*synthesise, options.folders);
  synthesise->add_option("--model", options.model, "Folder of the model (default: population/kz-2025 below $KOSHI_HOME or here)")
      ->type_name("DIR");
  synthesise->add_option("--persons", options.persons, "How many people")->required()->type_name("N");
  synthesise->add_option("--seed", options.seed, "The same seed gives the same people (default: 1)")->type_name("S");
  synthesise->add_option("--out", options.out, "Folder to write them into")->required()->type_name("DIR");
  synthesise->add_option("--format", options.format, "arrow or csv (default: arrow)")->check(CLI::IsMember({"arrow", "csv"}));
  runs.emplace_back(synthesise, [&options] { return cli::run_population_synthesise(options); });
  CLI::App* describe = group->add_subcommand("describe", "Say what each column holds");
  add_folders(*describe, options.folders);
  describe->add_option("FILE", options.file, "An .arrow, .feather or .csv file, or a folder of them")->required()->type_name("FILE");
  runs.emplace_back(describe, [&options] { return cli::run_population_describe(options); });
}

CLI::App* add_simulate(CLI::App& app, cli::SimulateOptions& options) {
  CLI::App* command = app.add_subcommand("simulate", "Ask norms of a whole population, under the law and under reforms");
  add_folders(*command, options.folders);
  command->add_option("NORM", options.norms, "Questions about one kind of thing, such as job.permit_required");
  command->add_option("--population", options.population, "An .arrow, .feather or .csv file, or a folder of them")
      ->required()
      ->type_name("FILE");
  command->add_option("--on", options.on, "The day of the law and of the question (default: today)")->type_name("DATE");
  command->add_option("--reform", options.reforms, "Beside the law also this reform, or several together: a+b; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--by", options.by, "Divide by these facts, such as region,person.nationality")->type_name("FACT,…")->delimiter(',');
  command->add_option("--pays", options.pays, "An amount that is paid to the budget, such as a fee: shows both sides; may be repeated")
      ->type_name("NORM")
      ->allow_extra_args(false);
  command->add_option("--gets", options.gets, "An amount that is received from the budget; may be repeated")
      ->type_name("NORM")
      ->allow_extra_args(false);
  command->add_option("--csv", options.csv, "Write all counts into this file")->type_name("FILE");
  command->add_option("--changes", options.changes, "Write all changes with their rules into this CSV file")->type_name("FILE");
  command->add_option("--json", options.json, "Write all of it as JSON into this file")->type_name("FILE");
  command->add_option("--svg", options.svg, "Draw the first question into this file")->type_name("FILE");
  command->add_option("--threads", options.threads, "How many (default: all)")->check(CLI::Range(1, zan::kThreadsMax));
  command->add_flag("--missing-is-unknown", options.missing_is_unknown, "A fact without a column is unknown for everybody");
  return command;
}

CLI::App* add_sql(CLI::App& app, cli::SqlOptions& options) {
  CLI::App* command = app.add_subcommand("sql", "Write norms as one query for a database of your own");
  add_folders(*command, options.folders);
  command->add_option("NORM", options.norms, "Questions about one kind of thing, such as person.registration_due")->required();
  command->add_option("--dialect", options.dialect, "postgresql, duckdb or sqlite")
      ->required()
      ->check(CLI::IsMember({"postgresql", "duckdb", "sqlite"}));
  command->add_option("--on", options.on, "The day of the law and of the question (default: today)")->type_name("DATE");
  command->add_option("--law-day", options.law_day, "Ask each row on its own day, which this fact holds")->type_name("FACT");
  command->add_option("--reform", options.reforms, "Under this reform; may be repeated")->type_name("NAME")->allow_extra_args(false);
  command->add_option("--table", options.table, "The table to read (default: the name of the kind of thing)")->type_name("NAME");
  command->add_option("--key", options.key, "The column that tells its rows apart (default: row)")->type_name("COLUMN");
  command->add_flag("--linked", options.linked, "Follow links to tables of their own, lists too; else linked facts are columns");
  command->add_flag("--complete", options.complete, "No fact is unknown: NULL means none, or makes the row unfit");
  command->add_flag("--trusted", options.trusted, "Do not look for values that no fact can have");
  command->add_option("--may-be-unknown", options.unknowable, "A fact that may be none has a column FACT_unknown too; may be repeated")
      ->type_name("FACT")
      ->allow_extra_args(false);
  command->add_option("--within", options.within, "Bounds of a number, which are checked: narrower arithmetic; may be repeated")
      ->type_name("FACT=A..B")
      ->allow_extra_args(false);
  command->add_flag("--tables", options.tables, "Write the CREATE TABLE statements of what the query reads instead");
  return command;
}

CLI::App* add_check(CLI::App& app, cli::CheckOptions& options) {
  CLI::App* command = app.add_subcommand("check", "Report every problem of the law and run all its cases");
  add_folders(*command, options.folders);
  command->add_flag("--coverage", options.coverage, "List rules that decide in no case; fails if there are any");
  command->footer("Exit status: 0 in order, 1 errors, failing cases or missing coverage, 2 no law to read.");
  return command;
}

CLI::App* add_fmt(CLI::App& app, cli::FmtOptions& options) {
  CLI::App* command = app.add_subcommand("fmt", "Rewrite law texts in the canonical form");
  add_folders(*command, options.folders);
  command->add_option("FILES", options.files, "Files or folders (default: the whole law)")->type_name("PATH");
  command->add_flag("--check", options.check, "Only list files that are not in canonical form; fails if there are any");
  return command;
}

CLI::App* add_words(CLI::App& app, cli::WordsOptions& options) {
  CLI::App* command = app.add_subcommand("words", "List labels of the law that are still to be translated");
  add_folders(*command, options.folders);
  command->add_option("--missing", options.missing, "Labels that the language lacks, as lines for its catalogue")->type_name("LANG");
  command->add_option("--stale", options.stale, "Keys of the catalogue that the law no longer has")->type_name("LANG");
  command->require_option(1, 0);
  return command;
}

CLI::App* add_serve(CLI::App& app, ServeOptions& options) {
  CLI::App* command = app.add_subcommand("serve", "Answer over HTTP until told to stop");
  command->add_option("--law", options.law_dir, "Folder of the law")->type_name("DIR");
  command->add_option("--words", options.words_dir, "Folder of the program's phrases")->type_name("DIR");
  command->add_option("--pages", options.pages_dir, "Folder of the page templates")->type_name("DIR");
  command->add_option("--portal", options.portal_dir, "Folder of the built portal")->type_name("DIR");
  command->add_option("--data", options.data, "Folder or PostgreSQL URL of the office (default: the law alone is served)")
      ->type_name("DIR|URL");
  command->add_option("--keys", options.keys_dir, "Folder of the office's keys (default: the data folder)")->type_name("DIR");
  command->add_option("--host", options.host, "Address to listen on (default: 127.0.0.1)")->type_name("ADDRESS");
  command->add_option("--port", options.port, "Port to listen on (default: any free one)")->type_name("N");
  command->add_flag("--demo", options.demo, "Fill an empty office with made-up people and cases");
  command->add_option("--clock", options.clock, "With --demo: the day on which the office's clock starts")->type_name("DATE");
  command->add_flag("--behind-tls", options.behind_tls, "A proxy speaks TLS to the clients: cookies are Secure");
  command->add_option("--address", options.address, "Where everybody reaches the office: printed on papers, and in their codes")
      ->type_name("URL");
  command->add_option("--oidc", options.oidc_file, "How people sign in by an OpenID Connect provider (docs/operate.md)")
      ->type_name("FILE.toml");
  command
      ->add_option("--password-cost", options.password_cost,
                   "What a password costs: moderate (0.7 s, 256 MiB), interactive (0.1 s, 64 MiB), least (19 MiB)")
      ->check(CLI::IsMember({"moderate", "interactive", "least"}));
  command
      ->add_option("--metrics-port", options.metrics_port,
                   "Measures for Prometheus, at /metrics of this port of 127.0.0.1; 0: any free one")
      ->type_name("N");
  command->add_flag("--log-json", options.log_json, "Lines on standard error are JSON objects");
  command->add_flag("--log-requests", options.log_requests, "One line for each request: route, status, time; nothing of people");
  command->add_option("--pace", options.pace, "Requests a minute that one account may make; twice as many at once (default: 600)")
      ->type_name("N")
      ->check(CLI::Range(int64_t{20}, int64_t{1'000'000}));
  command->add_option("--mail", options.mail_file, "How notices go out by SMTP (docs/operate.md)")->type_name("FILE.toml");
  return command;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Köshi: labour migration, run from the text of its law.", "koshi");
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help on every command");

  cli::AskOptions ask;
  cli::ListOptions norms, acts, reforms;
  cli::ProcedureOptions procedure;
  cli::CompareOptions compare;
  cli::CheckOptions check;
  cli::FmtOptions fmt;
  cli::WordsOptions words;
  ServeOptions serve;
  cli::PopulationOptions population;
  cli::SimulateOptions simulate;
  cli::SqlOptions sql;
  std::vector<std::pair<CLI::App*, Run>> commands = {
      {add_ask(app, ask), [&] { return cli::run_ask(std::move(ask)); }},
      {add_list(app, "norms", "List the questions that the law answers", norms), [&] { return cli::run_norms(norms); }},
      {add_list(app, "acts", "List the sources of the law and how well they were read", acts), [&] { return cli::run_acts(acts); }},
      {add_list(app, "reforms", "List the drafts that may be tried out", reforms), [&] { return cli::run_reforms(reforms); }},
      {add_procedure(app, procedure), [&] { return cli::run_procedure(procedure); }},
      {add_compare(app, compare), [&] { return cli::run_compare(compare); }},
      {add_simulate(app, simulate),
       [&] {
         simulate.progress = ::isatty(STDERR_FILENO) != 0;
         return cli::run_simulate(simulate);
       }},
      {add_sql(app, sql), [&] { return cli::run_sql(sql); }},
      {add_check(app, check), [&] { return cli::run_check(check); }},
      {add_fmt(app, fmt), [&] { return cli::run_fmt(fmt); }},
      {add_words(app, words), [&] { return cli::run_words(words); }},
      {add_serve(app, serve), [&] { return run_serve(serve); }},
  };
  add_population(app, population, commands);
  const cli::OfficeCommands office(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // The library's own numbers are not ours: help is 0, everything else is bad input.
    return app.exit(error) == 0 ? cli::kAnswered : cli::kBadInput;
  }
  for (const auto& [command, run] : commands) {
    if (command->parsed()) return run();
  }
  return office.run().value_or(cli::kBadInput);
}
