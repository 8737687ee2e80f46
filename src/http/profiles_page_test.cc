#include "http/test_app.h"

/// "May I work?", asked of the page over the law of Kazakhstan as seven people would on four days, without and with the document that the
/// law of the day asks for. The answer and the article on which it rests are looked at, as they stand at the head of the page.
namespace koshi::http {
namespace {

using testing::HasSubstr;

struct Asked {
  const char* facts;
  const char* answer;
  const char* article;
};

/// One person over the years: without a document, then with one. An empty `facts` means that there was no such document.
struct Profile {
  const char* who;
  const char* facts;
  struct {
    const char* day;
    Asked bare;
    Asked with;
  } years[4];
};

constexpr const char* kNone = "&work_document=none";
constexpr const char* kEmployer = "&work_document=employer_permit";
constexpr const char* kTransfer = "&work_document=corporate_transfer";
constexpr const char* kHousehold = "&work_document=labour_immigrant";
constexpr const char* kPermanent = "&work_document=none&residence=permanent";
constexpr const char* kStatus = "&work_document=none&residence=temporary&kandas=yes";
constexpr const char* kStayer = "&work_document=none&residence=temporary";

constexpr Asked kNo = {kNone, "no", "LMP art. 37"};
constexpr Asked kByPermit = {kEmployer, "yes", "LMP art. 37"};
constexpr Asked kByTransfer = {kTransfer, "yes", "LMP art. 37"};
constexpr Asked kByHousehold = {kHousehold, "yes", "LMP art. 34(4)"};
constexpr Asked kUnion = {kNone, "yes", "TEAEU art. 97(1)"};
constexpr Asked kNobody = {nullptr, nullptr, nullptr};
constexpr Asked kNoStatus = {kStayer, "no", "LMP art. 37"};

constexpr Profile kProfiles[] = {
    {"Uzbek builder",
     "&nationality=UZ&purpose=work&residence=temporary",
     {{"2011-10-03", kNo, kByPermit}, {"2016-06-01", kNo, kByPermit}, {"2019-06-03", kNo, kByPermit}, {"2026-06-01", kNo, kByPermit}}},
    {"Kyrgyz nurse",
     "&nationality=KG&purpose=work&residence=temporary",
     {{"2011-10-03", kNo, kByPermit}, {"2016-06-01", kUnion, kNobody}, {"2019-06-03", kUnion, kNobody}, {"2026-06-01", kUnion, kNobody}}},
    {"German engineer with a diploma that is not recognised",
     "&nationality=DE&purpose=work&residence=temporary",
     {{"2011-10-03", kNo, kByPermit}, {"2016-06-01", kNo, kByPermit}, {"2019-06-03", kNo, kByPermit}, {"2026-06-01", kNo, kByPermit}}},
    {"Russian student",
     "&nationality=RU&purpose=study&residence=temporary",
     {{"2011-10-03", kNo, kByPermit}, {"2016-06-01", kUnion, kNobody}, {"2019-06-03", kUnion, kNobody}, {"2026-06-01", kUnion, kNobody}}},
    {"Uzbek domestic worker",
     "&nationality=UZ&purpose=work&residence=temporary&household_work=yes",
     {{"2011-10-03", kNo, kByPermit},
      {"2016-06-01", kNo, kByHousehold},
      {"2019-06-03", kNo, kByHousehold},
      {"2026-06-01", kNo, kByHousehold}}},
    {"Chinese intra-corporate transferee",
     "&nationality=CN&purpose=work&residence=temporary",
     {{"2011-10-03", kNo, kByPermit},
      {"2016-06-01", kNo, kByTransfer},
      {"2019-06-03", kNo, kByTransfer},
      {"2026-06-01", kNo, kByTransfer}}},
    {"ethnic Kazakh from Mongolia",
     "&nationality=MN&purpose=ethnic_return",
     {{"2011-10-03", kNoStatus, {kPermanent, "yes", "LMP art. 37(3)"}},
      {"2016-06-01", kNoStatus, {kPermanent, "yes", "LMP art. 37(3)"}},
      {"2019-06-03", kNoStatus, {kPermanent, "yes", "EMP2016 art. 32(2)(9)"}},
      {"2026-06-01", kNoStatus, {kStatus, "yes", "D1041 annex 1"}}}},
};

class ProfilesPageTest : public AppTest {
 protected:
  ProfilesPageTest() {
    auto compiled = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
    AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto app = App::create(std::move(compiled->corpus), KOSHI_SOURCE_DIR "/law/kz/words", folders, [] { return *make_date(2026, 11, 22); });
    app_ = std::move(*app);
    app_->open();
  }

  void look(const Profile& profile, const char* day, const Asked& asked) {
    const std::string target = std::string("/ask?norm=person.may_work&on=") + day + profile.facts + asked.facts +
                               "&spouse_of_citizen=no&business_founder=no&former_compatriot=no&lang=en";
    const Response page = get(target);
    const std::string where = std::string(profile.who) + " on " + day + ": " + target;
    ASSERT_EQ(page.status, 200) << where;
    const size_t begin = page.body.find("<section class=\"answer value\"");
    ASSERT_NE(begin, std::string::npos) << where;
    const std::string head = page.body.substr(begin, page.body.find("</section>", begin) - begin);
    EXPECT_THAT(head, HasSubstr("<span class=\"value\">" + std::string(asked.answer) + "</span>")) << where;
    EXPECT_THAT(head, HasSubstr(">" + std::string(asked.article) + "</a>")) << where;
    EXPECT_EQ(head.find("<li>"), head.rfind("<li>")) << where << ": one article alone decides";
    ++asked_;
  }

  int asked_ = 0;
};

TEST_F(ProfilesPageTest, SevenPeopleOnFourDays) {
  for (const Profile& profile : kProfiles) {
    for (const auto& year : profile.years) {
      look(profile, year.day, year.bare);
      if (year.with.facts != nullptr) look(profile, year.day, year.with);
    }
  }
  EXPECT_EQ(asked_, 28 + 22);
}

}  // namespace
}  // namespace koshi::http
