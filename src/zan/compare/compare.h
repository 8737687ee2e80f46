#pragma once

#include <vector>

#include "zan/reason/answer.h"

/// Two norms that answer the same question, side by side: for whom do they differ?
///
/// The search starts from a record of which nothing is known and asks both norms. While one is open, it branches over the fact that the
/// reasoner would ask first; members of an enum that the law never tells apart are one branch. Where both are settled and differ, the facts
/// that do not matter are taken back, so that each profile is as small as can be. Enums and yes/no are exhausted; dates, numbers and money
/// are tried on both sides of every bound that the norms name, and lists as empty: `sampled` then says so.
namespace koshi::zan {

struct Side {
  Outcome outcome = Outcome::kUnknown;
  Value value;
  std::vector<RuleId> deciding;
  bool operator==(const Side&) const = default;
};

/// A fact of a profile, and every value of it (tried) with which the profile stays the same.
struct ProfileFact {
  std::string path;
  EntityId entity = kNoId;
  int32_t fact = kNoId;
  int32_t link = kNoId;  ///< an empty list, then `values` is empty
  std::vector<Value> values;
};

struct Profile {
  std::vector<ProfileFact> facts;
  Side a, b;
  Record example;  ///< with the first of each fact's values, for the two proofs
};

struct Comparison {
  std::vector<Profile> differences;
  size_t questions = 0;  ///< asked of the reasoner
  bool complete = true;  ///< false: the limit of questions was reached first
  bool sampled = false;
};

inline constexpr size_t kCompareMaxQuestions = 200'000;
inline constexpr size_t kCompareMaxFacts = 24;  ///< of one profile; deeper branches are left out and `complete` is false

/// Both norms must be of the same entity. Deterministic; cost is bounded by `max_questions`, after which no new branch is begun.
/// Errors: norms of different entities, reforms that cannot be combined.
Result<Comparison> compare(ProgramLibrary& library, NormId a, NormId b, Date on, std::span<const ReformId> reforms,
                           size_t max_questions = kCompareMaxQuestions);

}  // namespace koshi::zan
