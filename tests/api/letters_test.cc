#include <map>
#include <regex>
#include <set>

#include "http/app.h"
#include "http/office/paper.h"
#include "walk_stage.h"
#include "words/procedures.h"

/// What the office writes: every decision has a letter in English, Russian and Kazakh, what migrants read also in Uzbek, Kyrgyz and Tajik;
/// and in every walk of a procedure each letter is whole, with its articles.
namespace koshi::office {
namespace {

using words::Language;
using zan::Effect;

constexpr Language kAllOffices[] = {Language::kEn, Language::kRu, Language::kKk};
constexpr Language kOfMigrants[] = {Language::kUz, Language::kKy, Language::kTg};

/// The migrant is who reads these.
const std::set<std::string> kForMigrants = {"accelerated_citizenship_case",
                                            "accident_claim",
                                            "arrival_report",
                                            "change_of_employer",
                                            "complaint",
                                            "family_reunification",
                                            "household_permit",
                                            "legalisation",
                                            "medical_entitlement",
                                            "offence",
                                            "one_window",
                                            "oralman_status",
                                            "pension_statement",
                                            "qualification_certificate",
                                            "recognition",
                                            "registration",
                                            "registration_2011",
                                            "repatriate_status",
                                            "talent_register",
                                            "temporary_residence"};
/// Of these procedures, what goes to somebody else: whoever pays for an expulsion.
const std::set<std::string> kForOthers = {"offence cost_order"};

/// Acts of an authority or of the clock that end a case and decide nothing, so that no letter is due.
struct NoDecision {
  const char* act;  ///< "procedure action", or "* action" of all
  const char* why;
};
constexpr NoDecision kNoDecisions[] = {
    {"* expire", "it ends on the day that its own paper says"},
    {"national_quota close", "it ends with its year, as its order says"},
    {"quota_distribution close", "it ends with its year, as its orders say"},
    {"regional_reception close", "it ends with its year, as its order says"},
    {"legalisation_campaign close", "it ends with its last day, as its order says"},
    {"scarce_occupation strike", "it ends on the day that its order says"},
    {"resettlement stay", "the five years of the contract are over"},
    {"family_reunification leave", "a departure is recorded"},
    {"legalisation leave", "a departure is recorded"},
    {"temporary_residence leave", "a departure is recorded"},
    {"registration strike", "a departure is recorded"},
    {"registration_2011 strike", "a departure is recorded"},
    {"arrival_report depart", "a departure is recorded"},
    {"qualification_certificate end_work", "the end of the work is recorded"},
    {"accident_claim pay", "a payment is recorded, as the statement of parts says"},
    {"employer_subsidy finish", "the years of the contract are over"},
    {"employer_subsidy record_return", "a payment is recorded, as the order to pay back says"},
    {"resettlement pay_back", "a payment is recorded, as the demand says"},
    {"offence pay", "a payment is recorded, as the decision says"},
    {"offence enforce", "the decision was written before"},
    {"complaint lapse", "a draft that nobody sent"},
    {"complaint end_services", "the end of the services is recorded; who was identified has the act of it"},
    {"pension_statement send", "the statement was written before"},
};

const zan::Corpus& corpus() {
  return LoadedLaw::real().corpus;
}

bool has_letter(const zan::Procedure& procedure, const http::Issuing& at) {
  const http::Issuing text = http::text_of(procedure, at);
  return !procedure.states[static_cast<size_t>(text.state)]
              .actions[static_cast<size_t>(text.action)]
              .effects[static_cast<size_t>(text.effect)]
              .letter.empty();
}

/// Whoever may do it besides a party: an office, another participant, the clock.
bool is_by_others(const zan::Procedure& procedure, const zan::Action& action) {
  return std::ranges::any_of(action.roles,
                             [&](int32_t role) { return procedure.roles[static_cast<size_t>(role)].kind != zan::Role::Kind::kParty; });
}

template <typename Visit>
void for_each_action(Visit visit) {
  for (const zan::Procedure& procedure : corpus().procedures) {
    for (size_t s = 0; s < procedure.states.size(); ++s) {
      for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) visit(procedure, static_cast<int32_t>(s), static_cast<int32_t>(a));
    }
  }
}

const zan::Action& action_at(const zan::Procedure& procedure, int32_t state, int32_t action) {
  return procedure.states[static_cast<size_t>(state)].actions[static_cast<size_t>(action)];
}

template <typename Visit>
void for_each_paper(Visit visit) {
  for_each_action([&](const zan::Procedure& procedure, int32_t state, int32_t action) {
    const auto& effects = action_at(procedure, state, action).effects;
    for (size_t e = 0; e < effects.size(); ++e) {
      if (effects[e].kind == Effect::Kind::kIssues) visit(procedure, http::Issuing{state, action, static_cast<int32_t>(e)}, effects[e]);
    }
  });
}

/// Which acts end a case by somebody's decision and say so in no letter; and which excuses nobody needs.
std::set<std::string> decisions_without_letter(const std::set<std::string>& excused, std::set<std::string>& used) {
  std::set<std::string> found;
  for_each_action([&](const zan::Procedure& procedure, int32_t state, int32_t id) {
    const zan::Action& action = action_at(procedure, state, id);
    if (!procedure.states[static_cast<size_t>(action.target)].is_final || !is_by_others(procedure, action)) return;
    for (size_t e = 0; e < action.effects.size(); ++e) {
      const http::Issuing at{state, id, static_cast<int32_t>(e)};
      if (action.effects[e].kind == Effect::Kind::kIssues && has_letter(procedure, at)) return;
    }
    for (const std::string& excuse : {procedure.name + " " + action.name, "* " + action.name}) {
      if (!excused.contains(excuse)) continue;
      used.insert(excuse);
      return;
    }
    found.insert(procedure.name + " " + procedure.states[static_cast<size_t>(state)].name + " " + action.name);
  });
  return found;
}

TEST(Letters, EveryDecisionThatEndsACaseHasOne) {
  std::set<std::string> excused, used;
  for (const NoDecision& one : kNoDecisions) excused.insert(one.act);
  EXPECT_THAT(decisions_without_letter(excused, used), testing::IsEmpty());
  EXPECT_EQ(used, excused) << "nobody needs this excuse any more";
  EXPECT_GT(decisions_without_letter({}, used).size(), excused.size()) << "without its excuses the test finds nothing";
}

TEST(Letters, EveryPaperHasALetter) {
  size_t papers = 0;
  for_each_paper([&](const zan::Procedure& procedure, const http::Issuing& at, const Effect& effect) {
    EXPECT_TRUE(has_letter(procedure, at)) << procedure.name << " " << effect.name;
    ++papers;
  });
  EXPECT_GE(papers, 130u);
}

std::multiset<std::string> holes_of(const std::string& text) {
  static const std::regex hole(R"(\{[^}]*\})");
  std::multiset<std::string> holes;
  for (std::sregex_iterator it(text.begin(), text.end(), hole), end; it != end; ++it) holes.insert(it->str());
  return holes;
}

/// What a language lacks of a letter: its title, a paragraph, or a hole of one.
void expect_said(Language language, const zan::Procedure& procedure, const http::Issuing& at, const Effect& effect) {
  const words::Words& words = LoadedLaw::real().words;
  const std::string where = std::string(words::code(language)) + " " + procedure.name + " " + effect.name;
  if (language != Language::kEn) {
    EXPECT_TRUE(words.has_label(language, words::effect_key(procedure, at.state, at.action, at.effect))) << where << ": no title";
  }
  for (size_t i = 0; i < effect.letter.size(); ++i) {
    const std::string key = words::letter_key(procedure, at.state, at.action, at.effect, static_cast<int32_t>(i));
    EXPECT_TRUE(language == Language::kEn || words.has_label(language, key)) << where << ": " << key;
    EXPECT_EQ(holes_of(words.label(language, key)), holes_of(effect.letter[i])) << where << ": " << key;
  }
}

TEST(Letters, StandInTheLanguagesOfWhoReadsThem) {
  for_each_paper([&](const zan::Procedure& procedure, const http::Issuing& at, const Effect& effect) {
    for (const Language language : kAllOffices) expect_said(language, procedure, at, effect);
    if (!kForMigrants.contains(procedure.name) || kForOthers.contains(procedure.name + " " + effect.name)) return;
    for (const Language language : kOfMigrants) expect_said(language, procedure, at, effect);
  });
  for (const std::string& name : kForMigrants) EXPECT_NE(corpus().find_procedure(name), zan::kNoId) << name;
}

/// The law as the server has it, once for all walks.
http::App& app() {
  static const std::unique_ptr<http::App> shared = [] {
    const http::AppFolders folders{KOSHI_SOURCE_DIR "/law/kz", KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto loaded = http::App::load(folders, [] { return parse_date("2026-06-01").value(); });
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    return std::move(*loaded);
  }();
  return *shared;
}

Law law_of_app() {
  const http::Site& site = app().site();
  return {site.corpus, site.library, site.api_words};
}

std::vector<Case> cases_in(House& house) {
  std::vector<Case> cases;
  const auto rows = house.store().read([](store::Reader& reader) { return reader.query("SELECT body FROM desk_case ORDER BY id", {}); });
  EXPECT_TRUE(rows.has_value());
  for (const store::Row row : *rows) cases.push_back(parse_case_json(row.text(0)).value());
  return cases;
}

/// The party of the case, as which it sees its own papers.
Actor party_of(const zan::Procedure& procedure, const Case& item, Language language) {
  for (const zan::Role& role : procedure.roles) {
    if (role.kind != zan::Role::Kind::kParty) continue;
    const FactEntry* fact = role.within ? item.find_fact(role.within->text) : nullptr;
    return {item.opened_by, role.name, fact == nullptr ? std::nullopt : std::optional(fact->json), language};
  }
  return {};
}

/// Each paper of an office in each language; which papers there were.
void read_all(House& house, std::set<std::string>& seen) {
  const http::OfficeSite office{app().site(), house, law_of_app()};
  for (const Case& item : cases_in(house)) {
    const zan::Procedure& procedure =
        office.law.corpus.procedures.at(static_cast<size_t>(office.law.corpus.find_procedure(item.procedure)));
    for (const PaperEntry& paper : item.papers) {
      seen.insert(item.procedure + " " + paper.name);
      for (const Language language : kAllOffices) {
        const auto told = http::paper_text(office, language, party_of(procedure, item, language), item, paper);
        ASSERT_TRUE(told.has_value()) << told.error();
        const std::string where = item.procedure + " " + paper.name + " in " + std::string(words::code(language)) + ": ";
        EXPECT_TRUE(told->letter.is_whole) << where << testing::PrintToString(told->letter.paragraphs);
        EXPECT_FALSE(told->letter.paragraphs.empty()) << where;
        for (const std::string& text : told->letter.paragraphs) EXPECT_EQ(text.find('{'), std::string::npos) << where << text;
        EXPECT_GE(told->letter.decided.size(), 3u) << where << "who, what, where to, or on which articles";
        for (const papers::LetterGround& ground : told->letter.grounds) EXPECT_NE(ground.article, "") << where << ground.ground;
      }
    }
  }
}

/// Every walk, with every paper that the law knows.
TEST(Letters, AreWholeInEveryWalk) {
  std::set<std::string> seen, known;
  for (const std::string& story : stories()) {
    WalkStage stage(store::Engine::kSqlite, law_of_app());
    ASSERT_EQ(stage.play(steps_of(story)), "") << story;
    read_all(stage.house(), seen);
  }
  for_each_paper([&](const zan::Procedure& procedure, const http::Issuing&, const Effect& effect) {
    known.insert(procedure.name + " " + effect.name);
  });
  EXPECT_EQ(seen, known);
}

}  // namespace
}  // namespace koshi::office
