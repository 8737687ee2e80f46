#include <algorithm>

#include "base/text.h"
#include "zan/corpus/lower.h"

/// Names and paths.
namespace koshi::zan {

/// Follows path[first…] from found.in: links to one, then a fact, a norm, a link to many, or the record itself.
void Lowering::step(Found& found, const std::vector<Name>& path, const Name& under, size_t first) const {
  for (size_t i = first; i < path.size(); ++i) {
    const Entity& entity = b_.entity(found.in);
    const bool last = i + 1 == path.size();
    found.bad = i;
    if (const int32_t link = entity.find_link(path[i].text); link != kNoId) {
      const Link& info = entity.links[static_cast<size_t>(link)];
      if (info.many && !last) return;
      found.address.links.push_back(link);
      found.in = info.target;
      if (last) found.what = info.many ? Found::What::kMany : Found::What::kRecord;
      continue;
    }
    if (!last) return;
    if (const int32_t fact = entity.find_fact(path[i].text); fact != kNoId && under.empty()) {
      found.address.fact = fact;
      found.what = Found::What::kFact;
    } else if (const NormId norm = b_.corpus.find_norm(entity.name + "." + path[i].text, under.text); norm != kNoId) {
      if (under.empty() && b_.corpus.norms[static_cast<size_t>(norm)].under != kNoId) return;
      found.norm = norm;
      found.what = Found::What::kNorm;
    }
  }
  found.address.entity = found.in;
}

Lowering::Found Lowering::find(const std::vector<Name>& path, const Name& under) const {
  Found best;
  for (size_t up = 0; up < frames_.size(); ++up) {
    Found found;
    found.in = frames_[frames_.size() - 1 - up];
    found.address.up = static_cast<uint8_t>(up);
    step(found, path, under, 0);
    if (found.what != Found::What::kNothing) return found;
    if (up == 0 || found.bad > best.bad) best = found;
  }
  if (path.size() == 1) {
    const NormId parameter = b_.corpus.find_norm(path[0].text, under.text);
    if (parameter != kNoId && b_.corpus.norms[static_cast<size_t>(parameter)].entity == kNoId) {
      Found found;
      found.what = Found::What::kNorm;
      found.norm = parameter;
      return found;
    }
  }
  return best;
}

bool Lowering::is_bare_word(const Expr& expr) const {
  if (expr.kind == ExprKind::kCode) return true;
  return expr.kind == ExprKind::kPath && expr.path.size() == 1 && find(expr.path, expr.under).what == Found::What::kNothing;
}

const Set* Lowering::named_set(const Expr& expr) const {
  if (expr.kind != ExprKind::kPath || expr.path.size() != 1) return nullptr;
  const auto it = std::ranges::find_if(b_.corpus.sets, [&](const Set& set) { return set.name == expr.path[0].text; });
  return it == b_.corpus.sets.end() ? nullptr : &*it;
}

void Lowering::unknown_name(const Expr& expr, const Found& found) {
  std::vector<std::string> known;
  if (found.in != kNoId) {
    const Entity& entity = b_.entity(found.in);
    known = names_of(entity.facts);
    for (const Link& link : entity.links) known.push_back(link.name);
    for (const Norm& norm : b_.corpus.norms) {
      if (norm.entity == found.in && !norm.of_procedure) known.push_back(norm.name);
    }
  }
  if (expr.path.size() == 1) {
    for (const Norm& norm : b_.corpus.norms) {
      if (norm.entity == kNoId) known.push_back(norm.name);
    }
  }
  const Name& bad = expr.path[std::min(found.bad, expr.path.size() - 1)];
  std::vector<Note> notes;
  if (const auto near = nearest(bad.text, known); near && *near != bad.text) notes.push_back({{}, "nearest known name: `" + *near + "`"});
  if (std::ranges::find(known, bad.text) != known.end())
    notes.push_back({{}, "it exists, but not so: say `under` which instrument, or use a link to many in an aggregate"});
  if (found.in != kNoId) notes.push_back({{}, "names here are those of " + b_.entity(found.in).name});
  error(bad.span, "unknown name `" + bad.text + "`", std::move(notes));
}

NodeId Lowering::lower_path(const Expr& expr, const Type* expected) {
  const Found found = find(expr.path, expr.under);
  const bool enum_expected = expected != nullptr && (expected->kind == Kind::kEnum || expected->kind == Kind::kSet);
  if (enum_expected && expr.path.size() == 1 && expr.under.empty()) {
    const Enum& type = b_.corpus.enums[static_cast<size_t>(expected->of)];
    const bool member = type.index.contains(expr.path[0].text);
    Type got{};
    if (found.what == Found::What::kFact) got = b_.entity(found.address.entity).facts[static_cast<size_t>(found.address.fact)].type;
    if (found.what == Found::What::kNorm) got = b_.norm(found.norm).type;
    const bool fits = (got.kind == Kind::kEnum || got.kind == Kind::kSet) && got.of == expected->of;
    if (member && !fits) return lower_member(expr.path[0].text, expr.span, expected);
    if (found.what == Found::What::kNothing) return lower_member(expr.path[0].text, expr.span, expected);
  }
  Node node;
  node.span = expr.span;
  switch (found.what) {
    case Found::What::kFact:
      node.op = Op::kFact;
      node.type = b_.entity(found.address.entity).facts[static_cast<size_t>(found.address.fact)].type;
      node.a = b_.add_address(found.address);
      return b_.add(std::move(node));
    case Found::What::kNorm:
      node.op = Op::kNorm;
      node.type = b_.norm(found.norm).type;
      node.a = found.norm;
      node.b = b_.add_address(found.address);
      return b_.add(std::move(node));
    case Found::What::kMany:
      return error(expr.span, "`" + expr.path.back().text + "` is a link to many",
                   {{{}, "use it in `count of`, `any of`, `sum … of` and the like"}});
    case Found::What::kRecord:
      return error(expr.span, "`" + expr.path.back().text + "` is a link; name one of its facts or norms",
                   {{{}, "as in `" + expr.path.back().text + ".…`"}});
    case Found::What::kNothing: break;
  }
  if (named_set(expr) != nullptr) return error(expr.span, "`" + expr.path[0].text + "` is a set; test membership with `in`");
  unknown_name(expr, found);
  return kNoId;
}

NodeId Lowering::lower_known(const Expr& expr) {
  const Expr& path = *expr.args[0];
  const Found found = find(path.path, path.under);
  if (found.what == Found::What::kNothing) {
    unknown_name(path, found);
    return kNoId;
  }
  if (found.what != Found::What::kFact) return error(path.span, "`known` asks whether a fact is given; this is not a fact");
  return finish(Op::kKnown, {Kind::kYesNo, false, -1}, expr.span, b_.add_address(found.address));
}

NodeId Lowering::lower_on_date(const Expr& expr) {
  const NodeId norm = lower(*expr.args[0], nullptr);
  const NodeId date = lower_as(*expr.args[1], {Kind::kDate, false, -1});
  if (norm == kNoId || date == kNoId) return kNoId;
  if (b_.node(norm).op != Op::kNorm) return error(expr.args[0]->span, "`on` puts a norm's question on another date; this is not a norm");
  return finish(Op::kOnDate, type_of(norm), expr.span, norm, date);
}

}  // namespace koshi::zan
