#include "zan/syntax/page.h"
#include "zan/syntax/print_expression.h"
#include "zan/syntax/printer.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

void print_subject(Page& page, size_t indent, const Subject& subject) {
  page.above(indent, subject.comments);
  Flow flow;
  flow.add(concat({subject.name.text, ":"}));
  for (size_t i = 0; i < subject.facts.size(); ++i) {
    if (i > 0) flow.add(",");
    flow.space(kBreakClause);
    flow.add(concat({print_path(subject.facts[i].path), " ", print(*subject.facts[i].value)}));
  }
  page.flow(indent, flow, subject.comments);
  for (const Subject& link : subject.links) print_subject(page, indent + kIndentStep, link);
}

void print_outcome(Flow& flow, const Expect& expect) {
  switch (expect.kind) {
    case Expect::Kind::kValue: return flow.add(concat({" = ", print(*expect.value)}));
    case Expect::Kind::kConflict: return flow.add(" conflict");
    case Expect::Kind::kGap: return flow.add(" gap");
    case Expect::Kind::kUnknown: break;
  }
  flow.add(" unknown");
  for (size_t i = 0; i < expect.needing.size(); ++i) {
    if (i == 0) {
      flow.space(kBreakClause);
      flow.add("needing ");
    } else {
      flow.add(",");
      flow.space(kBreakValue);
    }
    flow.add(print_path(expect.needing[i]));
  }
}

void print_expect(Page& page, const Expect& expect) {
  page.above(kIndentStep, expect.comments);
  Flow flow;
  flow.add(concat({"expect ", print_path(expect.norm)}));
  if (!expect.under.empty()) flow.add(concat({" under ", expect.under.text}));
  print_outcome(flow, expect);
  if (expect.because) {
    flow.space(kBreakClause);
    flow.add(concat({"because ", print(*expect.because)}));
  }
  page.flow(kIndentStep, flow, expect.comments);
}

}  // namespace

void print_case(Page& page, const CaseDecl& decl) {
  Flow flow;
  flow.add(concat({"case ", print_text(decl.title), " on ", format_date(decl.on)}));
  for (size_t i = 0; i < decl.reforms.size(); ++i) {
    if (i > 0) flow.add(",");
    flow.space(i == 0 ? kBreakClause : kBreakValue);
    flow.add(concat({i == 0 ? "with reform " : "", decl.reforms[i].text}));
  }
  page.flow(0, flow, decl.comments);
  print_subject(page, kIndentStep, decl.subject);
  for (const Expect& expect : decl.expects) print_expect(page, expect);
}

}  // namespace koshi::zan
