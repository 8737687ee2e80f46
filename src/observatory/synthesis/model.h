#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

/// How a population is drawn, as people write it: a folder with model.toml and tables of margins (population/README.md says how to write
/// one). Nothing here knows a country or a law; whether the facts exist is told when it is drawn.
///
/// People fall into cells: one member of each dimension. Margins say how many there are of a set of cells; where they leave it open, the
/// odds do. Facts are then drawn person by person, each by the first choice that is for the person's cell.
namespace koshi::observatory {

inline constexpr size_t kDimensionsMax = 8;
inline constexpr size_t kMembersMax = 64;  ///< of one dimension
inline constexpr size_t kCellsMax = 4u << 20;
inline constexpr size_t kMarginRowsMax = 10'000;

/// Every shape of a range: years and days count back from the model's day.
enum class Draw : uint8_t {
  kMember,      ///< the member of a dimension, or what `codes` say it stands for
  kOdds,        ///< one of some values
  kBetween,     ///< a number: whole, days, tenge
  kDaysBefore,  ///< a date
  kYearsBefore,
  kDaysAfter,  ///< a date, after the fact `after` of the same row
};

struct Dimension {
  std::string name;
  std::vector<std::string> members;
};

/// For each dimension the members that belong, as bits.
struct CellSet {
  std::vector<uint64_t> members;
  bool has(size_t dimension, size_t member) const { return (members[dimension] >> member & 1) != 0; }
};

struct MarginRow {
  CellSet cells;
  double persons = 0;
  std::string what;  ///< "footing permit_1", as in the file
  std::string source;
  std::string confidence;
};

struct Margin {
  std::string title;
  std::vector<MarginRow> rows;  ///< apart from each other
};

struct Odds {
  CellSet cells;
  double weight = 1;
};

struct Choice {
  CellSet cells;
  Draw draw = Draw::kOdds;
  size_t dimension = 0;                      ///< kMember
  std::map<std::string, std::string> codes;  ///< kMember: values of members that are not their own code
  std::vector<std::string> values;           ///< kOdds
  std::vector<double> weights;               ///< kOdds
  int64_t least = 0;                         ///< ranges, both ends included
  int64_t greatest = 0;
  std::string after;       ///< kDaysAfter
  bool past = false;       ///< kDaysAfter: what would be after the model's day has not happened: none
  int none_per_mille = 0;  ///< of these, known to be absent
  int unknown_per_mille = 0;
};

struct FactRule {
  std::string fact;
  std::string because;  ///< where the odds come from: a source, or that they are assumed
  std::vector<Choice> choices;
};

/// One person at most has one row of such a table; the row links back.
struct TableRule {
  std::string entity;
  std::string link;  ///< to the person; empty for the people themselves
  CellSet cells;     ///< of the people who have one
  std::vector<FactRule> facts;
};

/// Rows of another table gathered: staff into employers.
struct GroupRule {
  std::string entity, of;
  std::string link;             ///< of each row to its group
  std::string members;          ///< the group's link to many; may be empty
  std::vector<std::string> by;  ///< facts of the rows that are alike within a group
  std::vector<int64_t> sizes;   ///< how large groups are
  std::vector<double> weights;  ///< and how many there are of each
  struct Count {
    std::string fact;                                                     ///< of the group
    std::vector<std::pair<std::string, std::vector<std::string>>> where;  ///< facts of the row by path, and the values that count
  };
  std::vector<Count> counts;
  std::vector<FactRule> facts;  ///< drawn for each group; choices are for all cells
};

struct Model {
  std::string title;
  Date day;
  std::vector<Dimension> dimensions;
  std::vector<Margin> margins;
  std::vector<Odds> odds;
  std::vector<std::string> assumptions;
  TableRule people;
  std::vector<TableRule> tables;
  std::vector<GroupRule> groups;

  size_t cells() const;
  /// The member of the dimension that the cell has. Cells are numbered with the last dimension running fastest.
  size_t member(size_t cell, size_t dimension) const;
  bool has(const CellSet& set, size_t cell) const;
};

/// Errors, the first one, with the file and where in it: TOML or CSV that cannot be read, unknown dimensions and members, margins that
/// overlap, limits above.
Result<Model> read_model(const std::filesystem::path& folder);

}  // namespace koshi::observatory
