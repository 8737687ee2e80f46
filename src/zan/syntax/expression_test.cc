#include <gmock/gmock.h>

#include "zan/syntax/spelling.h"
#include "zan/syntax/test_tools.h"

namespace koshi::zan {
namespace {

constexpr std::string_view kOps[] = {"or", "and", "=", "!=", "<", "<=", ">", ">=", "else", "+", "-", "*", "/"};
constexpr std::string_view kAggregates[] = {"count", "any", "all", "share", "sum", "max", "min"};
constexpr std::string_view kRoundings[] = {"down", "up", "half"};

/// The tree in prefix form, every node in brackets: (+ arrived (days 5)).
std::string shape(const Expr& e) {
  std::string head;
  switch (e.kind) {
    case ExprKind::kNumber:
    case ExprKind::kCode:
    case ExprKind::kText: return e.text;
    case ExprKind::kDate: return format_date(e.date);
    case ExprKind::kYes: return "yes";
    case ExprKind::kNo: return "no";
    case ExprKind::kNone: return "none";
    case ExprKind::kToday: return "today";
    case ExprKind::kPath:
      for (const Name& name : e.path) head += (head.empty() ? "" : ".") + name.text;
      return e.under.empty() ? head : head + "@" + e.under.text;
    case ExprKind::kSet: head = "set"; break;
    case ExprKind::kNot: head = "not"; break;
    case ExprKind::kNegate: head = "neg"; break;
    case ExprKind::kBinary: head = kOps[static_cast<size_t>(e.op)]; break;
    case ExprKind::kIn: head = e.negated ? "not-in" : "in"; break;
    case ExprKind::kIsNone: head = e.negated ? "is-not-none" : "is-none"; break;
    case ExprKind::kIsEmpty: head = e.negated ? "is-not-empty" : "is-empty"; break;
    case ExprKind::kKnown: head = "known"; break;
    case ExprKind::kIf: head = "if"; break;
    case ExprKind::kQuantity: head = e.unit.text; break;
    case ExprKind::kPercent: head = "%"; break;
    case ExprKind::kRounded:
      head = concat({"rounded-", kRoundings[static_cast<size_t>(e.rounding)], e.unit.empty() ? "" : "-", e.unit.text});
      break;
    case ExprKind::kAggregate: head = concat({kAggregates[static_cast<size_t>(e.aggregate)], ":", e.path.back().text}); break;
    case ExprKind::kCall: head = e.path.at(0).text; break;
    case ExprKind::kOnDate: head = "on"; break;
  }
  for (const ExprPtr& arg : e.args) head += " " + shape(*arg);
  if (e.value) head += " " + shape(*e.value);
  if (e.condition) head += " where " + shape(*e.condition);
  return "(" + head + ")";
}

struct Sample {
  std::string_view text;
  std::string_view shape;
  std::string_view printed = "";  ///< when not as `text`
};

void PrintTo(const Sample& sample, std::ostream* out) {
  *out << sample.text;
}

class Expressions : public testing::TestWithParam<Sample> {};

TEST_P(Expressions, HaveThisTreeAndPrintAgain) {
  const Sample& sample = GetParam();
  const ParsedExpression parsed = parse_expression_text(std::string(sample.text));
  ASSERT_TRUE(parsed.expr) << render(parsed.sources, parsed.diagnostics);
  EXPECT_EQ(shape(*parsed.expr), sample.shape);
  EXPECT_EQ(print(*parsed.expr), sample.printed.empty() ? sample.text : sample.printed);
}

INSTANTIATE_TEST_SUITE_P(Precedence, Expressions,
                         testing::Values(Sample{"a or b and c", "(or a (and b c))"}, Sample{"(a or b) and c", "(and (or a b) c)"},
                                         Sample{"a or b or c", "(or (or a b) c)"}, Sample{"a or (b or c)", "(or a (or b c))"},
                                         Sample{"not a and b", "(and (not a) b)"}, Sample{"not (a and b)", "(not (and a b))"},
                                         Sample{"not not a", "(not (not a))"}, Sample{"not a = b", "(not (= a b))"},
                                         Sample{"a + b > c - d", "(> (+ a b) (- c d))"}, Sample{"a - b - c", "(- (- a b) c)"},
                                         Sample{"a - (b - c)", "(- a (- b c))"}, Sample{"a + b * c", "(+ a (* b c))"},
                                         Sample{"(a + b) * c", "(* (+ a b) c)"}, Sample{"a / b / c", "(/ (/ a b) c)"},
                                         Sample{"-a * b", "(* (neg a) b)"}, Sample{"a - -b", "(- a (neg b))"},
                                         Sample{"-(-a)", "(neg (neg a))"}, Sample{"a or else b + 1", "(else a (+ b 1))"},
                                         Sample{"a = b or else c", "(= a (else b c))"}, Sample{"a or b or else c", "(or a (else b c))"},
                                         Sample{"((a))", "a", "a"}));

INSTANTIATE_TEST_SUITE_P(
    Units, Expressions,
    testing::Values(Sample{"arrived + 5 days", "(+ arrived (days 5))"}, Sample{"arrived - 2 working days", "(- arrived (working days 2))"},
                    Sample{"arrived + 1 days", "(+ arrived (days 1))", "arrived + 1 day"},
                    Sample{"a + 1 working day", "(+ a (working days 1))"},
                    Sample{"starts + 3 months rounded down", "(+ starts (rounded-down (months 3)))"},
                    Sample{"starts + term_months months rounded up", "(+ starts (rounded-up (months term_months)))"},
                    Sample{"(starts + 3 months) rounded down", "(rounded-down (+ starts (months 3)))"},
                    Sample{"starts + (a + b) months", "(+ starts (months (+ a b)))"}, Sample{"months months", "(months months)"},
                    Sample{"working days", "(days working)"}, Sample{"500 tenge + 2 mci", "(+ (tenge 500) (mci 2))"},
                    Sample{"-5 days", "(neg (days 5))"}, Sample{"f(a) days", "(days (f a))"}, Sample{"70 %", "(% 70)"},
                    Sample{"wage * 3.5 % rounded half up to tenge", "(rounded-half-tenge (* wage (% 3.5)))"},
                    Sample{"a + wage * 2 rounded down to tiyn", "(+ a (rounded-down-tiyn (* wage 2)))"},
                    Sample{"completed_years(a, b) rounded up", "(rounded-up (completed_years a b))"},
                    Sample{"a * (b / c rounded up)", "(* a (rounded-up (/ b c)))"},
                    Sample{"a / b rounded up * c", "(* (rounded-up (/ a b)) c)"}, Sample{"(sum) months", "(months sum)"}));

INSTANTIATE_TEST_SUITE_P(Comparisons, Expressions,
                         testing::Values(Sample{"a is none", "(is-none a)"}, Sample{"a is not none and b", "(and (is-not-none a) b)"},
                                         Sample{"person.nationality in EAEU", "(in person.nationality EAEU)"},
                                         Sample{"a not in {b, 'KZ-75', 3}", "(not-in a (set b KZ-75 3))"}, Sample{"{}", "(set)"},
                                         Sample{"(a = b) = c", "(= (= a b) c)"}, Sample{"a != none", "(!= a none)"},
                                         Sample{"known a.b", "(known a.b)"}, Sample{"a = \"b c\"", "(= a b c)"}));

INSTANTIATE_TEST_SUITE_P(
    Larger, Expressions,
    testing::Values(
        Sample{"if a or b then c else d", "(if (or a b) c d)"}, Sample{"if a then b else if c then d else e", "(if a b (if c d e))"},
        Sample{"if a then (if b then c else d) else e", "(if a (if b c d) e)"}, Sample{"1 + (if a then b else c)", "(+ 1 (if a b c))"},
        Sample{"if a then b or else c else d", "(if a (else b c) d)"}, Sample{"count of staff", "(count:staff)"},
        Sample{"count of staff > 3", "(> (count:staff) 3)"}, Sample{"count of staff where a and b", "(count:staff where (and a b))"},
        Sample{"(count of staff where a) > 3", "(> (count:staff where a) 3)"},
        Sample{"3 < count of staff where a and b", "(< 3 (count:staff where (and a b)))"},
        Sample{"(x and any of staff where a) or b", "(or (and x (any:staff where a)) b)", "x and (any of staff where a) or b"},
        Sample{"sum wage * 2 of employer.staff where a", "(sum:staff (* wage 2) where a)"},
        Sample{"max (a + b) * 2 of staff", "(max:staff (* (+ a b) 2))"}, Sample{"max (a) of staff", "(max:staff a)", "max a of staff"},
        Sample{"max(a, b)", "(max a b)"}, Sample{"min f(a, b) of staff", "(min:staff (f a b))"},
        Sample{"min 2011-08-17 of staff", "(min:staff 2011-08-17)"}, Sample{"sum (-a) of staff", "(sum:staff (neg a))"},
        Sample{"sum (a + count) of staff", "(sum:staff (+ a count))"}, Sample{"count + share", "(+ count share)"},
        Sample{"mci on 2020-01-01 * 2", "(* (on mci 2020-01-01) 2)"}, Sample{"a under ICRMW on arrived", "(on a@ICRMW arrived)"},
        Sample{"a on (arrived + 5 days)", "(on a (+ arrived (days 5)))"}, Sample{"(a on b) months", "(months (on a b))"},
        Sample{"today", "today"}));

std::string problems_of(std::string text) {
  const ParsedExpression parsed = parse_expression_text(std::move(text));
  EXPECT_FALSE(parsed.expr);
  EXPECT_EQ(parsed.diagnostics.size(), 1u) << render(parsed.sources, parsed.diagnostics);
  return parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].message;
}

TEST(Expression, OneMistakeGivesOneMessage) {
  EXPECT_EQ(problems_of(""), "expected a value, found the end of the file");
  EXPECT_EQ(problems_of("a +"), "expected a value, found the end of the file");
  EXPECT_EQ(problems_of("a < b < c"), "one comparison cannot follow another");
  EXPECT_EQ(problems_of("a is yes"), "expected `none`, `empty` or `not` before one of them (equality is written `=`), found `yes`");
  EXPECT_EQ(problems_of("(a"), "expected `)`, found the end of the file");
  EXPECT_EQ(problems_of("f(a"), "expected `,` or `)`, found the end of the file");
  EXPECT_EQ(problems_of("a in 5"), "expected a set: its name, or `{a, b}`, found `5`");
  EXPECT_EQ(problems_of("a in {b c}"), "expected `,` or `}`, found `c`");
  EXPECT_EQ(problems_of("{a, {b}}"), "a set cannot stand in a set");
  EXPECT_EQ(problems_of("a rounded sideways"), "expected `down`, `up` or `half up`, found `sideways`");
  EXPECT_EQ(problems_of("a = not b"), "expected a value, found `not`");
  EXPECT_EQ(problems_of("1 + if a then b else c"), "expected a value, found `if`");
  EXPECT_EQ(problems_of("if a then b"), "expected `else`, found the end of the file");
  EXPECT_EQ(problems_of("a b"), "expected an operator or the end, found `b`");
  EXPECT_EQ(problems_of("when"), "expected a value, found `when`");
}

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Expression, DeepNestingIsReportedAndDoesNotCrash) {
  for (const std::string_view opening : {"(", "not ", "-(", "f(", "if a then 1 else ", "count of a where ", "sum 1 + ", "- "}) {
    const ParsedExpression parsed = parse_expression_text(repeat(opening, 100'000));
    EXPECT_FALSE(parsed.expr) << opening;
    ASSERT_EQ(parsed.diagnostics.size(), 1u) << opening;
    EXPECT_THAT(parsed.diagnostics[0].message, testing::HasSubstr("200")) << opening;
  }
}

TEST(Expression, TheHeightOfATreeIsLimited) {
  EXPECT_TRUE(parse_expression_text("a" + repeat(" + a", kMaxNesting - 1)).expr);
  const ParsedExpression parsed = parse_expression_text("a" + repeat(" or a", kMaxNesting));
  EXPECT_FALSE(parsed.expr);
  ASSERT_EQ(parsed.diagnostics.size(), 1u);
  EXPECT_EQ(parsed.diagnostics[0].message, "this expression is more than 200 operations high");
  EXPECT_EQ(parse_expression_text("a + b * c").expr->height, 3);
}

TEST(Expression, ASpanCoversWhatWasRead) {
  const ParsedExpression parsed = parse_expression_text("  a + 5 days  ");
  EXPECT_EQ(parsed.sources.text(parsed.expr->span), "a + 5 days");
  EXPECT_EQ(parsed.sources.text(parsed.expr->args[1]->span), "5 days");
}

}  // namespace
}  // namespace koshi::zan
