#include "store/dialect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/text.h"

/// The words of SQL, as far as the rules need them:
///   word   = ( letter / "_" ) *( letter / digit / "_" )
///   other  = 'text' with '' inside / "name" / number / $number / a single character
/// "--" to the end of the line and slash-star comments are left out.
namespace koshi::store {
namespace {

constexpr size_t kNameMaxBytes = 63;  ///< PostgreSQL silently cuts longer ones

/// Words that both engines accept, or one accepts silently, with different meanings.
constexpr std::array<std::string_view, 14> kRefusedWords{"autoincrement", "current_date", "current_time", "current_timestamp",
                                                         "deferrable",    "deferred",     "int",          "integer",
                                                         "lower",         "real",         "rowid",        "serial",
                                                         "upper",         "glob"};

enum class Kind : uint8_t { kWord, kOther };

struct Token {
  Kind kind;
  std::string lower;  ///< words in lower case, others as written
  size_t begin;
  size_t end;
};

bool starts_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool continues_word(char c) {
  return starts_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// Where the blank or comment at `at` ends; `at` itself if there is none.
size_t skip_blank(std::string_view sql, size_t at) {
  if (std::isspace(static_cast<unsigned char>(sql[at])) != 0) return at + 1;
  if (sql.substr(at, 2) == "--") return std::min(sql.find('\n', at), sql.size());
  if (sql.substr(at, 2) == "/*") {
    const size_t close = sql.find("*/", at + 2);
    return close == std::string_view::npos ? sql.size() : close + 2;
  }
  return at;
}

size_t token_end(std::string_view sql, size_t at) {
  size_t end = at + 1;
  if (sql[at] == '\'' || sql[at] == '"') {
    const size_t close = sql.find(sql[at], end);
    return close == std::string_view::npos ? sql.size() : close + 1;
  }
  if (starts_word(sql[at]) || sql[at] == '$' || std::isdigit(static_cast<unsigned char>(sql[at])) != 0) {
    while (end < sql.size() && continues_word(sql[end])) ++end;
  }
  return end;
}

std::vector<Token> tokens(std::string_view sql) {
  std::vector<Token> out;
  for (size_t at = 0; at < sql.size();) {
    if (const size_t after = skip_blank(sql, at); after != at) {
      at = after;
      continue;
    }
    const size_t end = token_end(sql, at);
    Token token{starts_word(sql[at]) ? Kind::kWord : Kind::kOther, std::string(sql.substr(at, end - at)), at, end};
    if (token.kind == Kind::kWord) {
      std::ranges::transform(token.lower, token.lower.begin(), [](unsigned char c) { return std::tolower(c); });
    }
    out.push_back(std::move(token));
    at = end;
  }
  return out;
}

bool is(const std::vector<Token>& all, size_t at, std::string_view word) {
  return at < all.size() && all[at].lower == word;
}

bool is_phrase(const std::vector<Token>& all, size_t at, std::initializer_list<std::string_view> words) {
  return std::ranges::all_of(words, [&](std::string_view word) { return is(all, at++, word); });
}

std::unexpected<StoreError> refuse(std::string_view sql, const Token& token, std::string_view why) {
  const auto line = 1 + std::ranges::count(sql.substr(0, token.begin), '\n');
  return fault(Fault::kProgramming, "SQL line " + std::to_string(line) + ": '" +
                                        std::string(sql.substr(token.begin, token.end - token.begin)) + "' " + std::string(why));
}

StoreResult<void> check_words(std::string_view sql, const std::vector<Token>& all) {
  for (const Token& token : all) {
    if (token.kind == Kind::kWord && std::ranges::find(kRefusedWords, token.lower) != kRefusedWords.end()) {
      return refuse(sql, token, "does not mean the same on both engines (store/dialect.h)");
    }
    if (token.kind == Kind::kWord && token.end - token.begin > kNameMaxBytes) {
      return refuse(sql, token, "is longer than the names that PostgreSQL keeps");
    }
    if (token.lower == "?" || token.lower == "$") return refuse(sql, token, "is not how parameters are written: $1");
  }
  return {};
}

StoreResult<void> check_params(std::string_view sql, const std::vector<Token>& all, size_t param_count) {
  int64_t seen = 0;
  for (const Token& token : all) {
    if (!token.lower.starts_with('$')) continue;
    const auto number = parse_whole(std::string_view(token.lower).substr(1));
    if (!number || *number < 1 || *number > seen + 1) return refuse(sql, token, "comes before the parameters below it");
    seen = std::max(seen, *number);
  }
  if (static_cast<size_t>(seen) == param_count) return {};
  return fault(Fault::kProgramming,
               std::to_string(param_count) + " parameters were given, but " + std::to_string(seen) + " are in: " + std::string(sql));
}

}  // namespace

StoreResult<void> check_definition(std::string_view sql) {
  const auto all = tokens(sql);
  if (auto checked = check_words(sql, all); !checked) return checked;
  for (size_t i = 0; i < all.size(); ++i) {
    const bool named = i >= 2 && is(all, i - 2, "constraint");
    if (is(all, i, "like")) return refuse(sql, all[i], "in a schema makes SQLite refuse every write to a file that is opened anew");
    if (is(all, i, "check") && is(all, i + 1, "(") && !named) return refuse(sql, all[i], "needs a CONSTRAINT name");
    if ((is(all, i, "unique") || is(all, i, "primary")) && named) {
      return refuse(sql, all[i], "keeps no name on SQLite: use CREATE UNIQUE INDEX name, or leave the name out");
    }
  }
  return {};
}

StoreResult<void> check_statement(std::string_view sql, size_t param_count) {
  const auto all = tokens(sql);
  constexpr std::array<std::string_view, 6> kFirstWords{"select", "insert", "update", "delete", "with", "values"};
  if (all.empty()) return fault(Fault::kProgramming, "the SQL text is empty");
  if (std::ranges::find(kFirstWords, all[0].lower) == kFirstWords.end()) {
    return refuse(sql, all[0], "is not how a statement begins; definitions belong in migrations");
  }
  TRY_DO(check_words(sql, all));
  return check_params(sql, all, param_count);
}

std::string definition_for_sqlite(std::string_view sql) {
  const auto all = tokens(sql);
  std::string out;
  size_t copied = 0;
  const auto replace = [&](size_t begin, size_t end, std::string_view by) {
    out.append(sql.substr(copied, begin - copied)).append(by);
    copied = end;
  };
  bool creates_table = false;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || is(all, i - 1, ";")) creates_table = is_phrase(all, i, {"create", "table"});
    if (is(all, i, "bytea")) replace(all[i].begin, all[i].end, "BLOB");
    if (is(all, i, "bigint")) replace(all[i].begin, all[i].end, "INTEGER");
    if (is_phrase(all, i, {"generated", "by", "default", "as", "identity", "primary", "key"})) {
      replace(all[i].begin, all[i + 6].end, "PRIMARY KEY AUTOINCREMENT");
      i += 6;
    }
    const bool ends = i + 1 == all.size() || is(all, i + 1, ";");
    if (creates_table && ends && is(all, i, ")")) replace(all[i].end, all[i].end, " STRICT");
  }
  out.append(sql.substr(copied));
  return out;
}

}  // namespace koshi::store
