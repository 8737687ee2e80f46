#include <algorithm>

#include "base/csv.h"
#include "base/text.h"
#include "zan/corpus/builder.h"

/// First pass: every name of the corpus with its type, before any expression is read.
namespace koshi::zan {
namespace {

void declare_act(Builder& builder, const ActDecl& decl) {
  Act act{decl.kind, decl.name.text, decl.title, decl.number, decl.url, decl.made, {}, decl.not_ratified, {}, decl.span};
  need_label(builder, decl.title, decl.name);
  if (decl.kind == ActDecl::Kind::kTreaty) act.in_force.from = decl.made;
  if (decl.from) act.in_force.from = *decl.from;
  if (decl.until) act.in_force.until = *decl.until;
  if (act.in_force.empty()) builder.error(decl.name.span, "`" + act.name + "` ends before it begins");
  builder.corpus.acts.push_back(std::move(act));
}

void bind_replaced(Builder& builder) {
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ActDecl& decl : tree.acts) {
      const ActId id = builder.corpus.find_act(decl.name.text);
      for (const Name& name : decl.replaces) {
        const ActId before = builder.corpus.find_act(name.text);
        if (before == kNoId) {
          builder.unknown("act", name, names_of(builder.corpus.acts));
        } else if (builder.corpus.acts[static_cast<size_t>(before)].in_force.from >=
                   builder.corpus.acts[static_cast<size_t>(id)].in_force.from) {
          builder.error(name.span, "`" + decl.name.text + "` cannot replace an act that begins no earlier than it does itself");
        } else {
          builder.corpus.acts[static_cast<size_t>(id)].replaces.push_back(before);
        }
      }
    }
  }
}

void add_member(Builder& builder, Enum& type, std::string code, std::string label, Span span) {
  if (!type.index.emplace(code, static_cast<int32_t>(type.members.size())).second) {
    builder.error(span, "`" + code + "` stands twice in enum `" + type.name + "`");
    return;
  }
  if (trim(label).empty()) builder.error(span, "`" + code + "` has no label");
  type.members.push_back({std::move(code), std::move(label)});
}

void read_enum_csv(Builder& builder, const EnumDecl& decl, Enum& type) {
  const auto source = builder.csv(decl.csv, decl.csv_span);
  if (!source) return;
  const auto table = parse_csv(source->text);
  if (!table) return builder.error(decl.csv_span, source->path + ": " + table.error().message);
  int code = -1, label = -1;
  for (size_t i = 0; i < table->header.size(); ++i) {
    if (table->header[i].text == "code") code = static_cast<int>(i);
    if (table->header[i].text == "label") label = static_cast<int>(i);
  }
  if (code < 0 || label < 0)
    return builder.error(decl.csv_span, source->path + " lacks the column `" + (code < 0 ? "code" : "label") + "`");
  for (const auto& row : table->rows) {
    const CsvField& field = row[static_cast<size_t>(code)];
    const Span span = csv_span(builder.corpus.sources, source->file, field.line, field.column, field.text.size());
    add_member(builder, type, field.text, row[static_cast<size_t>(label)].text, span);
  }
}

void declare_enum(Builder& builder, const EnumDecl& decl) {
  Enum type{decl.name.text, decl.label, {}, {}, decl.span};
  need_label(builder, decl.label, decl.name);
  for (const EnumMember& member : decl.members) add_member(builder, type, member.code.text, member.label, member.code.span);
  if (!decl.csv.empty()) read_enum_csv(builder, decl, type);
  builder.corpus.enums.push_back(std::move(type));
}

void declare_set(Builder& builder, const SetDecl& decl) {
  const auto of = builder.type({decl.of, true, false, decl.of.span});
  if (!of) return;
  Set set{decl.name.text, decl.label, of->of, builder.citations(decl.by), {}, decl.span};
  need_label(builder, decl.label, decl.name);
  const Enum& type = builder.corpus.enums[static_cast<size_t>(of->of)];
  std::vector<std::string> codes;
  for (const EnumMemberInfo& member : type.members) codes.push_back(member.code);
  for (const SetRow& row : decl.rows) {
    Set::Row out{Bits((type.members.size() + 63) / 64), {row.from.value_or(kFirstDate), row.until.value_or(kLastDate)}};
    for (const Name& member : row.members) {
      const auto it = type.index.find(member.text);
      if (it == type.index.end()) {
        builder.unknown(type.name, member, codes);
      } else {
        set_bit(out.members, it->second);
      }
    }
    if (out.in_force.empty() && !row.members.empty()) builder.error(row.members.front().span, "this membership ends before it begins");
    set.rows.push_back(std::move(out));
  }
  builder.corpus.sets.push_back(std::move(set));
}

