#include <fstream>
#include <map>

#include "base/file.h"
#include "walk_stage.h"

/// Every procedure of the law is walked at the desk, on both engines: a full path, a refused one, a lapsed deadline and misuse. That there
/// is such a walk for each, and that the walks notice a fault planted in the law or in their own text, is tested here as well.
namespace koshi::office {
namespace {

namespace fs = std::filesystem;
using store::Engine;

const zan::Procedure* find_procedure(const std::string& name) {
  const zan::Corpus& corpus = LoadedLaw::real().corpus;
  const int32_t found = corpus.find_procedure(name);
  return found == zan::kNoId ? nullptr : &corpus.procedures[static_cast<size_t>(found)];
}

class Walks : public testing::TestWithParam<std::tuple<Engine, std::string>> {};

TEST_P(Walks, GoAsTheLawSays) {
  const auto& [engine, story] = GetParam();
  WalkStage stage(engine, LoadedLaw::real());
  ASSERT_EQ(stage.play(steps_of(story)), "");
  stage.expect_in_order();
}

INSTANTIATE_TEST_SUITE_P(EveryProcedure, Walks,
                         testing::Combine(testing::Values(Engine::kSqlite, Engine::kPostgres), testing::ValuesIn(stories())),
                         [](const auto& one) {
                           return std::get<1>(one.param) + (std::get<0>(one.param) == Engine::kSqlite ? "_sqlite" : "_postgres");
                         });

bool has_action(const zan::Procedure& procedure, const std::string& name) {
  return std::ranges::any_of(procedure.states, [&](const zan::ProcedureState& state) {
    return std::ranges::any_of(state.actions, [&](const zan::Action& action) { return action.name == name; });
  });
}

bool is_final(const zan::Procedure& procedure, const std::string& name) {
  const int32_t state = procedure.find_state(name);
  return state != zan::kNoId && procedure.states[static_cast<size_t>(state)].is_final;
}

/// How often a path has what it is there for.
class Contents {
 public:
  Contents(const zan::Procedure& procedure, const std::vector<Step>& steps) : procedure_(procedure) {
    for (const Step& step : steps) take(step);
  }
  int of(const std::string& path) const {
    const auto found = counts_.find(path);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  void take(const Step& step) {
    if (step.verb == Verb::kOpen) procedures_[step.item] = step.what[0];
    const bool own = procedures_[step.item] == procedure_.name || step.verb == Verb::kWrongOpen;
    if (!own) return;
    if (step.verb == Verb::kWrong) {
      EXPECT_TRUE(has_action(procedure_, step.what[0])) << step.place << ": the procedure has no such action";
    }
    switch (step.verb) {
      case Verb::kState: counts_[step.path] += step.path == "full" && is_final(procedure_, step.what[0]); break;
      case Verb::kClock: counts_[step.path] += step.path == "lapsed" || (step.path == "full" && is_final(procedure_, step.what[0])); break;
      case Verb::kLate: counts_[step.path] += step.path == "lapsed"; break;
      case Verb::kRefused: counts_[step.path] += step.path == "refused" && !step.because.empty(); break;
      case Verb::kWrong:
      case Verb::kWrongFacts:
      case Verb::kWrongOpen: counts_[step.path] += step.path == "misuse"; break;
      default: break;
    }
  }

  const zan::Procedure& procedure_;
  std::map<std::string, std::string> procedures_;  ///< of the cases
  std::map<std::string, int> counts_;
};

TEST(WalksOfTheLaw, TellEveryProcedureInFourPaths) {
  for (const zan::Procedure& procedure : LoadedLaw::real().corpus.procedures) {
    EXPECT_TRUE(fs::exists(kWalks / (procedure.name + ".steps"))) << "nobody walks " << procedure.name;
    const Contents contents(procedure, steps_of(procedure.name));
    EXPECT_GE(contents.of("full"), 1) << procedure.name << ": no final state is reached";
    EXPECT_GE(contents.of("refused"), 1) << procedure.name << ": the law refuses nothing for a reason that is named";
    EXPECT_GE(contents.of("misuse"), 2) << procedure.name;
    EXPECT_GE(contents.of("lapsed"), 1) << procedure.name << ": no deadline passes";
  }
  for (const std::string& story : stories()) EXPECT_NE(find_procedure(story), nullptr) << "the law has no procedure " << story;
}

TEST(WalksOfTheLaw, EveryProcedureSaysWhatItAimsAt) {
  for (const zan::Procedure& procedure : LoadedLaw::real().corpus.procedures)
    EXPECT_TRUE(std::ranges::any_of(procedure.states, &zan::ProcedureState::is_aim)) << procedure.name;
}

/// Acts that no walk does.
TEST(WalksOfTheLaw, DoEveryAct) {
  std::map<std::string, std::string> procedures;
  std::set<std::string> done;
  for (const Step& step : walk_steps()) {
    if (step.verb == Verb::kOpen) procedures[step.item] = step.what[0];
    if (step.verb == Verb::kAct) done.insert(procedures[step.item] + " " + step.what[0]);
  }
  size_t all = 0, walked = 0;
  std::string left;
  for (const zan::Procedure& procedure : LoadedLaw::real().corpus.procedures) {
    std::set<std::string> names;
    for (const zan::ProcedureState& state : procedure.states) {
      for (const zan::Action& action : state.actions) {
        const bool by_clock = procedure.roles[static_cast<size_t>(action.roles[0])].kind == zan::Role::Kind::kClock;
        if (!by_clock) names.insert(action.name);
      }
    }
    for (const std::string& name : names) {
      const bool is_done = done.contains(procedure.name + " " + name);
      ++all;
      walked += is_done;
      if (!is_done) left += "\n  " + procedure.name + " " + name;
    }
  }
  EXPECT_EQ(walked, all) << "acts that nobody walks:" << left;
}

/// A copy of the law with one place changed.
class FaultyLaw {
 public:
  FaultyLaw(const std::string& file, const std::string& from, const std::string& to) {
    fs::copy(KOSHI_SOURCE_DIR "/law/kz", folder_ / "law", fs::copy_options::recursive);
    const fs::path place = folder_ / "law" / "procedures" / file;
    std::string text = read_file(place).value();
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << file << " no longer says: " << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    EXPECT_TRUE(write_file(place, text).has_value());
    loaded_ = std::make_unique<LoadedLaw>(folder_ / "law");
  }
  Law law() { return loaded_->law(); }

