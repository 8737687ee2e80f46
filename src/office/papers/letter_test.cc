#include "office/papers/letter.h"

#include <gmock/gmock.h>

#include <array>
#include <thread>
#include <vector>

#include "office/papers/permit_code.h"
#include "office/papers/qr.h"
#include "office/papers/test_scan.h"

namespace koshi::papers {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr int64_t kCreated = 1'768'435'200;  // 2026-01-15T00:00:00Z

/// A permit as the office would issue it; the people in it do not exist.
Letter permit(const std::string& qr) {
  return {
      .language = "kk",
      .issuer = "Алматы қаласының жұмыспен қамту басқармасы",
      .title = "Шетелдік жұмыс күшін тартуға рұқсат",
      .paragraphs = {"Рұқсат иесі бір күнтізбелік жыл ішінде төменде көрсетілген жұмыскерді тартуға құқылы.", "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"},
      .rows = {{"Рұқсат нөмірі", "KZ-75-2026-000123"}, {"Жұмыс беруші", "«Ақ Жол Құрылыс» ЖШС"}, {"Санаты", "3"}},
      .grounds_title = "Негіздер",
      .grounds = {{"Квота шегінде", "«Халықтың көші-қоны туралы» Заң", "Квотада бос орын бар."}},
      .closing = {"Шешімге жоғары тұрған органға шағымдануға болады."},
      .qr = qr,
      .qr_caption = "Тексеру коды",
      .footer = "Köshi"};
}

std::array<uint8_t, 32> seed() {
  std::array<uint8_t, 32> out{};
  out[0] = 1;
  return out;
}

std::string code() {
  return make_permit_code({.number = "KZ-75-2026-000123",
                           .holder = "«Ақ Жол Құрылыс» ЖШС",
                           .category = "3",
                           .region = "KZ-75",
                           .from = *make_date(2026, 1, 15),
                           .until = *make_date(2026, 12, 31),
                           .office = "Алматы ЖҚБ",
                           .key = "2026a"},
                          ed25519_signer(seed()))
      .value();
}

/// Poppler sometimes leaves out the space before a thin stroke.
std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

TEST(Letter, PopplerReadsTheTextBack) {
  const std::string text = text_of_pdf(render_letter(permit(code()), kCreated).value());
  for (const char* part : {"Шетелдік жұмыс күшін тартуға рұқсат", "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі", "Рұқсат нөмірі", "KZ-75-2026-000123",
                           "«Ақ Жол Құрылыс» ЖШС", "1. Квота шегінде", "Квотада бос орын бар.", "Шешімге жоғары", "Тексеру коды", "Köshi",
                           "Алматы қаласының жұмыспен қамту басқармасы"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(without_spaces(text), HasSubstr("1/1\n"));
}

/// From paper back to a believed permit, with readers that share no code with the writers.
TEST(Letter, TheCodeOnPaperIsReadAndVerified) {
  const std::string payload = code();
  const GreyImage page = draw_page(render_letter(permit(payload), kCreated).value(), 1);
  const std::string read = scan_qr(page);
  EXPECT_EQ(read, payload);
  EXPECT_LE(read.size(), kPermitCodeMaxBytes);
  const std::array keys{CodeKey{"2026a", ed25519_public_key(seed())}};
  EXPECT_EQ(verify_permit_code(read, keys)->number, "KZ-75-2026-000123");
  std::string changed = read;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(verify_permit_code(changed, keys));
}

TEST(Letter, TheLargestCodeIsRead) {
  const std::string payload(kQrMaxBytes, 'k');
  EXPECT_EQ(scan_qr(draw_page(render_letter(permit(payload), kCreated).value(), 1)), payload);
}

TEST(Letter, TheSameInputGivesTheSameBytes) {
  const std::string first = render_letter(permit(code()), kCreated).value();
  // Something else in between, so that nothing can depend on what was set before.
  Letter other = permit("another");
  other.language = "ru";
  other.title = "Ѣ Ω ẞ";
  ASSERT_TRUE(render_letter(other, 0));
  EXPECT_EQ(render_letter(permit(code()), kCreated).value(), first);
  EXPECT_NE(render_letter(permit(code()), kCreated + 1).value(), first);
  EXPECT_THAT(first, HasSubstr("20260115000000Z"));
}

TEST(Letter, FromSeveralThreads) {
  const std::string expected = render_letter(permit("code"), kCreated).value();
  std::array<std::string, 4> made;
  {
    std::vector<std::jthread> threads;
    for (std::string& out : made) {
      threads.emplace_back([&out] {
        for (int i = 0; i < 5; ++i) out = render_letter(permit("code"), kCreated).value_or("");
      });
    }
  }
  for (const std::string& out : made) EXPECT_EQ(out, expected);
}

TEST(Letter, InThreeLanguages) {
  for (const auto& [language, title] :
       {std::pair{"kk", "Бас тарту туралы шешім"}, {"ru", "Решение об отказе"}, {"en", "Decision to refuse"}}) {
    Letter letter{.language = language, .title = title};
    EXPECT_THAT(text_of_pdf(render_letter(letter, kCreated).value()), StartsWith(title));
  }
}

TEST(Letter, LongTextsGoOnOverPages) {
  Letter letter = permit("code");
  letter.paragraphs.clear();
  for (int i = 0; i < 100; ++i) {
    std::string text = "Абзац " + std::to_string(i) + ".";
    for (int word = 0; word < 60; ++word) text += " сөз" + std::to_string(word);
    letter.paragraphs.push_back(text + " end" + std::to_string(i));
  }
  const std::string pdf = render_letter(letter, kCreated).value();
  const int pages = pages_of_pdf(pdf);
  EXPECT_GT(pages, 5);
  const std::string text = text_of_pdf(pdf);
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(text, HasSubstr("Абзац " + std::to_string(i) + "."));
    EXPECT_THAT(text, HasSubstr("end" + std::to_string(i)));
  }
  for (int page = 1; page <= pages; ++page) {
    EXPECT_THAT(without_spaces(text), HasSubstr("\n" + std::to_string(page) + "/" + std::to_string(pages) + "\n"));
  }
  EXPECT_EQ(scan_qr(draw_page(pdf, 1)), "code") << "whoever is shown the paper need not turn it over";
}

/// No ink below the text or outside the margins but the footer: nothing is cut off by the paper.
/// In each of its texts; what looks like markup, of Pango, of pages or of PDF itself, stands there as it was typed.
TEST(Letter, MarkupIsSetAsItWasTyped) {
  const auto typed = [](const char* n) { return "<b>" + std::string(n) + "</b>&lt;script>(x)"; };
  const Letter letter{.language = "en",
                      .issuer = typed("i"),
                      .title = typed("t"),
                      .paragraphs = {typed("p")},
                      .rows = {{typed("l"), typed("v")}},
                      .grounds_title = typed("g"),
                      .grounds = {{typed("n"), typed("c"), typed("d")}},
                      .closing = {typed("e")},
                      .qr = "Q",
                      .qr_caption = typed("q"),
                      .footer = typed("f")};
  const std::string text = without_spaces(text_of_pdf(render_letter(letter, kCreated).value()));
  for (const char* n : {"i", "t", "p", "l", "v", "g", "n", "c", "d", "e", "q", "f"}) EXPECT_THAT(text, HasSubstr(typed(n)));
}

TEST(Letter, StaysInsideTheMargins) {
  Letter letter{.language = "ru", .title = std::string(200, 'W')};
  letter.paragraphs = {std::string(6'000, 'W'), std::string(300, '\n') + "x"};
  letter.rows = {{std::string(400, 'W'), std::string(6'000, 'W')}};
  const std::string pdf = render_letter(letter, kCreated).value();
  for (int page = 1; page <= pages_of_pdf(pdf); ++page) {
    const GreyImage image = draw_page(pdf, page);
    const int margin = image.width * 19 / 210;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        if (x >= margin && x < image.width - margin && y >= margin && y < image.height - image.height * 10 / 297) continue;
        ASSERT_EQ(image.dots[static_cast<size_t>(y * image.width + x)], 255) << page << ": " << x << " " << y;
      }
    }
  }
}

TEST(Letter, WhatCannotBeSet) {
  const auto error = [](auto change) {
    Letter letter = permit("code");
    change(letter);
    const auto made = render_letter(letter, kCreated);
    return made ? std::string("made") : made.error().message;
  };
  EXPECT_EQ(error([](Letter&) {}), "made");
  EXPECT_EQ(error([](Letter& l) { l.title = " \n"; }), "the letter has no title");
  EXPECT_THAT(error([](Letter& l) { l.title = std::string(kLetterTitleMaxBytes + 1, 'a'); }), HasSubstr("title is longer than 500"));
  EXPECT_THAT(error([](Letter& l) { l.rows[0].value = "a\tb"; }), HasSubstr("value is not plain text"));
  EXPECT_THAT(error([](Letter& l) { l.paragraphs[0] = "\xD0"; }), HasSubstr("paragraph is not plain text"));
  EXPECT_THAT(error([](Letter& l) { l.closing[0] = "1000 \u202E0001"; }), HasSubstr("closing is not plain text"));
  EXPECT_THAT(error([](Letter& l) { l.rows[0].value = "王伟"; }), HasSubstr("no sign for a letter of this text"));
  EXPECT_THAT(error([](Letter& l) { l.paragraphs.assign(kLetterMaxParts, "a"); }), HasSubstr("more than 1000 parts"));
  EXPECT_THAT(error([](Letter& l) { l.paragraphs.assign(11, std::string(kLetterTextMaxBytes, 'a')); }), HasSubstr("longer than 200000"));
  EXPECT_THAT(error([](Letter& l) { l.paragraphs.assign(9, std::string(kLetterTextMaxBytes, '\n')); }), HasSubstr("more than 100 pages"));
  EXPECT_THAT(error([](Letter& l) { l.qr = std::string(kQrMaxBytes + 1, 'a'); }), HasSubstr("QR code holds at most"));
  EXPECT_FALSE(render_letter(permit("code"), INT64_MAX));
}

}  // namespace
}  // namespace koshi::papers
