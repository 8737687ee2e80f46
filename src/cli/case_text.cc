#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "cli/office_place.h"
#include "words/procedures.h"

namespace koshi::cli {
namespace {

class CaseText {
 public:
  CaseText(const OpenOffice& office, const office::Case& item, const zan::Procedure& procedure, int32_t state)
      : words_(*office.law->words), language_(office.language), item_(item), said_(words_, language_, procedure), state_(state) {}

  std::string write(const office::CaseView& view, const std::vector<office::Case>& earlier) {
    add("{}: {} · {} ({})", item_.id, said_.label(), said_.state(state_), item_.state);
    add("{}", phrase("command.since", {{"day", day(item_.entered)}, {"version", std::to_string(item_.version)}}));
    write_due(view);
    write_grounds();
    write_earlier(earlier);
    write_missing(view);
    write_actions(view);
    write_papers();
    return std::move(out_);
  }

 private:
  template <typename... Parts>
  void add(fmt::format_string<Parts...> form, Parts&&... parts) {
    out_ += fmt::format(form, std::forward<Parts>(parts)...) + "\n";
  }
  std::string phrase(std::string_view key, const words::Holes& holes = {}) { return words_.phrase(language_, key, holes); }
  std::string day(Date date) { return words_.date(language_, date); }

  template <typename T>
  static int32_t index_of(const std::vector<T>& items, const T* one) {
    return static_cast<int32_t>(one - items.data());
  }
  std::string action_label(const zan::Action* action) {
    return said_.action(state_, index_of(said_.procedure().states[static_cast<size_t>(state_)].actions, action));
  }

  void write_due(const office::CaseView& view) {
    if (item_.late) add("{}", phrase("command.late", {{"day", day(*item_.late)}}));
    if (view.due) add("{}", phrase("command.due", {{"day", day(view.due->last_day)}}));
  }

  /// Of the last act that gave any.
  void write_grounds() {
    const zan::Corpus& corpus = words_.corpus();
    for (const office::GroundEntry& ground : item_.grounds) {
      const zan::NormId norm = corpus.find_norm(ground.norm);
      if (norm == zan::kNoId) continue;
      const int16_t of = corpus.norms[static_cast<size_t>(norm)].type.of;
      const auto& members = corpus.enums[static_cast<size_t>(of)].index;
      const auto member = members.find(ground.member);
      if (member == members.end()) continue;
      add("{}", phrase("command.ground", {{"label", words_.label(language_, words::member_key(corpus, of, member->second))}}));
    }
  }

  void write_earlier(const std::vector<office::Case>& earlier) {
    if (earlier.empty()) return;
    add("{}", phrase("command.earlier"));
    for (const office::Case& one : earlier) add("  {} {} {}", one.id, one.number, day(one.filed.value_or(one.opened)));
  }

  void write_missing(const office::CaseView& view) {
    if (!view.may_fill) return;
    for (const office::FormView& form : view.forms) {
      std::vector<std::string> paths = form.missing;  // a list stands there once for each fact of its members
      paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
      if (paths.empty()) continue;
      add("{}", phrase("command.missing", {{"form", said_.form(index_of(said_.procedure().forms, form.form))}}));
      add("  {}", join(paths, " "));
    }
    bool first = true;
    for (const office::DocumentView& document : view.documents) {
      if (document.attached) continue;
      if (first) add("{}", phrase("command.documents"));
      first = false;
      add("  {} – {}", document.kind, document.label);
    }
  }

  void write_actions(const office::CaseView& view) {
    if (view.actions.empty()) return;
    add("{}", phrase("command.actions"));
    for (const office::ActionView& action : view.actions) {
      std::vector<std::string> asks;
      for (const zan::FactPath& path : action.action->asks) asks.push_back(path.text + "=…");
      add("  {}{} – {}", action.action->name, asks.empty() ? "" : " " + join(asks, " "), action_label(action.action));
      if (action.hindrance) add("    {}", phrase("command.not_now", {{"reason", action.hindrance->message}}));
      if (action.first_day) add("    {}", phrase("command.possible_from", {{"day", day(*action.first_day)}}));
    }
  }

  void write_papers() {
    for (const office::ChargeEntry& charge : item_.charges) {
      const int32_t payee = charge.to.empty() ? zan::kNoId : said_.procedure().find_role(charge.to);
      const words::Holes holes{{"label", charge.label},
                               {"amount", words_.value(language_, zan::Value::money(charge.amount))},
                               {"day", charge.paid ? day(*charge.paid) : ""},
                               {"who", payee == zan::kNoId ? "" : said_.role(payee)}};
      add("{}", phrase(charge.paid ? "command.charge_paid" : payee == zan::kNoId ? "command.charge" : "command.charge_to", holes));
    }
    for (const office::HoldEntry& hold : item_.holds) {
      add("{}", phrase(hold.committed ? "command.used" : "command.held", {{"account", hold.code}, {"n", std::to_string(hold.amount)}}));
    }
    for (const office::PaperEntry& paper : item_.papers) {
      add("{}", phrase("command.paper", {{"number", paper.number}, {"label", paper.label}, {"day", day(paper.on)}}));
    }
  }

  const words::Words& words_;
  const words::Language language_;
  const office::Case& item_;
  const words::ProcedureWords said_;
  const int32_t state_;
  std::string out_;
};

}  // namespace

std::string case_text(const OpenOffice& office, const office::Case& item, const office::CaseView& view,
                      const std::vector<office::Case>& earlier) {
  const zan::Corpus& corpus = office.law->corpus();
  const int32_t found = corpus.find_procedure(item.procedure);
  const zan::Procedure* procedure = found == zan::kNoId ? nullptr : &corpus.procedures[static_cast<size_t>(found)];
  const int32_t state = procedure == nullptr ? zan::kNoId : procedure->find_state(item.state);
  // A case of words that the law no longer has: there is nothing to say but what it is called.
  if (state == zan::kNoId) return fmt::format("{}: {} ({})\n", item.id, item.procedure, item.state);
  return CaseText(office, item, *procedure, state).write(view, earlier);
}

}  // namespace koshi::cli
