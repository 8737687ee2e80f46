#include "zan/columns/columns.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "zan/columns/parts.h"

/// From the question to a program: lower every norm in every world, say what each output holds, and emit.
namespace koshi::zan {
namespace {

using namespace columns;

constexpr int64_t kByteMax = 254;  // 255 is the mark of none
constexpr size_t kWordMembers = 64;

class Compiler {
 public:
  Compiler(ProgramLibrary& library, const Population& population, const ColumnQuestion& question, Graph& graph)
      : c_(library.corpus()), population_(population), q_(question), g_(graph), lowering_(library, population, graph) {}

  std::vector<std::string> run() {
    problems_ = find_problems(c_, population_);
    const Table* table = population_.find(q_.entity);
    if (table == nullptr) problems_.push_back("the population has no table of the entity that is asked");
    for (const NormId norm : q_.norms) {
      const EntityId of = c_.norms[static_cast<size_t>(norm)].entity;
      if (of != kNoId && of != q_.entity)
        problems_.push_back("`" + c_.full_name(norm) + "` is a norm of another entity than the one that is asked");
    }
    if (!problems_.empty()) return std::move(problems_);
    rows = table->rows;
    auto worlds = q_.worlds;
    if (worlds.empty()) worlds.emplace_back();
    const PlaceId root = lowering_.root(q_.entity);
    for (auto& reforms : worlds) ask(std::move(reforms), root);
    tell();
    return std::move(problems_);
  }

  const std::vector<columns::Aggregate>& aggregates() const { return lowering_.aggregates(); }

  int64_t rows = 0;
  std::vector<ColumnAnswer> answers;
  std::vector<OutputNode> outputs;

 private:
  void ask(std::vector<ReformId> reforms, PlaceId root) {
    const int32_t world = lowering_.add_world(std::move(reforms));
    const auto law = find_law(world, root);
    if (!law) {
      problems_.push_back(law.error().message);
      return;
    }
    for (const NormId norm : q_.norms) {
      Decision decision = lowering_.decide(norm, *law, root, q_.deciding);
      answer(norm, world, decision);
    }
  }

  Result<LawId> find_law(int32_t world, PlaceId root) {
    if (q_.law_day.empty()) return lowering_.law_on(world, q_.law, g_.constant(q_.today.days));
    const int32_t fact = c_.entities[static_cast<size_t>(q_.entity)].find_fact(q_.law_day);
    const Fact* info = fact == kNoId ? nullptr : &c_.entities[static_cast<size_t>(q_.entity)].facts[static_cast<size_t>(fact)];
    if (info == nullptr || info->type.kind != Kind::kDate) return fail("`" + q_.law_day + "` is no date fact of the entity that is asked");
    day_ = lowering_.fact(root, fact);
    if (day_.number == kNoNum) return fail("the day of the law, `" + q_.law_day + "`, is in no column");
    return lowering_.law_of(world, day_.number);
  }

  /// A row without its own day is unknown as a whole.
  void undate(Decision& decision) {
    if (q_.law_day.empty()) return;
    const Bit dated = g_.both(day_.known, !day_.none);
    Cells cells(g_);
    decision.outcome = cells.choose(dated, decision.outcome, cells.unknown_cell(decision.outcome.kind));
    for (DecidingRule& rule : decision.deciding) rule.decides = g_.both(dated, rule.decides);
  }

  void answer(NormId norm, int32_t world, Decision& decision) {
    undate(decision);
    Cell& cell = decision.outcome;
    for (Bit* bit : {&cell.known, &cell.none, &cell.errors.conflict, &cell.errors.gap, &cell.errors.fault}) *bit = g_.proved(*bit);
    ColumnAnswer out;
    out.norm = norm;
    out.world = world;
    out.type = c_.norms[static_cast<size_t>(norm)].type;
    if (q_.deciding && out.type.kind != Kind::kSet) deciding(decision, out);
    if (out.type.kind == Kind::kYesNo) {
      const Num value = state_of(cell, g_.choose(cell.yes, g_.constant(1), g_.constant(0)));
      out.value = byte(decision, out, value, static_cast<uint8_t>(RowState::kUnknown));
      if (!absences(cell).empty()) out.state = out.value;
    } else if (out.type.kind == Kind::kSet) {
      if (!absences(cell).empty()) out.state = output(state_of(cell, g_.constant(1)), Storage::kU8);
      words(cell, out);
    } else {
      const std::vector<RowState> states = absences(cell);
      if (states.size() == 1) out.absent = states.front();
      if (states.size() > 1) out.state = output(state_of(cell, g_.constant(1)), Storage::kU8);
      value(decision, out);
    }
    answers.push_back(std::move(out));
  }

  /// States other than kValue that a row may be in.
  std::vector<RowState> absences(const Cell& cell) {
    std::vector<RowState> states;
    if (g_.both(cell.known, cell.none) != kNo) states.push_back(RowState::kNone);
    if (g_.proved(Cells(g_).unknown(cell)) != kNo) states.push_back(RowState::kUnknown);
    if (cell.errors.conflict != kNo) states.push_back(RowState::kConflict);
    if (cell.errors.gap != kNo) states.push_back(RowState::kGap);
    if (cell.errors.fault != kNo) states.push_back(RowState::kFault);
    return states;
  }

