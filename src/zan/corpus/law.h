#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "zan/corpus/ir.h"
#include "zan/syntax/tree.h"

/// What the checked law consists of. The whole is Corpus (corpus.h), procedures stand in procedure.h.
namespace koshi::zan {

using ActId = int32_t;
using EnumId = int16_t;
using SetId = int32_t;
using EntityId = int32_t;
using NormId = int32_t;
using RuleId = int32_t;
using ReformId = int32_t;

struct DateRange {
  Date from = kFirstDate;
  Date until = kLastDate;
  bool contains(Date date) const { return from <= date && date <= until; }
  bool empty() const { return until < from; }
};

struct Act {
  ActDecl::Kind kind;
  std::string name, title, number, url;
  Date made;
  DateRange in_force;
  bool not_ratified = false;
  std::vector<ActId> replaces;  ///< acts that applied before it to the same
  Span span;
};

struct CitationRef {
  ActId act = kNoId;
  std::string place;
  Confidence confidence = Confidence::kSample;
  bool operator==(const CitationRef&) const = default;
};

struct EnumMemberInfo {
  std::string code, label;
};

struct Enum {
  std::string name, label;
  std::vector<EnumMemberInfo> members;
  std::unordered_map<std::string, int32_t> index;  ///< by code
  Span span;
};

struct Set {
  struct Row {
    Bits members;
    DateRange in_force;
  };
  std::string name, label;
  EnumId of = -1;
  std::vector<CitationRef> by;
  std::vector<Row> rows;
  Span span;
};

/// What a text must look like. Only what people give is checked against it, where they give it.
enum class TextFormat : uint8_t { kAny, kIin, kBin, kIinOrBin, kPassportMrz };
/// "iin", "bin", "iin_or_bin", "passport_mrz"; empty for kAny.
std::string_view format_name(TextFormat format);

struct Fact {
  std::string name, label, ask, help;
  Type type;
  Span span;
  TextFormat format = TextFormat::kAny;  ///< of a text
};

struct Link {
  std::string name, label;
  bool many = false;
  EntityId target = kNoId;
  Span span;
};

struct Must {
  NodeId condition = kNoId;
  std::string message;
  Span span;
};

/// By which facts an entity's record is filed in the register of persons or employers: indices into its facts, kNoId where none is named.
struct Identity {
  enum class Kind : uint8_t { kPerson, kEmployer };
  Kind kind = Kind::kPerson;
  int32_t number = kNoId;    ///< IIN or BIN
  int32_t passport = kNoId;  ///< with `country`
  int32_t country = kNoId;
  int32_t name = kNoId;
  int32_t born = kNoId;
};

struct Entity {
  std::string name, label;
  std::vector<Fact> facts;
  std::vector<Link> links;
  std::vector<Must> musts;
  Span span;
  std::optional<Identity> identity = {};
  int32_t find_fact(std::string_view fact) const;  ///< kNoId if there is none
  int32_t find_link(std::string_view link) const;
};

/// One rule of a norm, of any date. A table row is a rule too.
struct RuleInfo {
  NormId norm = kNoId;
  int32_t number = 0;  ///< 1-based within the norm, in the order written (exceptions after what they except)
  std::string label;   ///< may be empty
  std::vector<CitationRef> by;
  DateRange in_force;
  NodeId value = kNoId;  ///< kNoId for `reinstate`
  NodeId when = kNoId;   ///< kNoId: always
  RuleId reinstates = kNoId;
  std::vector<RuleId> exceptions;
  ReformId reform = kNoId;  ///< set when a reform brings the rule
  int depth = 0;            ///< 0 for rules of the norm's own level, 1 for their exceptions …
  std::string table_row;    ///< "fees.csv:12" for a table row, else empty
  Span span;
};

/// A text that governed these days and was not read.
struct MissingText {
  DateRange when;
  std::vector<CitationRef> by;
  Span span;
};

struct Norm {
  std::string name;         ///< without the entity: "registration_due"
  EntityId entity = kNoId;  ///< kNoId: a parameter
  ActId under = kNoId;
  Type type;
  std::string label, help, topic;
  bool is_definition = false;
  bool is_table = false;
  std::vector<MissingText> missing;
  std::vector<RuleId> rules;       ///< the norm's own level
  std::vector<RuleId> exceptions;  ///< of that level
  ReformId reform = kNoId;         ///< a norm that only exists under this reform
  bool of_procedure = false;       ///< an expression of a procedure (procedure.h): nobody asks it by itself
  Span span;
};

struct Delta {
  Change::Kind kind;
  NormId norm = kNoId;
  RuleId target = kNoId;  ///< the labelled rule that is replaced, repealed, suspended or given an exception
  RuleId rule = kNoId;    ///< the rule that is brought
  DateRange when;         ///< repeal, suspend, replace
  Span span;
};

struct Reform {
  std::string name, title;
  std::vector<CitationRef> by;
  std::optional<Date> from;
  std::vector<Delta> deltas;
  Span span;
};

struct Topic {
  std::string name, label;
};

}  // namespace koshi::zan
