#include "http/office/case_fields.h"

#include <algorithm>

#include "base/text.h"
#include "http/office/way.h"
#include "office/case/entry_record.h"
#include "office/papers/fold.h"

namespace koshi::http {
namespace {

std::string member_path(std::string_view list, int64_t member) {
  return std::string(list) + "[" + std::to_string(member) + "]";
}

/// Where the path goes through its first list: "workers.person.name" is "workers" and "person.name"; without a list, the path alone.
std::pair<std::string, std::string> split_at_list(const zan::Corpus& corpus, zan::EntityId entity, std::string_view path) {
  std::string before;
  const auto segments = split(path, '.');
  for (size_t i = 0; i + 1 < segments.size(); ++i) {
    const std::string_view name = segments[i].substr(0, segments[i].find('['));
    const zan::Entity& owner = corpus.entities[static_cast<size_t>(entity)];
    const int32_t link = owner.find_link(name);
    if (link == zan::kNoId) break;
    before += (before.empty() ? "" : ".") + std::string(name);
    entity = owner.links[static_cast<size_t>(link)].target;
    if (!owner.links[static_cast<size_t>(link)].many) continue;
    std::string rest;
    for (size_t k = i + 1; k < segments.size(); ++k) rest += (rest.empty() ? "" : ".") + std::string(segments[k]);
    return {before, rest};
  }
  return {std::string(path), ""};
}

const zan::Fact& fact_of(const zan::Corpus& corpus, const Place& place) {
  return corpus.entities[static_cast<size_t>(place.entity)].facts[static_cast<size_t>(place.fact)];
}

/// Writes every fact of a record as a form has it.
class FactWalk {
 public:
  FactWalk(const zan::Corpus& corpus, AskForm& form) : corpus_(corpus), form_(form) {}

  void walk(const zan::Record& record, const std::string& path) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(record.entity)];
    for (size_t i = 0; i < entity.facts.size(); ++i) {
      if (record.facts[i]) form_.set_fact(path + entity.facts[i].name, written(*record.facts[i]));
    }
    for (size_t i = 0; i < entity.links.size(); ++i) {
      if (record.one[i]) walk(*record.one[i], path + entity.links[i].name + ".");
      if (record.many[i]) walk_list(*record.many[i], path + entity.links[i].name);
    }
  }

 private:
  void walk_list(const std::vector<zan::Record>& members, const std::string& list) {
    // What is said of members by itself may know fewer of them than the list has.
    const auto known = parse_whole(form_.fact(list).value_or("-1"));
    if (known.value_or(-1) < static_cast<int64_t>(members.size())) form_.set_fact(list, std::to_string(members.size()));
    for (size_t i = 0; i < members.size(); ++i) walk(members[i], member_path(list, static_cast<int64_t>(i)) + ".");
  }

  std::string written(const zan::Value& value) const {
    return value.kind() == zan::Kind::kText ? value.as_text() : zan::format_value(corpus_, value);
  }

  const zan::Corpus& corpus_;
  AskForm& form_;
};

int64_t count_of(const AskForm& form, const std::string& list) {
  return std::clamp<int64_t>(parse_whole(form.fact(list).value_or("0")).value_or(0), 0, office::kFactsMax);
}

/// "workers[3].name" becomes "workers[2].name" for what stands after the member that went; nothing for what was the member's.
std::optional<std::string> shifted(const std::string& name, const std::string& list, int64_t gone) {
  if (!name.starts_with(list + "[")) return name;
  const size_t close = name.find(']', list.size());
  if (close == std::string::npos) return name;
  const auto number = parse_whole(std::string_view(name).substr(list.size() + 1, close - list.size() - 1));
  if (!number || *number < gone) return name;
  if (*number == gone) return std::nullopt;
  return member_path(list, *number - 1) + name.substr(close + 1);
}

