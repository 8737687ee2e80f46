#include "office/post/post.h"

#include <fstream>

#include "office/desk/test_desk.h"
#include "office/people/account.h"
#include "office/people/contact.h"
#include "office/people/test_people.h"
#include "office/post/mail_channel.h"
#include "office/post/schema.h"

namespace koshi::post {
namespace {

using office::kNoonMs;
using store::must;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr int64_t kMinute = 60'000;

/// Keeps what it was given, and answers what it is told to.
class FakeChannel final : public NoticeChannel {
 public:
  FakeChannel(std::string_view way, std::vector<Letter>& letters, std::optional<ChannelFault>& fault)
      : way_(way), letters_(letters), fault_(fault) {}
  std::string_view way() const override { return way_; }
  std::expected<void, ChannelFault> deliver(const Letter& letter) override {
    letters_.push_back(letter);
    if (fault_) return std::unexpected(*fault_);
    return {};
  }

 private:
  std::string_view way_;
  std::vector<Letter>& letters_;
  std::optional<ChannelFault>& fault_;
};

class PostTest : public office::DeskFixture {
 protected:
  void SetUp() override {
    DeskFixture::SetUp();
    std::vector<store::Migration> steps = office::all_migrations({});
    const auto next = [&] { return static_cast<int>(steps.size()) + 1; };
    for (const store::Migration& step : people::all_people_steps(next())) steps.push_back(step);
    steps.push_back({next(), "post", kSchema});
    must(store::migrate(*store_, steps));
    post_ = new_post();
  }
  std::unique_ptr<Post> new_post(bool with_sms = true) {
    Post::Parts parts{*store_, *desk_, office::TestLaw::shared().law(), [this] { return now_ms_.load(); }, {}, "https://koshi.example"};
    parts.channels.push_back(std::make_unique<FakeChannel>(people::kByMail, letters_, fault_));
    if (with_sms) parts.channels.push_back(std::make_unique<FakeChannel>(people::kBySms, messages_, fault_));
    return std::make_unique<Post>(std::move(parts));
  }
  void account(const std::string& login, std::vector<people::RoleGrant> roles, const std::string& language, const std::string& mail,
               const std::string& sms = {}) {
    must(store_->write([&](store::Transaction& t) -> store::StoreResult<bool> {
      TRY(id, people::create_account(t, {login, login, "", language, roles}, kNoonMs));
      EXPECT_TRUE(id);
      if (!mail.empty()) {
        TRY(kept, people::set_contact(t, *id, people::kByMail, mail));
        EXPECT_TRUE(kept);
      }
      if (!sms.empty()) {
        TRY(kept, people::set_contact(t, *id, people::kBySms, sms));
        EXPECT_TRUE(kept);
      }
      return true;
    }));
  }
  static office::DocumentEntry passport() {
    office::DocumentEntry document;
    document.kind = "passport";
    document.file_name = "p.pdf";
    document.media_type = "application/pdf";
    return document;
  }
  /// A case that was submitted, of which the akimat of its region is told.
  office::Case submitted() {
    allot(100);
    office::Case item = must_do(desk_->open_case(by(employer()), "work_permit"));
    item = must_do(desk_->give_facts(by(employer()), item.id, item.version,
                                     R"({"region":"KZ-75","headcount":2,"employer":{"name":"Zher","barred_until":null}})"));
    item = must_do(desk_->attach_document(by(employer()), item.id, item.version, passport(), "bytes"));
    return must_do(desk_->act(by(employer()), item.id, item.version, "submit"));
  }
  std::vector<Post::Turn> deliver() {
    std::vector<Post::Turn> turns;
    while (true) {
      const Post::Turn turn = must(post_->deliver_one());
      if (turn == Post::Turn::kIdle) return turns;
      turns.push_back(turn);
    }
  }
  size_t sort() { return must(post_->sort()); }
  static std::vector<std::string> addresses(const std::vector<Letter>& letters) {
    std::vector<std::string> all;
    for (const Letter& letter : letters) all.push_back(letter.address);
    return all;
  }

