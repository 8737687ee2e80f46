#pragma once

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "office/case/decide.h"
#include "office/journal/canonical_json.h"

/// A small law with two procedures, and an office around it, for the tests of this folder.
namespace koshi::office {

inline constexpr const char* kTestLaw = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01

calendar "days.csv"

enum region "Region"
  north "North"
  south "South"

enum category "Category"
  first "First"
  second "Second"

enum paper "Paper"
  form "Application form"
  list "List of workers"
  diploma "Diploma"

enum ground "Ground"
  barred "The employer is barred"
  false_papers "False papers"
  too_many "Too many workers"

entity employer "Employer"
  bin : text "Number of the employer"
  barred_until : date or none "Barred until"
  searched : yes/no "Has searched the domestic market"
    ask "Have you searched the domestic market?"

entity worker "Worker"
  name : text "Name"
  wage : money "Wage"
  attested : yes/no "Attested"

entity permit "Permit"
  link employer : employer "Employer"
  link workers : many worker "Workers"
  region : region "Region"
  category : category "Category"
  headcount : whole "Number of workers"
    ask "How many workers?"
  hurry : yes/no "In a hurry"
  reason : text "Reason for the hurry"
  promise : text "Promise"
  papers_false : yes/no "Are papers false?"
  note : text or none "Note of the office"
  filed : date "Filed on"
  paid : yes/no "Paid"
  valid_until : date or none "Valid until"
  places_left : whole "Places left"
  fee_due : money "Fee due"
  must headcount >= 0 "A negative number of workers"

norm papers of permit : set of paper
  "Papers to attach"
  {form, list} by L art. 1 [sample]
  {diploma} when category = second by L art. 1 [sample]

norm refusal_grounds of permit : set of ground
  "Grounds for refusal"
  {barred} when employer.barred_until is not none and employer.barred_until >= today by L art. 2 [sample]
  {false_papers} when papers_false by L art. 2 [sample]
  {too_many} when headcount > 50 by L art. 2 [sample]

norm rate : money
  "Fee for one worker"
  1000 tenge until 2026-06-30 by L art. 3 [sample]
  2000 tenge from 2026-07-01 by L art. 3 [sample]

norm fee of permit : money
  "Fee"
  rate * headcount by L art. 3 [sample]

norm search_done of permit : yes/no
  "Market searched"
  employer.searched by L art. 4 [sample]
  except
    yes when category = first by L art. 4 [sample]

norm clash of permit : yes/no
  "Clash"
  one: yes when headcount = 13 by L art. 5 [sample]
  two: no when headcount < 20 by L art. 5 [sample]
  three: no when headcount >= 20 by L art. 5 [sample]

account places of (whole, region, category) "Places"
account reserve_of of (whole) "Reserve"

procedure permit_case of permit "Permit for foreign workers"
  by L art. 6 [sample]
  from 2020-01-01
  party employer "Employer" within employer.bin
  office akimat "Akimat" within region
  role treasury "Treasury"
  documents papers
  knows places_left = balance of places(year_of(today), region, category)
  knows fee_due =
      if known employer.searched and employer.searched and category = first then fee + 1 tenge else fee

  form what "What do you want?"
    ask region, category, headcount, hurry
  form search "The search" when category = second
    ask employer.searched
  form haste "Why the hurry?" when hurry
    ask reason
  form promise "A promise" when employer.barred_until is not none
    ask promise
  form workers "The workers"
    ask workers.name, workers.wage

  state draft "Draft"
    submit: "Submit" by employer -> examined
      files
      needs forms, documents
      requires search_done "The market must have been searched"
        by L art. 4 [sample]
      requires headcount > 0 "Somebody must be asked for"
      requires (all of workers where wage > 0 tenge) "Everybody must be paid"
      requires places_left >= headcount "So many places must be left"
        from 2026-09-01
      sets filed = today
      sets valid_until = filed + 1 year rounded down
      reserve headcount from places(year_of(filed), region, category) until today + 20 days
      notice akimat "A new application"
    discard: "Discard" by employer -> withdrawn

  state examined "Under examination"
    within 5 working days else late by L art. 7 [sample]
    grant: "Grant" by akimat -> granted
      ask papers_false
      requires refusal_grounds is empty "There are grounds for refusal"
      requires not clash "Nothing clashes"
      charges fee_due "Fee for the permit"
      issues notice_of_grant "Notice of the grant"
    refuse: "Refuse" by akimat -> refused
      ask papers_false
      requires refusal_grounds is not empty "There is no ground for refusal"
      grounds refusal_grounds
      release places
      records employer.barred_until = today + 12 months rounded down
      issues refusal "Decision to refuse"
    withdraw: "Withdraw" by employer -> withdrawn
      release places

  state granted "Granted, to be paid"
    within 10 days else lapse by L art. 8 [sample]
    pay: "Record the payment" by treasury -> in_force
      sets paid = yes
      commit places
      issues permit "Permit"
    lapse: "Lapse" by clock -> lapsed
      release places
      notice employer "The permit has lapsed"

  state in_force "In force"
    until valid_until else expire
    attest: "Attest the workers" by akimat -> in_force when category = first
      ask workers.attested, note
    end: "End" by employer, akimat -> ended
    expire: "Expire" by clock -> expired