void remove_member(AskForm& form, const std::string& list, int64_t gone) {
  decltype(form.facts) facts;
  for (auto& [name, value] : form.facts) {
    if (auto moved = shifted(name, list, gone)) facts.emplace_back(std::move(*moved), std::move(value));
  }
  decltype(form.parts) parts;
  for (auto& [name, value] : form.parts) {
    if (auto moved = shifted(name, list, gone)) parts.emplace(std::move(*moved), std::move(value));
  }
  form.facts = std::move(facts);
  form.parts = std::move(parts);
}

/// Choices of a list that is too long to be shown: found by their code, their name, or a part of it.
class Search {
 public:
  Search(const FieldGroup& group, const Place& place) : group_(group), type_(fact_of(group.site.corpus, place).type) {}

  bool is_needed() const { return type_.kind == zan::Kind::kEnum && members().size() > kMaxOptions; }
  bool may_be_none() const { return type_.or_none; }
  std::string label(size_t member) const {
    return group_.site.words.label(group_.context.language, words::member_key(group_.site.corpus, type_.of, static_cast<int64_t>(member)));
  }
  /// What is shown for a code: its name.
  std::string name_of(const std::string& code) const {
    const auto& index = group_.site.corpus.enums[static_cast<size_t>(type_.of)].index;
    const auto found = index.find(code);
    return found == index.end() ? code : label(static_cast<size_t>(found->second));
  }
  /// The one that is meant, or all whose names hold what was typed, at most kMaxRadios.
  std::vector<size_t> find(const std::string& typed) const {
    std::vector<size_t> found;
    const std::string wanted = papers::fold(typed);
    for (size_t i = 0; i < members().size(); ++i) {
      const std::string name = papers::fold(label(i));
      if (members()[i].code == typed || name == wanted) return {i};
      if (found.size() < kMaxRadios && !wanted.empty() && name.find(wanted) != std::string::npos) found.push_back(i);
    }
    return found;
  }
  const std::string& code(size_t member) const { return members()[member].code; }

 private:
  const std::vector<zan::EnumMemberInfo>& members() const { return group_.site.corpus.enums[static_cast<size_t>(type_.of)].members; }

  const FieldGroup& group_;
  const zan::Type& type_;
};

/// Whether anything was typed of a member of the list.
bool says_members(const AskForm& form, const std::string& list) {
  const auto is_of_list = [&](const auto& typed) { return typed.first.starts_with(list + "[") && !typed.second.empty(); };
  return std::ranges::any_of(form.facts, is_of_list) || std::ranges::any_of(form.parts, is_of_list);
}

class Writer {
 public:
  Writer(const FieldGroup& group, const AskForm& form, const office::Case& before) : group_(group), form_(form), before_(before) {}

  TypedFacts run() {
    std::string members;
    for (const AskedField& field : group_.fields) {
      if (field.is_list()) {
        list(field, members);
      } else {
        single(field, members);
      }
    }
    typed_.json = "{" + members + "}";
    return std::move(typed_);
  }

 private:
  /// The value as JSON; empty when nothing was typed, or something that cannot be taken.
  std::string value(const std::string& path) {
    const auto place = find_place(group_.site.corpus, group_.entity, path);
    if (!place || place->fact == zan::kNoId) return {};
    if (const Search search(group_, *place); search.is_needed()) return searched(search, path);
    const auto read = read_input(group_.site, form_, path, *place);
    if (!read) {
      typed_.problems.push_back({path, phrase(group_.site, group_.context, read.error().key)});
      return {};
    }
    if (read->empty()) return {};
    if (*read == "none" && fact_of(group_.site.corpus, *place).type.or_none) return "null";
    return json_string(*read);
  }

  std::string searched(const Search& search, const std::string& path) {
    const std::string typed = form_.fact(path).value_or("");
    if (typed.empty()) return {};
    if (typed == "none" && search.may_be_none()) return "null";
    const auto found = search.find(typed);
    const bool is_one = found.size() == 1;
    if (is_one) return json_string(search.code(found.front()));
    const std::string text = phrase(group_.site, group_.context, found.empty() ? "office.fields.not_found" : "office.fields.found");
    typed_.problems.push_back({path, text});
    return {};
  }

