#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ask/ask.h"
#include "http/http.h"

/// A question as it stands in an address: everything that has been said so far, so that a link reproduces it and no session is needed.
///
///   /ask?norm=person.registration_due&on=2016-03-10&nationality=UZ&arrived=2016-03-01
///
/// `norm`, `under`, `on` and `reform` are words of the legal language and so never names of facts; `lang`, `skip`, `answer` and `change`
/// are taken besides (a test sees that no fact of the law has such a name). A date may come in three parts: `arrived-day`, `-month`,
/// `-year`. A link to many is given by the number of its members (`staff=2`), theirs by `staff[0].category`, `staff[1].category`.
namespace koshi::http {

inline constexpr std::string_view kReservedNames[] = {"norm", "under", "on", "reform", "lang", "skip", "answer", "change"};
inline constexpr int64_t kMaxMembersAsked = 50;  ///< of one list, in a form

struct AskForm {
  std::string norm;
  std::string under;
  std::string on;
  std::vector<std::string> reforms;
  std::vector<std::pair<std::string, std::string>> facts;  ///< path and value, in the order given; a path stands once
  std::vector<std::string> skipped;                        ///< facts that the person does not know
  std::string answering;                                   ///< the fact that the form just sent was about
  std::string changing;                                    ///< the fact whose question is to be shown again
  std::map<std::string, std::string> parts;                ///< "arrived-day" …

  std::optional<std::string> fact(std::string_view path) const;
  bool skips(std::string_view path) const;
  /// Gives the fact a value, in its old place if it had one, and takes it out of what is skipped.
  void set_fact(std::string_view path, std::string value);
  /// With all facts of its members, when it is a list.
  void remove_fact(std::string_view path);
  /// Facts of members from number `count` on go with their members.
  void shorten_list(std::string_view path, int64_t count);
  void skip(std::string_view path);
  std::string date_part(std::string_view name, std::string_view part) const;
};

AskForm read_ask_form(const Query& query);
/// The canonical address: without what was about the last form only.
Query ask_query(const AskForm& form);

/// A fact or a list, and how it is reached from the entity of the question.
struct Place {
  struct Step {
    zan::EntityId owner;
    int32_t link;
    int64_t member;  ///< -1 for a link to one
  };
  std::vector<Step> way;
  zan::EntityId entity = zan::kNoId;  ///< that has the fact or list
  int32_t fact = zan::kNoId;
  int32_t list = zan::kNoId;  ///< a link to many, when `fact` is kNoId
};
std::optional<Place> find_place(const zan::Corpus& corpus, zan::EntityId start, std::string_view path);

/// The facts as the JSON object that POST /api/v1/ask takes. Paths that lead nowhere stay as members, for the resolver to complain of.
std::string facts_json(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form);
/// The body of POST /api/v1/ask that asks the same.
std::string request_json(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form, std::string_view language);
ask::RawQuestion raw_question(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form, std::string_view language);

}  // namespace koshi::http
