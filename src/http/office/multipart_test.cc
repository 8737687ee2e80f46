#include "http/office/multipart.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace koshi::http {
namespace {

using testing::HasSubstr;

constexpr char kType[] = "multipart/form-data; boundary=AaB";

std::string part(const std::string& disposition, const std::string& bytes) {
  return "--AaB\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + bytes + "\r\n";
}
std::string problem(const std::string& body, const std::string& type = kType) {
  const auto read = read_multipart(type, body);
  return read ? "read" : read.error().message;
}

TEST(Multipart, FieldsAndFilesAreReadInTheirOrder) {
  const std::string bytes("\0\r\n--Aa\xff", 8);
  const std::string body = part("name=\"kind\"", "passport") + part("name=\"file\"; filename=\"a %22b%22.pdf\"", bytes) +
                           part("name=\"kind\"", "") + "--AaB--\r\n";
  const auto form = read_multipart(kType, body);
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_THAT(form->fields.all("kind"), testing::ElementsAre("passport", ""));
  ASSERT_EQ(form->files.size(), 1u);
  EXPECT_EQ(form->files[0].field, "file");
  EXPECT_EQ(form->files[0].name, "a \"b\".pdf");
  EXPECT_EQ(form->files[0].bytes, bytes);
}

TEST(Multipart, AFilesNameComesWithoutFolders) {
  for (const char* name : {"C:\\Users\\x\\a.pdf", "../../a.pdf", "/etc/a.pdf"}) {
    const std::string body = part("name=\"file\"; filename=\"" + std::string(name) + "\"", "x") + "--AaB--";
    const auto form = read_multipart("multipart/form-data; boundary=\"AaB\"", body);
    ASSERT_TRUE(form) << form.error().message;
    EXPECT_EQ(form->files.at(0).name, "a.pdf");
  }
}

TEST(Multipart, WhatDoesNotFollowTheGrammarIsRefused) {
  const std::string good = part("name=\"a\"", "1");
  EXPECT_EQ(problem(good + "--AaB--"), "read");
  EXPECT_THAT(problem(good + "--AaB--", "multipart/form-data"), HasSubstr("no boundary"));
  EXPECT_THAT(problem(good + "--AaB--", "multipart/form-data; boundary=" + std::string(71, 'a')), HasSubstr("no boundary"));
  EXPECT_THAT(problem(good + "--AaB--", "multipart/form-data; boundary=\"A;B\""), HasSubstr("no boundary"));
  EXPECT_THAT(problem("preamble" + good + "--AaB--"), HasSubstr("does not begin"));
  EXPECT_THAT(problem(good), HasSubstr("cut off"));
  EXPECT_THAT(problem(good + "--AaBnd"), HasSubstr("followed by something else"));
  EXPECT_THAT(problem("--AaB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"), HasSubstr("cut off"));
  EXPECT_THAT(problem(good + "--AaB-- and more"), HasSubstr("follows the end"));
  EXPECT_THAT(problem("--AaB\r\nContent-Type: text/plain\r\n\r\n1\r\n--AaB--"), HasSubstr("no name"));
  EXPECT_THAT(problem(part("filename=\"name\"", "1") + "--AaB--"), HasSubstr("no name"));
  EXPECT_THAT(problem("--AaB\r\nnonsense\r\n\r\n1\r\n--AaB--"), HasSubstr("no colon"));
  EXPECT_THAT(problem(part("name=\"a\"", "\xff") + "--AaB--"), HasSubstr("not written as text"));
  EXPECT_THAT(problem(part("name=\"a\"", std::string(1, '\0')) + "--AaB--"), HasSubstr("not written as text"));
  EXPECT_THAT(problem(""), HasSubstr("does not begin"));
}

TEST(Multipart, HasLimits) {
  std::string many;
  for (size_t i = 0; i <= kMaxParts; ++i) many += part("name=\"a\"", "1");
  EXPECT_THAT(problem(many + "--AaB--"), HasSubstr("too many parts"));
  EXPECT_THAT(problem("--AaB\r\nX: " + std::string(kMaxPartHeaderBytes, 'x') + "\r\n\r\n1\r\n--AaB--"), HasSubstr("too long"));
  EXPECT_THAT(problem(part("name=\"a\"", std::string(kMaxPartFieldBytes + 1, 'x')) + "--AaB--"), HasSubstr("not written as text"));
  EXPECT_EQ(problem(part("name=\"a\"; filename=\"b\"", std::string(kMaxPartFieldBytes + 1, 'x')) + "--AaB--"), "read");
}

TEST(Multipart, DamagedFormsAreReadOrRefusedButNeverHarm) {
  const std::string good = part("name=\"kind\"", "passport") + part("name=\"file\"; filename=\"a.pdf\"", "bytes") + "--AaB--\r\n";
  rc::check([&] {
    std::string body = good;
    const size_t at = *rc::gen::inRange<size_t>(0, body.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0: body[at] = *rc::gen::arbitrary<char>(); break;
      case 1: body.erase(at, *rc::gen::inRange<size_t>(1, 20)); break;
      default: body.insert(at, good.substr(*rc::gen::inRange<size_t>(0, good.size()), 12));
    }
    const auto form = read_multipart(kType, body);
    if (!form) return;
    for (const FormFile& file : form->files) RC_ASSERT(file.bytes.size() <= body.size());
  });
}

}  // namespace
}  // namespace koshi::http
