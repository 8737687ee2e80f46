#pragma once

#include <string>

#include "zan/syntax/flow.h"
#include "zan/syntax/tree.h"

/// Parts that the printers of declarations share.
namespace koshi::zan {

/// Weights of breaks, from the first to be taken to the last. Within an expression `and` and `or` break by depth, from
/// kBreakLogic up.
inline constexpr int kBreakClause = 0;
inline constexpr int kBreakLogic = 1;
inline constexpr int kBreakWhen = 1000;
inline constexpr int kBreakValue = 2000;

void print_expression(Flow& out, const Expr& expression);
/// In brackets where the `of` that follows would make an aggregate of its last word: `any`, `sum`.
void print_expression_before_of(Flow& out, const Expr& expression);
void print_quantity(Flow& out, const Expr& amount, std::string_view unit);  ///< "7 working days"
void print_citations(Flow& out, const std::vector<Citation>& citations);
std::string print_code(const Name& code);  ///< name, or '…' when it is none
std::string print_path(const std::vector<Name>& path);
std::string print_type(const TypeRef& type);
std::string print_text(std::string_view text);
/// "from … until …" as far as there are dates.
std::string print_period(const std::optional<Date>& from, const std::optional<Date>& until);

}  // namespace koshi::zan
