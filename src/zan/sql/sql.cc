#include "zan/sql/sql.h"

#include <algorithm>

#include "base/check.h"
#include "zan/sql/header.h"
#include "zan/sql/levels.h"
#include "zan/sql/schema.h"

/// From the question to a query: lower every norm over tables without data, write the graph as expressions, and those as levels.
namespace koshi::zan::sql {

using columns::Cell;
using columns::Cells;
using columns::DecidingRule;
using columns::Decision;
using columns::kNo;
using columns::kYes;
using columns::LawId;
using columns::Lowering;
using columns::PlaceId;
using columns::Tabulate;

namespace {

constexpr int kRounds = 64;  // of finding which columns are read; each norm asked on another date may need one more

struct Answered {
  NormId norm = kNoId;
  Decision decision;
};

/// One attempt over a schema: the graph, and what was missing.
struct Attempt {
  Attempt(ProgramLibrary& library, const Population& schema) : graph(Tabulate::kCodes), lowering(library, schema, graph) {}
  Graph graph;
  Lowering lowering;
  std::vector<Answered> answers;
};

class Compiler {
 public:
  Compiler(ProgramLibrary& library, const Question& question)
      : library_(library), c_(library.corpus()), q_(question), schema_(c_, question) {}

  std::expected<Query, std::vector<std::string>> run() {
    check();
    for (int round = 0; problems_.empty(); ++round) {
      if (round == kRounds) return failed("the norms do not say which columns they need");
      auto attempt = std::make_unique<Attempt>(library_, schema_.population());
      lower(*attempt);
      if (!problems_.empty()) break;
      const std::set<std::string> missing = attempt->lowering.missing();
      if (missing.empty()) {
        problems_ = attempt->lowering.limits();
        if (problems_.empty()) return write(*attempt);
        break;
      }
      schema_.add(missing, problems_);
    }
    return std::unexpected(std::vector<std::string>(problems_.begin(), problems_.end()));
  }

 private:
  std::unexpected<std::vector<std::string>> failed(std::string problem) {
    return std::unexpected(std::vector<std::string>{std::move(problem)});
  }

  void check() {
    if (q_.norms.empty()) problems_.insert("no norm is asked");
    for (const NormId norm : q_.norms) {
      const Norm& info = c_.norms[static_cast<size_t>(norm)];
      if (info.entity != kNoId && info.entity != q_.entity)
        problems_.insert("`" + c_.full_name(norm) + "` is a norm of another entity than the one that is asked");
      if (info.type.kind == Kind::kText) problems_.insert("`" + c_.full_name(norm) + "` gives a text, which is not computed in SQL");
    }
    if (q_.linked && q_.key != "row") problems_.insert("where links are followed the key is `row`");
    for (const std::string& path : q_.unknowable) check_fact(path, true);
    for (const auto& [path, bounds] : q_.within) {
      check_fact(path, false);
      if (bounds.least > bounds.greatest) problems_.insert("the bounds of `" + path + "` hold no number");
    }
  }

  /// Where links are followed a name may be that of facts of several entities.
  void check_fact(const std::string& path, bool or_none) {
    bool found = false, fits = false;
    for (size_t i = 0; i < c_.entities.size(); ++i) {
      if (!q_.linked && static_cast<EntityId>(i) != q_.entity) continue;
      const Fact* fact = find_fact(c_, static_cast<EntityId>(i), path);
      if (fact == nullptr) continue;
      const Kind kind = fact->type.kind;
      const bool number = kind == Kind::kWhole || kind == Kind::kDays || kind == Kind::kMoney || kind == Kind::kDecimal;
      found = true;
      fits = fits || (or_none ? fact->type.or_none : number);
    }
    if (fits) return;
    if (!found) problems_.insert("`" + path + "` is no fact of `" + c_.entities[static_cast<size_t>(q_.entity)].name + "`");
    if (found && or_none) problems_.insert("`" + path + "` is never none: its NULL already means unknown");
    if (found && !or_none) problems_.insert("`" + path + "` is no number, and has no bounds but its own");
  }

