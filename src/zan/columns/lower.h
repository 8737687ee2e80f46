#pragma once

#include <map>
#include <set>
#include <tuple>

#include "zan/columns/cells.h"
#include "zan/corpus/program.h"

/// The law's expressions and decisions, turned into a graph for all rows at once. The meaning is that of zan/reason: evaluate.h for
/// expressions, decide.cc for which rule decides, decide_set.cc for sets; each function here says the same with bits. Internal to this
/// folder and to zan/sql.
namespace koshi::zan::columns {

inline constexpr int kMaxNormDepth = 200;     ///< norms inside one another
inline constexpr size_t kMaxEpochs = 512;     ///< stretches of law that one `norm on DATE` with a date of each row may meet
inline constexpr size_t kMaxBlocks = 10'000;  ///< aggregates of one program

/// A record that an expression speaks of: the rows of a table, or what a path of links leads to.
struct Place {
  BlockId block = kRootBlock;
  EntityId entity = kNoId;
  EntityId table = kNoId;  ///< kNoId: nothing is known of the record
  Num row = kNoNum;        ///< in the table; kNoNum: the block's own rows
  Bit exists = kYes;
  std::string prefix;  ///< of its facts among the table's columns: "employer."
  bool operator==(const Place&) const = default;
};
using PlaceId = int32_t;

struct Scope {
  PlaceId place = 0;
  const Scope* outer = nullptr;
};

/// The law of a day, or for each row of a day of its own.
struct Law {
  struct Stretch {
    const Program* program = nullptr;  ///< null: the reforms cannot be combined there
    Ranges days;
  };
  int32_t world = 0;
  Num day = kNoNum;
  Num today = kNoNum;
  std::vector<Stretch> stretches;
};
using LawId = int32_t;

/// An aggregate's list and what is computed for each member; members are the rows of a block of their own.
struct Aggregate {
  BlockId parent = kRootBlock, block = kRootBlock;
  Op op = Op::kCount;
  Kind kind = Kind::kWhole;
  int32_t source = -1;  ///< the list
  Num row = kNoNum;     ///< whose list; kNoNum: the parent block's own row
  Bit listed = kYes;    ///< whether there is a list to be looked at
  Truth where;
  Cell value;
  // kDaysPresent: `value` is the day of entry.
  Cell left;
  Num today = kNoNum;
  int64_t window = 0;
};
/// Parts of an aggregate: bits, and one number.
enum AggregatePart : int32_t { kPartYes, kPartKnown, kPartNone, kPartConflict, kPartGap, kPartFault, kPartNumber, kPartCount };

struct DecidingRule {
  RuleId rule = kNoId;
  Bit decides;
  std::optional<int64_t> value = {};  ///< where it decides, if that is the same in every row: of yes/no 1 or 0
};

struct Decision {
  Cell outcome;
  std::vector<DecidingRule> deciding;  ///< in the order of the law
};

class Lowering {
 public:
  Lowering(ProgramLibrary& library, const Population& population, Graph& graph)
      : library_(library), c_(library.corpus()), population_(population), g_(graph), cells_(graph) {}

  int32_t add_world(std::vector<ReformId> reforms);
  PlaceId root(EntityId entity);
  /// The law of one day. Errors: reforms that cannot be combined.
  Result<LawId> law_on(int32_t world, Date law, Num today);
  /// The law of each row's own day.
  Result<LawId> law_of(int32_t world, Num day);
  Decision decide(NormId norm, LawId law, PlaceId place, bool deciding);
  Cell fact(PlaceId place, int32_t fact);

  const std::vector<Aggregate>& aggregates() const { return aggregates_; }
  const std::set<std::string>& missing() const { return missing_; }
  const std::set<std::string>& limits() const { return limits_; }

