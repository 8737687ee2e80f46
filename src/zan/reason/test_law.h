#pragma once

#include <gmock/gmock.h>

#include <memory>

#include "zan/reason/answer.h"

/// A small law and its questions, for the tests of this folder.
namespace koshi::zan {

class TestLaw {
 public:
  explicit TestLaw(const std::string& text, const TableTexts& tables = {}) {
    auto compilation = compile({{"test.zan", kPreamble + text}}, tables);
    EXPECT_TRUE(compilation.diagnostics.empty()) << render(compilation.corpus.sources, compilation.diagnostics);
    corpus_ = std::make_unique<Corpus>(std::move(compilation.corpus));
    library_ = std::make_unique<ProgramLibrary>(*corpus_);
  }

  const Corpus& corpus() const { return *corpus_; }
  ProgramLibrary& library() { return *library_; }

  /// "firm.size large" or "staff[0].age 3"; `none` for a list makes it empty, "staff[n].…" adds the member that is next.
  void set(Record& root, std::string_view path, std::string_view value) const {
    Record* record = &root;
    for (size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
      record = &step(*record, path.substr(0, dot));
      path.remove_prefix(dot + 1);
    }
    const Entity& entity = corpus_->entities[static_cast<size_t>(record->entity)];
    if (const int32_t link = entity.find_link(path); link != kNoId) {
      record->many[static_cast<size_t>(link)].emplace();
      return;
    }
    const int32_t fact = entity.find_fact(path);
    ASSERT_NE(fact, kNoId) << path;
    const auto parsed = parse_value(*corpus_, entity.facts[static_cast<size_t>(fact)].type, value);
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    record->facts[static_cast<size_t>(fact)] = *parsed;
  }

  using Facts = std::vector<std::pair<std::string_view, std::string_view>>;

  Record record(std::string_view entity, const Facts& facts) const {
    Record record = Record::blank(*corpus_, corpus_->find_entity(entity));
    for (const auto& [path, value] : facts) set(record, path, value);
    return record;
  }

  Answer ask(std::string_view norm, const Facts& facts, std::string_view on = "2020-06-15", const std::vector<std::string>& reforms = {}) {
    const NormId id = corpus_->find_norm(norm);
    EXPECT_NE(id, kNoId) << norm;
    std::vector<ReformId> ids;
    for (const std::string& reform : reforms) ids.push_back(corpus_->find_reform(reform));
    const size_t dot = norm.find('.');
    const Record asked = dot == std::string_view::npos ? Record::blank(*corpus_, kNoId) : record(norm.substr(0, dot), facts);
    auto answer = koshi::zan::ask(*library_, id, asked, *parse_date(on), ids);
    EXPECT_TRUE(answer.has_value());
    return std::move(*answer);
  }

  /// "yes", "unknown: a, b", "conflict", "gap", "fault".
  std::string told(std::string_view norm, const Facts& facts, std::string_view on = "2020-06-15",
                   const std::vector<std::string>& reforms = {}) {
    const Answer answer = ask(norm, facts, on, reforms);
    switch (answer.outcome) {
      case Outcome::kValue: return format_value(*corpus_, answer.value);
      case Outcome::kConflict: return "conflict";
      case Outcome::kGap: return "gap";
      case Outcome::kFault: return "fault";
      case Outcome::kUnknown: break;
    }
    std::string text = "unknown:";
    for (const Need& need : answer.needs) text += " " + need.path;
    return text;
  }

  /// "rule 1 decides yes" and so on, one line a node, indented.
  std::string proof(const Answer& answer) const {
    std::string out;
    append(out, answer, 0, 0);
    return out;
  }

 private:
  static inline const std::string kPreamble = "act L \"Law\" adopted 2000-01-01 in force from 2000-01-01\n";

  Record& step(Record& record, std::string_view part) const {
    const size_t bracket = part.find('[');
    const int32_t link = corpus_->entities[static_cast<size_t>(record.entity)].find_link(part.substr(0, bracket));
    EXPECT_NE(link, kNoId) << part;
    const EntityId target = corpus_->entities[static_cast<size_t>(record.entity)].links[static_cast<size_t>(link)].target;
    if (bracket == std::string_view::npos) {
      auto& one = record.one[static_cast<size_t>(link)];
      if (!one) one = std::make_unique<Record>(Record::blank(*corpus_, target));
      return *one;
    }
    auto& many = record.many[static_cast<size_t>(link)];
    if (!many) many.emplace();
    const auto index = static_cast<size_t>(part[bracket + 1] - '0');
    while (many->size() <= index) many->push_back(Record::blank(*corpus_, target));
    return (*many)[index];
  }

  std::string named(const Answer& answer, const ProofNode& node) const {
    static constexpr std::string_view kRoles[] = {"decides", "overruled", "silent", "open", "disagrees"};
    const std::string path = node.path == kNoId ? "" : answer.paths[static_cast<size_t>(node.path)];
    switch (node.kind) {
      case ProofKind::kNorm: return "norm " + corpus_->norms[static_cast<size_t>(node.id)].name + (path.empty() ? "" : " of " + path);
      case ProofKind::kFact:
        return "fact " + (path.empty() ? "" : path + ".") +
               corpus_->entities[static_cast<size_t>(node.entity)].facts[static_cast<size_t>(node.id)].name;
      case ProofKind::kToday: return "today";
      case ProofKind::kRule: break;
    }
    return "rule " + std::to_string(corpus_->rules[static_cast<size_t>(node.id)].number) + " " +
           std::string(kRoles[static_cast<size_t>(node.role)]);
  }

  void append(std::string& out, const Answer& answer, int32_t id, size_t depth) const {
    static constexpr std::string_view kOutcomes[] = {"", "unknown", "conflict", "gap", "fault"};
    const ProofNode& node = answer.proof[static_cast<size_t>(id)];
    out.append(2 * depth, ' ');
    out += named(answer, node) + " ";
    out += node.outcome == Outcome::kValue ? format_value(*corpus_, node.value) : std::string(kOutcomes[static_cast<size_t>(node.outcome)]);
    if (node.same_as != kNoId) out += " as above";
    out += '\n';
    for (int32_t child = node.first_child; child != kNoId; child = answer.proof[static_cast<size_t>(child)].next_sibling)
      append(out, answer, child, depth + 1);
  }

  std::unique_ptr<Corpus> corpus_;
  std::unique_ptr<ProgramLibrary> library_;
};

}  // namespace koshi::zan
