#include "zan/compare/compare.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "zan/compare/domain.h"

namespace koshi::zan {
namespace {

Side side_of(const Answer& answer) {
  Side side{answer.outcome, answer.value, answer.deciding};
  std::ranges::sort(side.deciding);
  return side;
}

bool settled(const Side& side) {
  return side.outcome != Outcome::kUnknown;
}

/// Two gaps, or two faults, are no difference of the law.
bool differ(const Side& a, const Side& b) {
  return a.outcome != b.outcome || (a.outcome == Outcome::kValue && !(a.value == b.value));
}

/// The slot of a fact, its records made on the way.
struct Slot {
  Record* record = nullptr;
  int32_t fact = kNoId, link = kNoId;
};

Slot slot_of(const Corpus& corpus, Record& root, const ProfileFact& fact) {
  Record* record = &root;
  const auto names = split(fact.path, '.');
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const Entity& entity = corpus.entities[static_cast<size_t>(record->entity)];
    const int32_t link = entity.find_link(names[i]);
    CHECK(link != kNoId);
    auto& one = record->one[static_cast<size_t>(link)];
    if (!one) one = std::make_unique<Record>(Record::blank(corpus, entity.links[static_cast<size_t>(link)].target));
    record = one.get();
  }
  return {record, fact.fact, fact.link};
}

void give(const Corpus& corpus, Record& root, const ProfileFact& fact) {
  const Slot slot = slot_of(corpus, root, fact);
  if (fact.link != kNoId) {
    slot.record->many[static_cast<size_t>(fact.link)].emplace();
  } else {
    slot.record->facts[static_cast<size_t>(fact.fact)] = fact.values.front();
  }
}

void take_back(const Corpus& corpus, Record& root, const ProfileFact& fact) {
  const Slot slot = slot_of(corpus, root, fact);
  if (fact.link != kNoId) {
    slot.record->many[static_cast<size_t>(fact.link)].reset();
  } else {
    slot.record->facts[static_cast<size_t>(fact.fact)].reset();
  }
}

class Search {
 public:
  Search(ProgramLibrary& library, const Program& program, NormId a, NormId b, Date on, std::span<const ReformId> reforms,
         size_t max_questions)
      : max_questions_(max_questions),
        library_(library),
        corpus_(library.corpus()),
        a_(a),
        b_(b),
        on_(on),
        reforms_(reforms),
        domains_(program, a, b, on),
        record_(Record::blank(corpus_, corpus_.norms[static_cast<size_t>(a)].entity)) {}

  Comparison run() {
    explore();
    merge();
    result_.questions = questions_;
    return std::move(result_);
  }

 private:
  struct Pair {
    Side a, b;
    std::vector<Need> needs;  ///< of the first that is open
  };

  Pair ask_both() {
    Pair pair;
    pair.a = ask_one(a_, pair.needs);
    pair.b = ask_one(b_, pair.needs);
    return pair;
  }

  Side ask_one(NormId norm, std::vector<Need>& needs) {
    ++questions_;
    auto answer = ask(library_, norm, record_, on_, reforms_);
    CHECK(answer);  // the drafts were combined once already
    Side side = side_of(*answer);
    if (!settled(side) && needs.empty()) needs = std::move(answer->needs);
    return side;
  }

  void explore() {
    if (questions_ >= max_questions_ || path_.size() > kCompareMaxFacts) {
      result_.complete = false;
      return;
    }
    const Pair pair = ask_both();
    if (settled(pair.a) && settled(pair.b)) {
      if (differ(pair.a, pair.b)) keep(pair);
      return;
    }
    branch(pair.needs.front());
  }

