#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

/// One XML part of a workbook as a stream of events. A DTD is refused before anything in it is read, so that there are
/// no entities to unfold and nothing outside to fetch.
namespace koshi::papers {

inline constexpr int kXmlMaxDepth = 64;

/// The attributes of one element; valid during the call that gets them.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  /// By local name; the namespace is passed over.
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  const char** pairs_;
};

/// Names are local names. An error ends the reading.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Result<void> start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual Result<void> end(std::string_view /*name*/) { return {}; }
  /// May be called several times for one text.
  virtual Result<void> text(std::string_view /*text*/) { return {}; }
};

/// Errors: not well-formed (with its line), a DTD, deeper than kXmlMaxDepth, and those of the handler. `part` names the
/// text in messages.
Result<void> read_xml(std::string_view text, std::string_view part, XmlHandler& handler);

}  // namespace koshi::papers