  Num state_of(const Cell& cell, Num value) {
    const auto state = [&](RowState s) { return g_.constant(static_cast<int64_t>(s)); };
    Num out = g_.choose(cell.known, value, state(RowState::kUnknown));
    out = g_.choose(g_.both(cell.known, cell.none), state(RowState::kNone), out);
    out = g_.choose(cell.errors.conflict, state(RowState::kConflict), out);
    out = g_.choose(cell.errors.gap, state(RowState::kGap), out);
    return g_.choose(cell.errors.fault, state(RowState::kFault), out);
  }

  void value(const Decision& decision, ColumnAnswer& out) {
    const Cell& cell = decision.outcome;
    Num number = cell.number == kNoNum ? g_.constant(0) : cell.number;
    const Interval hull = g_.proper(number).hull();
    Storage storage = storage_of(c_, out.type);
    const bool narrows = storage == Storage::kI64;  // to what the rows of this population can come to
    if (narrows && hull.least > INT32_MIN && hull.greatest <= INT32_MAX) storage = Storage::kI32;
    if (narrows && hull.least >= 0 && hull.greatest <= kByteMax) storage = Storage::kU8;
    const Bit there = g_.both(cell.known, !cell.none);
    if (there != kYes) number = g_.choose(there, number, g_.constant(none_mark(storage)));
    const bool is_byte = storage == Storage::kU8;
    out.value = is_byte ? byte(decision, out, number, static_cast<uint8_t>(none_mark(storage))) : output(number, storage);
  }

  /// A column of bytes: by the deciding rule where it follows from that, which is one look for all conditions together; `unknown` where no
  /// rule decides.
  int32_t byte(const Decision& decision, const ColumnAnswer& out, Num number, uint8_t unknown) {
    const bool is_dear = choices(number) > 1;
    const auto values = is_dear ? by_rule(decision, out, unknown) : std::nullopt;
    return values ? output({kNoNum, Storage::kU8, out.deciding, *values}) : output(number, Storage::kU8);
  }

  /// How many constants are chosen between, one after another, before the last.
  int choices(Num number) const {
    int count = 0;
    for (; g_.node(number).op == NumOp::kMux; ++count) {
      const NumNode& node = g_.node(number);
      number = g_.constant_of(node.a) ? node.b : node.a;
    }
    return count;
  }

  /// The value of each deciding rule by its code, where each has but one; nothing if the value is not the rule's alone: where it is known
  /// although no rule certainly speaks, or where rows without a rule are not merely unknown.
  std::optional<std::array<uint8_t, kFollowing>> by_rule(const Decision& decision, const ColumnAnswer& out, uint8_t unknown) {
    const Cell& cell = decision.outcome;
    const bool is_plain = cell.none == kNo && Cells(g_).broken(cell.errors) == kNo;
    if (out.deciding == kNoColumn || out.rules.size() >= kFollowing || !is_plain) return std::nullopt;
    std::vector<std::optional<int64_t>> found(out.rules.size());
    for (const DecidingRule& one : decision.deciding) {
      auto& value = found[static_cast<size_t>(std::ranges::find(out.rules, one.rule) - out.rules.begin())];
      if (!one.value || (value && value != one.value)) return std::nullopt;
      value = one.value;
    }
    if (!decides_whatever_is_known(decision)) return std::nullopt;
    std::array<uint8_t, kFollowing> values = {unknown};
    for (size_t i = 0; i < found.size(); ++i) values[i + 1] = static_cast<uint8_t>(*found[i]);
    return values;
  }

  void words(const Cell& cell, ColumnAnswer& out) {
    const size_t members = c_.enums[static_cast<size_t>(out.type.of)].members.size();
    for (size_t first = 0; first < members; first += kWordMembers) {
      Num word = g_.constant(0);
      for (size_t i = first; i < std::min(members, first + kWordMembers); ++i) {
        const Bit there = i < cell.members.size() ? cell.members[i] : kNo;
        if (there == kNo) continue;
        const Num bit = g_.constant(static_cast<int64_t>(uint64_t{1} << (i - first)));
        word = add(word, g_.choose(there, bit, g_.constant(0)));
      }
      out.words.push_back(output(word, Storage::kI64));
    }
  }

  /// The bits of a word are disjoint, so that their sum wraps into it and is no overflow.
  Num add(Num a, Num b) { return g_.add_bits(a, b); }

