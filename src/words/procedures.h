#pragma once

#include <optional>
#include <string>

#include "words/words.h"

/// Procedures as people read them. Labels stand in the law's catalogues like all others, under the keys
///
///   account.permits
///   procedure.work_permit                                            + ".help"
///   procedure.work_permit.role.employer          procedure.work_permit.form.post
///   procedure.work_permit.state.draft            ….state.draft.action.submit (+ ".help")
///   ….action.submit.requires.1                   ….action.submit.effect.3      (what charges, issues or tells; counted among all effects)
namespace koshi::words {

/// The labels of one procedure in one language. Copies are cheap; words and corpus must outlive it. Ids index the vectors of the procedure.
class ProcedureWords {
 public:
  ProcedureWords(const Words& words, Language language, const zan::Procedure& procedure)
      : words_(words), language_(language), procedure_(procedure) {}

  std::string label() const;
  std::string help() const;  ///< empty when the law has none
  std::string role(int32_t role) const;
  std::string form(int32_t form) const;
  std::string state(int32_t state) const;
  std::string action(int32_t state, int32_t action) const;
  std::string action_help(int32_t state, int32_t action) const;  ///< empty when the law has none
  std::string requirement(int32_t state, int32_t action, int32_t requirement) const;
  std::string effect(int32_t state, int32_t action, int32_t effect) const;
  /// "Employer, Local executive body".
  std::string roles(const zan::Action& action) const;
  /// "within working days: 7; after that the case is late". The number is written as the law writes it.
  std::string deadline(int32_t state, const zan::Deadline& deadline) const;
  /// What an expression of the procedure says, in words; empty for kNoId.
  std::string expression(zan::NormId norm) const;
  /// "Region, Category": the keys of an account as written, in words.
  std::string keys(const zan::AccountUse& use) const;
  std::string fact(const zan::FactPath& path) const;

  const Words& words() const { return words_; }
  Language language() const { return language_; }
  const zan::Procedure& procedure() const { return procedure_; }

 private:
  const Words& words_;
  Language language_;
  const zan::Procedure& procedure_;
};

std::string account_key(const zan::Account& account);
std::string procedure_key(const zan::Procedure& procedure);
std::string role_key(const zan::Procedure& procedure, int32_t role);
std::string form_key(const zan::Procedure& procedure, int32_t form);
std::string state_key(const zan::Procedure& procedure, int32_t state);
std::string action_key(const zan::Procedure& procedure, int32_t state, int32_t action);
std::string requirement_key(const zan::Procedure& procedure, int32_t state, int32_t action, int32_t requirement);
/// "return.permits_monthly", ".row.region" and ".figure.granted" below it.
std::string return_key(const zan::Return& item);
std::string return_row_key(const zan::Return& item, int32_t row);
std::string figure_key(const zan::Return& item, int32_t figure);
/// One paragraph of the letter that an effect issues.
std::string letter_key(const zan::Procedure& procedure, int32_t state, int32_t action, int32_t effect, int32_t paragraph);
std::string effect_key(const zan::Procedure& procedure, int32_t state, int32_t action, int32_t effect);
/// The key under which an expression of a procedure is labelled: that of the requirement, effect, action … in which it stands.
std::string procedure_norm_key(const zan::Corpus& corpus, const zan::Norm& norm);

/// The whole procedure for a person: who takes part, forms, documents, states with their actions, requirements, effects and deadlines,
/// each with its citations. `on`: only what is in force on this day. Lines end with '\n'.
std::string procedure_text(const Words& words, Language language, const zan::Procedure& procedure, std::optional<Date> on);

/// The same as a page of Markdown, with its diagram: `diagram_file` is where that lies beside the page.
std::string procedure_page(const Words& words, Language language, const zan::Procedure& procedure, std::string_view diagram_file);
/// A list of links to the pages of all procedures, NAME.md.
std::string procedure_index(const Words& words, Language language);

/// What the diagram shows.
struct DiagramOptions {
  std::optional<Date> on;        ///< only what is in force on this day
  int32_t current = zan::kNoId;  ///< a state that is marked: where a case stands
};

/// The states and what leads from one to another, drawn as SVG 1.1 of its own: title and description for those who do not see it, light
/// and dark by the reader's choice, no scripts, nothing from elsewhere. Deterministic. Cost: well under a millisecond for twenty states.
std::string state_diagram_svg(const Words& words, Language language, const zan::Procedure& procedure, const DiagramOptions& options = {});

}  // namespace koshi::words
