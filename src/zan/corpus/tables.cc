#include <algorithm>

#include "base/csv.h"
#include "base/text.h"
#include "zan/corpus/builder.h"

/// Tables: each row of the CSV becomes a rule whose condition is that its keys match.
///
///   columns = keys, "value", [ "from" ], [ "until" ], [ "by" ], [ "confidence" ], others for people
///   key     = literal / low ".." high / "*" / ""          by = ACT [ " " place ]
namespace koshi::zan {
namespace {

constexpr Type kYesNoType{Kind::kYesNo, false, -1};

struct Key {
  NodeId node = kNoId;
  Type type;
  int column = -1;
};

struct Columns {
  std::vector<Key> keys;
  int value = -1, from = -1, until = -1, by = -1, confidence = -1;
};

/// One row's cell as what it admits, to find rows that overlap.
struct Cell {
  bool any = false;
  Value low, high;
};

struct Row {
  RuleId rule;
  std::vector<Cell> cells;
  Value value;
  Span span;
};

class TableReader {
 public:
  TableReader(Builder& builder, NormId norm, const TableDecl& decl) : b_(builder), norm_(norm), decl_(decl) {}

  void read() {
    const auto source = b_.csv(decl_.csv, decl_.csv_span);
    if (!source) return;
    file_ = source->file;
    path_ = source->path;
    const auto table = parse_csv(source->text);
    if (!table) return b_.error(decl_.csv_span, source->path + ": " + table.error().message);
    if (!find_columns(*table)) return;
    defaults_ = b_.citations(decl_.by);
    for (const auto& row : table->rows) add_row(row);
    if (rows_.empty()) b_.error(decl_.csv_span, path_ + " has no usable row");
    check_overlaps();
    std::vector<RuleId> ids;
    for (const Row& row : rows_) ids.push_back(row.rule);
    b_.norm(norm_).rules = std::move(ids);
  }

 private:
  bool find_columns(const CsvTable& table) {
    const auto column = [&](std::string_view name) {
      const auto it = std::ranges::find_if(table.header, [&](const CsvField& field) { return field.text == name; });
      return it == table.header.end() ? -1 : static_cast<int>(it - table.header.begin());
    };
    columns_ = {{}, column("value"), column("from"), column("until"), column("by"), column("confidence")};
    bool good = columns_.value >= 0;
    if (!good) b_.error(decl_.csv_span, path_ + " lacks the column `value`");
    for (const Name& name : decl_.keys) {
      Key key = find_key(name);
      key.column = column(name.text);
      if (key.column < 0) b_.error(name.span, path_ + " lacks the column `" + name.text + "`");
      good = good && key.column >= 0 && key.node != kNoId;
      columns_.keys.push_back(key);
    }
    return good;
  }

  /// A key is a fact or a norm of the table's entity.
  Key find_key(const Name& name) {
    const EntityId entity = b_.norm(norm_).entity;
    const Entity& info = b_.entity(entity);
    Node node;
    node.span = name.span;
    Address address;
    address.entity = entity;
    if (const int32_t fact = info.find_fact(name.text); fact != kNoId) {
      address.fact = fact;
      node.op = Op::kFact;
      node.type = info.facts[static_cast<size_t>(fact)].type;
      node.a = b_.add_address(address);
    } else if (const NormId norm = b_.corpus.find_norm(info.name + "." + name.text); norm != kNoId) {
      node.op = Op::kNorm;
      node.type = b_.norm(norm).type;
      node.a = norm;
      node.b = b_.add_address(address);
    } else {
      std::vector<std::string> known = names_of(info.facts);
      for (const Norm& other : b_.corpus.norms) {
        if (other.entity == entity) known.push_back(other.name);
      }
      b_.unknown("key", name, known);
      return {};
    }
    const Type type = node.type;
    return {b_.add(std::move(node)), type, -1};
  }

  Span place(const CsvField& field) const { return csv_span(b_.corpus.sources, file_, field.line, field.column, field.text.size()); }

  std::optional<Value> cell_value(const Type& type, std::string_view text, Span span) {
    auto value = parse_value(b_.corpus, type, text);
    if (value) return std::move(*value);
    b_.error(span, value.error().message);
    return std::nullopt;
  }

