#pragma once

#include "zan/sql/writer.h"

/// From expressions to subqueries inside one another: each level adds the columns that are read more than once, so that nothing is computed
/// twice and no expression grows beyond measure. Internal to this folder.
namespace koshi::zan::sql {

struct Named {
  std::string name;
  ExprId expr = kNoExpr;
};

class Levels {
 public:
  Levels(Writer& writer, const Question& question) : w_(writer), q_(question) {}

  /// The whole statement after the law's tables: `outputs` of the root's rows, after the key.
  std::string write(const std::vector<Named>& outputs);
  const std::set<std::string>& problems() const { return problems_; }

 private:
  /// A query over rows of one block, level by level.
  struct Stack {
    BlockId block = kRootBlock;
    std::vector<Named> outputs;
    std::map<ExprId, int> uses;
    std::map<ExprId, int> defined;             ///< level at which it is a column
    std::map<ExprId, int> last_use;            ///< level that still reads the column
    std::vector<std::vector<ExprId>> columns;  ///< by the level that defines them
    std::vector<std::vector<int32_t>> joins;   ///< by level
    std::vector<std::vector<int32_t>> lists;   ///< aggregates by the level whose rows they read
    int top = 0;
  };

  // Which level.
  void count(Stack& stack, ExprId id);
  void count_aggregate(Stack& stack, int32_t aggregate);
  size_t length(const Stack& stack, ExprId id);
  int depth(const Stack& stack, ExprId id);
  bool is_column(const Stack& stack, ExprId id);
  int available(Stack& stack, ExprId id);
  void mark_uses(Stack& stack, ExprId id, int at);
  void place(Stack& stack);

  // Text.
  std::string render(const Stack& stack, ExprId id, int level, bool whole = false);
  std::string base(const Stack& stack) const;
  std::string name(const Stack& stack, int level) const;
  void write_stack(Stack& stack);
  std::string join_text(const Stack& stack, int32_t join, int level);

  // lists.cc
  /// What is read of one aggregate's members, and what that needs of the rows around.
  struct Members {
    std::vector<Named> columns;
    std::vector<ExprId> carries;  ///< of the members' block
    ExprId row = kNoExpr, listed = kNoExpr;
  };
  const Members& members(int32_t aggregate);
  void find_carries(ExprId id, BlockId block, std::set<ExprId>& seen, std::vector<ExprId>& found);
  std::vector<ExprId> carried(int32_t aggregate);
  void write_list(const Stack& outer, int32_t aggregate, int level);
  std::string member_rows(const Stack& stack);
  std::string fold(const columns::Aggregate& of, const std::string& rows) const;
  std::string fold_sum(const columns::Aggregate& of) const;
  std::string running_rows(const columns::Aggregate& of, const std::string& rows) const;
  std::string fold_days(const columns::Aggregate& of, const std::string& rows) const;

  Writer& w_;
  const Question& q_;
  std::string out_;
  std::map<std::pair<BlockId, ExprId>, size_t> lengths_;
  std::map<std::pair<BlockId, ExprId>, int> available_, depths_;
  std::map<int32_t, Members> members_;
  std::set<std::string> problems_;
};

}  // namespace koshi::zan::sql