void declare_topic(Builder& builder, const TopicDecl& decl) {
  for (const Topic& topic : builder.corpus.topics) {
    if (topic.name != decl.name.text) continue;
    if (topic.label != decl.label)
      builder.error(decl.name.span, "topic `" + topic.name + "` has another label elsewhere: \"" + topic.label + "\"");
    return;
  }
  need_label(builder, decl.label, decl.name);
  builder.corpus.topics.push_back({decl.name.text, decl.label});
}

bool is_working_kind(std::string_view kind) {
  return kind == "working_weekend";
}

bool is_free_kind(std::string_view kind) {
  return kind == "public_holiday" || kind == "religious_day_off" || kind == "compensatory_day_off" || kind == "moved_day_off";
}

/// Rows become exceptions of the plain week; a day listed twice as free is one.
std::optional<WorkingCalendar> read_calendar(Builder& builder, const Builder::CsvSource& source, const CsvTable& table) {
  size_t date_column = table.header.size(), kind_column = table.header.size();
  for (size_t i = 0; i < table.header.size(); ++i) {
    if (table.header[i].text == "date") date_column = i;
    if (table.header[i].text == "kind") kind_column = i;
  }
  if (date_column == table.header.size() || kind_column == table.header.size()) {
    builder.error(csv_span(builder.corpus.sources, source.file, 1, 1, 1), "a calendar needs the columns `date` and `kind`");
    return std::nullopt;
  }
  std::map<Date, bool> days;
  for (const auto& row : table.rows) {
    const CsvField& day = row[date_column];
    const CsvField& kind = row[kind_column];
    const Span span = csv_span(builder.corpus.sources, source.file, day.line, day.column, day.text.size());
    const auto date = parse_date(day.text);
    if (!date) {
      builder.error(span, "`" + day.text + "` is not a date that exists");
    } else if (is_working_kind(kind.text)) {
      days[*date] = true;
    } else if (is_free_kind(kind.text)) {
      days.emplace(*date, false);
    } else if (kind.text != "cancelled") {
      builder.error(span, "unknown kind of day `" + kind.text + "`");
    }
  }
  if (days.empty()) return std::nullopt;
  std::vector<WorkingCalendar::Exception> exceptions;
  for (const auto& [date, working] : days) exceptions.push_back({date, working});
  const Date first = *make_date(civil(days.begin()->first).year, 1, 1);
  const Date last = *make_date(civil(days.rbegin()->first).year, 12, 31);
  auto calendar = WorkingCalendar::create(first, last, std::move(exceptions));
  if (calendar) return std::move(*calendar);
  builder.error(csv_span(builder.corpus.sources, source.file, 1, 1, 1), calendar.error().message);
  return std::nullopt;
}

void declare_calendar(Builder& builder, const CalendarDecl& decl) {
  if (builder.corpus.calendar) return builder.error(decl.span, "a second calendar; a corpus has one");
  const auto source = builder.csv(decl.csv, decl.span);
  if (!source) return;
  const auto table = parse_csv(source->text);
  if (!table) return builder.error(decl.span, source->path + ": " + table.error().message);
  builder.corpus.calendar = read_calendar(builder, *source, *table);
}

TextFormat text_format(Builder& builder, const FactDecl& fact, const Type& type) {
  if (fact.format.empty()) return TextFormat::kAny;
  std::vector<std::string> known;
  TextFormat found = TextFormat::kAny;
  for (const TextFormat format : {TextFormat::kIin, TextFormat::kBin, TextFormat::kIinOrBin, TextFormat::kPassportMrz}) {
    known.emplace_back(format_name(format));
    if (known.back() == fact.format.text) found = format;
  }
  if (found == TextFormat::kAny) builder.unknown("format", fact.format, known);
  if (type.kind != Kind::kText) {
    builder.error(fact.format.span, "only a text has a format; `" + fact.name.text + "` is " + type_name(builder.corpus, type));
    return TextFormat::kAny;
  }
  return found;
}

/// The fact of this name, which is of this kind; kNoId after a report, or where nothing is named.
int32_t identity_fact(Builder& builder, const Entity& entity, const Name& name, Kind kind, std::string_view what) {
  if (name.empty()) return kNoId;
  const int32_t fact = entity.find_fact(name.text);
  if (fact == kNoId) {
    builder.unknown("fact of " + entity.name, name, names_of(entity.facts));
    return kNoId;
  }
  const Type& type = entity.facts[static_cast<size_t>(fact)].type;
  if (type.kind == kind) return fact;
  builder.error(name.span, "`" + name.text + "` is " + type_name(builder.corpus, type) + ", where " + std::string(what) + " is needed");
  return kNoId;
}

