#include "zan/syntax/printer.h"

#include "base/date.h"
#include "zan/syntax/page.h"
#include "zan/syntax/print_expression.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

void print_act(Page& page, const ActDecl& act) {
  const bool is_act = act.kind == ActDecl::Kind::kAct;
  const bool is_treaty = act.kind == ActDecl::Kind::kTreaty;
  Flow flow;
  flow.add(concat({is_act ? "act " : is_treaty ? "treaty " : "source ", act.name.text, " ", print_text(act.title)}));
  flow.space(kBreakClause);
  flow.add(concat({is_act ? "adopted " : is_treaty ? "signed " : "published ", format_date(act.made)}));
  if (!act.number.empty()) {
    flow.space(kBreakClause);
    flow.add(concat({"number ", print_text(act.number)}));
  }
  if (act.from) {
    flow.space(kBreakClause);
    flow.add(concat({"in force ", print_period(act.from, act.until)}));
  }
  if (!act.replaces.empty()) {
    flow.space(kBreakClause);
    std::string names;
    for (const Name& name : act.replaces) names += concat({names.empty() ? "" : ", ", name.text});
    flow.add(concat({"replaces ", names}));
  }
  if (act.not_ratified) {
    flow.space(kBreakClause);
    flow.add("not ratified");
  }
  if (!act.url.empty()) {
    flow.space(kBreakClause);
    flow.add(concat({"url ", print_text(act.url)}));
  }
  page.flow(0, flow, act.comments, kIndentStep);
}

void print_enum(Page& page, const EnumDecl& decl) {
  const std::string head = concat({"enum ", decl.name.text, " ", print_text(decl.label)});
  page.line(0, decl.csv.empty() ? head : concat({head, " from ", print_text(decl.csv)}), decl.comments);
  for (const EnumMember& member : decl.members) {
    page.above(kIndentStep, member.comments);
    page.line(kIndentStep, concat({print_code(member.code), " ", print_text(member.label)}), member.comments);
  }
}

void print_set(Page& page, const SetDecl& decl) {
  page.line(0, concat({"set ", decl.name.text, " of ", decl.of.text, " ", print_text(decl.label)}), decl.comments);
  print_by(page, kIndentStep, decl.by);
  for (const SetRow& row : decl.rows) {
    page.above(kIndentStep, row.comments);
    Flow flow;
    for (size_t i = 0; i < row.members.size(); ++i) {
      if (i > 0) {
        flow.add(",");
        flow.space(kBreakValue);
      }
      flow.add(print_code(row.members[i]));
    }
    if (row.from || row.until) {
      flow.space(kBreakValue);
      flow.add(print_period(row.from, row.until));
    }
    page.flow(kIndentStep, flow, row.comments);
  }
}

void print_fact(Page& page, const FactDecl& fact) {
  page.above(kIndentStep, fact.comments);
  const std::string format = fact.format.empty() ? "" : concat({" format ", fact.format.text});
  page.line(kIndentStep, concat({fact.name.text, " : ", print_type(fact.type), format, " ", print_text(fact.label)}), fact.comments);
  if (!fact.ask.empty()) page.line(2 * kIndentStep, concat({"ask ", print_text(fact.ask)}));
  if (!fact.help.empty()) page.line(2 * kIndentStep, concat({"help ", print_text(fact.help)}));
}

void print_link(Page& page, const LinkDecl& link) {
  page.above(kIndentStep, link.comments);
  const std::string target = concat({link.many ? "many " : "", link.target.text, " ", print_text(link.label)});
  page.line(kIndentStep, concat({"link ", link.name.text, " : ", target}), link.comments);
}

void print_must(Page& page, const MustDecl& must) {
  page.above(kIndentStep, must.comments);
  Flow flow;
  flow.add("must ");
  print_expression(flow, *must.condition);
  flow.space(kBreakClause);
  flow.add(print_text(must.message));
  page.flow(kIndentStep, flow, must.comments);
}

