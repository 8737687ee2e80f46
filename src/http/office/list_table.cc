#include "http/office/list_table.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "http/office/case_fields.h"
#include "office/case/entry_record.h"
#include "office/papers/fold.h"
#include "office/papers/record_value.h"
#include "office/papers/table_read.h"
#include "office/papers/table_write.h"

namespace koshi::http {
namespace {

using papers::ColumnKind;

constexpr std::string_view kYes = "true";
constexpr std::string_view kNo = "false";
constexpr std::string_view kNone = "none";

const zan::Fact& fact_of(const zan::Corpus& corpus, const Place& place) {
  return corpus.entities[static_cast<size_t>(place.entity)].facts[static_cast<size_t>(place.fact)];
}

/// "Worker: Full name" is said as "Full name"; of a record behind a link, with the link: "Person: Nationality" where two would be alike.
std::string column_label(const words::Words& words, words::Language language, const Place& place) {
  return words.label(language, words::fact_key(words.corpus(), place.entity, place.fact));
}

std::vector<AskedField> lists_of(const OfficeSite& office, const zan::Procedure& procedure, const Forms& forms) {
  std::vector<AskedField> lists;
  for (const zan::Form* form : forms) {
    for (AskedField& field : asked_fields(office.law.corpus, procedure.entity, form->asks)) {
      if (!field.is_list()) continue;
      const auto known = std::ranges::find(lists, field.path, &AskedField::path);
      if (known == lists.end()) {
        lists.push_back(std::move(field));
        continue;
      }
      for (std::string& of : field.of_members) {
        if (std::ranges::find(known->of_members, of) == known->of_members.end()) known->of_members.push_back(std::move(of));
      }
    }
  }
  return lists;
}

/// Of the characters that a workbook allows there, as many as it allows.
std::string sheet_name(std::string_view label) {
  std::string name;
  size_t characters = 0;
  for (const char c : label) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > papers::kSheetNameMaxCharacters) break;
    name.push_back(std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ');
  }
  return name.empty() ? "1" : name;
}

/// What each column is called: its label and its path, then its names in every language, so that a file that one person made is read by
/// all. A name that two columns would bear is the first one's.
std::vector<std::vector<std::string>> names_of(const OfficeSite& office, const ListShape& shape) {
  std::vector<std::vector<std::string>> names(shape.columns.size());
  std::set<std::string> taken;
  const auto add = [&](size_t column, std::string name) {
    if (taken.insert(papers::fold(name)).second) names[column].push_back(std::move(name));
  };
  for (size_t i = 0; i < names.size(); ++i) add(i, shape.columns[i].path);
  for (size_t i = 0; i < names.size(); ++i) add(i, shape.columns[i].label);
  for (const words::Language language : words::kLanguages) {
    for (size_t i = 0; i < names.size(); ++i) add(i, column_label(office.site.api_words, language, shape.columns[i].place));
  }
  return names;
}

std::vector<std::string> phrases_of(const OfficeSite& office, std::string_view key) {
  std::vector<std::string> names;
  for (const words::Language language : words::kLanguages) names.push_back(office.site.api_words.phrase(language, key));
  return names;
}

std::vector<papers::Choice> choices_of(const OfficeSite& office, const zan::Type& type) {
  const zan::Corpus& corpus = office.law.corpus;
  std::vector<papers::Choice> choices;
  if (type.kind == zan::Kind::kYesNo) {
    choices = {{std::string(kYes), phrases_of(office, "value.yes")}, {std::string(kNo), phrases_of(office, "value.no")}};
  } else {
    const auto& members = corpus.enums[static_cast<size_t>(type.of)].members;
    for (size_t i = 0; i < members.size(); ++i) {
      papers::Choice choice{members[i].code, {}};
      const std::string key = words::member_key(corpus, type.of, static_cast<int64_t>(i));
      for (const words::Language language : words::kLanguages) choice.names.push_back(office.site.api_words.label(language, key));
      choices.push_back(std::move(choice));
    }
  }
  if (type.or_none) choices.push_back({std::string(kNone), phrases_of(office, "value.none")});
  return choices;
}

ColumnKind plain_kind(zan::Kind kind) {
  switch (kind) {
    case zan::Kind::kWhole:
    case zan::Kind::kDays: return ColumnKind::kWhole;
    case zan::Kind::kDecimal:
    case zan::Kind::kMoney: return ColumnKind::kDecimal;
    case zan::Kind::kDate: return ColumnKind::kDate;
    case zan::Kind::kYesNo:
    case zan::Kind::kEnum: return ColumnKind::kChoice;
    default: return ColumnKind::kText;
  }
}

bool says_none(const OfficeSite& office, std::string_view text) {
  const std::string folded = papers::fold(text);
  return folded == kNone ||
         std::ranges::any_of(phrases_of(office, "value.none"), [&](const std::string& name) { return papers::fold(name) == folded; });
}

/// The value in the form of the law, of a column that also takes the word for none; what it cannot be is a fault.
std::expected<std::string, papers::RecordFault> number_or_none(const OfficeSite& office, ColumnKind kind, std::string_view text) {
  if (says_none(office, text)) return std::string(kNone);
  papers::Column plain;
  plain.kind = kind;
  auto value = papers::read_value({{1, 1}, papers::CellKind::kText, std::string(text)}, plain);
  if (!value) return std::unexpected(value.error().fault);
  return std::move(*value);
}

std::string_view phrase_of(papers::RecordFault fault) {
  using Fault = papers::RecordFault;
  switch (fault) {
    case Fault::kUnreadable: return "office.list.unreadable";
    case Fault::kMissingColumn: return "office.list.missing_column";
    case Fault::kColumnTwice: return "office.list.column_twice";
    case Fault::kMissing: return "office.list.missing";
    case Fault::kWhole: return "office.list.whole";
    case Fault::kDecimal: return "office.list.decimal";
    case Fault::kDate: return "office.list.date";
    case Fault::kRepeated: return "office.list.repeated";
    case Fault::kCheck:
    case Fault::kChoice: break;
  }
  return "office.list.choice";
}

class Reading {
 public:
  Reading(const OfficeSite& office, words::Language language, const ListShape& shape)
      : office_(office), language_(language), shape_(shape) {}