  static void add(std::string& object, std::string_view name, const std::string& json) {
    if (json.empty()) return;
    if (!object.empty()) object += ",";
    object += json_string(name) + ":" + json;
  }

  void single(const AskedField& field, std::string& object) {
    const std::string json = value(field.path);
    add(object, field.path, json);
    const office::FactEntry* known = before_.find_fact(field.path);
    if (json.empty() && known != nullptr && known->source == office::Source::kDeclared) typed_.remove.push_back(field.path);
  }

  std::string member(const AskedField& field, int64_t number) {
    const std::string prefix = member_path(field.path, number) + ".";
    std::string object;
    for (const std::string& rest : field.of_members) add(object, rest, value(prefix + rest));
    if (!group_.may_resize || object.empty()) return object;
    for (const auto& [path, text] : form_.facts) {
      const bool is_carried =
          path.starts_with(prefix) && std::ranges::find(field.of_members, path.substr(prefix.size())) == field.of_members.end();
      if (is_carried) add(object, path.substr(prefix.size()), value(path));
    }
    return object;
  }

  void list(const AskedField& field, std::string& object) {
    const int64_t count = count_of(form_, field.path);
    if (count > kMaxMembersAsked) return;
    std::string members;
    int64_t taken = 0;
    for (int64_t i = 0; i < count; ++i) {
      const std::string one = member(field, i);
      if (one.empty() && group_.may_resize) continue;  // a group that was left empty is none
      members += (taken++ > 0 ? ",{" : "{") + one + "}";
    }
    // Nothing was said; but where the last member was taken away, that nobody is on the list is said.
    if (taken == 0 && (count > 0 || !group_.may_resize)) return take_back_nobody(field.path);
    add(object, field.path, "[" + members + "]");
  }

  /// It was said that nobody stands on the list, and is said no longer.
  void take_back_nobody(const std::string& path) {
    const office::FactEntry* known = before_.find_fact(path);
    const bool was_nobody = known != nullptr && known->json == "[]" && known->source == office::Source::kDeclared;
    if (was_nobody && group_.may_resize) typed_.remove.push_back(path);
  }

  const FieldGroup& group_;
  const AskForm& form_;
  const office::Case& before_;
  TypedFacts typed_;
};

class Views {
 public:
  Views(const FieldGroup& group, const AskForm& form, const std::vector<FieldProblem>& problems)
      : group_(group), form_(form), problems_(problems) {}

  std::vector<View> run() const {
    std::vector<View> views;
    for (const AskedField& field : group_.fields) {
      views.push_back(field.is_list() ? list(field) : input(field.path, true).flag("is_list", false));
    }
    return views;
  }

 private:
  std::string problem_at(std::string_view path) const {
    for (const FieldProblem& problem : problems_) {
      if (problem.path == path) return problem.text;
    }
    return {};
  }

  /// One of the choices is that there is none; for what is typed, a box says so.
  void offer_none(View& view, bool is_none) const {
    for (const char* shape : {"is_radios", "is_select"}) {
      const auto found = view.values().find(shape);
      if (found == view.values().end() || !std::get<bool>(found->second)) continue;
      auto options = std::get<std::vector<View>>(view.values().at("options"));
      View none;
      none.text("id", "-none")
          .text("value", "none")
          .flag("chosen", is_none)
          .text("label", phrase(group_.site, group_.context, "page.ask.none"));
      options.push_back(std::move(none));
      view.list("options", std::move(options)).flag("may_be_none", false);
    }
  }

  void offer_search(const Search& search, const std::string& typed, View& view, std::string& help) const {
    help += (help.empty() ? "" : " ") + phrase(group_.site, group_.context, "office.fields.search");
    view.text("value", search.name_of(typed));
    const auto found = typed.empty() ? std::vector<size_t>() : search.find(typed);
    if (found.size() < 2) return;
    std::vector<View> choices;
    for (const size_t member : found) {
      View choice;
      choices.push_back(
          choice.text("id", "-" + search.code(member)).text("value", search.code(member)).text("label", search.label(member)));
    }
    view.flag("has_choices", true).list("choices", std::move(choices));
  }