  std::optional<Cell> read_cell(const Key& key, const CsvField& field) {
    const std::string_view text = trim(field.text);
    if (text.empty() || text == "*") return Cell{true, {}, {}};
    const Span span = place(field);
    const size_t dots = text.find("..");
    const bool ordered = key.type.kind >= Kind::kWhole && key.type.kind <= Kind::kDays;
    if (dots == std::string_view::npos || !ordered) {
      const auto value = cell_value(key.type, text, span);
      if (!value) return std::nullopt;
      return Cell{false, *value, *value};
    }
    const auto low = cell_value(key.type, text.substr(0, dots), span);
    const auto high = cell_value(key.type, text.substr(dots + 2), span);
    if (!low || !high) return std::nullopt;
    if (high->number() < low->number()) {
      b_.error(span, "this range is empty");
      return std::nullopt;
    }
    return Cell{false, *low, *high};
  }

  NodeId test(Op op, NodeId a, const Value& value, const Type& type, Span span) {
    Node node;
    node.op = op;
    node.type = kYesNoType;
    node.a = a;
    node.b = b_.add_const(value, {type.kind, false, type.of}, span);
    node.span = span;
    if (value.is_none()) {
      node.op = Op::kIsNone;
      node.b = kNoId;
    }
    return b_.add(std::move(node));
  }

  NodeId both(NodeId a, NodeId b, Span span) {
    if (a == kNoId) return b;
    Node node;
    node.op = Op::kAnd;
    node.type = kYesNoType;
    node.a = a;
    node.b = b;
    node.span = span;
    return b_.add(std::move(node));
  }

  NodeId condition(const std::vector<Cell>& cells, Span span) {
    NodeId when = kNoId;
    for (size_t i = 0; i < cells.size(); ++i) {
      const Key& key = columns_.keys[i];
      const Cell& cell = cells[i];
      if (cell.any) continue;
      if (cell.low == cell.high) {
        when = both(when, test(Op::kEq, key.node, cell.low, key.type, span), span);
      } else {
        when = both(when, test(Op::kGe, key.node, cell.low, key.type, span), span);
        when = both(when, test(Op::kLe, key.node, cell.high, key.type, span), span);
      }
    }
    return when;
  }

  /// The cell as a value of the norm's type: a literal, or so many times the money parameter.
  NodeId value_node(const CsvField& field, Value& literal) {
    const Norm& norm = b_.norm(norm_);
    const Span span = place(field);
    const NormId unit = b_.corpus.find_norm(decl_.type.name.text);
    if (unit == kNoId) {
      const auto value = cell_value(norm.type, field.text, span);
      if (!value) return kNoId;
      literal = *value;
      return b_.add_const(*value, norm.type, span);
    }
    const auto times = parse_decimal(trim(field.text));
    if (!times) {
      b_.error(span, "`" + field.text + "` is not a number of " + decl_.type.name.text);
      return kNoId;
    }
    literal = Value::decimal(*times);
    return multiple(unit, *times, span);
  }

  NodeId multiple(NormId unit, Decimal times, Span span) {
    Node parameter;
    parameter.op = Op::kNorm;
    parameter.type = b_.norm(unit).type;
    parameter.a = unit;
    parameter.b = b_.add_address(Address{});
    parameter.span = span;
    Node product;
    product.type = b_.norm(norm_).type;
    product.span = span;
    product.a = b_.add(std::move(parameter));
    const bool whole = times.units % Decimal::kOne == 0;
    product.op = whole ? Op::kMulWhole : Op::kMulDecimal;
    product.rounding = Rounding::kHalfUp;
    product.b = whole ? b_.add_const(Value::whole(times.units / Decimal::kOne), {Kind::kWhole, false, -1}, span)
                      : b_.add_const(Value::decimal(times), {Kind::kDecimal, false, -1}, span);
    return b_.add(std::move(product));
  }

  std::vector<CitationRef> row_citation(const std::vector<CsvField>& row) {
    std::vector<CitationRef> by = defaults_;
    if (columns_.by >= 0 && !trim(row[static_cast<size_t>(columns_.by)].text).empty()) {
      const CsvField& field = row[static_cast<size_t>(columns_.by)];
      const std::string_view text = trim(field.text);
      const size_t space = text.find(' ');
      const Name act{std::string(text.substr(0, space)), place(field)};
      const ActId id = b_.corpus.find_act(act.text);
      if (id == kNoId) {
        b_.unknown("act", act, names_of(b_.corpus.acts));
      } else {
        by = {{id, std::string(space == std::string_view::npos ? "" : trim(text.substr(space))),
               defaults_.empty() ? Confidence::kUnverified : defaults_.front().confidence}};
      }
    }
    if (columns_.confidence >= 0) set_confidence(by, row[static_cast<size_t>(columns_.confidence)]);
    return by;
  }

