#pragma once

#include <gmock/gmock.h>

#include "office/case/checks.h"
#include "office/case/decide.h"
#include "office/case/take.h"

/// For tests only: a search that takes days, and a permit that begins from it.
namespace koshi::office {

inline constexpr const char* kOtherLaw = R"(
act L "Law" adopted 2010-01-01 in force from 2010-01-01
act NEW "New law" adopted 2026-05-01 in force from 2026-06-01
enum ground "Ground"
  share "The share of local staff is not kept"
  papers "Papers are false"
entity firm "Firm"
  bin : text "BIN"
entity permit "Permit"
  link firm : firm "Firm"
  occupation : text "Occupation"
  headcount : whole "Workers"
  posted : date "Posted on"
  keep : whole "Days for which the vacancy is kept"
  filed : date "Filed on"
  locals : whole "Local staff"
  foreign : whole "Foreign staff"
  papers_false : yes/no "Papers are false"
  exempt : yes/no "Exempt from the share"
  must posted < filed + 3650 days "Posted too late"

norm window_open of permit : yes/no
  "Is the window of the application open?"
  filed >= posted + 15 days and filed <= posted + 60 days by L art. 1 [sample]
norm old_rule of permit : yes/no
  "Does the new law apply?"
  no until 2026-05-31 by L art. 4 [sample]
  yes from 2026-06-01 by NEW art. 1 [sample]
norm grounds_found of permit : set of ground
  "Grounds for refusal"
  {share} when locals < foreign + headcount by L art. 2 [sample]
  {papers} when papers_false by L art. 3 [sample]
  except
    {share} when exempt by L art. 5 [sample]

procedure search of permit "Search"
  by L art. 6 [sample]
  party employer "Employer" within firm.bin
  number "S/{year}/{number}"
  form vacancy "Vacancy"
    ask occupation, headcount, keep
  state draft "Draft"
    post: "Post" by employer -> posted
      needs forms
      files
      sets posted = today
    discard: "Discard" by employer -> closed
  state posted "Posted"
    until posted + keep days else lapse
    finish: "Finish" by employer -> searched
      requires today >= posted + 15 days "The vacancy must have been open for fifteen days"
      requires headcount > 0 "Somebody must be wanted"
    lapse: "Lapse" by clock -> closed
  final searched "Searched"
  final closed "Closed"

procedure permit_case of permit "Permit"
  by L art. 7 [sample]
  party employer "Employer" within firm.bin
  office akimat "Akimat"
  role treasury "Treasury"
  takes posted, occupation, headcount from search in searched
  knows filed = today
  form what "What?"
    ask occupation, headcount, posted, locals, foreign, exempt
  state draft "Draft"
    submit: "Submit" by employer -> examined
      needs forms
      requires window_open "The application must fall into its window"
      requires headcount < 100 "Not so many"
      files
    hurry: "Hurry" by employer -> examined
      requires old_rule "Only under the new law"
      files
    discard: "Discard" by employer -> closed
  state examined "Examined"
    grant: "Grant" by akimat -> granted
      ask papers_false
      requires grounds_found is empty "There must be no ground for refusal"
      charges 1000 tenge * headcount "Fee" to treasury
      notice employer "Granted: pay the fee."
    refuse: "Refuse" by akimat -> closed
      ask papers_false
      requires grounds_found is not empty "There must be a ground"
      grounds grounds_found
  state granted "Granted"
    pay: "Pay" by treasury -> done
      settles
  final done "Done"
  final closed "Closed"
)";

class OtherLawTest : public testing::Test {
 protected:
  OtherLawTest() : compiled_(zan::compile({{"law.zan", kOtherLaw}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
    law_ = std::make_unique<Law>(Law{compiled_.corpus, library_, *words_});
    around_.next_number = [](const std::string&) { return 7; };
  }

  static Date day(std::string_view text) { return parse_date(text).value_or(Date{}); }

  Case done(const Decided& decided) {
    EXPECT_TRUE(decided.has_value()) << (decided ? "" : decided.error().message);
    return decided ? decided->after : Case{};
  }
  Case opened(std::string_view procedure, const std::string& id) { return done(open_case(*law_, id, procedure, employer_, today_)); }
  Case given(const Case& item, std::string_view facts) { return done(give_facts(*law_, item, employer_, item.version, facts, {}, today_)); }
  Decided act(const Case& item, const Actor& actor, std::string_view action, Date on, std::string_view facts = "{}") {
    return decide(*law_, item, actor, item.version, action, facts, around_, on);
  }
  /// A search that was posted today.
  Case posted(int headcount = 2, int keep = 300) {
    const std::string facts =
        R"({"occupation":"welder","headcount":)" + std::to_string(headcount) + R"(,"keep":)" + std::to_string(keep) + "}";
    return done(act(given(opened("search", "S-1"), facts), employer_, "post", today_));
  }
  Case searched() { return done(act(posted(), employer_, "finish", Date{today_.days + 15})); }
  std::optional<Date> first_day(const Case& item, std::string_view action, Date on) {
    for (const ActionView& one : view_case(*law_, item, employer_, around_, on).actions) {
      if (one.action->name == action) return one.first_day;
    }
    ADD_FAILURE() << action;
    return std::nullopt;
  }
  ActionCheck check(const Case& item, const Actor& actor, std::string_view action) {
    const zan::Procedure& procedure = compiled_.corpus.procedures[static_cast<size_t>(compiled_.corpus.find_procedure(item.procedure))];
    for (ActionCheck& one : check_actions(*law_, item, actor, around_, today_)) {
      if (procedure.states[static_cast<size_t>(one.state)].actions[static_cast<size_t>(one.action)].name == action) return std::move(one);
    }
    ADD_FAILURE() << action;
    return {};
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
  std::unique_ptr<Law> law_;
  Surroundings around_;
  Actor employer_{"acme", "employer", "\"100\"", words::Language::kEn};
  Actor stranger_{"other", "employer", "\"200\"", words::Language::kEn};
  Actor akimat_{"officer", "akimat", std::nullopt, words::Language::kEn};
  Actor treasury_{"cash", "treasury", std::nullopt, words::Language::kEn};
  Date today_ = *make_date(2026, 3, 2);
};

}  // namespace koshi::office