  /// Regions come and go; one that a case has said already stays to be seen.
  void leave_out_gone(View& view, const zan::Type& type, const std::string& chosen) const {
    if (!group_.on || type.kind != zan::Kind::kEnum) return;
    const auto existing = existing_members(group_.site.corpus, type.of, *group_.on);
    const auto found = view.values().find("options");
    if (!existing || found == view.values().end()) return;
    const auto& index = group_.site.corpus.enums[static_cast<size_t>(type.of)].index;
    auto options = std::get<std::vector<View>>(found->second);
    std::erase_if(options, [&](const View& option) {
      const auto& code = std::get<std::string>(option.values().at("value"));
      const auto member = index.find(code);
      return member != index.end() && code != chosen && !zan::has_bit(*existing, member->second);
    });
    view.list("options", std::move(options));
  }

  View input(const std::string& path, bool with_owner) const {
    const auto place = find_place(group_.site.corpus, group_.entity, path);
    if (!place || place->fact == zan::kNoId) return {};
    View view = input_view(group_.site, group_.context, form_, path, *place);
    leave_out_gone(view, fact_of(group_.site.corpus, *place).type, form_.fact(path).value_or(""));
    if (fact_of(group_.site.corpus, *place).type.or_none) offer_none(view, form_.fact(path) == "none");
    const std::string error = problem_at(path);
    std::string help = place_help(group_.site, group_.context, *place);
    if (const Search search(group_, *place); search.is_needed()) offer_search(search, form_.fact(path).value_or(""), view, help);
    std::string described = help.empty() ? "" : "hint-" + path;
    if (!error.empty()) described += (described.empty() ? "" : " ") + ("error-" + path);
    if (!with_owner) view.text("owner", "");
    return view.text("help", help).text("error", error).text("described", described);
  }

  /// Facts of the member that this page does not ask.
  std::vector<View> carried(const AskedField& field, const std::string& prefix) const {
    std::vector<View> views;
    if (!group_.may_resize) return views;
    for (const auto& [path, text] : form_.facts) {
      if (!path.starts_with(prefix)) continue;
      if (std::ranges::find(field.of_members, path.substr(prefix.size())) != field.of_members.end()) continue;
      View view;
      views.push_back(view.text("name", path).text("value", text));
    }
    return views;
  }

  View member(const AskedField& field, const std::string& label, int64_t number) const {
    const std::string path = member_path(field.path, number);
    std::vector<View> inputs;
    for (const std::string& rest : field.of_members) inputs.push_back(input(path + "." + rest, false));
    View view;
    view.text("id", path)
        .text("legend", phrase(group_.site, group_.context, "page.ask.member", {{"list", label}, {"number", std::to_string(number + 1)}}))
        .list("carried", carried(field, path + "."))
        .list("inputs", std::move(inputs));
    return view;
  }

  View list(const AskedField& field) const {
    const auto place = find_place(group_.site.corpus, group_.entity, field.path);
    View view;
    view.flag("is_list", true);
    if (!place || place->list == zan::kNoId) return view;
    const std::string label =
        group_.site.words.label(group_.context.language, words::link_key(group_.site.corpus, place->entity, place->list));
    const bool is_known = form_.fact(field.path).has_value();
    const int64_t count = is_known || !group_.may_resize ? count_of(form_, field.path) : 1;
    const bool too_long = count > kMaxMembersAsked;
    const bool nobody = is_known && count == 0;
    std::vector<View> members;
    // Where nobody was told of, one empty member still stands there to be filled in.
    const int64_t shown = nobody && group_.may_resize ? 1 : count;
    for (int64_t i = 0; i < shown && !too_long; ++i) members.push_back(member(field, label, i));
    view.text("list", field.path)
        .text("label", label)
        .text("count", std::to_string(shown))
        .flag("nobody", nobody)
        .text("nobody_label", phrase(group_.site, group_.context, "office.fields.none_of", {{"list", label}}))
        .text("error", problem_at(field.path))
        .flag("too_long", too_long)
        .flag("is_empty", shown == 0)
        .flag("may_resize", group_.may_resize && !too_long)
        .list("members", std::move(members));
    return view;
  }

