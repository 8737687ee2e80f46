#include <cstdio>
#include <fstream>

#include "http/office/test_office.h"
#include "office/papers/content_type.h"

/// What people hand in and what the office hands out.
namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class Documents : public OfficeTest {
 protected:
  Answer detach(const std::string& login, const Answer& before, const std::string& sha256, const std::string& kind = "passport") {
    return send("DELETE",
                "/api/v1/cases/" + id(before) + "/documents/" + sha256 + "?kind=" + kind + "&version=" + std::to_string(version(before)),
                {{"Authorization", "Bearer " + token(login)}}, {});
  }
  std::string text_of(const std::string& pdf) const {
    const std::string file = (folder_ / "paper.pdf").string();
    std::ofstream(file, std::ios::binary) << pdf;
    FILE* pipe = popen(("pdftotext -layout " + file + " -").c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::string text;
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
    EXPECT_EQ(pclose(pipe), 0) << "pdftotext of poppler-utils";
    return text;
  }
};

TEST_F(Documents, AFileComesBackAsItWasSent) {
  const std::string bytes = pdf_file("1 0 obj << /Type /Catalog /Title (\x80\xff) >> endobj");
  const Answer filled = give("zher", opened(), facts(1));
  const Answer attached =
      must(attach("zher", id(filled), version(filled), bytes, "passport", "%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%22.pdf"));
  const json::value& document = attached.value.at("case").at("documents").at(0);
  const std::string sha256(document.at("sha256").as_string());
  EXPECT_EQ(sha256, papers::content_address(bytes));
  EXPECT_EQ(document.at("type").as_string(), "application/pdf") << "told by the bytes, not by the sender";
  EXPECT_EQ(attached.value.at("documents").at(0).at("attached"), true);

  const Answer file = must(get("zher", "/api/v1/cases/" + id(attached) + "/documents/" + sha256));
  EXPECT_EQ(file.body, bytes);
  EXPECT_EQ(file.header("Content-Type"), "application/pdf");
  EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename*=UTF-8''%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%22.pdf");
  EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
  must(get("zher", "/api/v1/cases/" + id(attached) + "/documents/" + std::string(64, '0')), 404);
}

TEST_F(Documents, WhatIsNoDocumentIsRefused) {
  const Answer draft = opened();
  const std::string refused[] = {
      "",
      "MZ\x90 an executable",
      "GIF89a\x01\x02",
      "%PDF-1.7\n1 0 obj",
      pdf_file("1 0 obj << /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj"),
      pdf_file("1 0 obj << /OpenAction << /S /Launch /F (cmd.exe) >> >> endobj"),
      "<html><script>alert(1)</script></html>",
  };
  for (const std::string& bytes : refused) {
    const Answer answer = must(attach("zher", id(draft), version(draft), bytes), 422);
    EXPECT_THAT(answer.text("detail"), Not(testing::IsEmpty()));
  }
  const std::string target = "/api/v1/cases/" + id(draft) + "/documents?kind=passport&version=1&lang=ru";
  EXPECT_EQ(must(send("POST", target, {{"Authorization", "Bearer " + token("zher")}}, ""), 422).text("detail"), "Файл пуст.");
  must(attach("zher", id(draft), version(draft), std::string(kMaxFileBytes + 1, 'a')), 413);
  EXPECT_EQ(version(must(get("zher", "/api/v1/cases/" + id(draft)))), version(draft));
}

TEST_F(Documents, AnOddPlaceForADocumentIsRefused) {
  const Answer draft = opened();
  must(attach("zher", id(draft), version(draft), pdf_file(), "selfie"), 404);
  must(attach("zher", id(draft), version(draft), pdf_file(), ""), 404);
  must(attach("zher", id(draft), version(draft), pdf_file(), "passport", std::string(office::kFileNameMaxBytes + 1, 'n')), 422);
  const std::string documents = "/api/v1/cases/" + id(draft) + "/documents";
  must(send("POST", documents + "?kind=passport&name=a.pdf", {{"Authorization", "Bearer " + token("zher")}}, pdf_file()), 400);
  must(send("POST", documents + "?kind=passport&version=1x", {{"Authorization", "Bearer " + token("zher")}}, pdf_file()), 400);
}

TEST_F(Documents, ADocumentIsTakenBackWhileItIsADraft) {
  allot(5);
  const Answer draft = this->draft(1);
  const std::string sha256(draft.value.at("case").at("documents").at(0).at("sha256").as_string());
  must(detach("zher", draft, std::string(64, '0')), 404);
  must(detach("other", draft, sha256), 404);
  const Answer without = must(detach("zher", draft, sha256));
  EXPECT_EQ(without.value.at("case").at("documents").as_array().size(), 0u);
  must(get("zher", "/api/v1/cases/" + id(draft) + "/documents/" + sha256), 404);
  must(detach("zher", without, sha256), 404);

  const Answer filed = act("zher", must(attach("zher", id(without), version(without), pdf_file())), "submit");
  EXPECT_EQ(must(detach("zher", filed, sha256), 409).text("refusal"), "wrong_state");
  EXPECT_EQ(must(attach("zher", id(filed), version(filed), pdf_file()), 409).text("refusal"), "wrong_state");
}

TEST_F(Documents, TheSameUploadWithTheSameKeyIsKeptOnce) {
  const Answer draft = opened();
  const auto send_once = [&](const std::string& bytes) {
    return send("POST", "/api/v1/cases/" + id(draft) + "/documents?kind=passport&name=a.pdf&version=" + std::to_string(version(draft)),
                {{"Authorization", "Bearer " + token("zher")}, {"Idempotency-Key", "upload"}}, bytes);
  };
  const Answer first = must(send_once(pdf_file()));
  const Answer again = must(send_once(pdf_file()));
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("Koshi-Repeated"), "true");
  EXPECT_EQ(again.header("Koshi-Receipt"), first.header("Koshi-Receipt"));
  EXPECT_NE(first.header("Koshi-Receipt"), "");
  must(send_once(pdf_file("2 0 obj << >> endobj")), 409);
}

TEST_F(Documents, APaperIsALetterThatCanBeRead) {
  allot(5);
  const Answer done = in_force(2);
  const std::string numbers = json::serialize(done.value.at("case").at("papers"));
  EXPECT_THAT(numbers, HasSubstr(id(done) + "/1"));
  for (const char* login : {"zher", "officer", "cashier"}) {
    const Answer pdf = must(get(login, "/api/v1/cases/" + id(done) + "/papers/2"));
    EXPECT_EQ(pdf.header("Content-Type"), "application/pdf");
    const std::string text = text_of(pdf.body);
    EXPECT_THAT(text, HasSubstr("Permit"));
    EXPECT_THAT(text, HasSubstr(id(done) + "/2"));
    EXPECT_THAT(text, HasSubstr("Zher LLP"));
    EXPECT_THAT(text, testing::Not(HasSubstr("The workers are qualified"))) << "what the office ticked off is no part of a permit";
    EXPECT_EQ(pdf.header("Content-Disposition"), "inline; filename=\"" + id(done) + "-2.pdf\"");
    EXPECT_EQ(must(get(login, "/api/v1/cases/" + id(done) + "/papers/2")).body, pdf.body) << "the same paper, the same bytes";
  }
  for (const char* number : {"0", "3", "-1", "1x", "99999999999999999999"}) {
    must(get("zher", "/api/v1/cases/" + id(done) + "/papers/" + std::string(number)), 404);
  }
  must(get("other", "/api/v1/cases/" + id(done) + "/papers/2"), 404);
}

}  // namespace
}  // namespace koshi::http