  std::vector<papers::Column> columns() const {
    std::vector<papers::Column> all;
    const auto names = names_of(office_, shape_);
    for (const ListColumn& column : shape_.columns) {
      const zan::Type& type = fact_of(office_.law.corpus, column.place).type;
      papers::Column made{.key = column.path, .names = names[all.size()], .kind = plain_kind(type.kind), .required = !type.or_none};
      if (made.kind == ColumnKind::kChoice) made.choices = choices_of(office_, type);
      if (type.or_none && made.kind != ColumnKind::kChoice && made.kind != ColumnKind::kText) {
        made.check = [this, kind = made.kind](std::string_view value) -> std::optional<std::string> {
          const auto read = number_or_none(office_, kind, value);
          if (read) return std::nullopt;
          return std::string(phrase_of(read.error()));  // told in the reader's words below
        };
        made.kind = ColumnKind::kText;
      }
      all.push_back(std::move(made));
    }
    return all;
  }

  ListRead read(const papers::Records& records) {
    ListRead read;
    read.rows = records.records.size();
    for (const papers::Cell& heading : records.unknown_columns) read.passed_over.push_back(heading.text);
    for (const papers::RecordProblem& problem : records.problems) {
      if (read.problems.size() < kListProblemsMax) {
        read.problems.push_back(told(records, problem));
      } else {
        ++read.problems_left_out;
      }
    }
    read.problems_left_out += records.problems_left_out;
    if (!read.problems.empty()) return read;
    std::string members;
    for (const papers::Record& record : records.records) members += (members.empty() ? "{" : ",{") + member(record) + "}";
    read.json = "{" + json_string(shape_.path) + ":[" + members + "]}";
    return read;
  }

 private:
  const ListColumn* column(std::string_view key) const {
    const auto found = std::ranges::find(shape_.columns, key, &ListColumn::path);
    return found == shape_.columns.end() ? nullptr : &*found;
  }

  CellProblem told(const papers::Records& records, const papers::RecordProblem& problem) const {
    const ListColumn* of = column(problem.column);
    const bool has_own_words = problem.fault == papers::RecordFault::kCheck && problem.message.starts_with("office.list.");
    const std::string_view key = has_own_words ? std::string_view(problem.message) : phrase_of(problem.fault);
    CellProblem told{papers::format_address(problem.at), shape_.path,
                     office_.site.api_words.phrase(language_, key, {{"column", of == nullptr ? problem.column : of->label}})};
    for (size_t i = 0; i < records.records.size() && of != nullptr; ++i) {
      if (records.records[i].row == problem.at.row) told.path = shape_.path + "[" + std::to_string(i) + "]." + of->path;
    }
    return told;
  }

