#include "http/office/story.h"

#include <algorithm>

#include "http/office/fact_words.h"
#include "http/office/people_api.h"

namespace koshi::http {
namespace {

/// The fact of a case by which its party agrees: the procedure asks it and lets it be taken back.
constexpr std::string_view kConsent = "shares_cases";

const zan::Role* party_of(const zan::Procedure& procedure) {
  const auto found = std::ranges::find(procedure.roles, zan::Role::Kind::kParty, &zan::Role::kind);
  return found == procedure.roles.end() ? nullptr : &*found;
}

/// What binds the case to its party, as a scope: the JSON of the fact of `within`.
std::optional<std::string> key_of(const zan::Procedure& procedure, const office::Case& item) {
  const zan::Role* party = party_of(procedure);
  if (party == nullptr || !party->within) return std::nullopt;
  const office::FactEntry* fact = item.find_fact(party->within->text);
  return fact == nullptr || fact->json == "null" ? std::nullopt : std::optional(fact->json);
}

/// The cases of every party whose key this is, the newest first. The server looks with the person's own eyes, because the person allowed
/// it.
std::expected<std::vector<StoryCase>, office::Failure> cases_of(const OfficeSite& office, words::Language language,
                                                                const std::string& key) {
  std::vector<StoryCase> told;
  office::Desk& desk = office.house.desk();
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const zan::Role* party = party_of(procedure);
    if (procedure.sealed || party == nullptr || !party->within || party->without_account) continue;
    const office::Actor eyes{"", party->name, key, language};
    office::CaseFilter filter{.procedure = procedure.name, .role = party->name, .scope = key, .open_only = false, .limit = kStoryCasesMax};
    const auto page = desk.list(filter);
    if (!page) return std::unexpected(page.error());
    for (const office::CaseRow& row : page->rows) {
      auto item = desk.show(eyes, row.id);
      if (!item || !item->filed || told.size() == kStoryCasesMax) continue;  // what is not filed is nobody else's
      auto events = desk.timeline(eyes, row.id);
      if (!events) return std::unexpected(events.error());
      // What was typed and attached on the way is no part of the story.
      std::erase_if(*events, [](const office::TimelineEntry& one) { return one.name != "acted" && one.name != "late"; });
      told.push_back({std::move(*item), std::move(*events)});
    }
  }
  std::ranges::stable_sort(told, std::greater<>(), [](const StoryCase& one) { return one.item.opened; });
  return told;
}

}  // namespace

std::expected<Story, office::Failure> story_of(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                                               const office::Case& item) {
  Story story;
  const auto consent = fact_value(office, item, kConsent);
  story.agreed = consent && consent->is_yes();
  const auto key = key_of(procedure, item);
  if (!story.agreed || !key) return story;
  auto found = cases_of(office, language, *key);
  if (!found) return std::unexpected(std::move(found.error()));
  story.cases = std::move(*found);
  return story;
}

}  // namespace koshi::http
