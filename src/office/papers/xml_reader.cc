#include "office/papers/xml_reader.h"

#include <expat.h>

#include <climits>
#include <memory>

namespace koshi::papers {
namespace {

constexpr char kSeparator = '|';

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(kSeparator) + 1);  // npos + 1 is 0
}

struct Reading {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  int depth = 0;
  Result<void> outcome;

  void take(Result<void> next) {
    if (!outcome || next) return;
    outcome = std::move(next);
    XML_StopParser(parser, XML_FALSE);
  }
};

/// Expat may still call once after it was stopped.
void on_start(void* user, const char* name, const char** attributes) {
  auto& reading = *static_cast<Reading*>(user);
  if (!reading.outcome) return;
  if (++reading.depth > kXmlMaxDepth) {
    reading.take(fail("elements lie deeper than " + std::to_string(kXmlMaxDepth)));
    return;
  }
  reading.take(reading.handler->start(local_name(name), XmlAttributes(attributes)));
}

void on_end(void* user, const char* name) {
  auto& reading = *static_cast<Reading*>(user);
  if (!reading.outcome) return;
  --reading.depth;
  reading.take(reading.handler->end(local_name(name)));
}

void on_text(void* user, const char* text, int size) {
  auto& reading = *static_cast<Reading*>(user);
  if (reading.outcome) reading.take(reading.handler->text({text, static_cast<size_t>(size)}));
}

void on_doctype(void* user, const char* /*name*/, const char* /*system*/, const char* /*pub*/, int /*internal*/) {
  static_cast<Reading*>(user)->take(fail("it has a document type definition, which is refused"));
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(pair[0]) == name) return pair[1];
  }
  return std::nullopt;
}

Result<void> read_xml(std::string_view text, std::string_view part, XmlHandler& handler) {
  const std::string where = "the part " + std::string(part) + ": ";
  if (text.size() > INT_MAX) return fail(where + "too large");
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, kSeparator), &XML_ParserFree);
  if (!parser) return fail(where + "there is no memory to read it");
  Reading reading{.parser = parser.get(), .handler = &handler, .depth = 0, .outcome = {}};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  // In one call: fed in pieces, a long token would be scanned again with each piece.
  const XML_Status status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
  if (!reading.outcome) return fail(where + reading.outcome.error().message);
  if (status != XML_STATUS_OK) {
    return fail(where + "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + " is not well-formed (" +
                XML_ErrorString(XML_GetErrorCode(parser.get())) + ")");
  }
  return {};
}

}  // namespace koshi::papers