  std::string member(const papers::Record& record) const {
    std::string object;
    for (const ListColumn& each : shape_.columns) {
      const auto found = record.values.find(each.path);
      if (found == record.values.end()) continue;
      object += (object.empty() ? "" : ",") + json_string(each.path) + ":" + value(each, found->second);
    }
    return object;
  }

  std::string value(const ListColumn& of, const std::string& text) const {
    const zan::Type& type = fact_of(office_.law.corpus, of.place).type;
    const ColumnKind kind = plain_kind(type.kind);
    if (kind == ColumnKind::kText) return type.or_none && says_none(office_, text) ? "null" : json_string(text);
    if (kind == ColumnKind::kChoice) {
      if (type.or_none && text == kNone) return "null";
      return type.kind == zan::Kind::kYesNo ? text : json_string(text);
    }
    if (!type.or_none) return json_string(text);
    const std::string read = number_or_none(office_, kind, text).value_or("");
    return read == kNone ? "null" : json_string(read);
  }

  const OfficeSite& office_;
  words::Language language_;
  const ListShape& shape_;
};

const zan::Value* value_in(const zan::Corpus& corpus, const zan::Record& record, std::string_view path) {
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(record.entity)];
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    const int32_t fact = entity.find_fact(path);
    const bool known = fact != zan::kNoId && record.facts[static_cast<size_t>(fact)].has_value();
    return known ? &*record.facts[static_cast<size_t>(fact)] : nullptr;
  }
  const int32_t link = entity.find_link(path.substr(0, dot));
  if (link == zan::kNoId || !record.one[static_cast<size_t>(link)]) return nullptr;
  return value_in(corpus, *record.one[static_cast<size_t>(link)], path.substr(dot + 1));
}

/// The members of the list, which may stand behind links to one.
const std::vector<zan::Record>* members_in(const zan::Corpus& corpus, const zan::Record& record, std::string_view path) {
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(record.entity)];
  const size_t dot = path.find('.');
  const int32_t link = entity.find_link(path.substr(0, dot));
  if (link == zan::kNoId) return nullptr;
  if (dot == std::string_view::npos) {
    const auto& many = record.many[static_cast<size_t>(link)];
    return many ? &*many : nullptr;
  }
  const auto& one = record.one[static_cast<size_t>(link)];
  return one ? members_in(corpus, *one, path.substr(dot + 1)) : nullptr;
}

papers::Cell cell_of(const OfficeSite& office, words::Language language, papers::CellAddress at, const zan::Value& value) {
  using papers::CellKind;
  const words::Words& words = office.site.api_words;
  switch (value.kind()) {
    case zan::Kind::kNone: return {at, CellKind::kText, words.phrase(language, "value.none")};
    case zan::Kind::kYesNo: return {at, CellKind::kText, words.phrase(language, value.is_yes() ? "value.yes" : "value.no")};
    case zan::Kind::kWhole:
    case zan::Kind::kDays: return {at, CellKind::kNumber, std::to_string(value.number())};
    case zan::Kind::kDecimal: return {at, CellKind::kNumber, format_decimal(value.as_decimal())};
    case zan::Kind::kMoney: return {at, CellKind::kNumber, format_money(value.as_money())};
    case zan::Kind::kDate: return {at, CellKind::kDate, format_date(value.as_date())};
    case zan::Kind::kEnum:
      return {at, CellKind::kText, words.label(language, words::member_key(office.law.corpus, value.of(), value.number()))};
    default: return {at, CellKind::kText, value.kind() == zan::Kind::kText ? value.as_text() : ""};
  }
}

}  // namespace

Forms open_forms(const office::CaseView& view) {
  Forms forms;
  if (!view.may_fill) return forms;
  for (const office::FormView& form : view.forms) forms.push_back(form.form);
  return forms;
}

Forms all_forms(const OfficeSite& office, const zan::Procedure& procedure, const office::Case& item) {
  Forms forms;
  const Date law_date = item.law_date(office.house.today());
  for (const zan::Form& form : procedure.forms) {
    if (form.in_force.contains(law_date)) forms.push_back(&form);
  }
  return forms;
}

