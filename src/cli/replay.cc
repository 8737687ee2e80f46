#include <fmt/core.h>

#include "base/file.h"
#include "cli/office_place.h"
#include "office/replay/tell.h"

/// `koshi replay`: what an office has decided, under another day's law or under drafts.
namespace koshi::cli {
namespace {

/// Every name that the law does not know, told together.
std::optional<office::ReplayQuestion> resolve(const OpenOffice& office, const ReplayOptions& options) {
  const zan::Corpus& corpus = office.law->corpus();
  office::ReplayQuestion question;
  question.procedure = options.procedure;
  question.language = office.language;
  bool good = true;
  const auto say = [&](const std::string& problem) {
    complain(problem);
    good = false;
  };
  if (!options.on.empty()) {
    question.standpoint.on = parse_date(options.on);
    if (!question.standpoint.on) say("`" + options.on + "` is not a date that exists; write it as YYYY-MM-DD");
  }
  for (const std::string& name : options.reforms) {
    const zan::ReformId reform = corpus.find_reform(name);
    if (reform == zan::kNoId) say("the law has no reform `" + name + "`; `koshi reforms` lists them");
    question.standpoint.reforms.push_back(reform);
  }
  if (!options.procedure.empty() && corpus.find_procedure(options.procedure) == zan::kNoId) {
    say("the law has no procedure `" + options.procedure + "`; `koshi procedure` lists them");
  }
  if (good) {
    const auto drafts = office::check_drafts(corpus, question.standpoint);
    if (!drafts) say(drafts.error().message);
  }
  return good ? std::optional(std::move(question)) : std::nullopt;
}

Result<void> write_files(const ReplayOptions& options, const office::ReplayTold& told) {
  if (!options.csv.empty()) TRY_DO(write_file(options.csv, office::replay_csv(told)));
  if (!options.json.empty()) TRY_DO(write_file(options.json, office::replay_json(told)));
  return {};
}

}  // namespace

int run_replay(const ReplayOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto question = resolve(*office, options);
  if (!question) return kBadInput;
  office::ReplayProgress progress;
  if (options.progress) progress = [](int64_t cases) { fmt::print(stderr, "\r{}", cases); };
  const office::Law rules = office->rules();
  const auto replays = office::replay(office->house->store(), office->house->journal(), rules, *question, progress);
  if (progress) fmt::print(stderr, "\r");
  if (!replays) return tell_store_error(replays.error());
  const office::ReplayTold told{rules, *question, *replays};
  if (const auto done = write_files(options, told); !done) return machine(done.error().message);
  fmt::print("{}", replay_text(told));
  return kAnswered;
}

}  // namespace koshi::cli
