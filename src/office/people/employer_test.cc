#include "office/people/employer.h"

#include "office/people/identifier.h"
#include "office/people/test_people.h"

namespace koshi::people {
namespace {

using store::must;
using store::Reader;
using store::Transaction;
using testing::ElementsAre;

// Numbers with right check digits that belong to nobody.
const std::string kBin = "200640001239";
const std::string kIin = "900101300007";

EmployerFields employer(const std::string& number, const std::string& name = "ТОО Пример", const std::string& region = "KZ-75") {
  return {.number = number, .name = name, .region = region, .search = name};
}

class Employers : public PeopleTest {
 protected:
  Decided<Filed> file(const EmployerFields& fields, OnDifference on = OnDifference::kKeep, int64_t now = kNow) {
    return write([&](Transaction& t) { return file_employer(t, fields, on, now); });
  }
  Employer found(int64_t id) {
    return *must(read([&](Reader& r) { return find_employer(r, id); }));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Employers, store::both_engines(), store::engine_name);

TEST_P(Employers, ByBinOrByIin) {
  const Filed filed = allowed(file(employer(kBin)));
  EXPECT_EQ(filed.what, Filing::kCreated);
  EXPECT_EQ(found(filed.id).fields, employer(kBin));
  EXPECT_EQ(must(read([&](Reader& r) { return find_employer_by_number(r, kBin); }))->id, filed.id);
  EXPECT_NE(allowed(file(employer(kIin))).id, filed.id);
  EXPECT_FALSE(must(read([&](Reader& r) { return find_employer_by_number(r, "850615401232"); })));
  EXPECT_FALSE(must(read([&](Reader& r) { return find_employer_by_number(r, ""); })));
}

TEST_P(Employers, MalformedOnesAreRefused) {
  const auto message = [&](const std::string& number) { return must(file(employer(number))).error().message; };
  EXPECT_THAT(message("200640001238"), testing::HasSubstr("BIN"));
  EXPECT_THAT(message("900101300008"), testing::HasSubstr("IIN"));
  EXPECT_THAT(message("1"), testing::HasSubstr("12 digits"));
  EXPECT_EQ(refusal_in(file(employer(kBin, ""))), Refusal::kNameForm);
  EXPECT_EQ(refusal_in(file(employer(kBin, "A", ""))), Refusal::kNameForm);
  EXPECT_EQ(number("SELECT count(*) FROM people_employer"), 0);
}

TEST_P(Employers, AStatementKeepsAndARegisterReplaces) {
  const int64_t id = allowed(file(employer(kBin))).id;
  EXPECT_EQ(allowed(file(employer(kBin), OnDifference::kReplace)).what, Filing::kUnchanged);
  const Filed kept = allowed(file(employer(kBin, "B", "KZ-11"), OnDifference::kKeep, kNow + 1));
  EXPECT_EQ(kept.what, Filing::kUnchanged);
  EXPECT_TRUE(kept.differs);
  EXPECT_EQ(found(id).fields, employer(kBin));
  const Filed replaced = allowed(file(employer(kBin, "B", "KZ-11"), OnDifference::kReplace, kNow + 2));
  EXPECT_EQ(replaced.id, id);
  EXPECT_EQ(replaced.what, Filing::kChanged);
  EXPECT_EQ(found(id).fields, employer(kBin, "B", "KZ-11"));
  EXPECT_EQ(found(id).created_at_ms, kNow);
  EXPECT_EQ(found(id).changed_at_ms, kNow + 2);
}

TEST_P(Employers, PagesOfOneRegionOrAll) {
  int serial = 0;
  for (const auto& [name, region] : std::vector<std::pair<std::string, std::string>>{
           {"delta", "KZ-75"}, {"alpha", "KZ-11"}, {"alpine", "KZ-75"}, {"alpha", "KZ-75"}, {"beta", "KZ-11"}}) {
    const std::string eleven = "2006400012" + std::to_string(serial++);
    allowed(file(employer(eleven + std::to_string(identifier_check_digit(eleven).value()), name, region)));
  }
  const auto names = [&](std::string_view prefix, const std::optional<std::string>& region, int64_t size) {
    std::vector<std::string> out;
    for (std::optional<EmployerKey> after;;) {
      const auto page = must(read([&](Reader& r) { return employers_after(r, prefix, region, after, size); }));
      if (page.empty()) return out;
      for (const Employer& one : page) out.push_back(one.fields.name);
      after = EmployerKey{page.back().fields.search, page.back().id};
    }
  };
  for (const int64_t size : {1, 2, 100}) {
    EXPECT_THAT(names("", std::nullopt, size), ElementsAre("alpha", "alpha", "alpine", "beta", "delta"));
    EXPECT_THAT(names("al", std::nullopt, size), ElementsAre("alpha", "alpha", "alpine"));
    EXPECT_THAT(names("", "KZ-75", size), ElementsAre("alpha", "alpine", "delta"));
    EXPECT_THAT(names("alp", "KZ-11", size), ElementsAre("alpha"));
    EXPECT_THAT(names("", "KZ-1", size), testing::IsEmpty());
  }
}

}  // namespace
}  // namespace koshi::people