  std::vector<Letter> letters_, messages_;
  std::optional<ChannelFault> fault_;
  std::unique_ptr<Post> post_;
};
using Posts = PostTest;
INSTANTIATE_TEST_SUITE_P(Engines, Posts, store::both_engines(), store::engine_name);

TEST_P(Posts, ReachWhoHasTheRoleInTheScopeInHisLanguage) {
  account("almaty", {{"akimat", "KZ-75", false}}, "ru", "almaty@example.kz", "+77011234567");
  account("all", {{"akimat", "", true}}, "en", "all@example.kz");
  account("astana", {{"akimat", "KZ-71", false}}, "ru", "astana@example.kz");
  account("zher", {{"employer", "111", false}}, "kk", "zher@example.kz");
  const office::Case item = submitted();
  EXPECT_EQ(sort(), 1u);
  EXPECT_EQ(sort(), 0u);
  EXPECT_THAT(deliver(), ElementsAre(Post::Turn::kDelivered, Post::Turn::kDelivered, Post::Turn::kDelivered));
  EXPECT_THAT(addresses(letters_), ElementsAre("almaty@example.kz", "all@example.kz"));
  EXPECT_THAT(addresses(messages_), ElementsAre("+77011234567"));
  EXPECT_THAT(letters_[0].text, AllOf(HasSubstr("Дело " + item.id), HasSubstr("https://koshi.example/cases/" + item.id + "?lang=ru"),
                                      HasSubstr("Это письмо отправлено программой")));
  EXPECT_THAT(letters_[1].text, AllOf(HasSubstr("A new application has come in."), HasSubstr("Case " + item.id)));
  EXPECT_THAT(letters_[1].subject, HasSubstr(item.id));
  EXPECT_NE(letters_[0].id, letters_[1].id);
  EXPECT_EQ(letters_[0].at_ms, kNoonMs);
  EXPECT_THAT(deliver(), IsEmpty());
  const auto kept = must(query("SELECT subject, body FROM post_letter"));
  for (const store::Row row : kept) EXPECT_EQ(std::string(row.text(0)) + std::string(row.text(1)), "") << "what was sent is not kept twice";
}

TEST_P(Posts, APartyWithinItsScopeIsTold) {
  account("zher", {{"employer", "111", false}}, "en", "zher@example.kz");
  account("other", {{"employer", "222", false}}, "en", "other@example.kz");
  const office::Case item = submitted();
  must_do(desk_->act(by(akimat()), item.id, item.version, "refuse", R"({"fits":false})"));
  while (sort() > 0) {
  }
  deliver();
  EXPECT_THAT(addresses(letters_), ElementsAre("zher@example.kz"));
  EXPECT_THAT(letters_[0].text, HasSubstr("The application has been refused."));
}

TEST_P(Posts, NobodyToTellIsNoTrouble) {
  account("silent", {{"akimat", "KZ-75", false}}, "en", "");
  submitted();
  EXPECT_EQ(sort(), 1u);
  EXPECT_THAT(deliver(), IsEmpty());
  EXPECT_THAT(*desk_->outbox(), IsEmpty());
}

TEST_P(Posts, AWayThatThisServerLacksMakesNoLetter) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "", "+77011234567");
  post_ = new_post(false);
  submitted();
  sort();
  EXPECT_EQ(number("SELECT count(*) FROM post_letter"), 0);
}