  void lower(Attempt& attempt) {
    Lowering& lowering = attempt.lowering;
    const int32_t world = lowering.add_world(q_.reforms);
    const PlaceId root = lowering.root(q_.entity);
    Cell day;
    const auto law = find_law(attempt, world, root, day);
    if (!law) {
      problems_.insert(law.error().message);
      return;
    }
    if (*law < 0) return;  // the column of the day is missing so far
    for (const NormId norm : q_.norms) {
      Decision decision = lowering.decide(norm, *law, root, true);
      if (!q_.law_day.empty()) undate(attempt.graph, day, decision);
      Cell& cell = decision.outcome;
      for (Bit* bit : {&cell.known, &cell.none, &cell.errors.conflict, &cell.errors.gap, &cell.errors.fault})
        *bit = attempt.graph.proved(*bit);
      attempt.answers.push_back({norm, std::move(decision)});
    }
  }

  Result<LawId> find_law(Attempt& attempt, int32_t world, PlaceId root, Cell& day) {
    if (q_.law_day.empty()) return attempt.lowering.law_on(world, q_.law, attempt.graph.constant(q_.today.days));
    const Entity& entity = c_.entities[static_cast<size_t>(q_.entity)];
    const int32_t fact = entity.find_fact(q_.law_day);
    if (fact == kNoId || entity.facts[static_cast<size_t>(fact)].type.kind != Kind::kDate)
      return fail("`" + q_.law_day + "` is no date fact of the entity that is asked");
    day = attempt.lowering.fact(root, fact);
    if (day.number == kNoNum) return LawId{-1};
    return attempt.lowering.law_of(world, day.number);
  }

  /// A row without its own day is unknown as a whole.
  static void undate(Graph& g, const Cell& day, Decision& decision) {
    const Bit dated = g.both(day.known, !day.none);
    Cells cells(g);
    decision.outcome = cells.choose(dated, decision.outcome, cells.unknown_cell(decision.outcome.kind));
    for (DecidingRule& rule : decision.deciding) rule.decides = g.both(dated, rule.decides);
  }

  std::expected<Query, std::vector<std::string>> write(Attempt& attempt) {
    Writer writer(c_, q_, schema_.population(), attempt.graph, attempt.lowering.aggregates());
    Query out;
    std::vector<Named> outputs;
    std::vector<ExprId> values;
    for (const Answered& answer : attempt.answers) tell(attempt.graph, writer, answer, out, outputs);
    // Only now is it known which columns are read, so that a row that holds what no fact can be answers nothing at all.
    const ExprId fit = writer.fit(kRootBlock);
    const bool always = writer.sheet()[fit].text == "TRUE";
    for (Named& output : outputs) {
      if (always) break;
      const char* instead = output.name.ends_with("_state") ? "'unfit'" : "NULL";
      output.expr = writer.sheet().text(std::string("CASE WHEN $0 THEN $1 ELSE ") + instead + " END", {fit, output.expr});
    }
    Levels levels(writer, q_);
    const std::string rows = levels.write(outputs);
    std::vector<std::string> problems(levels.problems().begin(), levels.problems().end());
    for (const auto& [problem, norm] : told_problems_) problems.push_back("`" + norm + "`: " + problem);
    if (!problems.empty()) return std::unexpected(std::move(problems));
    std::string tables;
    for (const LawTable& table : writer.law_tables()) tables += (tables.empty() ? "" : ",\n") + table.name + " AS (" + table.body + ")";
    const bool plain = tables.empty() && rows.starts_with("SELECT ");
    const std::string between = tables.empty() ? "" : rows.starts_with("SELECT ") ? "\n" : ",\n";
    out.inputs = inputs(attempt);
    out.text = header(c_, q_, out) + (plain ? "" : "WITH RECURSIVE\n") + tables + between + rows;
    if (out.text.size() > kQueryMax) return failed("the query is longer than " + std::to_string(kQueryMax >> 20) + " MiB");
    return out;
  }

  void tell(const Graph& g, Writer& w, const Answered& answer, Query& out, std::vector<Named>& outputs) {
    const size_t before = w.problems().size();
    const Norm& info = c_.norms[static_cast<size_t>(answer.norm)];
    const Cell& cell = answer.decision.outcome;
    Output told;
    told.norm = answer.norm;
    told.type = info.type;
    told.name = info.name + (info.under == kNoId ? "" : "_under_" + c_.acts[static_cast<size_t>(info.under)].name);
    Sheet& sheet = w.sheet();
    const bool always = cell.known == kYes && cell.none == kNo;
    const ExprId there = w.bit(cell.known);
    const ExprId none = w.bit(cell.none);
    ExprId value = value_of(g, w, cell, info.type);
    if (!always && info.type.kind != Kind::kSet) value = sheet.text("CASE WHEN $0 AND NOT $1 THEN $2 END", {there, none, value});
    outputs.push_back({told.name, value});
    const std::string states =
        "CASE WHEN $0 THEN CASE WHEN $1 THEN 'none' ELSE 'value' END WHEN $2 THEN 'conflict' WHEN $3 THEN 'gap' WHEN $4 THEN "
        "'fault' ELSE 'unknown' END";
    const ExprId state =
        always ? sheet.atom("'value'")
               : sheet.text(states, {there, none, w.bit(cell.errors.conflict), w.bit(cell.errors.gap), w.bit(cell.errors.fault)});
    outputs.push_back({told.name + "_state", state});
    if (info.type.kind != Kind::kSet) {
      told.has_rule = true;
      outputs.push_back({told.name + "_rule", rule(w, answer.decision)});
    }
    out.outputs.push_back(std::move(told));
    if (w.problems().size() == before) return;
    for (const std::string& problem : w.problems()) told_problems_.emplace(problem, c_.full_name(answer.norm));
  }

