#include <gmock/gmock.h>

#include <algorithm>

#include "any.h"

namespace koshi::agreement {
namespace {

using zan::Answer;
using zan::Need;
using zan::NormId;
using zan::Outcome;
using zan::Record;
using zan::Value;

/// One norm of a random law, asked of a person or a firm of whom little is known.
struct Question {
  explicit Question(Dice choices) : dice(std::move(choices)) {}

  Dice dice;
  Law law;
  std::unique_ptr<zan::ProgramLibrary> library;
  std::vector<zan::ReformId> reforms;
  Date on;
  NormId norm = zan::kNoId;
  Record record;
  Dice trials = Dice::fixed(60'000);

  Answer ask(const Record& facts) { return *zan::ask(*library, norm, facts, on, reforms); }
  std::string told_of(const Record& facts) { return told(law.corpus, ask(facts)); }
  const zan::Type* type(const Need& need) const {
    return need.fact == zan::kNoId ? nullptr
                                   : &law.corpus.entities[static_cast<size_t>(need.entity)].facts[static_cast<size_t>(need.fact)].type;
  }
  void give_any(Record& facts, const Need& need) {
    give(law.corpus, facts, need, type(need) == nullptr ? Value() : random_value(trials, law.corpus, *type(need)), trials.roll(3));
  }
};

/// False when the compiler refuses the law.
bool fill(Question& q, LawOptions options, size_t given) {
  q.law.text = LawWriter(q.dice, options).write();
  auto compilation = compile_law(q.law.text.text());
  if (zan::has_errors(compilation.diagnostics)) return false;
  q.law.corpus = std::move(compilation.corpus);
  q.library = std::make_unique<zan::ProgramLibrary>(q.law.corpus);
  q.reforms = any_reforms(q.dice, q.law.corpus);
  q.on = random_date(q.dice);
  q.norm = static_cast<NormId>(q.dice.roll(q.law.corpus.norms.size()));
  q.record = any_record(q.dice, q.law.corpus, q.norm, given);
  return true;
}

/// Stays where it was made: the library refers to its corpus.
std::unique_ptr<Question> any_question(LawOptions options, size_t given) {
  auto q = std::make_unique<Question>(any_dice());
  RC_PRE(fill(*q, options, given));
  RC_LOG() << q->law.text.text() << "asked: " << q->law.corpus.full_name(q->norm) << " on " << format_date(q->on) << " of "
           << text(q->law.corpus, q->record) << "\n";
  return q;
}

std::vector<std::string> paths(const Answer& answer, const std::string& without = "") {
  std::vector<std::string> found;
  for (const Need& need : answer.needs) {
    if (need.path != without) found.push_back(need.path);
  }
  std::ranges::sort(found);
  return found;
}

RC_GTEST_PROP(Needs, AreMissingFactsExactlyWhereTheAnswerIsUnknown, ()) {
  const auto question = any_question({}, 40);
  Question& q = *question;
  const Answer answer = q.ask(q.record);
  RC_ASSERT(answer.needs.empty() == (answer.outcome != Outcome::kUnknown));
  std::vector<std::string> all = paths(answer);
  RC_ASSERT(std::ranges::adjacent_find(all) == all.end());
  for (const Need& need : answer.needs) RC_ASSERT(is_open(q.law.corpus, q.record, need));
}

/// All values of small types, some of others.
std::vector<Value> values_to_try(Question& q, const Need& need) {
  std::vector<Value> values;
  const zan::Type* type = q.type(need);
  for (int i = 0; i < (type == nullptr ? 1 : 24); ++i) {
    Value value = type == nullptr ? Value() : random_value(q.trials, q.law.corpus, *type);
    if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  }
  return values;
}

/// Gives some of what is needed besides the one fact, and of what is needed then.
Record given_without(Question& q, const Need& without, int rounds) {
  Record facts = q.record.clone();
  for (int round = 0; round < rounds; ++round) {
    for (const Need& need : q.ask(facts).needs) {
      if (need.path != without.path && !q.trials.one_in(4)) q.give_any(facts, need);
    }
  }
  return facts;
}

/// By itself, or once some of the others are given, one value of the first need settles the answer or asks for other facts.
bool first_matters(Question& q, const Answer& answer) {
  const Need& first = answer.needs.front();
  for (int attempt = 0; attempt < 200; ++attempt) {
    const Record facts = given_without(q, first, attempt % 5);
    const Answer before = q.ask(facts);
    if (before.outcome != Outcome::kUnknown) continue;
    for (const Value& value : values_to_try(q, first)) {
      Record more = facts.clone();
      give(q.law.corpus, more, first, value, q.trials.roll(3));
      const Answer after = q.ask(more);
      if (after.outcome != Outcome::kUnknown || paths(after) != paths(before, first.path)) return true;
    }
  }
  return false;
}

/// A law that says the same in two places (`if a then n else n`) asks for what cannot matter, and the random ones often do; nobody can see
/// that without proving theorems. So here a few may fail.
TEST(Needs, TheFirstMatters) {
  size_t open = 0, matter = 0;
  Dice seeds = Dice::fixed(400'000);
  while (open < 300) {
    std::vector<uint16_t> choices(kChoices);
    for (uint16_t& choice : choices) choice = static_cast<uint16_t>(seeds.roll(1000));
    Question q{Dice(std::move(choices))};
    if (!fill(q, {.known = false}, 20)) continue;
    const Answer answer = q.ask(q.record);
    if (answer.outcome != Outcome::kUnknown) continue;
    ++open;
    matter += first_matters(q, answer) ? 1 : 0;
  }
  EXPECT_GE(matter * 100, open * 97);
}

RC_GTEST_PROP(Needs, AFactThatIsNotNeededSettlesNothing, ()) {
  const auto question = any_question({.known = false}, 30);
  Question& q = *question;
  RC_PRE(q.law.corpus.norms[static_cast<size_t>(q.norm)].entity != zan::kNoId);
  const Answer answer = q.ask(q.record);
  RC_PRE(answer.outcome == Outcome::kUnknown);
  for (int i = 0; i < 10; ++i) {
    Record more = q.record.clone();
    if (!give_one_more(q.trials, q.law.corpus, more)) break;
    const bool needed = std::ranges::any_of(answer.needs, [&](const Need& need) { return !is_open(q.law.corpus, more, need); });
    if (!needed) RC_ASSERT(q.ask(more).outcome == Outcome::kUnknown);
  }
}

RC_GTEST_PROP(Needs, AskingTheFirstAgainAndAgainComesToAnEnd, ()) {
  const auto question = any_question({.known = false}, 10);
  Question& q = *question;
  Record facts = q.record.clone();
  for (int asked = 0; asked < 200; ++asked) {
    const Answer answer = q.ask(facts);
    if (answer.outcome != Outcome::kUnknown) return;
    q.give_any(facts, answer.needs.front());
  }
  RC_FAIL("two hundred facts did not settle the answer");
}

RC_GTEST_PROP(WhatIf, EveryChangeGivesTheAnswerThatItSays, ()) {
  const auto question = any_question({}, 80);
  Question& q = *question;
  const Answer answer = q.ask(q.record);
  RC_PRE(answer.outcome != Outcome::kUnknown);
  const auto changes = zan::what_would_change(*q.library, q.record, answer);
  RC_ASSERT(changes.has_value());
  for (const zan::FactChange& change : *changes) {
    RC_ASSERT(!change.to.empty());
    for (const Value& value : change.to) {
      Record other = q.record.clone();
      give(q.law.corpus, other, Need{change.path, change.entity, change.fact, zan::kNoId}, value);
      const Answer after = q.ask(other);
      RC_ASSERT(after.outcome == Outcome::kValue && after.value == change.answer);
      RC_ASSERT(answer.outcome != Outcome::kValue || !(after.value == answer.value));
    }
  }
}

}  // namespace
}  // namespace koshi::agreement