TEST_P(Posts, AreTriedAgainLaterAndLaterUnderOneIdUntilTheyAreGivenUp) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "almaty@example.kz");
  submitted();
  sort();
  fault_ = ChannelFault{false, "the server is away"};
  std::vector<int64_t> waits;
  int64_t last = now_ms_;
  for (int i = 0; i < kTriesMax; ++i) {
    while (letters_.size() == static_cast<size_t>(i)) {
      must(post_->deliver_one());
      if (letters_.size() == static_cast<size_t>(i)) now_ms_ += kMinute;
    }
    waits.push_back((now_ms_ - last) / kMinute);
    last = now_ms_;
  }
  EXPECT_THAT(waits, ElementsAre(0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360));
  for (const Letter& letter : letters_) EXPECT_EQ(letter.id, letters_[0].id);
  now_ms_ += 10 * kBackoffMaxMs;
  EXPECT_THAT(deliver(), IsEmpty());
  EXPECT_EQ(number("SELECT count(*) FROM post_letter WHERE state = 2 AND trouble = 'the server is away'"), 1);
  now_ms_ += kKeptMs;
  must(post_->tidy());
  EXPECT_EQ(number("SELECT count(*) FROM post_letter"), 0);
}

TEST_P(Posts, WhatCannotHelpIsNotTriedAgain) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "almaty@example.kz");
  account("all", {{"akimat", "", true}}, "en", "all@example.kz");
  submitted();
  sort();
  fault_ = ChannelFault{true, "550 no such mailbox"};
  EXPECT_THAT(deliver(), ElementsAre(Post::Turn::kGivenUp, Post::Turn::kGivenUp));
  EXPECT_THAT(letters_, SizeIs(2));
}

TEST_P(Posts, AnswerLostIsDeliveredAgainUnderTheSameId) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "almaty@example.kz");
  submitted();
  sort();
  EXPECT_THAT(deliver(), SizeIs(1));
  // As if the machine had stopped between the delivery and its record.
  must(execute("UPDATE post_letter SET state = 0, subject = 's', body = 'b', due_at = $1", {now_ms_.load() + kLeaseMs}));
  EXPECT_THAT(deliver(), IsEmpty()) << "not before the lease ends";
  now_ms_ += kLeaseMs;
  EXPECT_THAT(deliver(), SizeIs(1));
  EXPECT_EQ(letters_[0].id, letters_[1].id);
}

TEST_P(Posts, SortingTwiceMakesNoSecondLetter) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "almaty@example.kz");
  submitted();
  sort();
  must(execute("UPDATE desk_notice SET is_sent = 0"));  // as if the machine had stopped in between
  sort();
  EXPECT_THAT(deliver(), SizeIs(1));
}

TEST_P(Posts, TheAddressIsThatOfTheDay) {
  account("almaty", {{"akimat", "KZ-75", false}}, "en", "old@example.kz");
  account("gone", {{"akimat", "KZ-75", false}}, "en", "gone@example.kz");
  submitted();
  sort();
  must(execute("UPDATE people_contact SET address = 'new@example.kz' WHERE address = 'old@example.kz'"));
  must(execute("UPDATE people_account SET disabled = 1 WHERE login = 'gone'"));
  EXPECT_THAT(deliver(), ElementsAre(Post::Turn::kDelivered, Post::Turn::kGivenUp));
  EXPECT_THAT(addresses(letters_), ElementsAre("new@example.kz"));
}

Letter letter(const std::string& subject, const std::string& text) {
  return {.id = "notice.7.1", .address = "a@example.kz", .language = "kk", .subject = subject, .text = text, .at_ms = kNoonMs};
}

TEST(MailLetter, IsPlainMail) {
  const std::string mail = mail_letter({"koshi@example.kz", "Көші"}, letter("Рұқсат: 7", "Сәлем!\n"));
  EXPECT_THAT(mail, HasSubstr("Date: Thu, 15 Jan 2026 05:00:00 +0000\r\n"));
  EXPECT_THAT(mail, HasSubstr("From: =?UTF-8?B?0JrTqdGI0ZY=?=\r\n <koshi@example.kz>\r\n"));
  EXPECT_THAT(mail, HasSubstr("To: a@example.kz\r\n"));
  EXPECT_THAT(mail, HasSubstr("Message-ID: <notice.7.1@example.kz>\r\n"));
  EXPECT_THAT(mail, HasSubstr("Auto-Submitted: auto-generated\r\n"));
  EXPECT_THAT(mail, HasSubstr("Content-Language: kk\r\n"));
  EXPECT_THAT(mail, HasSubstr("\r\n\r\n0KHTmdC70LXQvCEK\r\n"));
}

