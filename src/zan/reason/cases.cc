#include "zan/reason/cases.h"

#include <algorithm>

#include "base/text.h"
#include "zan/reason/case_proof.h"
#include "zan/reason/case_record.h"
#include "zan/reason/record.h"

namespace koshi::zan {
namespace {

std::string joined(const std::vector<Name>& path) {
  std::vector<std::string> names;
  for (const Name& name : path) names.push_back(name.text);
  return join(names, ".");
}

/// "staff[2].category" -> "staff.category": a case does not say which member.
std::string without_members(std::string_view path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) out += c;
    if (c == ']') inside = false;
  }
  return out;
}

class CaseRunner {
 public:
  CaseRunner(ProgramLibrary& library, CaseReport& report) : library_(library), corpus_(library.corpus()), report_(report) {}

  void run(const CaseDecl& decl) {
    ++report_.cases;
    const size_t problems = report_.failures.size();
    std::vector<ReformId> reforms = find_reforms(decl);
    Record record = case_record(corpus_, decl.subject, report_.failures);
    if (record.entity != kNoId) {
      for (const Contradiction& contradiction : contradictions(library_, record, decl.on)) {
        fail(decl.subject.span, "the facts of this case contradict one another: " + contradiction.message);
      }
    }
    const bool sound = report_.failures.size() == problems;
    for (const Expect& expect : decl.expects) {
      ++report_.expectations;
      if (sound) check(expect, record, decl.on, reforms);
    }
  }

 private:
  struct Asked {
    NormId norm = kNoId;
    const Record* record = nullptr;
    std::unique_ptr<Record> blank;  ///< stands in where the case gives no linked record
  };

  void fail(Span span, std::string message, std::vector<Note> notes = {}) {
    report_.failures.push_back({Severity::kError, span, std::move(message), std::move(notes)});
  }

  std::vector<ReformId> find_reforms(const CaseDecl& decl) {
    std::vector<ReformId> reforms;
    for (const Name& name : decl.reforms) {
      const ReformId id = corpus_.find_reform(name.text);
      if (id != kNoId) {
        reforms.push_back(id);
        continue;
      }
      std::vector<std::string> known;
      for (const Reform& reform : corpus_.reforms) known.push_back(reform.name);
      report_unknown(report_.failures, "reform", name, known);
    }
    return reforms;
  }

  /// `expect fee`, `expect permit.fee`, `expect employer.barred_until` (through a link), `expect mci` (a parameter).
  Asked find(const Expect& expect, Record& subject) {
    const Name& last = expect.norm.back();
    const std::string& own = corpus_.entities[static_cast<size_t>(subject.entity)].name;
    const bool named = expect.norm.size() == 2 && expect.norm[0].text == own;
    Asked asked;
    asked.record = &subject;
    EntityId entity = subject.entity;
    for (size_t i = 0; i + 1 < expect.norm.size() && !named; ++i) {
      const int32_t link = corpus_.entities[static_cast<size_t>(entity)].find_link(expect.norm[i].text);
      const bool usable = link != kNoId && !corpus_.entities[static_cast<size_t>(entity)].links[static_cast<size_t>(link)].many;
      if (!usable) {
        fail(expect.norm[i].span, "`" + expect.norm[i].text + "` is neither the subject of this case nor a link to one of it");
        return {};
      }
      entity = corpus_.entities[static_cast<size_t>(entity)].links[static_cast<size_t>(link)].target;
      if (asked.record != nullptr) asked.record = asked.record->one[static_cast<size_t>(link)].get();
    }
    if (asked.record == nullptr) {
      asked.blank = std::make_unique<Record>(Record::blank(corpus_, entity));
      asked.record = asked.blank.get();
    }
    asked.norm = find_norm(corpus_.entities[static_cast<size_t>(entity)].name, last, expect);
    return asked;
  }

  NormId find_norm(const std::string& entity, const Name& name, const Expect& expect) {
    const std::string full = entity + "." + name.text;
    const auto usable = [&](NormId id) {
      return id != kNoId && (!expect.under.empty() || corpus_.norms[static_cast<size_t>(id)].under == kNoId);
    };
    if (const NormId id = corpus_.find_norm(full, expect.under.text); usable(id)) return id;
    const NormId parameter = expect.norm.size() == 1 ? corpus_.find_norm(name.text, expect.under.text) : kNoId;
    if (usable(parameter) && corpus_.norms[static_cast<size_t>(parameter)].entity == kNoId) return parameter;
    if (corpus_.norm_index.contains(full)) {
      fail(expect.span, expect.under.empty() ? "`" + full + "` exists only under an instrument"
                                             : "`" + full + "` does not exist under `" + expect.under.text + "`");
      return kNoId;
    }
    std::vector<std::string> known;
    for (const Norm& norm : corpus_.norms) {
      if (norm.of_procedure) continue;
      if (norm.entity == kNoId || corpus_.entities[static_cast<size_t>(norm.entity)].name == entity) known.push_back(norm.name);
    }
    report_unknown(report_.failures, "norm of " + entity, name, known);
    return kNoId;
  }

