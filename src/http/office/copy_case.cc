#include "http/office/copy_case.h"

#include <algorithm>
#include <map>

#include "ask/ask.h"
#include "ask/json.h"
#include "base/text.h"
#include "http/office/case_place.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"

namespace koshi::http {
namespace {

/// Each round leaves out what was refused in the one before; after that nothing is copied of the answers.
constexpr int kRoundsMax = 6;

using Answers = std::map<std::string, std::string>;  ///< JSON by path

std::string copy_place(const std::string& id) {
  return "case." + id + ".copied";
}

/// "workers[0].person.name" and "workers[].person.name" are of the list "workers".
std::string_view root_of(std::string_view path) {
  return path.substr(0, path.find('['));
}

/// What the party said in forms. What others said, and what acts have set, comes anew.
Answers answers_of(const office::Case& old, const std::string& role) {
  Answers answers;
  for (const office::FactEntry& entry : old.facts) {
    const bool is_own = entry.source == office::Source::kDeclared && entry.by == role && entry.path.find('[') == std::string::npos;
    if (is_own) answers.emplace(entry.path, entry.json);
  }
  return answers;
}

std::string json_of(const Answers& answers) {
  std::string json = "{";
  for (const auto& [path, value] : answers) json += (json.size() > 1 ? "," : "") + json_string(path) + ":" + value;
  return json + "}";
}

/// Nothing left out: nobody says what is wrong.
bool leave_out(Answers& answers, const office::Refusal& refusal) {
  const size_t before = answers.size();
  for (const office::Refusal::Problem& problem : refusal.problems) {
    const std::string_view root = root_of(problem.path);
    std::erase_if(answers, [&](const auto& answer) { return root_of(answer.first) == root; });
  }
  return answers.size() < before;
}

std::string key_for(const std::string& key, std::string_view what) {
  return key.empty() ? key : key + "/" + std::string(what);
}

struct Copying {
  const OfficeSite& office;
  const Seen& old;
  office::Actor actor;
  const std::string& key;
  office::Case item;

  office::Desk& desk() const { return office.house.desk(); }

  std::optional<office::Failure> answers() {
    Answers answers = answers_of(old.item, old.actor.role);
    for (int round = 0; round < kRoundsMax && !answers.empty(); ++round) {
      const std::string round_key = key_for(key, "answers" + std::to_string(round));
      auto done = desk().give_facts({actor, round_key}, item.id, item.version, json_of(answers));
      if (done) {
        item = std::move(done->item);
        return std::nullopt;
      }
      const auto* refusal = std::get_if<office::Refusal>(&done.error());
      if (refusal == nullptr) return std::move(done.error());
      if (!leave_out(answers, *refusal)) return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<office::Failure> documents() {
    const auto view = desk().view(actor, item);
    if (!view) return view.error();
    for (const office::DocumentEntry& document : old.item.documents) {
      const bool is_wanted = std::ranges::any_of(view->documents, [&](const auto& one) { return one.kind == document.kind; });
      if (!is_wanted) continue;
      auto bytes = desk().document_bytes(old.actor, old.item.id, document.sha256);
      if (!bytes) return std::move(bytes.error());
      auto done = desk().attach_document({actor, key_for(key, document.kind + document.sha256.substr(0, 16))}, item.id, item.version,
                                         document, *bytes);
      if (done) {
        item = std::move(done->item);
      } else if (!std::holds_alternative<office::Refusal>(done.error())) {
        return std::move(done.error());
      }
    }
    return std::nullopt;
  }
};

}  // namespace

bool may_copy(const OfficeSite& office, const Visitor& visitor, const Seen& seen) {
  const CasePlace place = place_of(office, seen.item);
  if (visitor.by_key || place.state == zan::kNoId || !place.procedure->states[static_cast<size_t>(place.state)].is_final) return false;
  const int32_t role = place.procedure->find_role(seen.actor.role);
  const bool is_party = role != zan::kNoId && place.procedure->roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kParty;
  return is_party && place.procedure->in_force.contains(office.house.today());
}

std::expected<office::Case, office::Failure> copy_case(const OfficeSite& office, const Visitor& visitor, const Seen& seen,
                                                       const std::string& key) {
  const std::string own_key = key_for(key, "copy");
  auto opened = office.house.desk().open_case({seen.actor, own_key}, seen.item.procedure);
  if (!opened) return std::unexpected(std::move(opened.error()));
  if (opened->repeated) return std::move(opened->item);
  Copying copying{office, seen, seen.actor, own_key, std::move(opened->item)};
  if (auto failed = copying.answers()) return std::unexpected(std::move(*failed));
  if (auto failed = copying.documents()) return std::unexpected(std::move(*failed));
  const std::string note = "{\"from\":" + json_string(seen.item.id) + "}";
  auto noted = office.house.desk().save_draft(visitor.session.login, copy_place(copying.item.id), note);
  if (!noted) return std::unexpected(std::move(noted.error()));
  return std::move(copying.item);
}

std::optional<std::string> copied_from(const OfficeSite& office, const Visitor& visitor, const std::string& id) {
  if (visitor.by_key) return std::nullopt;
  const auto note = office.house.desk().draft(visitor.session.login, copy_place(id));
  if (!note || note->empty()) return std::nullopt;
  const auto document = ask::read_json(*note, {office::kDraftMaxBytes, ask::kMaxJsonDepth});
  if (!document) return std::nullopt;
  const int32_t from = (*document)[0].first_child;
  if (from < 0 || (*document)[from].kind != ask::JsonNode::Kind::kString) return std::nullopt;
  return std::string((*document)[from].text);
}

Response copy_case_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  if (!may_copy(office, visitor, *seen)) return office_problem(office, context, 409, "office.copy.not_now");
  const office::Request request = request_of(context, seen->actor);
  auto copied = copy_case(office, visitor, *seen, request.idempotency_key);
  if (!copied) return failure_problem(office, context.language, copied.error());
  const Seen now{std::move(*copied), seen->actor};
  const auto view = office.house.desk().view(now.actor, now.item);
  if (!view) return failure_problem(office, context.language, view.error());
  return office_json(context, seen_json(office, context, now, *view), 201);
}

Response copy_case_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  if (!may_copy(office, visitor, *seen)) return refused_page(office, context, &visitor, 409, "office.failed.title", "office.copy.not_now");
  const auto copied = copy_case(office, visitor, *seen, sent.fields.get("key").value_or(""));
  if (!copied) return failure_page(office, context, &visitor, copied.error());
  return see_other(case_href(context, copied->id));
}

}  // namespace koshi::http
