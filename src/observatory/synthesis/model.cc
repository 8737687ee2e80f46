#include "observatory/synthesis/model.h"

#define TOML_EXCEPTIONS 0  // as everywhere: two settings in one program would be undefined
#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"

namespace koshi::observatory {
namespace {

constexpr std::string_view kAll = "*";

/// Reads model.toml. Every lookup that fails says which key of which table.
class ModelReader {
 public:
  explicit ModelReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<Model> read() {
    TRY(text, read_file(folder_ / "model.toml"));
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
      const toml::parse_error& error = parsed.error();
      return fail("model.toml, line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
    const toml::table& root = parsed.table();
    TRY_DO(read_head(root));
    for (const toml::table* margin : tables(root["margin"])) TRY_DO(read_margin(*margin));
    for (const toml::table* odds : tables(root["odds"])) TRY_DO(read_odds(*odds));
    for (const toml::table* table : tables(root["table"])) TRY_DO(read_table(*table));
    for (const toml::table* group : tables(root["group"])) TRY_DO(read_group(*group));
    if (out_.people.entity.empty()) return fail("model.toml: one [[table]] without `link` is wanted: the people");
    return std::move(out_);
  }

 private:
  template <typename View>
  static std::vector<const toml::table*> tables(View view) {
    std::vector<const toml::table*> out;
    if (const toml::array* array = view.as_array()) {
      for (const toml::node& node : *array) {
        if (const toml::table* table = node.as_table()) out.push_back(table);
      }
    }
    return out;
  }

  static Result<std::string> text(const toml::table& from, std::string_view key) {
    if (const auto value = from[key].value<std::string>()) return *value;
    return fail("model.toml, line " + std::to_string(from.source().begin.line) + ": `" + std::string(key) + "` is wanted, a text");
  }

  template <typename View>
  static std::vector<std::string> texts(View view) {
    std::vector<std::string> out;
    if (const toml::array* array = view.as_array()) {
      for (const toml::node& node : *array) out.push_back(node.value<std::string>().value_or(""));
    }
    return out;
  }

  static std::unexpected<Error> fail_at(const toml::node& node, const std::string& what) {
    return fail("model.toml, line " + std::to_string(node.source().begin.line) + ": " + what);
  }

  Result<void> read_head(const toml::table& root) {
    TRY(title, text(root, "title"));
    out_.title = title;
    const auto day = root["day"].value<toml::date>();
    const auto date = day ? make_date(day->year, day->month, day->day) : std::nullopt;
    if (!date) return fail("model.toml: `day` is wanted, the day on which the people are described, such as 2025-12-31");
    out_.day = *date;
    out_.assumptions = texts(root["assumptions"]);
    for (const toml::table* dimension : tables(root["dimension"])) TRY_DO(read_dimension(*dimension));
    if (out_.dimensions.empty()) return fail("model.toml: no [[dimension]]");
    return {};
  }

  Result<void> read_dimension(const toml::table& from) {
    TRY(name, text(from, "name"));
    Dimension next{name, texts(from["members"])};
    if (next.members.empty() || next.members.size() > kMembersMax) {
      return fail_at(from,
                     "dimension " + name + " has " + std::to_string(next.members.size()) + " members; 1 to " + std::to_string(kMembersMax));
    }
    out_.dimensions.push_back(std::move(next));
    if (out_.dimensions.size() > kDimensionsMax || out_.cells() > kCellsMax) return fail_at(from, "too many cells with dimension " + name);
    return {};
  }

  CellSet everyone() const {
    CellSet out;
    for (const Dimension& dimension : out_.dimensions) {
      out.members.push_back(dimension.members.size() == kMembersMax ? ~uint64_t{0} : (uint64_t{1} << dimension.members.size()) - 1);
    }
    return out;
  }

  /// Narrows the set to members written `a|b`, or `*`.
  Result<void> narrow_to(CellSet& set, std::string_view dimension, std::string_view members) const {
    const auto at = std::ranges::find(out_.dimensions, dimension, &Dimension::name);
    if (at == out_.dimensions.end()) return fail("there is no dimension `" + std::string(dimension) + "`");
    if (members == kAll) return {};
    uint64_t bits = 0;
    for (const std::string_view member : split(members, '|')) {
      const auto found = std::ranges::find(at->members, member);
      if (found == at->members.end()) return fail("dimension " + at->name + " has no member `" + std::string(member) + "`");
      bits |= uint64_t{1} << (found - at->members.begin());
    }
    set.members[static_cast<size_t>(at - out_.dimensions.begin())] &= bits;
    return {};
  }

  Result<CellSet> cells(const toml::table& from) const {
    CellSet set = everyone();
    const toml::table* when = from["when"].as_table();
    if (when == nullptr) return set;
    for (const auto& [key, value] : *when) {
      if (const auto done = narrow_to(set, key.str(), value.value<std::string>().value_or("")); !done)
        return fail_at(value, done.error().message);
    }
    return set;
  }

  bool overlap(const CellSet& a, const CellSet& b) const {
    for (size_t i = 0; i < a.members.size(); ++i) {
      if ((a.members[i] & b.members[i]) == 0) return false;
    }
    return true;
  }

  Result<void> read_margin(const toml::table& from) {
    TRY(title, text(from, "title"));
    TRY(file, text(from, "file"));
    TRY(content, read_file(folder_ / file));
    const auto table = parse_csv(content);
    if (!table) return fail(file + ": " + table.error().message);
    Margin margin{.title = title, .rows = {}};
    for (const auto& row : table->rows) {
      auto next = margin_row(table->header, row);
      if (!next) return fail(file + ", line " + std::to_string(row[0].line) + ": " + next.error().message);
      for (const MarginRow& other : margin.rows) {
        if (overlap(other.cells, next->cells))
          return fail(file + ", line " + std::to_string(row[0].line) + ": overlaps with " + other.what);
      }
      margin.rows.push_back(std::move(*next));
    }
    if (margin.rows.size() > kMarginRowsMax) return fail(file + " is too long");
    out_.margins.push_back(std::move(margin));
    return {};
  }

  Result<MarginRow> margin_row(const std::vector<CsvField>& header, const std::vector<CsvField>& row) const {
    MarginRow out{.cells = everyone(), .what = {}, .source = {}, .confidence = {}};
    bool counted = false;
    for (size_t i = 0; i < header.size(); ++i) {
      const std::string& name = header[i].text;
      if (name == "persons") {
        const auto persons = parse_whole(row[i].text);
        if (!persons || *persons < 0) return fail("persons is no number: " + row[i].text);
        out.persons = static_cast<double>(*persons);
        counted = true;
      } else if (name == "source") {
        out.source = row[i].text;
      } else if (name == "confidence") {
        out.confidence = row[i].text;
      } else {
        TRY_DO(narrow_to(out.cells, name, row[i].text));
        out.what += (out.what.empty() ? "" : ", ") + name + " " + row[i].text;
      }
    }
    if (!counted) return fail("there is no column `persons`");
    return out;
  }

  Result<void> read_odds(const toml::table& from) {
    TRY(set, cells(from));
    const auto weight = from["weight"].value<double>();
    if (!weight || *weight < 0) return fail_at(from, "`weight` is wanted, 0 or more");
    out_.odds.push_back({std::move(set), *weight});
    return {};
  }

  Result<void> read_table(const toml::table& from) {
    TableRule out;
    TRY(entity, text(from, "entity"));
    out.entity = entity;
    out.link = from["link"].value<std::string>().value_or("");
    TRY(set, cells(from));
    out.cells = std::move(set);
    TRY(facts, read_facts(from));
    out.facts = std::move(facts);
    if (!out.link.empty()) {
      out_.tables.push_back(std::move(out));
    } else if (out_.people.entity.empty()) {
      out_.people = std::move(out);
    } else {
      return fail_at(from, "a second table without `link`; the people are " + out_.people.entity);
    }
    return {};
  }

  Result<std::vector<FactRule>> read_facts(const toml::table& from) const {
    std::vector<FactRule> out;
    for (const toml::table* fact : tables(from["fact"])) {
      FactRule rule;
      TRY(because, text(*fact, "because"));
      rule.because = because;
      const auto choices = tables((*fact)["choose"]);
      // A single choice may stand in the fact itself.
      if (choices.empty()) {
        TRY(only, read_choice(*fact));
        rule.choices.push_back(std::move(only));
      }
      for (const toml::table* choice : choices) {
        TRY(next, read_choice(*choice));
        rule.choices.push_back(std::move(next));
      }
      // Facts that are drawn alike may share a rule; each is drawn by itself.
      std::vector<std::string> names = texts((*fact)["names"]);
      if (names.empty()) {
        TRY(name, text(*fact, "name"));
        names.push_back(name);
      }
      for (std::string& name : names) {
        rule.fact = std::move(name);
        out.push_back(rule);
      }
    }
    return out;
  }

  Result<Choice> read_choice(const toml::table& from) const {
    Choice out;
    TRY(set, cells(from));
    out.cells = std::move(set);
    out.none_per_mille = static_cast<int>(from["none_per_mille"].value<int64_t>().value_or(0));
    out.unknown_per_mille = static_cast<int>(from["unknown_per_mille"].value<int64_t>().value_or(0));
    if (from.contains("is")) return read_member(from, std::move(out));
    if (const auto value = from["value"].value<std::string>()) {
      out.values = {*value};
      out.weights = {1};
      return out;
    }
    if (const toml::table* odds = from["odds"].as_table()) {
      for (const auto& [value, weight] : *odds) {
        out.values.emplace_back(value.str());
        out.weights.push_back(weight.value<double>().value_or(0));
      }
      return out;
    }
    return read_range(from, std::move(out));
  }

  Result<Choice> read_member(const toml::table& from, Choice out) const {
    TRY(name, text(from, "is"));
    const auto at = std::ranges::find(out_.dimensions, name, &Dimension::name);
    if (at == out_.dimensions.end()) return fail_at(from, "there is no dimension `" + name + "`");
    out.draw = Draw::kMember;
    out.dimension = static_cast<size_t>(at - out_.dimensions.begin());
    if (const toml::table* codes = from["codes"].as_table()) {
      for (const auto& [member, code] : *codes) out.codes.emplace(member.str(), code.value<std::string>().value_or(""));
    }
    return out;
  }

  static Result<Choice> read_range(const toml::table& from, Choice out) {
    constexpr std::pair<std::string_view, Draw> kRanges[] = {{"between", Draw::kBetween},
                                                             {"days_before", Draw::kDaysBefore},
                                                             {"years_before", Draw::kYearsBefore},
                                                             {"days_after", Draw::kDaysAfter}};
    for (const auto& [key, draw] : kRanges) {
      const toml::array* range = from[key].as_array();
      if (range == nullptr) continue;
      if (range->size() != 2) return fail_at(*range, "a range is two numbers");
      out.draw = draw;
      out.least = range->get(0)->value<int64_t>().value_or(0);
      out.greatest = range->get(1)->value<int64_t>().value_or(0);
      if (out.greatest < out.least) return fail_at(*range, "the range ends before it begins");
      out.after = from["after"].value<std::string>().value_or("");
      out.past = from["past"].value<bool>().value_or(false);
      if (draw == Draw::kDaysAfter && out.after.empty()) return fail_at(from, "`days_after` wants `after`, a fact drawn before");
      return out;
    }
    return fail_at(from, "how is it drawn? One of is, value, odds, between, days_before, years_before, days_after");
  }

  Result<void> read_group(const toml::table& from) {
    GroupRule out;
    TRY(entity, text(from, "entity"));
    TRY(of, text(from, "of"));
    TRY(link, text(from, "link"));
    out.entity = entity;
    out.of = of;
    out.link = link;
    out.members = from["members"].value<std::string>().value_or("");
    out.by = texts(from["by"]);
    for (const toml::table* size : tables(from["size"])) {
      out.sizes.push_back((*size)["members"].value<int64_t>().value_or(0));
      out.weights.push_back((*size)["weight"].value<double>().value_or(0));
      if (out.sizes.back() < 1 || out.weights.back() < 0) return fail_at(*size, "a size is `members` of 1 or more and a `weight`");
    }
    if (out.sizes.empty()) return fail_at(from, "[[group.size]] is wanted");
    for (const toml::table* count : tables(from["count"])) {
      GroupRule::Count next;
      TRY(fact, text(*count, "fact"));
      next.fact = fact;
      if (const toml::table* where = (*count)["where"].as_table()) {
        for (const auto& [path, values] : *where) {
          std::vector<std::string> counted;
          const std::string listed = values.value<std::string>().value_or("");  // split() looks into it
          for (const std::string_view value : split(listed, '|')) counted.emplace_back(value);
          next.where.emplace_back(std::string(path.str()), std::move(counted));
        }
      }
      out.counts.push_back(std::move(next));
    }
    TRY(facts, read_facts(from));
    out.facts = std::move(facts);
    out_.groups.push_back(std::move(out));
    return {};
  }

  std::filesystem::path folder_;
  Model out_;
};

}  // namespace

size_t Model::cells() const {
  size_t out = 1;
  for (const Dimension& dimension : dimensions) out *= dimension.members.size();
  return out;
}

size_t Model::member(size_t cell, size_t dimension) const {
  for (size_t i = dimensions.size(); --i > dimension;) cell /= dimensions[i].members.size();
  return cell % dimensions[dimension].members.size();
}

bool Model::has(const CellSet& set, size_t cell) const {
  for (size_t i = dimensions.size(); i-- > 0;) {
    const size_t size = dimensions[i].members.size();
    if (!set.has(i, cell % size)) return false;
    cell /= size;
  }
  return true;
}

Result<Model> read_model(const std::filesystem::path& folder) {
  auto model = ModelReader(folder).read();
  if (!model) return fail(folder.string() + ": " + model.error().message);
  return model;
}

}  // namespace koshi::observatory