 private:
  struct Group;
  struct RuleState {
    const ProgramRule* rule = nullptr;
    Truth speaks;
    std::optional<int64_t> fixed;  ///< its own value, without exceptions
    Cell value;
    std::vector<Group> exceptions;  ///< one
  };
  struct Group {
    std::vector<RuleState> states;
    Truth speaks;
    Cell value;
  };
  /// Members of a set: certain, possible, broken.
  struct Member {
    Bit certain = kNo, possible = kNo, broken = kNo;
  };
  struct SetGroup;
  struct SetState {
    Errors errors;
    std::vector<Member> members;
    std::vector<SetGroup> exceptions;
  };
  struct SetGroup {
    std::vector<SetState> states;
    std::vector<Member> members;
  };
  /// The expressions being walked.
  struct Pool {
    const Program* program = nullptr;
    LawId law = 0;
    NormId norm = kNoId;
  };

  // lower.cc
  PlaceId intern(Place place);
  PlaceId follow(PlaceId from, int32_t link);
  PlaceId follow(const Address& address, const Scope& scope, size_t links);
  Cell column(const Place& place, const Column& column);
  Cell norm(NormId norm, LawId law, PlaceId place);
  Decision decide_in(const Program* program, NormId norm, LawId law, PlaceId place, bool deciding);
  void limit(const std::string& what);
  const Node& node(NodeId id) const { return pool_.program->nodes[static_cast<size_t>(id)]; }

  // lower_expression.cc
  Cell eval(NodeId id, const Scope& scope);
  Cell constant(const Value& value, const Type& type);
  Cell make_set(const Node& node, const Scope& scope);
  Cell eval_if(const Node& node, const Scope& scope);
  Cell arithmetic(const Node& node, const Scope& scope);
  Cell on_date(const Node& node, const Scope& scope);
  Truth truth(NodeId id, const Scope& scope);
  Truth compare(const Node& node, const Scope& scope);
  Truth member_of(const Node& node, const Scope& scope);
  Truth is_none(const Node& node, const Scope& scope);
  Truth is_empty(const Node& node, const Scope& scope);

  // lower_aggregate.cc
  Cell aggregate(const Node& node, const Scope& scope);
  Cell reduced(const Aggregate& aggregate, int32_t number, const Type& type);

  // lower_decide.cc
  Truth speaks(const ProgramRule& rule, const Scope& scope);
  Group open_group(RuleRange range, const Scope& scope);
  /// Where the value of a group is read: only where one of its rules certainly speaks, or also where one may.
  enum class Asked : uint8_t { kWhereItSpeaks, kWhereItMaySpeak };
  void value_group(Group& group, const Scope& scope, Asked asked);
  Cell except(const Cell& base, const Group& exceptions);
  Cell merge_certain(const Group& group);
  Cell first_possible(const Group& group);
  Cell merge_possible(const Group& group, const Cell& first);
  Decision decide_value(const ProgramNorm& norm, const Scope& scope, bool deciding);
  void mark(const Group& group, Bit live, std::vector<DecidingRule>& deciding);

  // lower_set.cc
  Cell decide_set(const ProgramNorm& norm, EnumId of, const Scope& scope);
  SetGroup set_group(RuleRange range, size_t members, const Scope& scope);
  void add(std::vector<Member>& to, const std::vector<Member>& from);
  void subtract(std::vector<Member>& to, const std::vector<Member>& from);
  void find_errors(const SetGroup& group, const std::vector<Member>& broken, Bit& rest, Errors& errors);

  ProgramLibrary& library_;
  const Corpus& c_;
  const Population& population_;
  Graph& g_;
  Cells cells_;
  std::vector<std::vector<ReformId>> worlds_;
  std::vector<Place> places_;
  std::vector<Law> laws_;
  std::map<std::tuple<NormId, LawId, PlaceId>, Cell> norms_;
  std::set<std::tuple<NormId, LawId, PlaceId>> open_norms_;
  std::vector<Aggregate> aggregates_;
  BlockId blocks_ = 1;
  std::set<std::string> missing_, limits_;
  Pool pool_;
};

}  // namespace koshi::zan::columns
