#include "words/procedures.h"

#include <gmock/gmock.h>

#include "words/test_law.h"

namespace koshi::words {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kProcedure = R"(
act ORDER "Order" adopted 2018-01-01 in force from 2018-07-01
enum ground "Ground"
  late "Too late"
entity firm "Firm"
  bin : text "Business number"
entity request "Request"
  link firm : firm "Firm"
  headcount : whole "Workers"
  left : whole "Places left"
  filed : date "Filed on"
norm grounds of request : set of ground
  "Grounds to refuse"
  {late} when headcount > 5 by ORDER cl. 1 [read]

account places of (whole) "Places <of> a year"

procedure permit of request "Permit & paper"
  help "For firms."
  by ORDER cl. 2 [read]
  party employer "Employer" within firm.bin
  office akimat "Akimat"
  knows left = balance of places(year_of(filed))
  form post "Post" when headcount > 1
    ask headcount
  state draft "Draft"
    submit: "Submit" by employer -> examined
      help "Once."
      needs forms
      requires headcount <= left "There must be places" by ORDER cl. 3 [read]
      files
      sets filed = today
      reserve headcount from places(year_of(filed))
      notice akimat "A new request"
    mend: "Mend" by employer -> draft
  state examined "Examined"
    within 7 working days else lapse by ORDER cl. 4 [read]
    refuse: "Refuse" by akimat -> end
      grounds grounds
      release places
    return: "Return" by akimat -> draft from 2021-01-01
      release places
    lapse: "Lapse" by clock -> end
      release places
  final end "End"
)";