  /// The first deciding rule in the order of the law, by its number within the norm.
  ExprId rule(Writer& w, const Decision& decision) {
    ExprId out = w.sheet().atom("CAST(NULL AS INTEGER)");
    for (size_t i = decision.deciding.size(); i-- > 0;) {
      const std::string number = std::to_string(c_.rules[static_cast<size_t>(decision.deciding[i].rule)].number);
      const Bit decides = decision.deciding[i].decides;
      if (decides == kYes) out = w.sheet().atom(number);
      if (decides != kYes && decides != kNo) out = w.sheet().text("CASE WHEN $0 THEN " + number + " ELSE $1 END", {w.bit(decides), out});
    }
    return out;
  }

  ExprId value_of(const Graph& g, Writer& w, const Cell& cell, const Type& type) {
    Sheet& sheet = w.sheet();
    if (type.kind == Kind::kYesNo) return w.bit(cell.yes);
    if (type.kind == Kind::kSet) return members_of(w, cell, type);
    const Num number = cell.number;
    if (number == kNoNum) return sheet.atom("CAST(NULL AS " + w.speech().type_name(type) + ")");
    if (type.kind == Kind::kEnum) return w.code(number, type.of);
    const ExprId value = w.number(number);
    (void)g;
    const bool decimals = w.speech().has_decimals();
    switch (type.kind) {
      case Kind::kDate:
        return sheet.text(decimals ? "(DATE '1970-01-01' + CAST($0 AS INTEGER))" : "date($0 * 86400, 'unixepoch')", {value});
      case Kind::kMoney: return decimals ? sheet.text("CAST(CAST($0 AS DECIMAL(38, 2)) / 100 AS DECIMAL(21, 2))", {value}) : value;
      case Kind::kDecimal: return decimals ? sheet.text("(CAST($0 AS DECIMAL(28, 0)) * 0.000000001)", {value}) : value;
      default: return value;
    }
  }

  /// The codes of the certain members, between commas.
  ExprId members_of(Writer& w, const Cell& cell, const Type& type) {
    const auto& members = c_.enums[static_cast<size_t>(type.of)].members;
    Sheet& sheet = w.sheet();
    ExprId out = sheet.atom("''");
    for (size_t i = 0; i < std::min(members.size(), cell.members.size()); ++i) {
      if (cell.members[i] == kNo) continue;
      const ExprId code = sheet.atom(text_literal("," + members[i].code));
      const ExprId there = cell.members[i] == kYes ? code : sheet.text("CASE WHEN $0 THEN $1 ELSE '' END", {w.bit(cell.members[i]), code});
      out = sheet.text("$0 || $1", {out, there});
    }
    return sheet.text("substr($0, 2)", {out});
  }

  std::vector<Input> inputs(const Attempt& attempt) const {
    std::vector<Input> out;
    for (const Source& source : attempt.graph.sources()) {
      if (source.what != Source::What::kColumn) continue;
      const Column& column = *schema_.population().find(source.table)->find(source.name);
      out.push_back({source.table, column.path, column.type, column.type.or_none && column.validity != nullptr});
    }
    return out;
  }

  ProgramLibrary& library_;
  const Corpus& c_;
  const Question& q_;
  Schema schema_;
  std::set<std::string> problems_;
  std::map<std::string, std::string> told_problems_;  ///< what the dialect cannot do, and the first norm that needs it
};

}  // namespace

std::expected<Query, std::vector<std::string>> write_query(ProgramLibrary& library, const Question& question) {
  return Compiler(library, question).run();
}

}  // namespace koshi::zan::sql