  final refused "Refused"
  final withdrawn "Withdrawn"
  final lapsed "Lapsed"
  final ended "Ended"
  final expired "Expired"

entity plan "Plan"
  year : whole "Year"
  region : region "Region"
  amount : whole "Places"
  back : whole "Places taken back"

procedure plan_case of plan "Plan of places"
  by L art. 9 [sample]
  party ministry "Ministry"

  form plan "The plan"
    ask year, region, amount, back

  state draft "Draft"
    settle: "Settle" by ministry -> done
      needs forms
      allot amount to reserve_of(year)
      move amount from reserve_of(year) to places(year, region, first)
      withdraw back from places(year, region, first)

  final done "Done"
)";

inline constexpr const char* kTestDays =
    "date,kind\n2026-01-01,public_holiday\n2026-03-09,public_holiday\n2026-05-09,public_holiday\n2027-12-16,public_holiday\n";

inline Date day(std::string_view text) {
  const auto date = parse_date(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date.value_or(Date{});
}

class CaseTest : public testing::Test {
 protected:
  CaseTest() : compiled_(zan::compile({{"law.zan", kTestLaw}}, {{"days.csv", kTestDays}})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
    law_ = std::make_unique<Law>(Law{compiled_.corpus, library_, *words_});
    around_.balance = [this](const std::string& code) { return places_[code]; };
    around_.register_facts = [this](const std::string& path, const std::string& key) { return register_[{path, key}]; };
  }

  const zan::Corpus& corpus() const { return compiled_.corpus; }

  /// The case after the decision, which must be one; its events are kept for `folded`.
  Case done(const Decided& decided) {
    EXPECT_TRUE(decided.has_value()) << told(decided);
    if (!decided) return item_;
    for (const CaseEvent& event : decided->events) history_.push_back({event, today_});
    last_ = *decided;
    item_ = decided->after;
    return item_;
  }
  /// "kNotLawful: message | path: message | label"
  static std::string told(const Decided& decided) {
    if (decided) return "done";
    static constexpr std::string_view kKinds[] = {"NoSuchThing",      "Forbidden", "WrongState", "Stale",      "BadFacts", "FactsMissing",
                                                  "DocumentsMissing", "NotLawful", "NoPlaces",   "LawUnclear", "TooMuch"};
    std::string text(kKinds[static_cast<size_t>(decided.error().kind)]);
    text += ": " + decided.error().message;
    for (const Refusal::Problem& problem : decided.error().problems) text += " | " + problem.path + ": " + problem.message;
    for (const Refusal::Failed& failed : decided.error().failed) text += " | " + failed.label;
    return text;
  }

  Decided give(const Actor& actor, std::string_view facts, const std::vector<std::string>& remove = {}) {
    return give_facts(*law_, item_, actor, item_.version, facts, remove, today_);
  }
  Decided attach(const Actor& actor, const std::string& kind, char digit = 'a') {
    return attach_document(*law_, item_, actor, item_.version, {kind, kind + ".pdf", "application/pdf", std::string(64, digit), 10, "", {}},
                           today_);
  }
  Decided act(const Actor& actor, std::string_view action, std::string_view facts = "{}") {
    return decide(*law_, item_, actor, item_.version, action, facts, around_, today_);
  }

  void open() { done(open_case(*law_, "P-1", "permit_case", employer_, today_)); }
  /// With everything that the law wants of one worker of the first category in the north.
  void fill(std::string_view facts = R"({"region":"north","category":"first","headcount":1,"hurry":false,
                                         "workers":[{"name":"A","wage":100000}]})") {
    open();
    done(give(employer_, facts));
    done(attach(employer_, "form"));
    done(attach(employer_, "list"));
  }
  void submit() {
    fill();
    done(act(employer_, "submit"));
  }
  void grant() {
    submit();
    done(act(akimat_, "grant", R"({"papers_false":false})"));
  }
  void pay() {
    grant();
    done(act(treasury_, "pay"));
  }

  std::string fact(std::string_view path) const {
    const FactEntry* entry = item_.find_fact(path);
    return entry == nullptr ? "none" : entry->json + " " + std::string(source_name(entry->source));
  }
  std::string folded() const {
    const auto again = fold(item_.id, history_);
    return again ? case_json(*again) : again.error().message;
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
  std::unique_ptr<Law> law_;
  std::map<std::string, int64_t> places_ = {{"places/2026/north/first", 10}, {"places/2026/north/second", 10}};
  std::map<std::pair<std::string, std::string>, std::vector<std::pair<std::string, std::string>>> register_ = {
      {{"employer.bin", "\"100\""}, {{"barred_until", "null"}}}};
  Surroundings around_;
  Actor employer_{"acme", "employer", "\"100\"", words::Language::kEn};
  Actor stranger_{"other", "employer", "\"200\"", words::Language::kEn};
  Actor akimat_{"officer", "akimat", "\"north\"", words::Language::kEn};
  Actor far_akimat_{"far", "akimat", "\"south\"", words::Language::kEn};
  Actor treasury_{"cash", "treasury", std::nullopt, words::Language::kEn};
  Actor clock_{"clock", "clock", std::nullopt, words::Language::kEn};
  Date today_ = *make_date(2026, 3, 2);  // a Monday
  Case item_;
  std::vector<DatedEvent> history_;
  Decision last_;
};

}  // namespace koshi::office
