#include "zan/columns/lower.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan::columns {

void Lowering::limit(const std::string& what) {
  limits_.insert((pool_.norm == kNoId ? std::string() : "`" + c_.full_name(pool_.norm) + "`: ") + what);
}

int32_t Lowering::add_world(std::vector<ReformId> reforms) {
  worlds_.push_back(std::move(reforms));
  return static_cast<int32_t>(worlds_.size() - 1);
}

PlaceId Lowering::intern(Place place) {
  const auto it = std::ranges::find(places_, place);
  if (it != places_.end()) return static_cast<PlaceId>(it - places_.begin());
  places_.push_back(std::move(place));
  return static_cast<PlaceId>(places_.size() - 1);
}

PlaceId Lowering::root(EntityId entity) {
  Place place;
  place.entity = entity;
  place.table = entity != kNoId && population_.find(entity) != nullptr ? entity : kNoId;
  return intern(std::move(place));
}

PlaceId Lowering::follow(PlaceId from, int32_t link) {
  const Place at = places_[static_cast<size_t>(from)];
  const Link& info = c_.entities[static_cast<size_t>(at.entity)].links[static_cast<size_t>(link)];
  Place to = at;
  to.entity = info.target;
  to.prefix += info.name + ".";
  if (at.table == kNoId) return intern(std::move(to));
  const Table& table = *population_.find(at.table);
  const LinkColumn* column = table.find_link(at.prefix + info.name);
  if (column == nullptr) return intern(std::move(to));
  const Table& target = *population_.find(info.target);
  const int32_t source = g_.source({Source::What::kLink, at.table, column->link});
  to.row = g_.leaf(source, at.row, at.block, Storage::kI32, {kNoRow, target.rows - 1}, false);
  to.exists = g_.both(at.exists, g_.in(to.row, Ranges(0, INT64_MAX)));
  to.table = info.target;
  to.prefix.clear();
  return intern(std::move(to));
}

/// Along the first so many links of the address.
PlaceId Lowering::follow(const Address& address, const Scope& scope, size_t links) {
  const Scope* at = &scope;
  for (int up = address.up; up > 0; --up) at = at->outer;
  PlaceId place = at->place;
  for (size_t i = 0; i < links; ++i) place = follow(place, address.links[i]);
  return place;
}

Cell Lowering::fact(PlaceId place, int32_t fact) {
  const Place& at = places_[static_cast<size_t>(place)];
  const Fact& info = c_.entities[static_cast<size_t>(at.entity)].facts[static_cast<size_t>(fact)];
  const Table* table = at.table == kNoId ? nullptr : population_.find(at.table);
  const Column* found = table == nullptr ? nullptr : table->find(at.prefix + info.name);
  if (found != nullptr) return column(at, *found);
  const EntityId owner = at.table == kNoId ? at.entity : at.table;
  missing_.insert(c_.entities[static_cast<size_t>(owner)].name + "." + (at.table == kNoId ? "" : at.prefix) + info.name);
  return cells_.unknown_cell(info.type.kind);
}

Cell Lowering::column(const Place& at, const Column& column) {
  const int32_t source = g_.source({Source::What::kColumn, at.table, column.path});
  Cell out;
  out.kind = column.type.kind;
  out.known = at.exists;
  if (column.validity != nullptr) out.known = g_.both(out.known, g_.valid(source, at.row, at.block));
  out.number = g_.leaf(source, at.row, at.block, column.storage, *column.bounds, column.type.or_none);
  if (column.type.or_none) out.none = g_.both(out.known, g_.in(out.number, Ranges::only(none_mark(column.storage))));
  if (out.kind == Kind::kYesNo) out.yes = g_.in(out.number, Ranges::only(1));
  return out;
}

Result<LawId> Lowering::law_on(int32_t world, Date law, Num today) {
  TRY(program, library_.on(law, worlds_[static_cast<size_t>(world)]));
  Law made;
  made.world = world;
  made.today = today;
  made.stretches.push_back({program, Ranges::all()});
  for (size_t i = 0; i < laws_.size(); ++i) {
    const Law& other = laws_[i];
    const bool same = other.day == kNoNum && other.today == today && other.stretches.front().program == program;
    if (same) return static_cast<LawId>(i);
  }
  laws_.push_back(std::move(made));
  return static_cast<LawId>(laws_.size() - 1);
}

