#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "zan/syntax/flow.h"
#include "zan/syntax/tree.h"

namespace koshi::zan {

inline constexpr size_t kIndentStep = 2;
/// How much deeper a broken line goes on.
inline constexpr size_t kContinuation = 4;

/// The text being printed, line by line.
class Page {
 public:
  void blank_line() { out_ += '\n'; }
  /// The comments above an item.
  void above(size_t indent, const Comments& comments);
  /// One line; the comment beside it is appended.
  void line(size_t indent, std::string_view text, const Comments& comments = {});
  /// As many lines as the flow needs, the comment beside the first.
  void flow(size_t indent, const Flow& flow, const Comments& comments = {}, size_t continuation = kContinuation);

  bool empty() const { return out_.empty(); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Dates and citations of a rule or of a part of a procedure.
struct DatedView {
  const std::optional<Date>& from;
  const std::optional<Date>& until;
  const std::vector<Citation>& by;
};
/// Head, period and citations on one line when they fit; else each on its own.
void print_dated(Page& page, size_t indent, const Flow& head, const DatedView& dated, const Comments& comments);

// Declarations of print_norm.cc, print_case.cc, print_procedure.cc and print_return.cc.
void print_norm(Page& page, size_t indent, const NormDecl& norm);
void print_table(Page& page, const TableDecl& table);
void print_reform(Page& page, const ReformDecl& reform);
void print_case(Page& page, const CaseDecl& decl);
void print_account(Page& page, const AccountDecl& account);
void print_procedure(Page& page, const ProcedureDecl& procedure);
void print_return(Page& page, const ReturnDecl& decl);
/// "  by …" on lines of its own; nothing when there are none.
void print_by(Page& page, size_t indent, const std::vector<Citation>& citations);

/// One item of several lists: which list, which item.
struct Placed {
  uint32_t begin;
  size_t list;
  size_t index;
};

/// The items of several lists in the order in which they were written.
template <typename... Items>
std::vector<Placed> in_written_order(const std::vector<Items>&... lists) {
  std::vector<Placed> out;
  size_t list = 0;
  const auto add = [&](const auto& items) {
    for (size_t i = 0; i < items.size(); ++i) out.push_back({.begin = items[i].span.begin, .list = list, .index = i});
    ++list;
  };
  (add(lists), ...);
  std::stable_sort(out.begin(), out.end(), [](const Placed& a, const Placed& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace koshi::zan
