#include <algorithm>

#include "zan/corpus/procedure_builder.h"

/// Returns of authorities: from the tree to their checked form. Each expression becomes a hidden norm, as in procedures.
namespace koshi::zan {
namespace {

std::string written(const Expr& expr) {
  std::string out;
  for (const Name& name : expr.path) out += (out.empty() ? "" : ".") + name.text;
  return out;
}

class ReturnBuilder {
 public:
  ReturnBuilder(Builder& builder, const ReturnDecl& decl) : b_(builder), decl_(decl) {}

  void build() {
    need_label(b_, decl_.label, decl_.name);
    out_.name = decl_.name.text;
    out_.label = decl_.label;
    out_.help = decl_.help;
    out_.span = decl_.name.span;
    out_.period = decl_.period.value_or(Return::Period::kMonth);
    if (decl_.dated.by.empty())
      b_.error(decl_.name.span, "this return cites nothing", {{{}, "add `by ACT place [confidence]` below its first line"}});
    const PartContext context = part_context(b_, decl_.dated, {}, decl_.name.span, "return");
    out_.in_force = context.in_force;
    out_.by = context.by;
    for (const Name& name : decl_.procedures) procedure(name);
    if (out_.entity == kNoId) return;
    for (const ReturnRowDecl& row_decl : decl_.rows) row(row_decl);
    for (const FigureDecl& figure_decl : decl_.figures) figure(figure_decl);
    for (const ReaderDecl& reader_decl : decl_.readers) reader(reader_decl);
    if (decl_.figures.empty()) b_.error(decl_.name.span, "this return counts nothing", {{{}, "add `count` or `sum` below its first line"}});
    if (decl_.readers.empty()) b_.error(decl_.name.span, "nobody sees this return", {{{}, "add `for` and a participant of the procedure"}});
    b_.corpus.returns.push_back(std::move(out_));
  }

 private:
  void procedure(const Name& name) {
    const int32_t id = b_.corpus.find_procedure(name.text);
    if (id == kNoId) return b_.unknown("procedure", name, names_of(b_.corpus.procedures));
    const Procedure& found = b_.corpus.procedures[static_cast<size_t>(id)];
    if (found.sealed)
      return b_.error(name.span, "`" + found.name + "` is sealed: no return counts its cases", {{found.span, "declared here"}});
    if (out_.entity != kNoId && out_.entity != found.entity) {
      return b_.error(name.span, "the procedures of one return have one entity; `" + found.name + "` is of " +
                                     b_.entity(found.entity).name + ", the one before of " + b_.entity(out_.entity).name);
    }
    out_.entity = found.entity;
    out_.procedures.push_back(id);
  }

  NormId norm(const Expr& expr, NodeId value, const std::string& place, const std::string& label) {
    const Type type = b_.node(value).type;
    return add_hidden_norm(b_, out_.entity, value, type, out_.by, "return:" + out_.name + "/" + place, label, expr.span);
  }

  void row(const ReturnRowDecl& decl) {
    need_label(b_, decl.label, decl.name);
    if (!is_new(b_, seen_, decl.name, "row or figure")) return;
    const NodeId value = Lowering(b_, out_.entity).lower_any(*decl.value);
    if (value == kNoId) return;
    const Kind kind = b_.node(value).type.kind;
    if (kind != Kind::kEnum && kind != Kind::kYesNo && kind != Kind::kWhole && kind != Kind::kText) {
      b_.error(decl.value->span,
               "rows are told apart by enums, yes/no, whole numbers and texts; this is " + type_name(b_.corpus, b_.node(value).type));
    }
    paths_.push_back(decl.value->kind == ExprKind::kPath ? written(*decl.value) : "");
    out_.rows.push_back({decl.name.text, decl.label, norm(*decl.value, value, "row/" + decl.name.text, decl.label), decl.span});
  }

  void figure(const FigureDecl& decl) {
    need_label(b_, decl.label, decl.name);
    if (!is_new(b_, seen_, decl.name, "row or figure")) return;
    Figure out;
    out.name = decl.name.text;
    out.label = decl.label;
    out.of = decl.of;
    out.span = decl.span;
    for (const Name& name : decl.places) place(decl.of, name, out);
    if (decl.amount) amount(decl, out);
    if (decl.where) {
      const NodeId where = Lowering(b_, out_.entity).lower_condition(*decl.where);
      if (where != kNoId) out.where = norm(*decl.where, where, "where/" + decl.name.text, decl.label);
    }
    out_.figures.push_back(std::move(out));
  }