TEST(MailLetter, NothingThatPeopleWroteBeginsALine) {
  const std::string evil = "x\r\nBcc: victim@example.kz\r\n\r\n.\r\nMAIL FROM:<x>";
  const std::string mail = mail_letter({"koshi@example.kz", evil}, letter(evil, evil));
  EXPECT_THAT(mail, AllOf(Not(HasSubstr("Bcc")), Not(HasSubstr("MAIL FROM"))));
  size_t begin = 0;
  for (size_t end = mail.find("\r\n"); end != std::string::npos; end = mail.find("\r\n", begin)) {
    const std::string line = mail.substr(begin, end - begin);
    EXPECT_LE(line.size(), 78u) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    EXPECT_FALSE(line.starts_with('.')) << line;
    begin = end + 2;
  }
  EXPECT_EQ(begin, mail.size());
}

TEST(MailLetter, LongHeadersAreFoldedBetweenCharacters) {
  const auto letters = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "ұ";
    return text;
  };
  // Two bytes each: nineteen fit into the 39 bytes of a word, and none is cut in two.
  EXPECT_EQ(encoded_words(letters(40)),
            encoded_words(letters(19)) + "\r\n " + encoded_words(letters(19)) + "\r\n " + encoded_words(letters(2)));
  EXPECT_EQ(encoded_words(letters(19)).find("\r\n"), std::string::npos);
  EXPECT_EQ(encoded_words(""), "");
}

class MailConfigs : public testing::Test {
 protected:
  Result<MailConfig> read(const std::string& text) {
    std::ofstream(folder_ / "mail.toml") << text;
    return read_mail_config(folder_ / "mail.toml");
  }
  std::string why(const std::string& text) {
    const auto config = read(text);
    return config ? "" : config.error().message;
  }
  store::TestFolder folder_;
};

TEST_F(MailConfigs, AreRead) {
  std::ofstream(folder_ / "secret") << "s3cret\n";
  const auto config = read(
      "host = 'mail.example.kz'\nuser = 'koshi'\npassword_file = 'secret'\nfrom = 'koshi@example.kz'\nname = 'Köshi'\n"
      "link = 'https://koshi.example.kz/'\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->server.port, 587);
  EXPECT_EQ(config->server.security, net::MailServer::Security::kStartTls);
  EXPECT_EQ(config->server.password, "s3cret");
  EXPECT_EQ(config->link, "https://koshi.example.kz");
  EXPECT_TRUE(read("host = '127.0.0.1'\nport = '2525'\nsecurity = 'none'\nfrom = 'k@example.kz'\n"));
}

TEST_F(MailConfigs, SayWhatIsWrong) {
  EXPECT_THAT(why("from = 'a@b'\n"), HasSubstr("host"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'nobody'\n"), HasSubstr("from"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\nport = '0'\n"), HasSubstr("port"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\nsecurity = 'off'\n"), HasSubstr("security"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\nsecurity = 'none'\n"), HasSubstr("this machine only"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\nlink = 'http://example.kz'\n"), HasSubstr("link"));
  EXPECT_THAT(why("host = 'm x'\nfrom = 'a@b'\n"), HasSubstr("host"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\nhots = 'm'\n"), HasSubstr("hots"));
  EXPECT_THAT(why("host = 'm'\nfrom = 'a@b'\npassword_file = 'nowhere'\n"), HasSubstr("nowhere"));
}

}  // namespace
}  // namespace koshi::post
