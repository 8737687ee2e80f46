#include "office/papers/content_type.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include "office/papers/letter.h"
#include "office/papers/test_workbook.h"

namespace koshi::papers {
namespace {

using testing::HasSubstr;

std::string pdf_with(const std::string& objects) {
  return "%PDF-1.7\n" + objects + "\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

std::string deflated(const std::string& text) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size());
  out.resize(size);
  return out;
}

std::string packed(const std::string& objects, const std::string& filter = "/FlateDecode") {
  return "5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter " + filter + " >>\nstream\n" + deflated(objects) + "\nendstream endobj";
}

std::string png(const std::string& size = std::string("\0\0\0\x10\0\0\0\x10", 8)) {
  return "\x89PNG\r\n\x1A\n" + std::string("\0\0\0\rIHDR", 8) + size + std::string("\x08\0\0\0\0", 5) + "CRC!" +
         std::string("\0\0\0\0IEND\xAE\x42\x60\x82", 12);
}

std::string jpeg(const std::string& size = std::string("\0\x10\0\x10", 4)) {
  return "\xFF\xD8\xFF\xE0" + std::string("\0\x04", 2) + "JF\xFF\xFF\xC0" + std::string("\0\x0B\x08", 3) + size +
         std::string("\x01\x01\x11\0", 4) + "\xFF\xDA data \xFF\xD9";
}

std::string message_of(const std::string& bytes) {
  const auto upload = inspect_upload(bytes);
  return upload ? "taken" : upload.error().message;
}

UploadFault fault_of(const std::string& bytes) {
  return inspect_upload(bytes).error().fault;
}

TEST(Upload, KnownTypes) {
  EXPECT_EQ(inspect_upload(pdf_with("1 0 obj << /Type /Catalog >> endobj"))->type, ContentType::kPdf);
  EXPECT_EQ(inspect_upload(png())->type, ContentType::kPng);
  EXPECT_EQ(inspect_upload(jpeg())->type, ContentType::kJpeg);
  EXPECT_EQ(inspect_upload(make_workbook({}))->type, ContentType::kXlsx);
  EXPECT_EQ(inspect_upload("name;born\nӘлия;1990")->type, ContentType::kText);
  EXPECT_EQ(inspect_upload("\xC8\xEC\xFF;\xC3\xEE\xE4\n")->type, ContentType::kText);  // windows-1251
}

TEST(Upload, ANameOfAnotherKindIsRefused) {
  const std::string pdf = pdf_with("1 0 obj << /Type /Catalog >> endobj"), text = "name;born\n";
  for (const char* name : {"a.pdf", "A.B.PDF", "", "passport", "passport."}) EXPECT_TRUE(inspect_upload(pdf, name).has_value()) << name;
  for (const char* name : {"a.csv", "a.txt", "a.tsv"}) EXPECT_TRUE(inspect_upload(text, name).has_value()) << name;
  for (const char* name : {"a.jpg", "a.JPEG"}) EXPECT_TRUE(inspect_upload(jpeg(), name).has_value()) << name;
  for (const char* name : {"a.exe", "a.pdf.html", "a.png", "a.pdf\xD0\xB0", ".hta"}) {
    const auto upload = inspect_upload(pdf, name);
    ASSERT_FALSE(upload.has_value()) << name;
    EXPECT_EQ(upload.error().fault, UploadFault::kOtherEnding) << name;
  }
  EXPECT_EQ(inspect_upload(text, "a.pdf").error().fault, UploadFault::kOtherEnding);
  EXPECT_EQ(inspect_upload(png(), "a.jpg").error().fault, UploadFault::kOtherEnding);
}

TEST(Upload, OurOwnLetterIsTaken) {
  const std::string pdf = render_letter({.title = "Шешім"}, 1'768'435'200).value();
  EXPECT_EQ(inspect_upload(pdf)->type, ContentType::kPdf);
}

TEST(Upload, UnknownTypes) {
  for (const std::string& bytes : {std::string("MZ\x90\0\x03", 5),
                                   std::string("\x7F"
                                               "ELF\x02"),
                                   std::string("GIF89a\x01\0", 8), make_zip({{.name = "word/document.xml", .text = "x"}}),
                                   std::string("\xFF\xFE"
                                               "a\0",
                                               4),
                                   std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), std::string("PK\x03\x04")}) {
    EXPECT_EQ(fault_of(bytes), UploadFault::kUnknownType) << bytes;
  }
  EXPECT_EQ(fault_of(""), UploadFault::kEmpty);
}

TEST(Upload, TheAddressIsTheHash) {
  EXPECT_EQ(content_address("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
  const auto upload = inspect_upload("abc");
  EXPECT_EQ(upload->address, content_address("abc"));
  EXPECT_EQ(upload->bytes, 3u);
}

TEST(Upload, Size) {
  EXPECT_TRUE(inspect_upload(std::string(kUploadMaxBytes, 'a')));
  EXPECT_EQ(fault_of(std::string(kUploadMaxBytes + 1, 'a')), UploadFault::kTooLarge);
  EXPECT_EQ(message_of(std::string(kUploadMaxBytes + 1, 'a')), "the file is larger than 16 MiB; divide it or scan it smaller");
  EXPECT_EQ(fault_of(png(std::string("\0\0\x4E\x21\0\0\0\x10", 8))), UploadFault::kTooLarge);  // 20001 wide
  EXPECT_EQ(fault_of(png(std::string("\0\0\x30\0\0\0\x30\0", 8))), UploadFault::kTooLarge);    // 12288 × 12288
  EXPECT_EQ(fault_of(png(std::string(8, '\0'))), UploadFault::kDamaged);
  EXPECT_EQ(fault_of(jpeg("\x4E\x21\x01\x01")), UploadFault::kTooLarge);
}

TEST(Upload, CutOff) {
  EXPECT_EQ(fault_of(png().substr(0, png().size() - 1)), UploadFault::kDamaged);
  EXPECT_EQ(fault_of(jpeg().substr(0, jpeg().size() - 2)), UploadFault::kDamaged);
  EXPECT_EQ(fault_of("\xFF\xD8\xFF\xE0" + std::string("\0\0", 2) + std::string(20, 'x')), UploadFault::kDamaged);
  EXPECT_EQ(message_of("%PDF-1.7\n1 0 obj"), "the PDF is cut off; send it again");
}

TEST(UploadPdf, ActiveContent) {
  EXPECT_EQ(message_of(pdf_with("1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj")),
            "the PDF has scripts; print it to a new PDF and send that");
  EXPECT_EQ(fault_of(pdf_with("<< /S/JavaScript>>")), UploadFault::kActiveContent);
  EXPECT_EQ(fault_of(pdf_with("<< /S /J#61vaScr#69pt >>")), UploadFault::kActiveContent);
  EXPECT_THAT(message_of(pdf_with("<< /S /Launch /F (cmd.exe) >>")), HasSubstr("starts programs"));
  EXPECT_THAT(message_of(pdf_with("<< /Names << /EmbeddedFiles 7 0 R >> >>")), HasSubstr("files attached"));
  EXPECT_THAT(message_of(pdf_with("<< /Subtype /RichMedia >>")), HasSubstr("sound or film"));
  EXPECT_THAT(message_of(pdf_with("<< /AcroForm << /XFA 8 0 R >> >>")), HasSubstr("scripts"));
  EXPECT_EQ(fault_of(pdf_with("<< /Encrypt 3 0 R >>")), UploadFault::kLocked);
}

TEST(UploadPdf, WordsAreNotNames) {
  EXPECT_EQ(message_of(pdf_with("(JavaScript and Launch) /JavaScripts /Launched /OpenAction")), "taken");
}

TEST(UploadPdf, PackedObjectsAreSearched) {
  EXPECT_EQ(message_of(pdf_with(packed("7 0 << /Type /Page >>"))), "taken");
  EXPECT_THAT(message_of(pdf_with(packed("7 0 << /S /JavaScript >>"))), HasSubstr("scripts"));
  EXPECT_THAT(message_of(pdf_with(packed("7 0 << /S /JavaScript >>", "[/ASCIIHexDecode /FlateDecode]"))),
              HasSubstr("cannot be looked into"));
  EXPECT_THAT(message_of(pdf_with(packed("7 0 << /S /JavaScript >>", "9 0 R"))), HasSubstr("cannot be looked into"));
  EXPECT_THAT(message_of(pdf_with("5 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\nxx endstream")), HasSubstr("damaged"));
  EXPECT_THAT(message_of(pdf_with("/ObjStm")), HasSubstr("cannot be looked into"));
  EXPECT_THAT(message_of(pdf_with(packed(std::string(kPdfMaxInflatedBytes + 1, ' ')))), HasSubstr("unfolds into more"));
}

/// A file of nothing but names of packed objects is given up early.
TEST(UploadPdf, ManyPackedObjects) {
  std::string many;
  while (many.size() < 8u << 20) many += "1 0 obj << /Type /ObjStm >> stream\n";
  EXPECT_THAT(message_of(pdf_with(many)), HasSubstr("cannot be looked into"));
}

TEST(Upload, MarkupIsRefused) {
  for (const char* text : {"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "\xEF\xBB\xBF <?xml version=\"1.0\"?><svg/>",
                           "<!DOCTYPE html><p>", "a,b\n<SCRIPT>alert(1)</SCRIPT>", "<p>hello"}) {
    EXPECT_EQ(fault_of(text), UploadFault::kActiveContent) << text;
  }
  EXPECT_EQ(message_of("a < b, c > d"), "taken");
}

TEST(Upload, WorkbooksThatAct) {
  EXPECT_EQ(fault_of(make_workbook({.more = {{.name = "xl/vbaProject.bin"}}})), UploadFault::kActiveContent);
  EXPECT_EQ(fault_of(make_workbook({.more = {{.name = "xl/activeX/activeX1.xml"}}})), UploadFault::kActiveContent);
}

TEST(MediaType, OfEachType) {
  EXPECT_EQ(media_type(ContentType::kPdf), "application/pdf");
  EXPECT_EQ(media_type(ContentType::kText), "text/plain");
  EXPECT_EQ(media_type(ContentType::kUnknown), "application/octet-stream");
}

RC_GTEST_PROP(Upload, AnyBytesEnd, ()) {
  const auto head = *rc::gen::element<std::string>("", "%PDF-1.7 ", "\x89PNG\r\n\x1A\n", "\xFF\xD8\xFF", "PK\x03\x04");
  const auto upload = inspect_upload(head + *rc::gen::arbitrary<std::string>());
  if (!upload) RC_ASSERT(!upload.error().message.empty());
}

}  // namespace
}  // namespace koshi::papers