Result<LawId> Lowering::law_of(int32_t world, Num day) {
  for (size_t i = 0; i < laws_.size(); ++i) {
    if (laws_[i].day == day && laws_[i].world == world) return static_cast<LawId>(i);
  }
  Law law;
  law.world = world;
  law.day = law.today = day;
  const Ranges days = g_.proper(day) & Ranges(kFirstDate.days, kLastDate.days);
  for (size_t i = 0; i < c_.epochs.size(); ++i) {
    const int64_t last = i + 1 < c_.epochs.size() ? c_.epochs[i + 1].days - 1 : kLastDate.days;
    const Ranges stretch(c_.epochs[i].days, last);
    if ((stretch & days).empty()) continue;
    const auto program = library_.on(c_.epochs[i], worlds_[static_cast<size_t>(world)]);
    law.stretches.push_back({program ? *program : nullptr, stretch});
  }
  if (law.stretches.empty()) return fail("the dates of the law lie outside the years 1 to 9999");
  if (law.stretches.size() > kMaxEpochs)
    return fail("the dates of the law span more than " + std::to_string(kMaxEpochs) + " changes of it");
  laws_.push_back(std::move(law));
  return static_cast<LawId>(laws_.size() - 1);
}

Cell Lowering::norm(NormId norm, LawId law, PlaceId place) {
  const bool parameter = c_.norms[static_cast<size_t>(norm)].entity == kNoId;
  return decide(norm, law, parameter ? 0 : place, false).outcome;
}

namespace {

bool same_cell(const Cell& a, const Cell& b) {
  return a.kind == b.kind && a.known == b.known && a.none == b.none && a.errors.conflict == b.errors.conflict &&
         a.errors.gap == b.errors.gap && a.errors.fault == b.errors.fault && a.yes == b.yes && a.number == b.number &&
         a.members == b.members;
}

bool same_deciding(const Decision& a, const Decision& b) {
  return std::ranges::equal(a.deciding, b.deciding,
                            [](const DecidingRule& x, const DecidingRule& y) { return x.rule == y.rule && x.decides == y.decides; });
}

}  // namespace

Decision Lowering::decide(NormId norm, LawId law, PlaceId place, bool deciding) {
  const auto key = std::tuple(norm, law, place);
  if (const auto it = norms_.find(key); it != norms_.end() && !deciding) return {it->second, {}};
  if (open_norms_.contains(key) || open_norms_.size() >= kMaxNormDepth) {
    limit(open_norms_.contains(key) ? "depends on itself through a date" : "norms stand too deeply inside one another");
    return {cells_.unknown_cell(c_.norms[static_cast<size_t>(norm)].type.kind), {}};
  }
  open_norms_.insert(key);
  const Pool pool = pool_;
  const Law at = laws_[static_cast<size_t>(law)];
  std::vector<std::pair<Decision, Ranges>> found;
  for (const Law::Stretch& stretch : at.stretches) {
    Decision made = decide_in(stretch.program, norm, law, place, deciding);
    const auto same = std::ranges::find_if(
        found, [&](const auto& other) { return same_cell(other.first.outcome, made.outcome) && same_deciding(other.first, made); });
    if (same == found.end()) {
      found.emplace_back(std::move(made), stretch.days);
    } else {
      same->second = same->second | stretch.days;
    }
  }
  Decision out = found.back().first;
  if (found.size() > 1) {
    // Each row by the law of its own day.
    std::vector<DecidingRule> rules;
    for (const auto& [made, days] : found) {
      const Bit here = g_.in(at.day, days);
      for (const DecidingRule& rule : made.deciding) rules.push_back({rule.rule, g_.both(here, rule.decides), rule.value});
    }
    for (size_t i = found.size() - 1; i-- > 0;)
      out.outcome = cells_.choose(g_.in(at.day, found[i].second), found[i].first.outcome, out.outcome);
    out.deciding = std::move(rules);
  }
  pool_ = pool;
  open_norms_.erase(key);
  norms_[key] = out.outcome;
  return out;
}

Decision Lowering::decide_in(const Program* program, NormId norm, LawId law, PlaceId place, bool deciding) {
  const Norm& info = c_.norms[static_cast<size_t>(norm)];
  Errors drafts;
  drafts.fault = kYes;
  if (program == nullptr) return {cells_.failed(info.type.kind, drafts), {}};
  pool_ = {program, law, norm};
  const Scope scope{place, nullptr};
  const ProgramNorm& rules = program->norms[static_cast<size_t>(norm)];
  if (info.type.kind == Kind::kSet) return {decide_set(rules, info.type.of, scope), {}};
  return decide_value(rules, scope, deciding);
}

}  // namespace koshi::zan::columns
