// Everything that a procedure may ask, ready to be drawn as fields: so a procedure that is new in the law is new in the portal by itself.
#include <algorithm>

#include "ask/writer.h"
#include "base/text.h"
#include "http/ask_form.h"
#include "http/ask_input.h"
#include "http/office/failure.h"
#include "http/office/portal_api.h"
#include "http/office/way.h"
#include "http/text_shape.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

std::string_view kind_name(zan::Kind kind) {
  static constexpr std::string_view kNames[] = {"none", "yes_no", "whole", "decimal", "money", "date", "days", "text", "choice", "set"};
  return kNames[static_cast<size_t>(kind)];
}

class Fields {
 public:
  Fields(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, Date on)
      : corpus_(office.law.corpus), words_(office.site.api_words), language_(language), procedure_(procedure), on_(on) {
    for (const zan::Form& form : procedure.forms) add_all(form.asks);
    for (const zan::ProcedureState& state : procedure.states) {
      for (const zan::Action& action : state.actions) add_all(action.asks);
    }
  }

  void write(ask::JsonWriter& json) const {
    json.raw("{");
    json.key("fields");
    json.raw("[");
    for (const zan::FactPath* path : paths_) {
      json.comma();
      write_field(json, *path);
    }
    json.raw("]");
    json.key("choices");
    json.raw("{");
    for (const int16_t choice : choices_) write_choices(json, choice);
    json.raw("}}\n");
  }

 private:
  const zan::Type& type_of(const zan::FactPath& path) const {
    return corpus_.entities[static_cast<size_t>(path.entity)].facts[static_cast<size_t>(path.fact)].type;
  }

  void add_all(const std::vector<zan::FactPath>& asks) {
    for (const zan::FactPath& path : asks) {
      const bool known = std::ranges::any_of(paths_, [&](const zan::FactPath* other) { return other->text == path.text; });
      if (known) continue;
      paths_.push_back(&path);
      const zan::Type& type = type_of(path);
      const bool chooses = type.kind == zan::Kind::kEnum || type.kind == zan::Kind::kSet;
      if (chooses && std::ranges::find(choices_, type.of) == choices_.end()) choices_.push_back(type.of);
    }
  }

  /// The list that is asked member by member, where the path leads through one.
  void write_list(ask::JsonWriter& json, const zan::FactPath& path) const {
    if (!path.through_many) return;
    // "workers[].person.name": the brackets say which link leads to many.
    const std::string list = path.text.substr(0, path.text.find("[]"));
    zan::EntityId entity = procedure_.entity;
    for (const std::string_view name : split(list, '.')) {
      const zan::Entity& owner = corpus_.entities[static_cast<size_t>(entity)];
      const int32_t link = owner.find_link(name);
      if (link == zan::kNoId) return;
      const zan::Link& way = owner.links[static_cast<size_t>(link)];
      if (way.many) {
        json.key("list");
        json.text(list);
        json.key("list_label");
        json.text(words_.label(language_, words::link_key(corpus_, entity, link)));
      }
      entity = way.target;
    }
  }

  /// Where the law says nothing to help, what its format asks.
  std::string format_help(zan::TextFormat format) const {
    if (format == zan::TextFormat::kAny) return {};
    return words_.phrase(language_, "office.format." + std::string(zan::format_name(format)));
  }

  static void write_format(ask::JsonWriter& json, zan::TextFormat format) {
    if (format == zan::TextFormat::kAny) return;
    const TextShape shape = shape_of(format);
    json.key("format");
    json.name(zan::format_name(format));
    if (shape.length == 0) return;
    json.key("pattern");
    json.text(shape.pattern);
    json.key("mode");
    json.name(shape.mode);
    json.key("length");
    json.number(shape.length);
  }

  void write_field(ask::JsonWriter& json, const zan::FactPath& path) const {
    const zan::Type& type = type_of(path);
    const std::string key = words::fact_key(corpus_, path.entity, path.fact);
    const zan::Fact& fact = corpus_.entities[static_cast<size_t>(path.entity)].facts[static_cast<size_t>(path.fact)];
    json.raw("{");
    json.key("fact");
    json.text(path.text);
    json.key("label");
    json.text(words_.label(language_, key));
    json.key("question");
    json.text(words::need_question(words_, language_, {path.text, path.entity, path.fact, zan::kNoId}));
    json.key("help");
    json.text(!fact.help.empty() ? words_.label(language_, key + ".help") : format_help(fact.format));
    json.key("kind");
    json.name(kind_name(type.kind));
    json.key("or_none");
    json.yes_no(type.or_none);
    write_format(json, fact.format);
    if (type.of >= 0) {
      json.key("choices");
      json.name(corpus_.enums[static_cast<size_t>(type.of)].name);
    }
    write_list(json, path);
    json.raw("}");
  }

  void write_choices(ask::JsonWriter& json, int16_t choice) const {
    const zan::Enum& info = corpus_.enums[static_cast<size_t>(choice)];
    const auto existing = existing_members(corpus_, choice, on_);
    std::vector<std::pair<std::string, std::string>> labelled;
    for (size_t i = 0; i < info.members.size(); ++i) {
      if (existing && !zan::has_bit(*existing, static_cast<int64_t>(i))) continue;
      labelled.emplace_back(words_.label(language_, words::member_key(corpus_, choice, static_cast<int64_t>(i))), info.members[i].code);
    }
    // A short list keeps the order of the law: it often rises.
    if (labelled.size() > kMaxRadios) sort_by_label(language_, labelled);
    json.key(info.name);
    json.raw("[");
    for (const auto& [label, code] : labelled) {
      json.comma();
      json.raw("{");
      json.key("code");
      json.text(code);
      json.key("label");
      json.text(label);
      json.raw("}");
    }
    json.raw("]");
  }

  const zan::Corpus& corpus_;
  const words::Words& words_;
  words::Language language_;
  const zan::Procedure& procedure_;
  Date on_;
  std::vector<const zan::FactPath*> paths_;
  std::vector<int16_t> choices_;
};

}  // namespace

Response fields_api(const OfficeSite& office, const Context& context) {
  const int32_t found = office.law.corpus.find_procedure(context.path_parameter("procedure"));
  if (found == zan::kNoId) return office_problem(office, context, 404, "office.no_procedure");
  const Date on = parse_date(context.query.get("on").value_or("")).value_or(office.house.today());
  std::string body;
  ask::JsonWriter json(body);
  Fields(office, context.language, office.law.corpus.procedures[static_cast<size_t>(found)], on).write(json);
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