void declare_identity(Builder& builder, const IdentityDecl& decl, Entity& entity) {
  Identity out;
  out.kind = decl.kind.text == "person" ? Identity::Kind::kPerson : Identity::Kind::kEmployer;
  out.number = identity_fact(builder, entity, decl.number, Kind::kText, "a text");
  out.passport = identity_fact(builder, entity, decl.passport, Kind::kText, "a text");
  out.country = identity_fact(builder, entity, decl.country, Kind::kEnum, "an enum of countries");
  out.name = identity_fact(builder, entity, decl.name, Kind::kText, "a text");
  out.born = identity_fact(builder, entity, decl.born, Kind::kDate, "a date");
  if (out.kind == Identity::Kind::kEmployer && !(decl.passport.empty() && decl.born.empty()))
    builder.error(decl.span, "an employer has a number and a name, no passport and no birth");
  if (out.number != kNoId) entity.identity = out;
}

void declare_entity_facts(Builder& builder, const EntityDecl& decl, Entity& entity, std::map<std::string, Span>& seen) {
  for (const FactDecl& fact : decl.facts) {
    const auto type = builder.type(fact.type);
    need_label(builder, fact.label, fact.name);
    if (!type || !is_new(builder, seen, fact.name, "fact")) continue;
    entity.facts.push_back({fact.name.text, fact.label, fact.ask, fact.help, *type, fact.span, text_format(builder, fact, *type)});
  }
  for (const LinkDecl& link : decl.links) {
    need_label(builder, link.label, link.name);
    const EntityId target = builder.corpus.find_entity(link.target.text);
    if (target == kNoId) {
      builder.unknown("entity", link.target, names_of(builder.corpus.entities));
    } else if (is_new(builder, seen, link.name, "link")) {
      entity.links.push_back({link.name.text, link.label, link.many, target, link.span});
    }
  }
}

/// Names first, so that links may lead to entities declared later or to the entity itself.
void declare_entities(Builder& builder) {
  std::map<std::string, Span> seen;
  std::vector<const EntityDecl*> decls;
  for (const FileTree& tree : builder.corpus.trees) {
    for (const EntityDecl& decl : tree.entities) {
      need_label(builder, decl.label, decl.name);
      if (!is_new(builder, seen, decl.name, "entity")) continue;
      decls.push_back(&decl);
      builder.corpus.entities.push_back({decl.name.text, decl.label, {}, {}, {}, decl.span});
    }
  }
  for (size_t i = 0; i < decls.size(); ++i) {
    std::map<std::string, Span> names;
    Entity entity = std::move(builder.corpus.entities[i]);
    builder.corpus.entities[i].name = entity.name;  // stays findable while its links are read
    declare_entity_facts(builder, *decls[i], entity, names);
    for (const IdentityDecl& identity : decls[i]->identities) declare_identity(builder, identity, entity);
    builder.corpus.entities[i] = std::move(entity);
  }
}

bool is_known_topic(const Builder& builder, const std::string& name) {
  return std::ranges::any_of(builder.corpus.topics, [&](const Topic& topic) { return topic.name == name; });
}

struct NormHeader {
  const Name& name;
  const Name& entity;
  const Name& under;
  const std::string& label;
  const std::string& help;
  const Name& topic;
  Span span;
};

/// The norm without its rules, or kNoId when its header cannot stand.
NormId declare_norm(Builder& builder, const NormHeader& header, std::optional<Type> type) {
  Corpus& corpus = builder.corpus;
  need_label(builder, header.label, header.name);
  Norm norm;
  norm.name = header.name.text;
  norm.label = header.label;
  norm.help = header.help;
  norm.span = header.name.span;
  if (is_known_topic(builder, header.topic.text)) norm.topic = header.topic.text;
  if (!header.entity.empty()) {
    norm.entity = corpus.find_entity(header.entity.text);
    if (norm.entity == kNoId) builder.unknown("entity", header.entity, names_of(corpus.entities));
  }
  if (!header.under.empty()) {
    norm.under = corpus.find_act(header.under.text);
    if (norm.under == kNoId) builder.unknown("act", header.under, names_of(corpus.acts));
  }
  const bool stands = (header.entity.empty() || norm.entity != kNoId) && (header.under.empty() || norm.under != kNoId) && type;
  if (!stands) return kNoId;
  norm.type = *type;
  if (norm.entity != kNoId) {
    const Entity& entity = builder.entity(norm.entity);
    if (entity.find_fact(norm.name) != kNoId || entity.find_link(norm.name) != kNoId) {
      builder.error(header.name.span, "`" + norm.name + "` is already a fact or link of " + entity.name);
      return kNoId;
    }
  }
  const NormId id = static_cast<NormId>(corpus.norms.size());
  std::vector<NormId>& same_name = corpus.norm_index[norm.entity == kNoId ? norm.name : builder.entity(norm.entity).name + "." + norm.name];
  for (const NormId other : same_name) {
    const Norm& first = corpus.norms[static_cast<size_t>(other)];
    if (first.under != norm.under) {
      if (!(first.type == norm.type))
        builder.error(header.name.span, "`" + norm.name + "` has another type under another instrument", {{first.span, "declared here"}});
      continue;
    }
    builder.error(header.name.span, "norm `" + norm.name + "` is declared twice", {{first.span, "first declared here"}});
    return kNoId;
  }
  same_name.push_back(id);
  corpus.norms.push_back(std::move(norm));
  return id;
}

