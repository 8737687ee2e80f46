#pragma once

#include "http/office/visitor.h"

namespace koshi::http {

/// How the office's routes are written down: one line for who may ask, and the answers that are the same everywhere are added.
class RouteTable {
 public:
  using Public = Response (*)(const OfficeSite&, const Context&);
  using Private = Response (*)(const OfficeSite&, const Context&, const Visitor&);

  RouteTable(Router& router, const OfficeSite& office) : router_(router), office_(office) {}

  /// For everybody.
  void open(Route route, Public handle);
  /// For who is signed in. What changes anything takes a key against doing it twice.
  void closed(Route route, Private handle);

 private:
  void add(Route route);

  Router& router_;
  const OfficeSite& office_;
};

/// A reference to one of the document's schemas.
std::string reference(std::string_view schema);
Parameter in_path(std::string name, std::string summary);
Parameter in_query(std::string name, std::string summary);
ResponseDoc json_doc(int status, std::string schema);
ResponseDoc problem_doc(int status, std::string summary);
/// A problem that names the rule and what would change it.
ResponseDoc refusal_doc(int status, std::string summary);

}  // namespace koshi::http
