#include <algorithm>

#include "office/case/deadline.h"
#include "office/case/first_day.h"
#include "office/case/give.h"
#include "office/case/look.h"
#include "office/case/paths.h"
#include "office/case/trial.h"

/// What somebody sees of a case. Nothing is decided here that an act would not decide again.
namespace koshi::office {
namespace {

FormView form_view(const zan::Corpus& corpus, const Look& look, const zan::Form& form) {
  FormView view{&form, {}};
  for (const zan::FactPath& path : form.asks) {
    for (const Reached& reached : reached_by(corpus, look.record(), path)) {
      if (!reached.known) view.missing.push_back(reached.place.path);
    }
  }
  return view;
}

bool is_attached(const Case& item, const std::string& kind) {
  return std::ranges::count(item.documents, kind, &DocumentEntry::kind) > 0;
}

std::vector<DocumentView> document_views(const Law& law, const Look& look, const Case& item, words::Language language) {
  std::vector<DocumentView> wanted, others;
  const zan::NormId norm = look.procedure().documents;
  if (norm == zan::kNoId) return wanted;
  const int16_t of = law.corpus.norms[static_cast<size_t>(norm)].type.of;
  const auto members = look.value_of(norm);
  const zan::Enum& kinds = law.corpus.enums[static_cast<size_t>(of)];
  for (size_t i = 0; i < kinds.members.size(); ++i) {
    const std::string& code = kinds.members[i].code;
    const auto index = static_cast<int64_t>(i);
    const DocumentView view{code, law.words.label(language, words::member_key(law.corpus, of, index)), is_attached(item, code)};
    if (members && zan::has_bit(members->bits(), index)) {
      wanted.push_back(view);
    } else if (view.attached) {
      others.push_back(view);
    }
  }
  wanted.insert(wanted.end(), others.begin(), others.end());
  return wanted;
}

}  // namespace

bool may_see(const Law& law, const Case& item, const Actor& actor) {
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  return situation && stands_before(*situation->procedure, situation->role_id, item);
}

CaseView view_case(const Law& law, const Case& item, const Actor& actor, const Surroundings& around, Date today) {
  CaseView view;
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  if (!situation || !stands_before(*situation->procedure, situation->role_id, item)) return view;
  view.may_see = true;
  view.may_fill = (situation->is_party() && fills_forms(*situation)) || attaches_documents(*situation);
  const Look look(law, *situation->procedure, item, around, today);
  for (const zan::Form& form : situation->procedure->forms) {
    if (look.in_force(form.in_force) && look.holds(form.when) != false) view.forms.push_back(form_view(law.corpus, look, form));
  }
  view.documents = document_views(law, look, item, actor.language);
  for (const zan::Action& action : situation->state->actions) {
    if (!situation->may_do(action) || !look.in_force(action.in_force) || look.holds(action.when) == false) continue;
    const Case unanswered = without_answers(law.corpus, *situation->procedure, action, item);
    view.actions.push_back({&action, Trial(refuser, *situation, action, unanswered, around, today, Asks::kOpen).run()});
  }
  view.due = next_due(law, item, around, today);
  for (ActionView& action : view.actions) {
    if (!action.hindrance || action.hindrance->kind != RefusalKind::kNotLawful) continue;
    const Case unanswered = without_answers(law.corpus, *situation->procedure, *action.action, item);
    Look then(law, *situation->procedure, unanswered, around, today);
    action.first_day = first_days(std::move(then), *action.action, last_day_of(view.due, today)).all;
  }
  return view;
}

}  // namespace koshi::office