void declare_norm_decl(Builder& builder, const NormDecl& decl, ReformId reform, std::vector<NormSource>& sources) {
  const NormHeader header{decl.name, decl.entity, decl.under, decl.label, decl.help, decl.topic, decl.span};
  const NormId id = declare_norm(builder, header, builder.type(decl.type));
  if (id == kNoId) return;
  builder.norm(id).is_definition = decl.is_definition;
  builder.norm(id).reform = reform;
  sources.push_back({id, &decl, nullptr});
}

/// A table of multiples of a money parameter is itself of type money.
std::optional<Type> table_type(Builder& builder, const TableDecl& decl) {
  const NormId unit = builder.corpus.find_norm(decl.type.name.text);
  if (unit != kNoId && !decl.type.is_set) {
    if (builder.norm(unit).type.kind == Kind::kMoney && builder.norm(unit).entity == kNoId)
      return Type{Kind::kMoney, decl.type.or_none, -1};
    builder.error(decl.type.span, "`" + decl.type.name.text + "` is not a parameter of type money");
    return std::nullopt;
  }
  return builder.type(decl.type);
}

void declare_norms(Builder& builder, std::vector<NormSource>& sources) {
  const auto& trees = builder.corpus.trees;
  for (const FileTree& tree : trees) {
    for (const NormDecl& decl : tree.norms) declare_norm_decl(builder, decl, kNoId, sources);
  }
  static const Name kNowhere;
  for (const FileTree& tree : trees) {
    for (const TableDecl& decl : tree.tables) {
      const NormHeader header{decl.name, decl.entity, kNowhere, decl.label, decl.help, decl.topic, decl.span};
      const NormId id = declare_norm(builder, header, table_type(builder, decl));
      if (id == kNoId) continue;
      builder.norm(id).is_table = true;
      sources.push_back({id, nullptr, &decl});
    }
  }
}

void declare_reforms(Builder& builder, std::vector<NormSource>& sources) {
  std::map<std::string, Span> seen;
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ReformDecl& decl : tree.reforms) {
      need_label(builder, decl.title, decl.name);
      if (!is_new(builder, seen, decl.name, "reform")) continue;
      const ReformId id = static_cast<ReformId>(builder.corpus.reforms.size());
      builder.corpus.reforms.push_back({decl.name.text, decl.title, builder.citations(decl.by), decl.from, {}, decl.span});
      for (const NormDecl& norm : decl.norms) declare_norm_decl(builder, norm, id, sources);
    }
  }
}

}  // namespace

std::vector<NormSource> declare(Builder& builder) {
  std::map<std::string, Span> acts, enums, sets;
  const auto& trees = builder.corpus.trees;
  for (const FileTree& tree : trees) {
    for (const ActDecl& decl : tree.acts) {
      if (is_new(builder, acts, decl.name, "act")) declare_act(builder, decl);
    }
    for (const EnumDecl& decl : tree.enums) {
      if (is_new(builder, enums, decl.name, "enum")) declare_enum(builder, decl);
    }
    for (const TopicDecl& decl : tree.topics) declare_topic(builder, decl);
    for (const CalendarDecl& decl : tree.calendars) declare_calendar(builder, decl);
  }
  bind_replaced(builder);
  for (const FileTree& tree : trees) {
    for (const SetDecl& decl : tree.sets) {
      if (is_new(builder, sets, decl.name, "set")) declare_set(builder, decl);
    }
  }
  declare_entities(builder);
  std::vector<NormSource> sources;
  declare_norms(builder, sources);
  declare_reforms(builder, sources);
  return sources;
}

}  // namespace koshi::zan