  void check(const Expect& expect, Record& subject, Date on, const std::vector<ReformId>& reforms) {
    const Asked asked = find(expect, subject);
    if (asked.norm == kNoId) return;
    const auto answer = ask(library_, asked.norm, *asked.record, on, reforms);
    if (!answer) return fail(expect.span, answer.error().message);
    const size_t problems = report_.failures.size();
    if (!check_outcome(expect, *answer)) return;
    if (expect.kind == Expect::Kind::kUnknown) check_needs(expect, *answer);
    if (expect.because) check_because(*expect.because, *answer);
    if (report_.failures.size() == problems) mark_exercised(*answer, report_.rule_exercised);
  }

  bool check_outcome(const Expect& expect, const Answer& answer) {
    std::string wanted;
    bool good = false;
    switch (expect.kind) {
      case Expect::Kind::kValue: {
        const auto value = literal_value(corpus_, corpus_.norms[static_cast<size_t>(answer.norm)].type, *expect.value, report_.failures);
        if (!value) return false;
        good = answer.outcome == Outcome::kValue && answer.value == *value;
        wanted = format_value(corpus_, *value);
        break;
      }
      case Expect::Kind::kUnknown: good = answer.outcome == Outcome::kUnknown, wanted = "unknown"; break;
      case Expect::Kind::kConflict: good = answer.outcome == Outcome::kConflict, wanted = "a conflict"; break;
      case Expect::Kind::kGap: good = answer.outcome == Outcome::kGap, wanted = "a gap"; break;
    }
    if (!good)
      fail(expect.span, "expected " + joined(expect.norm) + " to be " + wanted + ", but it is " + outcome_text(corpus_, answer),
           reasons(corpus_, answer));
    return good;
  }

  void check_needs(const Expect& expect, const Answer& answer) {
    std::vector<std::string> needed;
    for (const Need& need : answer.needs) needed.push_back(without_members(need.path));
    for (const auto& path : expect.needing) {
      if (std::ranges::find(needed, joined(path)) != needed.end()) continue;
      fail(path.front().span, "`" + joined(path) + "` is not needed", {{{}, "needed, in this order: " + join(needed, ", ")}});
    }
  }

  void check_because(const Citation& because, const Answer& answer) {
    const ActId act = corpus_.find_act(because.act.text);
    if (act == kNoId) {
      std::vector<std::string> known;
      for (const Act& other : corpus_.acts) known.push_back(other.name);
      return report_unknown(report_.failures, "act", because.act, known);
    }
    if (cites(corpus_, answer, act, because.place)) return;
    const std::string wanted = corpus_.cite({act, because.place, Confidence::kSample});
    fail(because.span.file >= 0 ? because.span : because.act.span, "no deciding rule cites " + wanted, reasons(corpus_, answer));
  }

  ProgramLibrary& library_;
  const Corpus& corpus_;
  CaseReport& report_;
};

}  // namespace

CaseReport run_cases(ProgramLibrary& library) {
  CaseReport report;
  report.rule_exercised.assign(library.corpus().rules.size(), false);
  CaseRunner runner(library, report);
  for (const FileTree& tree : library.corpus().trees) {
    for (const CaseDecl& decl : tree.cases) runner.run(decl);
  }
  sort_diagnostics(report.failures);
  return report;
}

Coverage coverage(const Corpus& corpus, const CaseReport& report) {
  Coverage coverage;
  const auto count = [&](bool exercised, RuleId rule) {
    ++coverage.rules;
    if (exercised) {
      ++coverage.exercised;
    } else {
      coverage.missing.push_back(rule);
    }
  };
  for (size_t i = 0; i < corpus.rules.size(); ++i) {
    const RuleInfo& rule = corpus.rules[i];
    if (corpus.norms[static_cast<size_t>(rule.norm)].of_procedure) continue;
    if (!corpus.norms[static_cast<size_t>(rule.norm)].is_table || rule.table_row.empty()) {
      count(report.rule_exercised[i], static_cast<RuleId>(i));
    }
  }
  for (const Norm& norm : corpus.norms) {
    if (!norm.is_table || norm.rules.empty()) continue;
    const bool read = std::ranges::any_of(norm.rules, [&](RuleId row) { return report.rule_exercised[static_cast<size_t>(row)]; });
    count(read, norm.rules.front());
  }
  return coverage;
}

}  // namespace koshi::zan
