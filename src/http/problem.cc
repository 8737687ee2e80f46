#include "http/problem.h"

#include "base/text.h"

namespace koshi::http {

Response problem(int status, std::string_view detail, const ask::Problems& problems) {
  std::string body = R"({"type":"about:blank","title":)";
  append_json_string(body, reason_phrase(status));
  body += ",\"status\":" + std::to_string(status) + ",\"detail\":";
  append_json_string(body, detail);
  if (!problems.empty()) {
    body += ",\"problems\":";
    ask::append_problems_json(body, problems);
  }
  body += "}\n";
  return reply(status, kProblemType, std::move(body));
}

}  // namespace koshi::http