  const FieldGroup& group_;
  const AskForm& form_;
  const std::vector<FieldProblem>& problems_;
};

}  // namespace

std::vector<AskedField> asked_fields(const zan::Corpus& corpus, zan::EntityId entity, const std::vector<zan::FactPath>& asks) {
  std::vector<AskedField> fields;
  for (const zan::FactPath& ask : asks) {
    auto [path, rest] = split_at_list(corpus, entity, ask.text);
    if (rest.empty()) {
      fields.push_back({std::move(path), {}});
      continue;
    }
    auto known = std::ranges::find_if(fields, [&](const AskedField& field) { return field.is_list() && field.path == path; });
    if (known == fields.end()) known = fields.insert(fields.end(), {std::move(path), {}});
    if (find_place(corpus, entity, member_path(known->path, 0) + "." + rest)) known->of_members.push_back(std::move(rest));
  }
  std::erase_if(fields, [&](const AskedField& field) { return !find_place(corpus, entity, field.path); });
  return fields;
}

AskForm known_facts(const zan::Corpus& corpus, const zan::Procedure& procedure, const office::Case& item, Apart apart) {
  AskForm form;
  for (const office::FactEntry& entry : item.facts) {
    if (apart == Apart::kLeftOut && entry.path.find('[') != std::string::npos) continue;
    FactWalk(corpus, form).walk(office::record_of(corpus, procedure.entity, entry), "");
  }
  return form;
}

AskForm sent_facts(const Query& fields) {
  AskForm form;
  for (const auto& [name, raw] : fields.items()) {
    std::string value(trim(raw));
    if (std::ranges::find(kFormFields, name) != std::end(kFormFields)) continue;
    const bool is_part = name.ends_with("-day") || name.ends_with("-month") || name.ends_with("-year");
    if (is_part) {
      form.parts.insert_or_assign(name, std::move(value));
    } else if (!value.empty()) {
      form.set_fact(name, std::move(value));  // the last one counts: a box or a choice below the field
    }
  }
  for (const auto& [name, list] : fields.items()) {
    if (name == kNobody && !says_members(form, list)) form.set_fact(list, "0");
  }
  return form;
}

bool resize_lists(const FieldGroup& group, const Query& fields, AskForm& form) {
  if (!group.may_resize) return false;
  const std::string add = fields.get("_add").value_or("");
  const std::string remove = fields.get("_remove").value_or("");
  for (const AskedField& field : group.fields) {
    if (!field.is_list()) continue;
    const int64_t count = count_of(form, field.path);
    if (add == field.path) {
      form.set_fact(field.path, std::to_string(std::min(count + 1, kMaxMembersAsked)));
      return true;
    }
    for (int64_t i = 0; i < count && !remove.empty(); ++i) {
      if (remove != member_path(field.path, i)) continue;
      remove_member(form, field.path, i);
      form.set_fact(field.path, std::to_string(count - 1));
      return true;
    }
  }
  return false;
}

TypedFacts read_fields(const FieldGroup& group, const AskForm& form, const office::Case& before) {
  return Writer(group, form, before).run();
}

std::vector<View> field_views(const FieldGroup& group, const AskForm& form, const std::vector<FieldProblem>& problems) {
  return Views(group, form, problems).run();
}

bool has_field(const FieldGroup& group, std::string_view path) {
  const auto place = find_place(group.site.corpus, group.entity, path);
  return place && std::ranges::any_of(group.fields, [&](const AskedField& field) {
           return field.path == path || (field.is_list() && path.starts_with(field.path + "["));
         });
}

std::vector<View> problem_views(const std::vector<FieldProblem>& problems) {
  std::vector<View> views;
  for (const FieldProblem& problem : problems) {
    View view;
    views.push_back(view.text("href", problem.path.empty() ? "#main" : "#" + problem.path).text("text", problem.text));
  }
  return views;
}

}  // namespace koshi::http
