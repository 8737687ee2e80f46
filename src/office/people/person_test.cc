#include "office/people/person.h"

#include <rapidcheck.h>

#include <map>

#include "office/people/test_people.h"

namespace koshi::people {
namespace {

using store::must;
using store::Reader;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;

// Numbers with right check digits that belong to nobody.
const std::string kIin = "900101300007";
const std::string kOtherIin = "850615401232";
const Passport kPassport{"UZB", "AA1234567"};

PersonFields person(std::optional<std::string> iin, std::optional<Passport> passport = std::nullopt) {
  return {.iin = std::move(iin),
          .passport = std::move(passport),
          .family_name = "Рахимов",
          .given_names = "Бекзод",
          .birth = std::nullopt,
          .search = "рахимов бекзод"};
}

class Persons : public PeopleTest {
 protected:
  Decided<Filed> file(const PersonFields& fields, OnDifference on = OnDifference::kKeep, int64_t now = kNow) {
    return write([&](Transaction& t) { return file_person(t, fields, on, now); });
  }
  Person found(int64_t id) {
    return *must(read([&](Reader& r) { return find_person(r, id); }));
  }
  std::vector<Person> page(std::string_view prefix, const std::optional<PersonKey>& after, int64_t count) {
    return must(read([&](Reader& r) { return persons_after(r, prefix, after, count); }));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Persons, store::both_engines(), store::engine_name);

TEST_P(Persons, WhatIsFiledIsFound) {
  PersonFields fields = person(kIin, kPassport);
  fields.birth = make_date(1990, 1, 1);
  const Filed filed = allowed(file(fields));
  EXPECT_EQ(filed.what, Filing::kCreated);
  EXPECT_EQ(found(filed.id).fields, fields);
  EXPECT_EQ(found(filed.id).created_at_ms, kNow);
  EXPECT_EQ(must(read([&](Reader& r) { return find_person_by_iin(r, kIin); }))->id, filed.id);
  EXPECT_EQ(must(read([&](Reader& r) { return find_person_by_passport(r, kPassport); }))->id, filed.id);
  EXPECT_FALSE(must(read([&](Reader& r) { return find_person_by_iin(r, kOtherIin); })));
  EXPECT_FALSE(must(read([&](Reader& r) { return find_person_by_iin(r, "' OR 1=1 --"); })));
  EXPECT_FALSE(must(read([&](Reader& r) { return find_person_by_passport(r, {"KGZ", "AA1234567"}); })));
  EXPECT_FALSE(must(read([&](Reader& r) { return find_person_by_passport(r, {"UZB", std::string("A\0", 2)}); })));
  EXPECT_FALSE(must(read([&](Reader& r) { return find_person(r, filed.id + 1); })));
}

TEST_P(Persons, MalformedOnesAreRefused) {
  const auto refused = [&](PersonFields fields) { return refusal_in(file(fields)); };
  EXPECT_EQ(refused(person(std::nullopt)), Refusal::kIdentifier);
  EXPECT_EQ(refused(person("900101300008")), Refusal::kIdentifier);
  EXPECT_EQ(refused(person("200640001239")), Refusal::kIdentifier);  // a BIN
  EXPECT_EQ(refused(person(kIin, Passport{"", "A1"})), Refusal::kIdentifier);
  EXPECT_EQ(refused(person(kIin, Passport{"UZBE", "A1"})), Refusal::kIdentifier);
  EXPECT_EQ(refused(person(kIin, Passport{"UZB", "a1"})), Refusal::kIdentifier);
  EXPECT_EQ(refused(person(kIin, Passport{"UZB", "A 1"})), Refusal::kIdentifier);
  EXPECT_EQ(refused(person(kIin, Passport{"UZB", std::string(kPassportNumberMaxLength + 1, '1')})), Refusal::kIdentifier);
  PersonFields fields = person(kIin);
  fields.family_name = "";
  EXPECT_EQ(refused(fields), Refusal::kNameForm);
  fields = person(kIin);
  fields.given_names = "a\nb";
  EXPECT_EQ(refused(fields), Refusal::kNameForm);
  fields = person(kIin);
  fields.search = std::string(kSearchMaxLength + 1, 'x');
  EXPECT_EQ(refused(fields), Refusal::kNameForm);
  EXPECT_EQ(number("SELECT count(*) FROM people_person"), 0);
}

TEST_P(Persons, TheSameAgainChangesNothing) {
  const int64_t id = allowed(file(person(kIin))).id;
  for (const OnDifference on : {OnDifference::kKeep, OnDifference::kReplace}) {
    const Filed again = allowed(file(person(kIin), on, kNow + 1));
    EXPECT_EQ(again.id, id);
    EXPECT_EQ(again.what, Filing::kUnchanged);
    EXPECT_FALSE(again.differs);
  }
  EXPECT_EQ(found(id).changed_at_ms, kNow);
}

TEST_P(Persons, AStatementFillsGapsAndOverwritesNothing) {
  const int64_t id = allowed(file(person(kIin))).id;
  PersonFields stated = person(kIin, kPassport);
  stated.birth = make_date(1990, 1, 1);
  stated.family_name = "Rahimov";
  const Filed filed = allowed(file(stated, OnDifference::kKeep, kNow + 1));
  EXPECT_EQ(filed.id, id);
  EXPECT_EQ(filed.what, Filing::kChanged);
  EXPECT_TRUE(filed.differs);
  EXPECT_EQ(found(id).fields.family_name, "Рахимов");
  EXPECT_EQ(found(id).fields.passport, kPassport);
  EXPECT_EQ(found(id).fields.birth, make_date(1990, 1, 1));
  EXPECT_EQ(found(id).changed_at_ms, kNow + 1);
}

TEST_P(Persons, ARegisterReplacesAndForgetsNothingThatItLeavesOut) {
  PersonFields fields = person(kIin, kPassport);
  fields.birth = make_date(1990, 1, 1);
  const int64_t id = allowed(file(fields)).id;
  PersonFields stated = person(kIin, Passport{"UZB", "FA7654321"});
  stated.family_name = "Каримов";
  const Filed filed = allowed(file(stated, OnDifference::kReplace));
  EXPECT_EQ(filed.what, Filing::kChanged);
  EXPECT_FALSE(filed.differs);
  EXPECT_EQ(found(id).fields.family_name, "Каримов");
  EXPECT_EQ(found(id).fields.passport->number, "FA7654321");
  EXPECT_EQ(found(id).fields.birth, make_date(1990, 1, 1));
}

TEST_P(Persons, APassportHolderIsGivenAnIin) {
  const int64_t id = allowed(file(person(std::nullopt, kPassport))).id;
  const Filed filed = allowed(file(person(kIin, kPassport)));
  EXPECT_EQ(filed.id, id);
  EXPECT_EQ(found(id).fields.iin, kIin);
  EXPECT_EQ(allowed(file(person(kIin))).id, id);
}

TEST_P(Persons, IdentifiersThatLeadApartAreRefused) {
  const int64_t one = allowed(file(person(kIin))).id;
  const int64_t two = allowed(file(person(std::nullopt, kPassport))).id;
  EXPECT_NE(one, two);
  EXPECT_EQ(refusal_in(file(person(kIin, kPassport), OnDifference::kReplace)), Refusal::kContradiction);
  allowed(file(person(kOtherIin, kPassport)));
  EXPECT_EQ(found(two).fields.iin, kOtherIin);
  EXPECT_EQ(refusal_in(file(person(kIin, kPassport))), Refusal::kContradiction);
  EXPECT_EQ(refusal_in(file(person("991231600012", kPassport), OnDifference::kReplace)), Refusal::kContradiction);
  EXPECT_EQ(found(one).fields, person(kIin));
}

TEST_P(Persons, ASearchFindsWhatBeginsSo) {
  const auto add = [&](const std::string& number, const std::string& search) {
    PersonFields fields = person(std::nullopt, Passport{"UZB", number});
    fields.search = search;
    return allowed(file(fields)).id;
  };
  const int64_t a = add("A1", "рахимов бекзод");
  const int64_t b = add("A2", "рахимова гулчехра");
  add("A3", "рах");
  add("A4", "раш");
  add("A5", "рахимов%");
  const auto ids = [&](std::string_view prefix) {
    std::vector<int64_t> out;
    for (const Person& one : page(prefix, std::nullopt, 10)) out.push_back(one.id);
    return out;
  };
  EXPECT_EQ(ids("рахимова"), std::vector{b});
  EXPECT_EQ(ids("рахимов ").front(), a);
  EXPECT_EQ(ids("рахимов ").size(), 1u);
  EXPECT_EQ(ids("рах").size(), 4u);
  EXPECT_EQ(ids("рахимов%").size(), 1u);
  EXPECT_EQ(ids("").size(), 5u);
  EXPECT_THAT(ids("р_х"), IsEmpty());
  EXPECT_THAT(ids("\xFF"), IsEmpty());
  // A key from before the prefix does not lead out of it.
  EXPECT_EQ(page("рахимова", PersonKey{"а", 0}, 10).size(), 1u);
}

/// Against a sorted map: pages of any size cover what begins with the prefix, once each, in order.
TEST_P(Persons, PagesCoverAllOnceInOrder) {
  std::map<std::pair<std::string, int64_t>, int> expected;
  const std::vector<std::string> searches{"a", "ab", "абв", "ә", "ab", "a", "b", "\U0010FFFF", "a\U0010FFFF", "", "zz", "ab"};
  for (size_t i = 0; i < searches.size(); ++i) {
    PersonFields fields = person(std::nullopt, Passport{"UZB", "N" + std::to_string(i)});
    fields.search = searches[i];
    expected[{searches[i], allowed(file(fields)).id}] = 0;
  }
  EXPECT_TRUE(rc::check([&] {
    const auto prefix = *rc::gen::element<std::string>("", "a", "ab", "b", "ә", "q");
    const auto size = *rc::gen::inRange<int64_t>(1, 5);
    std::vector<std::pair<std::string, int64_t>> seen;
    for (std::optional<PersonKey> after;;) {
      const auto persons = page(prefix, after, size);
      RC_ASSERT(static_cast<int64_t>(persons.size()) <= size);
      for (const Person& one : persons) seen.emplace_back(one.fields.search, one.id);
      if (persons.empty()) break;
      after = PersonKey{seen.back().first, seen.back().second};
    }
    std::vector<std::pair<std::string, int64_t>> wanted;
    for (const auto& [key, unused] : expected) {
      if (key.first.starts_with(prefix) && key.first != prefix + "\U0010FFFF") wanted.push_back(key);
    }
    RC_ASSERT(seen == wanted);
  }));
}

}  // namespace
}  // namespace koshi::people
