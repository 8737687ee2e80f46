#include "zan/reason/case_record.h"

#include "base/text.h"

namespace koshi::zan {
namespace {

void report(Diagnostics& diagnostics, Span span, std::string message, std::vector<Note> notes = {}) {
  diagnostics.push_back({Severity::kError, span, std::move(message), std::move(notes)});
}

template <typename T>
void append_names(std::vector<std::string>& names, const std::vector<T>& items) {
  for (const T& item : items) names.push_back(item.name);
}

class RecordBuilder {
 public:
  RecordBuilder(const Corpus& corpus, Diagnostics& diagnostics) : corpus_(corpus), diagnostics_(diagnostics) {}

  void fill(Record& record, const Subject& subject) {
    for (const Assignment& assignment : subject.facts) assign(record, assignment);
    for (const Subject& link : subject.links) {
      if (Record* linked = open(record, link.name, true)) fill(*linked, link);
    }
  }

 private:
  const Entity& entity(const Record& record) const { return corpus_.entities[static_cast<size_t>(record.entity)]; }

  /// The record behind a link: the one that is there, or a new one; in a link to many, where `may_add`, another member.
  Record* open(Record& record, const Name& name, bool may_add) {
    const int32_t link = entity(record).find_link(name.text);
    if (link == kNoId) {
      std::vector<std::string> known;
      append_names(known, entity(record).links);
      report_unknown(diagnostics_, "link", name, known);
      return nullptr;
    }
    const Link& info = entity(record).links[static_cast<size_t>(link)];
    if (!info.many) {
      auto& linked = record.one[static_cast<size_t>(link)];
      if (!linked) linked = std::make_unique<Record>(Record::blank(corpus_, info.target));
      return linked.get();
    }
    if (!may_add) {
      report(diagnostics_, name.span, "`" + name.text + "` is a link to many",
             {{{}, "give each member a line of its own: `" + name.text + ":` and its facts"}});
      return nullptr;
    }
    auto& members = record.many[static_cast<size_t>(link)];
    if (!members) members.emplace();
    members->push_back(Record::blank(corpus_, info.target));
    return &members->back();
  }

  void assign(Record& root, const Assignment& assignment) {
    Record* record = &root;
    for (size_t i = 0; i + 1 < assignment.path.size() && record != nullptr; ++i) record = open(*record, assignment.path[i], false);
    if (record == nullptr) return;
    const Name& name = assignment.path.back();
    const Entity& info = entity(*record);
    const int32_t link = info.find_link(name.text);
    if (link != kNoId && info.links[static_cast<size_t>(link)].many && assignment.value->kind == ExprKind::kNone) {
      record->many[static_cast<size_t>(link)].emplace();
      return;
    }
    const int32_t fact = info.find_fact(name.text);
    if (fact == kNoId) {
      std::vector<std::string> known;
      append_names(known, info.facts);
      append_names(known, info.links);
      return report_unknown(diagnostics_, "fact of " + info.name, name, known);
    }
    auto& slot = record->facts[static_cast<size_t>(fact)];
    if (slot) return report(diagnostics_, name.span, "`" + name.text + "` is given twice");
    slot = literal_value(corpus_, info.facts[static_cast<size_t>(fact)].type, *assignment.value, diagnostics_);
  }

  const Corpus& corpus_;
  Diagnostics& diagnostics_;
};

}  // namespace

void report_unknown(Diagnostics& diagnostics, std::string_view kind, const Name& name, const std::vector<std::string>& known) {
  std::vector<Note> notes;
  if (const auto near = nearest(name.text, known)) notes.push_back({{}, "nearest known name: `" + *near + "`"});
  report(diagnostics, name.span, "unknown " + std::string(kind) + " `" + name.text + "`", std::move(notes));
}

std::optional<Value> literal_value(const Corpus& corpus, const Type& type, const Expr& literal, Diagnostics& diagnostics) {
  if (type.kind == Kind::kText && literal.kind == ExprKind::kText) return Value::text(literal.text);
  auto value = parse_value(corpus, type, corpus.sources.text(literal.span));
  if (value) return std::move(*value);
  report(diagnostics, literal.span, value.error().message);
  return std::nullopt;
}

Record case_record(const Corpus& corpus, const Subject& subject, Diagnostics& diagnostics) {
  const EntityId entity = corpus.find_entity(subject.name.text);
  if (entity == kNoId) {
    std::vector<std::string> known;
    append_names(known, corpus.entities);
    report_unknown(diagnostics, "entity", subject.name, known);
    return {};
  }
  Record record = Record::blank(corpus, entity);
  RecordBuilder(corpus, diagnostics).fill(record, subject);
  return record;
}

}  // namespace koshi::zan