  void branch(const Need& need) {
    ProfileFact fact{need.path, need.entity, need.fact, need.link, {}};
    if (need.fact == kNoId) {
      result_.sampled = true;
      try_value(fact);
      return;
    }
    const Type& type = corpus_.entities[static_cast<size_t>(need.entity)].facts[static_cast<size_t>(need.fact)].type;
    result_.sampled = result_.sampled || Domains::is_sampled(type);
    for (ValueClass& values : domains_.of(type)) {
      fact.values = std::move(values);
      try_value(fact);
    }
  }

  void try_value(const ProfileFact& fact) {
    give(corpus_, record_, fact);
    path_.push_back(fact);
    explore();
    path_.pop_back();
    take_back(corpus_, record_, fact);
  }

  /// Facts without which both answers stay as they are do not belong to the profile.
  void keep(const Pair& pair) {
    if (!contradictions(library_, record_, on_).empty()) return;
    std::vector<ProfileFact> needed;
    std::vector<ProfileFact> dropped;
    for (const ProfileFact& fact : path_) {
      take_back(corpus_, record_, fact);
      const Pair without = ask_both();
      if (without.a == pair.a && without.b == pair.b) {
        dropped.push_back(fact);
      } else {
        give(corpus_, record_, fact);
        needed.push_back(fact);
      }
    }
    Profile profile{needed, pair.a, pair.b, record_.clone()};
    for (const ProfileFact& fact : dropped) give(corpus_, record_, fact);
    const bool known = std::ranges::any_of(result_.differences, [&](const Profile& other) { return same_facts(other, profile); });
    if (!known) result_.differences.push_back(std::move(profile));
  }

  static bool same_slot(const ProfileFact& x, const ProfileFact& y) { return x.path == y.path && x.fact == y.fact && x.link == y.link; }
  static bool same_fact(const ProfileFact& x, const ProfileFact& y) { return same_slot(x, y) && x.values == y.values; }
  static bool same_facts(const Profile& x, const Profile& y) { return std::ranges::equal(x.facts, y.facts, same_fact); }

  /// Profiles with the same two answers that differ in one fact only become one with all its values.
  void merge() {
    auto& list = result_.differences;
    for (size_t i = 0; i < list.size(); ++i) {
      for (size_t j = i + 1; j < list.size();) {
        const auto at = mergeable(list[i], list[j]);
        if (!at) {
          ++j;
          continue;
        }
        auto& values = list[i].facts[*at].values;
        const auto& more = list[j].facts[*at].values;
        values.insert(values.end(), more.begin(), more.end());
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(j));
        j = i + 1;
      }
    }
  }

  static std::optional<size_t> mergeable(const Profile& x, const Profile& y) {
    if (!(x.a == y.a) || !(x.b == y.b) || x.facts.size() != y.facts.size()) return std::nullopt;
    std::optional<size_t> at;
    for (size_t i = 0; i < x.facts.size(); ++i) {
      if (!same_slot(x.facts[i], y.facts[i])) return std::nullopt;
      if (same_fact(x.facts[i], y.facts[i])) continue;
      if (at) return std::nullopt;
      at = i;
    }
    return at;
  }

  const size_t max_questions_;
  ProgramLibrary& library_;
  const Corpus& corpus_;
  NormId a_, b_;
  Date on_;
  std::span<const ReformId> reforms_;
  Domains domains_;
  Record record_;
  std::vector<ProfileFact> path_;
  size_t questions_ = 0;
  Comparison result_;
};

}  // namespace

Result<Comparison> compare(ProgramLibrary& library, NormId a, NormId b, Date on, std::span<const ReformId> reforms, size_t max_questions) {
  const Corpus& corpus = library.corpus();
  if (corpus.norms[static_cast<size_t>(a)].entity != corpus.norms[static_cast<size_t>(b)].entity) {
    return fail("`" + corpus.full_name(a) + "` and `" + corpus.full_name(b) +
                "` are not about the same; only norms of one entity can be compared");
  }
  TRY(program, library.on(on, reforms));
  return Search(library, *program, a, b, on, reforms, max_questions).run();
}

}  // namespace koshi::zan