  void amount(const FigureDecl& decl, Figure& out) {
    const NodeId value = Lowering(b_, out_.entity).lower_any(*decl.amount);
    if (value == kNoId) return;
    const Kind kind = b_.node(value).type.kind;
    if (kind != Kind::kWhole && kind != Kind::kMoney)
      b_.error(decl.amount->span, "only whole numbers and money are summed; this is " + type_name(b_.corpus, b_.node(value).type));
    out.amount = norm(*decl.amount, value, "sum/" + decl.name.text, decl.label);
  }

  /// A state or an action, of one of the procedures at least.
  void place(Figure::Of of, const Name& name, Figure& out) {
    std::vector<std::string> known;
    for (const int32_t id : out_.procedures) {
      for (const ProcedureState& state : b_.corpus.procedures[static_cast<size_t>(id)].states) {
        if (of != Figure::Of::kDone) known.push_back(state.name);
        for (const Action& action : state.actions) {
          if (of == Figure::Of::kDone) known.push_back(action.name);
        }
      }
    }
    if (std::ranges::find(known, name.text) == known.end())
      return b_.unknown(of == Figure::Of::kDone ? "action of these procedures" : "state of these procedures", name, known);
    if (std::ranges::find(out.places, name.text) != out.places.end()) return b_.error(name.span, "`" + name.text + "` stands twice here");
    out.places.push_back(name.text);
  }

  /// Whoever is bound to a value in the procedure is bound to it here: the row must be that very fact.
  void reader(const ReaderDecl& decl) {
    ReturnReader out{decl.role.text, kNoId};
    if (!decl.within.empty()) {
      const auto it = std::ranges::find(out_.rows, decl.within.text, &ReturnRow::name);
      if (it == out_.rows.end()) return b_.unknown("row of this return", decl.within, names_of(out_.rows));
      out.within = static_cast<int32_t>(it - out_.rows.begin());
    }
    bool known = false;
    for (const int32_t id : out_.procedures) {
      const Procedure& procedure = b_.corpus.procedures[static_cast<size_t>(id)];
      const int32_t role = procedure.find_role(decl.role.text);
      if (role == kNoId) continue;
      known = true;
      bound(decl, procedure.roles[static_cast<size_t>(role)], out);
    }
    // An authority that takes no part in these cases may be told all of it.
    if (!known && !is_office_anywhere(decl.role.text)) {
      std::vector<std::string> roles;
      for (const Procedure& procedure : b_.corpus.procedures) {
        for (const Role& role : procedure.roles) roles.push_back(role.name);
      }
      return b_.unknown("participant", decl.role, roles);
    }
    out_.readers.push_back(std::move(out));
  }

  void bound(const ReaderDecl& decl, const Role& role, const ReturnReader& out) {
    if (role.kind == Role::Kind::kParty || role.kind == Role::Kind::kClock)
      return b_.error(decl.role.span, "a return is for offices; `" + role.name + "` is none", {{role.span, "declared here"}});
    if (!role.within) return;
    const std::string path = out.within == kNoId ? "" : paths_[static_cast<size_t>(out.within)];
    if (path != role.within->text) {
      b_.error(decl.role.span, "`" + role.name + "` acts within `" + role.within->text + "`, and sees only that here",
               {{role.span, "declared here"}, {{}, "add `within` and the row that is this fact"}});
    }
  }

  bool is_office_anywhere(std::string_view name) const {
    return std::ranges::any_of(b_.corpus.procedures, [&](const Procedure& procedure) {
      const int32_t role = procedure.find_role(name);
      if (role == kNoId) return false;
      const Role::Kind kind = procedure.roles[static_cast<size_t>(role)].kind;
      return kind == Role::Kind::kOffice || kind == Role::Kind::kOther;
    });
  }

  Builder& b_;
  const ReturnDecl& decl_;
  Return out_;
  std::map<std::string, Span> seen_;
  std::vector<std::string> paths_;  ///< of each row that is a fact
};

}  // namespace

void add_returns(Builder& builder) {
  std::map<std::string, Span> seen;
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ReturnDecl& decl : tree.returns) {
      if (is_new(builder, seen, decl.name, "return")) ReturnBuilder(builder, decl).build();
    }
  }
}

}  // namespace koshi::zan
