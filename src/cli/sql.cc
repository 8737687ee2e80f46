#include "cli/sql.h"

#include <fmt/core.h>

#include <charconv>

#include "cli/law.h"
#include "zan/sql/sql.h"

/// `koshi sql`: norms as one query over somebody else's tables.
namespace koshi::cli {
namespace {

using zan::Kind;
using zan::sql::Question;

std::optional<zan::sql::Dialect> dialect_of(const std::string& name) {
  if (name == "postgresql") return zan::sql::Dialect::kPostgresql;
  if (name == "duckdb") return zan::sql::Dialect::kDuckdb;
  if (name == "sqlite") return zan::sql::Dialect::kSqlite;
  return std::nullopt;
}

/// A number as it stands in a column of the type.
std::optional<int64_t> parse_bound(Kind kind, std::string_view text) {
  if (kind == Kind::kMoney) {
    const auto money = parse_money(text);
    return money ? std::optional(money->tiyn) : std::nullopt;
  }
  if (kind == Kind::kDecimal) {
    const auto decimal = parse_decimal(text);
    return decimal ? std::optional(decimal->units) : std::nullopt;
  }
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Every name that the law does not know, told together.
class Resolver {
 public:
  Resolver(const Law& law, const SqlOptions& options) : c_(law.corpus()), options_(options) {}

  std::optional<Question> run() {
    Question out;
    out.dialect = *dialect_of(options_.dialect);
    out.table = options_.table;
    out.key = options_.key;
    out.linked = options_.linked;
    out.complete = options_.complete;
    out.trusted = options_.trusted;
    out.unknowable = options_.unknowable;
    out.law_day = options_.law_day;
    resolve_day(out);
    resolve_norms(out);
    for (const std::string& name : options_.reforms) {
      const zan::ReformId reform = c_.find_reform(name);
      if (reform == zan::kNoId) say("the law has no reform `" + name + "`; `koshi reforms` lists them");
      out.reforms.push_back(reform);
    }
    for (const std::string& bound : options_.within) resolve_bound(out, bound);
    return good_ ? std::optional(std::move(out)) : std::nullopt;
  }

 private:
  void say(const std::string& problem) {
    complain(problem);
    good_ = false;
  }

  void resolve_day(Question& out) {
    const auto on = options_.on.empty() ? std::optional(today()) : parse_date(options_.on);
    if (!on) say("--on is no date: " + options_.on);
    out.law = out.today = on.value_or(Date{});
  }

  void resolve_norms(Question& out) {
    for (const std::string& name : options_.norms) {
      const zan::NormId norm = c_.find_norm(name);
      if (norm == zan::kNoId) {
        say("the law has no norm `" + name + "`; `koshi norms` lists them");
        continue;
      }
      const zan::EntityId entity = c_.norms[static_cast<size_t>(norm)].entity;
      if (entity == zan::kNoId) say("`" + name + "` is the same for everybody; `koshi ask` answers it");
      if (out.norms.empty()) out.entity = entity;
      if (entity != out.entity) say("`" + name + "` is asked of something else than `" + options_.norms.front() + "`; write them apart");
      out.norms.push_back(norm);
    }
  }

  void resolve_bound(Question& out, const std::string& text) {
    const size_t is = text.find('='), dots = text.find("..");
    const bool shaped = is != std::string::npos && dots != std::string::npos && is < dots;
    const std::string path = text.substr(0, is);
    const zan::Fact* fact = shaped && out.entity != zan::kNoId ? zan::find_fact(c_, out.entity, path) : nullptr;
    const Kind kind = fact == nullptr ? Kind::kNone : fact->type.kind;
    const auto least = shaped ? parse_bound(kind, std::string_view(text).substr(is + 1, dots - is - 1)) : std::nullopt;
    const auto greatest = shaped ? parse_bound(kind, std::string_view(text).substr(dots + 2)) : std::nullopt;
    if (!least || !greatest) return say("--within is written FACT=LEAST..GREATEST: " + text);
    out.within[path] = {*least, *greatest};
  }

  const zan::Corpus& c_;
  const SqlOptions& options_;
  bool good_ = true;
};

}  // namespace

int run_sql(const SqlOptions& options) {
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  const auto question = Resolver(*law, options).run();
  if (!question) return kBadInput;
  const auto query = write_query(law->library, *question);
  if (!query) {
    for (const std::string& problem : query.error()) complain(problem);
    return kBadInput;
  }
  fmt::print("{}", options.tables ? create_tables(law->corpus(), *question, *query) : query->text);
  return kAnswered;
}

}  // namespace koshi::cli