  void deciding(const Decision& decision, ColumnAnswer& out) {
    Num code = g_.constant(0);
    std::map<RuleId, int64_t> codes;
    for (const DecidingRule& rule : decision.deciding) {
      const auto [it, is_new] = codes.emplace(rule.rule, static_cast<int64_t>(out.rules.size()) + 1);
      if (is_new) out.rules.push_back(rule.rule);
    }
    for (size_t i = decision.deciding.size(); i-- > 0;) {
      const DecidingRule& rule = decision.deciding[i];
      code = g_.choose(rule.decides, g_.constant(codes.at(rule.rule)), code);
    }
    if (const auto always = g_.constant_of(code)) {
      // One rule decides every row, or none does.
      out.rules = *always == 0 ? std::vector<RuleId>() : std::vector<RuleId>{out.rules[static_cast<size_t>(*always - 1)]};
      return;
    }
    if (out.rules.size() == 1 && decides_whatever_is_known(decision)) return;
    out.deciding = output(code, out.rules.size() <= 255 ? Storage::kU8 : Storage::kU16);
  }

  bool decides_whatever_is_known(const Decision& decision) {
    std::vector<Bit> decides;
    for (const DecidingRule& rule : decision.deciding) decides.push_back(rule.decides);
    return g_.proved(g_.both(decision.outcome.known, !g_.any(std::move(decides)))) == kNo;
  }

  int32_t output(Num number, Storage storage) { return output({number, storage}); }
  int32_t output(const OutputNode& wanted) {
    const auto same = std::ranges::find(outputs, wanted);
    if (same != outputs.end()) return static_cast<int32_t>(same - outputs.begin());
    outputs.push_back(wanted);
    return static_cast<int32_t>(outputs.size() - 1);
  }

  void tell() {
    if (!q_.missing_is_unknown) {
      for (const std::string& name : lowering_.missing()) problems_.push_back("no column for `" + name + "`");
    }
    for (const std::string& what : lowering_.limits()) problems_.push_back(what);
  }

  const Corpus& c_;
  const Population& population_;
  const ColumnQuestion& q_;
  Graph& g_;
  Lowering lowering_;
  Cell day_;
  std::vector<std::string> problems_;
};

std::vector<BoundSource> bind_sources(const Graph& graph, const Population& population) {
  std::vector<BoundSource> out;
  for (const Source& source : graph.sources()) {
    const Table& table = *population.find(source.table);
    BoundSource bound;
    bound.rows = table.rows;
    if (source.what == Source::What::kColumn) {
      const Column& column = *table.find(source.name);
      bound.data = static_cast<const std::byte*>(column.data);
      bound.validity = column.validity;
      bound.row_bytes = width_bytes(column.storage);
    } else if (source.what == Source::What::kLink) {
      bound.data = reinterpret_cast<const std::byte*>(table.find_link(source.name)->rows);
      bound.row_bytes = sizeof(int32_t);
    } else {
      const ManyColumn& many = *table.find_many(source.name);
      bound.first = many.first;
      bound.members = many.members;
      bound.validity = many.validity;
    }
    out.push_back(bound);
  }
  return out;
}

}  // namespace

std::expected<ColumnProgram, std::vector<std::string>> ColumnProgram::compile(ProgramLibrary& library, const Population& population,
                                                                              const ColumnQuestion& question) {
  Graph graph;
  Compiler compiler(library, population, question, graph);
  std::vector<std::string> problems = compiler.run();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  auto parts = std::make_unique<Parts>();
  parts->rows = compiler.rows;
  parts->answers = std::move(compiler.answers);
  parts->outputs = std::move(compiler.outputs);
  parts->linear = emit(graph, compiler.aggregates(), parts->outputs);
  parts->sources = bind_sources(graph, population);
  for (const Source& source : graph.sources())
    parts->inputs.push_back(library.corpus().entities[static_cast<size_t>(source.table)].name + "." + source.name);
  for (const Body body : {Body::kScalar, Body::kAvx2, Body::kAvx512}) {
    if (body > best_body()) continue;
    parts->bound[static_cast<size_t>(body)] = columns::bind(parts->linear, parts->sources, body, false);
    parts->streaming[static_cast<size_t>(body)] = columns::bind(parts->linear, parts->sources, body, true);
  }
  return ColumnProgram(std::move(parts));
}

ColumnProgram::ColumnProgram(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ColumnProgram::ColumnProgram(ColumnProgram&&) noexcept = default;
ColumnProgram& ColumnProgram::operator=(ColumnProgram&&) noexcept = default;
ColumnProgram::~ColumnProgram() = default;

const std::vector<ColumnAnswer>& ColumnProgram::answers() const {
  return parts_->answers;
}

const ColumnAnswer* ColumnProgram::find(NormId norm, int32_t world) const {
  const auto it = std::ranges::find_if(parts_->answers, [&](const ColumnAnswer& a) { return a.norm == norm && a.world == world; });
  return it == parts_->answers.end() ? nullptr : &*it;
}

const std::vector<std::string>& ColumnProgram::inputs() const {
  return parts_->inputs;
}

size_t ColumnProgram::instructions() const {
  return parts_->linear.code.size();
}

size_t ColumnProgram::outputs() const {
  return parts_->outputs.size();
}

size_t ColumnProgram::row_bytes() const {
  size_t bytes = 0;
  for (const OutputNode& output : parts_->outputs) bytes += width_bytes(output.storage);
  return bytes;
}

}  // namespace koshi::zan