 private:
  store::TestFolder folder_;
  std::unique_ptr<LoadedLaw> loaded_;
};

struct PlantedFault {
  const char* story;
  const char* from;
  const char* to;
  const char* noticed;
};

/// Who may act, what is required, when it ends, where it leads, what is asked: a law that says otherwise is noticed by the walk.
constexpr PlantedFault kFaults[] = {
    {"pension_statement", "\"Refuse\" by fund ->", "\"Refuse\" by worker ->", "is not yours to do"},
    {"household_permit",
     "      requires places_free >= household_places_taken\n          \"A place in the quota of labour immigrants must be left\"\n", "",
     "must be left' is not said"},
    {"work_permit", "      requires refusal_grounds is empty \"There must be no ground for refusal\"\n", "",
     "this was to be refused and was done"},
    {"change_of_employer", "within days_to_change days", "within (days_to_change + 1) days", "the deadline's last day is"},
    {"offence", "within 30 days else enforce", "within 31 days else enforce", "the deadline's last day is"},
    {"accident_claim", "by insurer, employer -> paid", "by insurer, employer -> before_court", "the case is in the state before_court"},
    {"family_reunification", "office police \"Migration police\" within region", "office police \"Migration police\"",
     "this was to be refused and was done"},
    {"medical_entitlement", "ask works, purpose, kandas,", "ask works, purpose, kandas, entitled_until,", "Some answers are missing"},
    {"scarce_occupation", "within 30 days else late", "within 40 days else late", "the deadline's last day is"},
};

TEST(WalksOfTheLaw, NoticeAFaultInTheLaw) {
  for (const PlantedFault& fault : kFaults) {
    FaultyLaw law(std::string(fault.story) + ".zan", fault.from, fault.to);
    WalkStage stage(Engine::kSqlite, law.law());
    const std::string complaint = stage.play(steps_of(fault.story));
    EXPECT_NE(complaint, "") << fault.story << " does not notice: " << fault.to;
    EXPECT_THAT(complaint, testing::HasSubstr(fault.noticed)) << fault.story;
  }
}

/// The first step of this kind, told wrongly.
std::vector<Step> told_wrongly(std::vector<Step> steps, Verb verb) {
  const auto found = std::ranges::find(steps, verb, &Step::verb);
  if (found == steps.end()) return {};
  switch (verb) {
    case Verb::kRefused:
    case Verb::kWrong: found->verb = Verb::kAct; break;
    case Verb::kWrongFacts: found->verb = Verb::kFacts; break;
    case Verb::kDue: found->what[0] = "2001-01-01"; break;
    case Verb::kLate:
    case Verb::kClock: std::rotate(steps.begin(), found, found + 1); break;
    case Verb::kAct: found->verb = Verb::kRefused; break;
    default: found->what[0] = "nowhere";
  }
  return steps;
}

TEST(WalksOfTheLaw, NoticeAFaultInTheirText) {
  size_t tried = 0;
  for (const std::string& story : stories()) {
    for (const Verb verb :
         {Verb::kRefused, Verb::kWrong, Verb::kWrongFacts, Verb::kDue, Verb::kLate, Verb::kClock, Verb::kAct, Verb::kState}) {
      const auto steps = told_wrongly(steps_of(story), verb);
      if (steps.empty()) continue;
      WalkStage stage(Engine::kSqlite, LoadedLaw::real());
      EXPECT_NE(stage.play(steps), "") << story << " " << static_cast<int>(verb);
      ++tried;
    }
  }
  EXPECT_GE(tried, 5 * stories().size());
}

}  // namespace
}  // namespace koshi::office
