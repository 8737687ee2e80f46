#include "zan/columns/lower.h"

/// Aggregates over links to many: the expressions inside are computed for the members, then folded (kernels_list.cc).
namespace koshi::zan::columns {
namespace {

/// Whether so many values of these bounds can be added without leaving 64 bits.
bool sum_fits(const Ranges& values, int64_t members) {
  const Interval hull = values.hull();
  return narrow(Int128{hull.least} * members) && narrow(Int128{hull.greatest} * members);
}

}  // namespace

Cell Lowering::aggregate(const Node& n, const Scope& scope) {
  const Address& address = c_.addresses[static_cast<size_t>(n.a)];
  const Place holder = places_[static_cast<size_t>(follow(address, scope, address.links.size() - 1))];
  const Link& link = c_.entities[static_cast<size_t>(holder.entity)].links[static_cast<size_t>(address.links.back())];
  const Table* table = holder.table == kNoId ? nullptr : population_.find(holder.table);
  const ManyColumn* list = table == nullptr || !holder.prefix.empty() ? nullptr : table->find_many(link.name);
  if (static_cast<size_t>(blocks_) >= kMaxBlocks) {
    limit("more aggregates than one program may have: ask for fewer norms at once");
    return cells_.unknown_cell(n.type.kind);
  }
  if (list == nullptr) {
    missing_.insert(c_.entities[static_cast<size_t>(table == nullptr ? holder.entity : holder.table)].name + "." + holder.prefix +
                    link.name);
    return cells_.unknown_cell(n.type.kind);
  }
  Aggregate made;
  made.parent = places_[static_cast<size_t>(scope.place)].block;
  made.block = blocks_++;
  made.op = n.op;
  made.source = g_.source({Source::What::kMany, holder.table, list->link});
  made.row = g_.lift(holder.row, made.parent);
  // The list of a record around this one: its row has to be handed down.
  if (holder.row == kNoNum && holder.block != made.parent) limit("a list of the record around an aggregate, inside it");
  made.listed = holder.exists;
  if (list->validity != nullptr) made.listed = g_.both(made.listed, g_.valid(made.source, holder.row, holder.block));
  made.listed = g_.lift(made.listed, made.parent);
  Place member;
  member.block = made.block;
  member.entity = member.table = link.target;
  const Scope inner{intern(std::move(member)), &scope};
  const auto lifted = [&](Cell cell) {
    for (Bit* bit : {&cell.known, &cell.none, &cell.errors.conflict, &cell.errors.gap, &cell.errors.fault})
      *bit = g_.lift(*bit, made.block);
    cell.number = g_.lift(cell.number, made.block);
    return cell;
  };
  made.where.yes = kYes;
  made.today = g_.lift(laws_[static_cast<size_t>(pool_.law)].today, made.parent);
  made.window = n.k;
  if (n.op == Op::kDaysPresent) {
    made.value = lifted(fact(inner.place, c_.addresses[static_cast<size_t>(n.list[0])].fact));
    made.left = lifted(fact(inner.place, c_.addresses[static_cast<size_t>(n.list[1])].fact));
  } else {
    if (n.b != kNoId) {
      const Cell where = lifted(cells_.cell(truth(n.b, inner)));
      made.where = {g_.lift(where.yes, made.block), g_.both(where.known, !g_.lift(where.yes, made.block)), where.errors};
    }
    if (n.c != kNoId) made.value = lifted(eval(n.c, inner));
    made.kind = made.value.kind;
  }
  aggregates_.push_back(made);
  return reduced(made, static_cast<int32_t>(aggregates_.size() - 1), n.type);
}

/// The aggregate's outcome in its parent's block.
Cell Lowering::reduced(const Aggregate& made, int32_t number, const Type& type) {
  const auto part = [&](AggregatePart which) { return g_.both(made.listed, g_.part(number, which, made.parent)); };
  const bool has_value = made.op == Op::kSum || made.op == Op::kMaxOf || made.op == Op::kMinOf || made.op == Op::kDaysPresent;
  const Errors& w = made.where.errors;
  const Errors& v = made.value.errors;
  Cell out;
  out.kind = type.kind;
  if (w.conflict != kNo || v.conflict != kNo) out.errors.conflict = part(kPartConflict);
  if (w.gap != kNo || v.gap != kNo) out.errors.gap = part(kPartGap);
  const Ranges values = made.value.number == kNoNum ? Ranges(0, 0) : g_.proper(made.value.number);
  const bool may_overflow = made.op == Op::kSum && !sum_fits(values, kMaxRows);
  if (w.fault != kNo || v.fault != kNo || may_overflow) out.errors.fault = part(kPartFault);
  const bool settled = cells_.open(made.where) == kNo && (!has_value || made.value.known == kYes) &&
                       (made.op != Op::kDaysPresent || made.left.known == kYes) && cells_.broken(out.errors) == kNo;
  out.known = settled ? made.listed : part(kPartKnown);
  if (made.op == Op::kAny || made.op == Op::kAll) {
    out.yes = part(kPartYes);
    return out;
  }
  Ranges domain(0, kMaxRows);
  if (made.op == Op::kShare) domain = {0, Decimal::kOne};
  if (made.op == Op::kSum) domain = Ranges::all();
  if (made.op == Op::kMaxOf || made.op == Op::kMinOf) {
    domain = values;
    out.none = part(kPartNone);
  }
  out.number = g_.number_part(number, kPartNumber, made.parent, domain);
  return out;
}

}  // namespace koshi::zan::columns