  void set_confidence(std::vector<CitationRef>& by, const CsvField& field) {
    static constexpr std::pair<std::string_view, Confidence> kWords[] = {{"read", Confidence::kRead},
                                                                         {"reported", Confidence::kReported},
                                                                         {"unverified", Confidence::kUnverified},
                                                                         {"sample", Confidence::kSample}};
    if (trim(field.text).empty() || by.empty()) return;
    for (const auto& [word, confidence] : kWords) {
      if (trim(field.text) == word) {
        by.front().confidence = confidence;
        return;
      }
    }
    b_.error(place(field), "`" + field.text + "` is no confidence; one of read, reported, unverified, sample was expected");
  }

  std::optional<Date> read_date(const std::vector<CsvField>& row, int column) {
    if (column < 0 || trim(row[static_cast<size_t>(column)].text).empty()) return std::nullopt;
    const CsvField& field = row[static_cast<size_t>(column)];
    const auto date = parse_date(trim(field.text));
    if (!date) b_.error(place(field), "`" + field.text + "` is not a date that exists; write it as YYYY-MM-DD");
    return date;
  }

  DateRange row_dates(const std::vector<CsvField>& row, const std::vector<CitationRef>& by, Span span) {
    DateRange range;
    const auto from = read_date(row, columns_.from);
    const auto until = read_date(row, columns_.until);
    if (!by.empty()) {
      const Act& act = b_.corpus.acts[static_cast<size_t>(by.front().act)];
      range = act.in_force;
      if (from && *from < act.in_force.from) {
        b_.error(span, "this row is in force before its act",
                 {{act.span, "`" + act.name + "` is in force from " + format_date(act.in_force.from)}});
      }
      if (until && act.in_force.until < *until) {
        b_.error(span, "this row is in force after its act",
                 {{act.span, "`" + act.name + "` is in force until " + format_date(act.in_force.until)}});
      }
    }
    if (from) range.from = *from;
    if (until) range.until = *until;
    if (range.empty()) b_.error(span, "this row can never be in force");
    return range;
  }

  void add_row(const std::vector<CsvField>& row) {
    const CsvField& first = row[static_cast<size_t>(columns_.value)];
    const Span span = place(first);
    std::vector<Cell> cells;
    bool good = true;
    for (const Key& key : columns_.keys) {
      const auto cell = read_cell(key, row[static_cast<size_t>(key.column)]);
      good = good && cell.has_value();
      if (cell) cells.push_back(*cell);
    }
    RuleInfo info;
    info.norm = norm_;
    info.number = static_cast<int32_t>(rows_.size()) + 1;
    info.by = row_citation(row);
    if (info.by.empty()) b_.error(span, "this row cites nothing", {{{}, "add a column `by`, or `by …` to the table"}});
    info.in_force = row_dates(row, info.by, span);
    Value literal;
    info.value = value_node(first, literal);
    if (!good) return;
    info.when = condition(cells, span);
    info.table_row = path_ + ":" + std::to_string(first.line);
    info.span = span;
    rows_.push_back({static_cast<RuleId>(b_.corpus.rules.size()), std::move(cells), std::move(literal), span});
    b_.corpus.rules.push_back(std::move(info));
  }

  static bool meet(const Cell& a, const Cell& b) {
    if (a.any || b.any) return true;
    if (a.low == a.high && b.low == b.high) return a.low == b.low;
    if (a.low.is_none() || b.low.is_none()) return false;
    return a.low.number() <= b.high.number() && b.low.number() <= a.high.number();
  }

  bool meet(const Row& a, const Row& b) {
    const DateRange& x = b_.rule(a.rule).in_force;
    const DateRange& y = b_.rule(b.rule).in_force;
    if (x.until < y.from || y.until < x.from) return false;
    for (size_t i = 0; i < a.cells.size(); ++i) {
      if (!meet(a.cells[i], b.cells[i])) return false;
    }
    return true;
  }

  void check_overlaps() {
    for (size_t i = 0; i < rows_.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (rows_[i].value == rows_[j].value || !meet(rows_[i], rows_[j])) continue;
        b_.error(rows_[i].span, "this row and another apply together and differ", {{rows_[j].span, "the other row"}});
        break;
      }
    }
  }

  Builder& b_;
  NormId norm_;
  const TableDecl& decl_;
  int32_t file_ = -1;
  std::string path_;
  Columns columns_;
  std::vector<CitationRef> defaults_;
  std::vector<Row> rows_;
};

}  // namespace

void add_table_rules(Builder& builder, NormId norm, const TableDecl& decl) {
  TableReader(builder, norm, decl).read();
  add_missing(builder, norm, decl.missing);
}

}  // namespace koshi::zan