void print_identity(Page& page, const IdentityDecl& identity) {
  page.above(kIndentStep, identity.comments);
  std::string text = concat({"identity ", identity.kind.text, " ", identity.number.text});
  if (!identity.passport.empty()) text += concat({", ", identity.passport.text, " of ", identity.country.text});
  if (!identity.name.empty()) text += concat({" named ", identity.name.text});
  if (!identity.born.empty()) text += concat({" born ", identity.born.text});
  page.line(kIndentStep, text, identity.comments);
}

void print_entity(Page& page, const EntityDecl& entity) {
  page.line(0, concat({"entity ", entity.name.text, " ", print_text(entity.label)}), entity.comments);
  for (const Placed& placed : in_written_order(entity.facts, entity.links, entity.musts, entity.identities)) {
    if (placed.list == 0) print_fact(page, entity.facts[placed.index]);
    if (placed.list == 1) print_link(page, entity.links[placed.index]);
    if (placed.list == 2) print_must(page, entity.musts[placed.index]);
    if (placed.list == 3) print_identity(page, entity.identities[placed.index]);
  }
}

/// One empty line between declarations; sources of law stand together as they were grouped.
void separate(Page& page, const Comments& comments, bool sources_of_law) {
  if (!page.empty() && !sources_of_law) page.blank_line();
  page.above(0, comments);
}

class FilePrinter {
 public:
  explicit FilePrinter(const FileTree& tree) : tree_(tree) {}

  std::string run() {
    DeclKind last = DeclKind::kNorm;
    for (const auto& [kind, index] : tree_.order) {
      together_ = kind == DeclKind::kAct && last == DeclKind::kAct;
      declaration(kind, index);
      last = kind;
    }
    if (!tree_.closing_comments.empty()) separate(page_, {.above = tree_.closing_comments, .beside = {}}, false);
    return page_.take();
  }

 private:
  template <typename Decl>
  const Decl& start(const Decl& decl) {
    separate(page_, decl.comments, together_);
    return decl;
  }

  void declaration(DeclKind kind, size_t index) {
    switch (kind) {
      case DeclKind::kAct: return print_act(page_, start(tree_.acts.at(index)));
      case DeclKind::kEnum: return print_enum(page_, start(tree_.enums.at(index)));
      case DeclKind::kSet: return print_set(page_, start(tree_.sets.at(index)));
      case DeclKind::kCalendar: {
        const CalendarDecl& decl = start(tree_.calendars.at(index));
        return page_.line(0, concat({"calendar ", print_text(decl.csv)}), decl.comments);
      }
      case DeclKind::kTopic: {
        const TopicDecl& decl = start(tree_.topics.at(index));
        return page_.line(0, concat({"topic ", decl.name.text, " ", print_text(decl.label)}), decl.comments);
      }
      case DeclKind::kEntity: return print_entity(page_, start(tree_.entities.at(index)));
      case DeclKind::kNorm: return print_norm(page_, 0, start(tree_.norms.at(index)));
      case DeclKind::kTable: return print_table(page_, start(tree_.tables.at(index)));
      case DeclKind::kReform: return print_reform(page_, start(tree_.reforms.at(index)));
      case DeclKind::kCase: return print_case(page_, start(tree_.cases.at(index)));
      case DeclKind::kAccount: return print_account(page_, start(tree_.accounts.at(index)));
      case DeclKind::kProcedure: return print_procedure(page_, start(tree_.procedures.at(index)));
      case DeclKind::kReturn: return print_return(page_, start(tree_.returns.at(index)));
    }
  }

  const FileTree& tree_;
  Page page_;
  bool together_ = false;
};

}  // namespace

void print_by(Page& page, size_t indent, const std::vector<Citation>& citations) {
  if (citations.empty()) return;
  Flow flow;
  flow.add("by ");
  print_citations(flow, citations);
  page.flow(indent, flow);
}

std::string print(const FileTree& tree) {
  return FilePrinter(tree).run();
}

}  // namespace koshi::zan
