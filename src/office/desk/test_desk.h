#pragma once

#include <gmock/gmock.h>

#include <atomic>

#include "base/milliseconds.h"
#include "office/desk/desk.h"
#include "office/desk/test_law.h"
#include "office/ledger/ledger.h"
#include "store/faulty_store.h"
#include "store/test_store.h"

/// For tests only: an office of its own on both engines, over a small law with everything that a desk has to keep.
namespace koshi::office {

/// The law, read once for all tests of a program.
class TestLaw {
 public:
  static TestLaw& shared() {
    static TestLaw law;
    return law;
  }
  Law law() { return {compiled_.corpus, library_, *words_}; }

 private:
  TestLaw() : compiled_(zan::compile({{"law.zan", kTestLaw}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
};

inline constexpr int64_t kNoonMs = 1'768'453'200'000;  ///< 2026-01-15, 10:00 in Astana
inline constexpr char kQuota[] = "permits/2026/KZ-75";

class DeskFixture : public store::BothEngines {
 protected:
  DeskFixture() : journal_(journal::Journal::create(journal::SigningKey::create("office.example", journal::Seed{7}).value()).value()) {}

  void SetUp() override {
    open(options_);
    faulty_ = std::make_unique<store::FaultyStore>(*store_);
    desk_ = new_desk();
  }
  void TearDown() override {
    desk_.reset();
    faulty_.reset();
  }

  /// Another server on the same database.
  std::unique_ptr<Desk> new_desk() {
    const auto random = [this](std::span<std::byte> bytes) {
      for (std::byte& byte : bytes) byte = std::byte(next_random());
    };
    return store::must(Desk::open({.store = *faulty_,
                                   .journal = journal_,
                                   .law = TestLaw::shared().law(),
                                   .clock = [this] { return now_ms_.load(); },
                                   .random = random,
                                   .further_steps = {}}));
  }
  uint8_t next_random() {
    uint64_t z = random_.fetch_add(0x9e3779b97f4a7c15u) + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    return static_cast<uint8_t>(z >> 56);
  }
  void pass_days(int days) { now_ms_ += days * kDayMs; }
  void allot(int64_t places, const char* code = kQuota) {
    store::must(store_->write([&](store::Transaction& transaction) {
      return ledger::allot(transaction, code, places, {"import", "the quota of the year", kNoonMs});
    }));
  }
  ledger::Balance quota(const char* code = kQuota) {
    const auto found = store::must(store_->read([&](store::Reader& reader) { return ledger::balance(reader, code); }));
    return found.value_or(ledger::Balance{});
  }

  static Actor employer(const std::string& bin = "111") {
    return {.account = "employer-" + bin, .role = "employer", .scope = "\"" + bin + "\"", .language = words::Language::kEn};
  }
  static Actor akimat(const std::string& region = "KZ-75") {
    return {.account = "officer-" + region, .role = "akimat", .scope = "\"" + region + "\"", .language = words::Language::kEn};
  }
  static Actor treasury() { return {.account = "cashier", .role = "treasury", .scope = std::nullopt, .language = words::Language::kEn}; }
  static Request by(Actor actor, std::string key = {}) { return {std::move(actor), std::move(key)}; }

  /// The case after an act that must be done.
  static Case must_do(const Done& done) {
    if (!done) {
      ADD_FAILURE() << told(done.error());
      return {};
    }
    return done->item;
  }
  static std::string told(const Failure& failure) {
    if (const auto* error = std::get_if<store::StoreError>(&failure)) return "store: " + error->message;
    const Refusal& refusal = std::get<Refusal>(failure);
    std::string text = refusal.message;
    for (const Refusal::Problem& problem : refusal.problems) text += "\n  " + problem.path + ": " + problem.message;
    return text;
  }
  template <typename T>
  static std::optional<RefusalKind> refusal_in(const std::expected<T, Failure>& result) {
    const auto* refusal = result ? nullptr : std::get_if<Refusal>(&result.error());
    return refusal == nullptr ? std::nullopt : std::optional(refusal->kind);
  }
  template <typename T>
  static std::optional<store::Fault> fault_of(const std::expected<T, Failure>& result) {
    const auto* error = result ? nullptr : std::get_if<store::StoreError>(&result.error());
    return error == nullptr ? std::nullopt : std::optional(error->fault);
  }
  template <typename T>
  static T must_have(std::expected<T, Failure> result) {
    if (result) return std::move(*result);
    ADD_FAILURE() << told(result.error());
    return {};
  }

  static std::string facts(int headcount, const std::string& region = "KZ-75") {
    return R"({"region":")" + region + R"(","headcount":)" + std::to_string(headcount) +
           R"(,"employer":{"name":"Zher LLP","barred_until":null}})";
  }
  static DocumentEntry passport() {
    DocumentEntry document;
    document.kind = "passport";
    document.file_name = "passport.pdf";
    document.media_type = "application/pdf";
    return document;
  }
  /// A draft with all facts and documents.
  Case draft(int headcount, const std::string& bin = "111", const std::string& region = "KZ-75") {
    const Case opened = must_do(desk_->open_case(by(employer(bin)), "work_permit"));
    const Case filled = must_do(desk_->give_facts(by(employer(bin)), opened.id, opened.version, facts(headcount, region)));
    return must_do(desk_->attach_document(by(employer(bin)), filled.id, filled.version, passport(), "%PDF of " + bin));
  }
  Case submitted(int headcount, const std::string& bin = "111", const std::string& region = "KZ-75") {
    const Case item = draft(headcount, bin, region);
    return must_do(desk_->act(by(employer(bin)), item.id, item.version, "submit"));
  }
  Case granted(int headcount, const std::string& bin = "111") {
    const Case item = submitted(headcount, bin);
    return must_do(desk_->act(by(akimat()), item.id, item.version, "grant", R"({"fits":true})"));
  }
  Case in_force(int headcount, const std::string& bin = "111") {
    const Case item = granted(headcount, bin);
    return must_do(desk_->act(by(treasury()), item.id, item.version, "pay"));
  }
  std::string journal_damage() {
    const auto damage = store::must(store_->read([&](store::Reader& reader) { return journal_.verify(reader); }));
    return damage ? journal::describe(*damage) : "";
  }
  /// What rebuilding finds: nothing, when journal, projections and ledger tell the same.
  std::vector<std::string> found_by_rebuild(bool repair = false) { return must_have(desk_->rebuild(repair)); }
  /// How much stands in the tables that acts write.
  std::string counts() {
    std::string text;
    for (const char* table : {"journal_event", "ledger_posting", "ledger_hold", "desk_case", "desk_scope", "desk_register", "desk_paper",
                              "desk_document", "desk_notice", "desk_request"}) {
      text += table + (" " + std::to_string(number(std::string("SELECT count(*) FROM ") + table))) + "\n";
    }
    return text + std::to_string(number("SELECT CAST(coalesce(sum(version), 0) AS bigint) FROM desk_case"));
  }

  store::StoreOptions options_;
  std::atomic<int64_t> now_ms_ = kNoonMs;
  std::atomic<uint64_t> random_ = 1;
  journal::Journal journal_;
  std::unique_ptr<store::FaultyStore> faulty_;
  std::unique_ptr<Desk> desk_;
};

}  // namespace koshi::office
