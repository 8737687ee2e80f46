#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "zan/corpus/corpus.h"

/// The corpus while it is being built, and what every pass of the compiler needs of it. Internal to this folder.
///
/// Passes, in order: declare (names and types) → rules (expressions of norms, tables, reforms, musts) → check (the law as a whole) →
/// epochs.
namespace koshi::zan {

struct Builder {
  Corpus corpus;
  Diagnostics diagnostics;
  const TableTexts& tables;
  std::unordered_map<std::string, int32_t> address_index;

  void error(Span span, std::string message, std::vector<Note> notes = {}) {
    diagnostics.push_back({Severity::kError, span, std::move(message), std::move(notes)});
  }
  void warning(Span span, std::string message, std::vector<Note> notes = {}) {
    diagnostics.push_back({Severity::kWarning, span, std::move(message), std::move(notes)});
  }
  /// "unknown KIND `name`", with the nearest of `known`.
  void unknown(std::string_view kind, const Name& name, const std::vector<std::string>& known);

  NodeId add(Node node) {
    corpus.nodes.push_back(std::move(node));
    return static_cast<NodeId>(corpus.nodes.size() - 1);
  }
  NodeId add_const(Value value, Type type, Span span);
  int32_t add_address(const Address& address);
  const Node& node(NodeId id) const { return corpus.nodes[static_cast<size_t>(id)]; }
  Norm& norm(NormId id) { return corpus.norms[static_cast<size_t>(id)]; }
  RuleInfo& rule(RuleId id) { return corpus.rules[static_cast<size_t>(id)]; }
  const Entity& entity(EntityId id) const { return corpus.entities[static_cast<size_t>(id)]; }

  /// Resolved citations; unknown acts are reported and left out.
  std::vector<CitationRef> citations(const std::vector<Citation>& by);
  /// Reports an unknown name or an impossible combination.
  std::optional<Type> type(const TypeRef& ref);
  /// The text of a CSV named in a law text, registered as a source so that diagnostics can point into it.
  struct CsvSource {
    int32_t file;
    std::string path;
    std::string_view text;
  };
  std::optional<CsvSource> csv(const std::string& name, Span span);
};

/// Reports a second declaration of a name; gives whether the name is new.
bool is_new(Builder& builder, std::map<std::string, Span>& seen, const Name& name, std::string_view kind);
void need_label(Builder& builder, const std::string& label, const Name& name);

/// A place in a CSV: the field's own text.
Span csv_span(const SourceMap& sources, int32_t file, int line, int column, size_t length);

template <typename T>
std::vector<std::string> names_of(const std::vector<T>& items) {
  std::vector<std::string> names;
  for (const T& item : items) names.push_back(item.name);
  return names;
}

/// Where a norm's declaration stands, for the second pass.
struct NormSource {
  NormId norm;
  const NormDecl* decl = nullptr;  ///< or
  const TableDecl* table = nullptr;
};

std::vector<NormSource> declare(Builder& builder);
void add_norm_rules(Builder& builder, const NormSource& source);
void add_table_rules(Builder& builder, NormId norm, const TableDecl& decl);
void add_missing(Builder& builder, NormId norm, const std::vector<MissingDecl>& missing);
void add_musts(Builder& builder);
void add_reforms(Builder& builder);
/// Accounts and procedures, after all norms are declared.
void add_procedures(Builder& builder);
/// Returns, after all procedures.
void add_returns(Builder& builder);
void check_whole(Builder& builder);
/// What must hold of a procedure as a whole, in each stretch of time (docs/zan.md, Procedures).
void check_procedure(Builder& builder, const Procedure& procedure);

/// The days of what cites `act` first: those written, within the act's own; reports what stands outside. `what`: "rule".
DateRange within_act(Builder& builder, Span span, std::string_view what, const std::optional<Date>& from, const std::optional<Date>& until,
                     const Act& act);

/// One rule with its exceptions, appended to the corpus. `defaults` are citations for rules that have none; `reform` gives its start.
struct RuleContext {
  NormId norm;
  std::vector<CitationRef> defaults;
  ReformId reform = kNoId;
  std::optional<Date> from;
  int depth = 0;
};
RuleId add_rule(Builder& builder, const Rule& rule, const RuleContext& context);
/// Binds `reinstate LABEL` once all rules of the norm exist.
void bind_reinstated(Builder& builder, NormId norm, const std::vector<Rule>& rules, const std::vector<RuleId>& ids);
RuleId find_label(const Corpus& corpus, NormId norm, std::string_view label);

}  // namespace koshi::zan
