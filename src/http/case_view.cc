// The worked examples of the corpus, as links that ask the same question.
#include <algorithm>

#include "base/text.h"
#include "http/ask_form.h"
#include "http/rule_view.h"
#include "zan/syntax/printer.h"

namespace koshi::http {
namespace {

constexpr size_t kMaxCases = 40;

/// A literal without the quotes in which the legal language may write it.
std::string literal(const zan::Expr& expression) {
  std::string text = zan::print(expression);
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front()) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

void add_facts(const zan::Corpus& corpus, const zan::Subject& subject, zan::EntityId entity, const std::string& prefix, AskForm& form) {
  for (const zan::Assignment& assignment : subject.facts) {
    std::string path = prefix;
    for (size_t i = 0; i < assignment.path.size(); ++i) path += (i > 0 ? "." : "") + assignment.path[i].text;
    form.set_fact(path, literal(*assignment.value));
  }
  std::map<std::string, int> counts;
  for (const zan::Subject& member : subject.links) {
    if (entity == zan::kNoId) return;
    const zan::Entity& owner = corpus.entities[static_cast<size_t>(entity)];
    const int32_t link = owner.find_link(member.name.text);
    if (link == zan::kNoId) continue;
    const zan::Link& taken = owner.links[static_cast<size_t>(link)];
    std::string path = prefix + member.name.text;
    if (taken.many) {
      const int number = counts[member.name.text]++;
      form.set_fact(path, std::to_string(number + 1));
      path += "[" + std::to_string(number) + "]";
    }
    add_facts(corpus, member, taken.target, path + ".", form);
  }
}

/// The norm that an expectation is about, seen from the entity of the case.
zan::NormId expected_norm(const zan::Corpus& corpus, zan::EntityId entity, const zan::Expect& expect) {
  for (size_t i = 0; i + 1 < expect.norm.size(); ++i) {
    if (entity == zan::kNoId) return zan::kNoId;
    const zan::Entity& owner = corpus.entities[static_cast<size_t>(entity)];
    const int32_t link = owner.find_link(expect.norm[i].text);
    entity = link == zan::kNoId ? zan::kNoId : owner.links[static_cast<size_t>(link)].target;
  }
  if (expect.norm.empty() || entity == zan::kNoId) return zan::kNoId;
  return corpus.find_norm(corpus.entities[static_cast<size_t>(entity)].name + "." + expect.norm.back().text, expect.under.text);
}

std::string expected_text(const Site& site, const Context& context, zan::NormId norm, const zan::Expect& expect) {
  static constexpr std::string_view kKeys[] = {"", "page.answer.unknown", "page.answer.conflict", "page.answer.gap"};
  if (expect.kind != zan::Expect::Kind::kValue) return phrase(site, context, kKeys[static_cast<size_t>(expect.kind)]);
  const std::string text = literal(*expect.value);
  const auto value = zan::parse_value(site.corpus, site.corpus.norms[static_cast<size_t>(norm)].type, text);
  return value ? site.words.value(context.language, *value) : text;
}

View case_view(const Site& site, const Context& context, const zan::CaseDecl& example, zan::NormId norm, const zan::Expect& expect) {
  View view;
  view.text("title", example.title)
      .text("on", site.words.date(context.language, example.on))
      .text("expected", expected_text(site, context, norm, expect));
  const zan::EntityId entity = site.corpus.find_entity(example.subject.name.text);
  std::string link;
  if (expect.norm.size() == 1) {
    AskForm form;
    form.norm = site.corpus.full_name(norm);
    form.under = expect.under.text;
    form.on = format_date(example.on);
    for (const zan::Name& reform : example.reforms) form.reforms.push_back(reform.text);
    add_facts(site.corpus, example.subject, entity, "", form);
    const Query query = ask_query(form);
    if (query.items().size() < kMaxQueryItems && query.to_string().size() < kMaxQueryBytes) link = href(context, "/ask", query);
  }
  const zan::LineColumn line = site.corpus.sources.locate(example.span.file, example.span.begin);
  view.text("href", link).text("place", site.corpus.sources.file(example.span.file).path + ":" + std::to_string(line.line));
  return view;
}

}  // namespace

std::vector<View> case_views(const Site& site, const Context& context, zan::NormId norm) {
  // First the cases of the norm itself, from which one goes on asking; then those in which it is asked of somebody inside.
  std::vector<View> own, inside;
  for (const zan::FileTree& tree : site.corpus.trees) {
    for (const zan::CaseDecl& example : tree.cases) {
      const zan::EntityId entity = site.corpus.find_entity(example.subject.name.text);
      for (const zan::Expect& expect : example.expects) {
        std::vector<View>& views = expect.norm.size() == 1 ? own : inside;
        if (views.size() == kMaxCases || expected_norm(site.corpus, entity, expect) != norm) continue;
        views.push_back(case_view(site, context, example, norm, expect));
      }
    }
  }
  std::ranges::move(inside, std::back_inserter(own));
  if (own.size() > kMaxCases) own.resize(kMaxCases);
  return own;
}

}  // namespace koshi::http