Result<ListFile> list_file(const OfficeSite& office, const ListShape& shape, papers::Sheet sheet, ListFormat format) {
  if (format == ListFormat::kCsv) {
    TRY(text, papers::write_csv(sheet, papers::CsvStyle::kSpreadsheet));
    return ListFile{"text/csv; charset=utf-8", "csv", std::move(text)};
  }
  sheet.name = sheet_name(shape.label);
  TRY(bytes, papers::write_xlsx(std::span(&sheet, 1), office.house.now_ms() / 1000));
  return ListFile{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", std::move(bytes)};
}

std::optional<ListShape> list_shape(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const Forms& forms,
                                    std::string_view path) {
  const auto lists = lists_of(office, procedure, forms);
  const auto found = std::ranges::find(lists, path, &AskedField::path);
  if (found == lists.end()) return std::nullopt;
  const zan::Corpus& corpus = office.law.corpus;
  const auto list = find_place(corpus, procedure.entity, path);
  if (!list || list->list == zan::kNoId) return std::nullopt;
  const words::Words& words = office.site.api_words;
  ListShape shape{found->path, words.label(language, words::link_key(corpus, list->entity, list->list)), {}};
  for (const std::string& of : found->of_members) {
    auto place = find_place(corpus, procedure.entity, found->path + "[0]." + of);
    // Lists within lists, and sets, are left to programs.
    if (!place || place->fact == zan::kNoId || fact_of(corpus, *place).type.kind == zan::Kind::kSet) continue;
    std::string label = column_label(words, language, *place);
    const bool is_twice = std::ranges::any_of(shape.columns, [&](const ListColumn& other) { return other.label == label; });
    if (is_twice) label += " (" + of + ")";
    shape.columns.push_back({of, std::move(*place), std::move(label)});
  }
  return shape;
}

std::string wrong_text(const words::Words& words, words::Language language, const ListRead& read) {
  const std::string count = std::to_string(read.problems.size() + read.problems_left_out);
  std::string text = words.phrase(language, "office.list.wrong", {{"n", count}});
  if (read.passed_over.empty()) return text;
  return text + " " + words.phrase(language, "office.list.passed_over", {{"columns", join(read.passed_over, ", ")}});
}

std::expected<ListRead, std::string> read_list(const OfficeSite& office, words::Language language, const ListShape& shape,
                                               std::string_view bytes) {
  papers::TableLimits limits;
  limits.rows = kListRowsMax + static_cast<uint32_t>(papers::kHeadingRowsMax);
  limits.cells = 200'000;
  limits.inflated_bytes = 32u << 20;
  const auto table = papers::read_table(bytes, limits);
  if (!table) return std::unexpected(office.site.api_words.phrase(language, "office.list.no_table"));
  Reading reading(office, language, shape);
  const auto columns = reading.columns();
  const auto records = papers::read_records(*table, columns);
  if (!records) return std::unexpected(office.site.api_words.phrase(language, "office.list.no_table"));
  if (records->records.size() > kListRowsMax) {
    return std::unexpected(office.site.api_words.phrase(language, "office.list.too_long", {{"n", std::to_string(kListRowsMax)}}));
  }
  return reading.read(*records);
}

papers::Sheet list_sheet(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const ListShape& shape,
                         const office::Case& item) {
  const zan::Corpus& corpus = office.law.corpus;
  papers::Sheet sheet;
  for (size_t i = 0; i < shape.columns.size(); ++i) {
    sheet.cells.push_back({{1, static_cast<uint32_t>(i + 1)}, papers::CellKind::kText, shape.columns[i].label});
  }
  const office::FactEntry* entry = item.find_fact(shape.path);
  if (entry == nullptr) return sheet;
  const zan::Record record = office::record_of(corpus, procedure.entity, *entry);
  const auto* members = members_in(corpus, record, shape.path);
  for (size_t row = 0; members != nullptr && row < members->size(); ++row) {
    for (size_t i = 0; i < shape.columns.size(); ++i) {
      const zan::Value* value = value_in(corpus, (*members)[row], shape.columns[i].path);
      if (value == nullptr) continue;
      papers::Cell cell = cell_of(office, language, {static_cast<uint32_t>(row + 2), static_cast<uint32_t>(i + 1)}, *value);
      if (!cell.text.empty()) sheet.cells.push_back(std::move(cell));
    }
  }
  return sheet;
}

}  // namespace koshi::http