class ProceduresTest : public testing::Test {
 protected:
  ProceduresTest() : compiled_(zan::compile({{"law.zan", kProcedure}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/src/words/test_labels", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }
  const zan::Procedure& procedure() const { return compiled_.corpus.procedures.at(0); }
  std::string text(Language language = Language::kEn, std::optional<Date> on = std::nullopt) const {
    return procedure_text(*words_, language, procedure(), on);
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<Words> words_;
};

TEST_F(ProceduresTest, EveryLabelHasItsKey) {
  std::vector<std::string> keys;
  for (const auto& [key, english] : words_->label_keys()) {
    if (key.starts_with("procedure.") || key.starts_with("account.")) keys.push_back(key + " = " + english);
  }
  EXPECT_THAT(keys, testing::UnorderedElementsAre(
                        "account.places = Places <of> a year", "procedure.permit = Permit & paper", "procedure.permit.help = For firms.",
                        "procedure.permit.role.employer = Employer", "procedure.permit.role.akimat = Akimat",
                        "procedure.permit.form.post = Post", "procedure.permit.state.draft = Draft",
                        "procedure.permit.state.draft.action.submit = Submit", "procedure.permit.state.draft.action.submit.help = Once.",
                        "procedure.permit.state.draft.action.submit.requires.1 = There must be places",
                        "procedure.permit.state.draft.action.submit.effect.4 = A new request",
                        "procedure.permit.state.draft.action.mend = Mend", "procedure.permit.state.examined = Examined",
                        "procedure.permit.state.examined.action.refuse = Refuse", "procedure.permit.state.examined.action.return = Return",
                        "procedure.permit.state.examined.action.lapse = Lapse", "procedure.permit.state.end = End"));
}

/// Each expression is said by the label of what it stands in, so that its proof can be read in each language.
TEST_F(ProceduresTest, ExpressionsAreLabelledByTheirPlaces) {
  const zan::Corpus& corpus = compiled_.corpus;
  size_t expressions = 0;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    if (!corpus.norms[i].of_procedure) continue;
    ++expressions;
    const std::string key = norm_key(corpus, static_cast<zan::NormId>(i));
    EXPECT_TRUE(words_->label_keys().contains(key)) << key;
    EXPECT_EQ(words_->label(Language::kEn, key), corpus.norms[i].label) << key;
  }
  EXPECT_EQ(expressions, 7u);
  EXPECT_EQ(norm_key(corpus, procedure().states[0].actions[0].requirements[0].condition),
            "procedure.permit.state.draft.action.submit.requires.1");
}

TEST_F(ProceduresTest, ARefusalIsReadWithItsProof) {
  const zan::NormId asked = procedure().states[0].actions[0].requirements[0].condition;
  zan::Record record = zan::Record::blank(compiled_.corpus, procedure().entity);
  const zan::Entity& entity = compiled_.corpus.entities[static_cast<size_t>(procedure().entity)];
  record.facts[static_cast<size_t>(entity.find_fact("headcount"))] = zan::Value::whole(4);
  record.facts[static_cast<size_t>(entity.find_fact("left"))] = zan::Value::whole(3);
  const Date day = *parse_date("2022-01-01");
  const auto answer = zan::ask(library_, asked, record, day, {});
  ASSERT_TRUE(answer.has_value());
  const std::string said = answer_text(*words_, Language::kEn, **library_.on(day, {}), *answer);
  EXPECT_THAT(said, HasSubstr("There must be places: no"));
  EXPECT_THAT(said, HasSubstr("ORDER cl. 3"));
}

TEST_F(ProceduresTest, IsReadByAPerson) {
  const std::string said = text();
  for (const char* line :
       {"Permit & paper [permit]\n  For firms.\n", "  Employer: files cases and acts in its own (by: Business number)\n",
        "  Akimat: an authority\n", "  Places left: what is left of “Places <of> a year” (the year of Filed on)\n",
        "    Only if Workers is more than 1\n", "    Submit – Employer → Examined\n",
        "      Requires: Workers is at most Places left; else refused: There must be places (ORDER cl. 3)\n",
        "    working days: 7; after that: Lapse (ORDER cl. 4)\n", "      The grounds of the decision: Grounds to refuse\n",
        "    Return – Akimat → Draft (in force from 1 January 2021)\n", "      Tells Akimat: A new request\n", "  End [end] – the end\n"}) {
    EXPECT_THAT(said, HasSubstr(line));
  }
}

TEST_F(ProceduresTest, ShowsOnlyWhatIsInForceOnTheDay) {
  EXPECT_THAT(text(Language::kEn, parse_date("2020-12-31")), Not(HasSubstr("Return")));
  EXPECT_THAT(text(Language::kEn, parse_date("2021-01-01")), HasSubstr("Return"));
}

/// Nothing is left unsaid in any language: no key and no hole is shown.
TEST_F(ProceduresTest, EveryLanguageHasThePhrases) {
  for (const Language language : kLanguages) {
    for (const std::string& said : {text(language), state_diagram_svg(*words_, language, procedure())}) {
      EXPECT_THAT(said, Not(HasSubstr("procedure."))) << code(language);
      EXPECT_THAT(said, Not(testing::ContainsRegex("[{][a-z_]+[}]"))) << code(language);
    }
  }
  EXPECT_THAT(text(Language::kRu), HasSubstr("Кто участвует"));
}

TEST_F(ProceduresTest, TheDiagramIsDrawnAndSaid) {
  const std::string svg = state_diagram_svg(*words_, Language::kEn, procedure());
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_THAT(svg, HasSubstr("<title id=\"diagram-title\">Permit &amp; paper: states and actions</title>"));
  EXPECT_THAT(svg, HasSubstr("Draft: Submit (Employer), then Examined."));
  EXPECT_THAT(svg, HasSubstr("End: the end."));
  EXPECT_THAT(svg, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(svg, HasSubstr("↻ Mend (Employer)")) << "what leads nowhere else stands in its box";
  EXPECT_EQ(svg, state_diagram_svg(*words_, Language::kEn, procedure()));
}

TEST_F(ProceduresTest, TheDiagramMarksWhereACaseStands) {
  EXPECT_THAT(state_diagram_svg(*words_, Language::kEn, procedure()), Not(HasSubstr("box current")));
  EXPECT_THAT(state_diagram_svg(*words_, Language::kEn, procedure(), {std::nullopt, 1}), HasSubstr("box current"));
  EXPECT_THAT(state_diagram_svg(*words_, Language::kEn, procedure(), {parse_date("2020-12-31"), zan::kNoId}), Not(HasSubstr("Return")));
}

}  // namespace
}  // namespace koshi::words
