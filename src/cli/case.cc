#include <fmt/core.h>

#include <set>

#include "base/file.h"
#include "cli/office_place.h"
#include "office/desk/looks.h"
#include "office/papers/content_type.h"
#include "office/people/case_key.h"
#include "office/people/random.h"
#include "words/procedures.h"

/// `koshi case …`: what the office's pages offer, for scripts.
namespace koshi::cli {
namespace {

using office::Actor;

constexpr std::string_view kNewKey = "key";
constexpr std::string_view kPurpose = "work on the case (command)";

bool is_no_such_thing(const office::Failure& failure) {
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  return refusal != nullptr && refusal->kind == office::RefusalKind::kNoSuchThing;
}

struct Seen {
  office::Case item;
  Actor actor;
};

/// The case, by the first of the account's roles that may see it.
OrStatus<Seen> find_case(const OpenOffice& office, const CaseOptions& options) {
  auto actors = actors_of(office, options.as);
  if (!actors) return std::unexpected(actors.error());
  office::Failure last = office::Refusal{};
  for (Actor& actor : *actors) {
    auto item = office.desk().show(actor, options.id);
    if (item) return Seen{std::move(*item), std::move(actor)};
    last = std::move(item.error());
    if (!is_no_such_thing(last)) break;
  }
  return std::unexpected(tell_failure(office, last, options.json));
}

/// An authority's look stands in the journal before anything is shown.
std::optional<int> note_look(const OpenOffice& office, const CaseOptions& options, const Seen& seen) {
  if (!office::leaves_trace(office.law->corpus(), seen.item, seen.actor)) return std::nullopt;
  const auto recorded = office.desk().record_view(seen.actor, seen.item.id, options.purpose.empty() ? kPurpose : options.purpose);
  return recorded ? std::nullopt : std::optional(tell_failure(office, recorded.error(), options.json));
}

const zan::Procedure* procedure_of(const Law& law, const std::string& name) {
  const int32_t found = law.corpus().find_procedure(name);
  return found == zan::kNoId ? nullptr : &law.corpus().procedures[static_cast<size_t>(found)];
}

int show(const OpenOffice& office, const CaseOptions& options, const Actor& actor, const office::Case& item) {
  if (options.brief) {
    fmt::print("{} {} {}\n", item.id, item.state, item.version);
    return kAnswered;
  }
  if (options.json) {
    fmt::print("{}\n", office::case_json(item));
    return kAnswered;
  }
  const auto view = office.desk().view(actor, item);
  if (!view) return tell_failure(office, view.error(), options.json);
  const auto earlier = office.desk().earlier_cases(actor, item);
  if (!earlier) return tell_failure(office, earlier.error(), options.json);
  fmt::print("{}", case_text(office, item, *view, *earlier));
  return kAnswered;
}

int finish(const OpenOffice& office, const CaseOptions& options, const Actor& actor, const office::Done& done) {
  if (!done) return tell_failure(office, done.error(), options.json);
  return show(office, options, actor, done->item);
}

/// What every write on a case needs.
struct Write {
  OpenOffice office;
  Seen seen;
  office::Request request;
  int64_t version = 0;
};

OrStatus<Write> begin(const CaseOptions& options) {
  auto office = open_office(options.place);
  if (!office) return std::unexpected(office.error());
  auto seen = find_case(*office, options);
  if (!seen) return std::unexpected(seen.error());
  office::Request request{seen->actor, options.key};
  const int64_t version = options.version > 0 ? options.version : seen->item.version;
  return Write{std::move(*office), std::move(*seen), std::move(request), version};
}

OrStatus<std::string> facts_for(const Write& write, const CaseOptions& options) {
  const zan::Procedure* procedure = procedure_of(*write.office.law, write.seen.item.procedure);
  if (procedure != nullptr) return facts_of(*write.office.law, *procedure, options);
  complain(fmt::format("the law no longer has the procedure `{}`", write.seen.item.procedure));
  return std::unexpected(kBadInput);
}

/// The role that files cases of the procedure, if the account has it; else the first, which the desk then refuses.
const Actor& party_of(const std::vector<Actor>& actors, const zan::Procedure* procedure) {
  for (const Actor& actor : actors) {
    const int32_t role = procedure == nullptr ? zan::kNoId : procedure->find_role(actor.role);
    if (role != zan::kNoId && procedure->roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kParty) return actor;
  }
  return actors.front();
}

void print_row(const OpenOffice& office, const office::CaseRow& row) {
  std::string state = row.state;
  if (const zan::Procedure* procedure = procedure_of(*office.law, row.procedure)) {
    const int32_t found = procedure->find_state(row.state);
    if (found != zan::kNoId) state = words::ProcedureWords(*office.law->words, office.language, *procedure).state(found);
  }
  const std::string due = row.late ? "late" : row.due ? format_date(*row.due) : "";
  fmt::print("{}  {:<10}  {:<24} {} · {}\n", row.id, due, row.procedure, state, row.title);
}

/// `shown`: what another role of the account has listed already.
OrStatus<void> print_cases(const OpenOffice& office, const CaseOptions& options, const Actor& actor, std::set<std::string>& shown) {
  office::CaseFilter filter{.procedure = options.what, .state = options.state, .role = actor.role, .scope = actor.scope};
  filter.account = actor.account;
  filter.open_only = !options.all;
  filter.by_due = true;
  do {
    const auto page = office.desk().list(filter);
    if (!page) return std::unexpected(tell_failure(office, page.error(), options.json));
    for (const office::CaseRow& row : page->rows) {
      if (shown.insert(row.id).second) print_row(office, row);
    }
    filter.after = page->next;
  } while (!filter.after.empty());
  return {};
}

}  // namespace

int run_case_procedures(const CaseOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const Date today = office->house->today();
  for (const zan::Procedure& procedure : office->law->corpus().procedures) {
    if (!procedure.in_force.contains(today)) continue;
    fmt::print("{:<28} {}\n", procedure.name, words::ProcedureWords(*office->law->words, office->language, procedure).label());
  }
  return kAnswered;
}

int run_case_open(const CaseOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  // A new key is told before anything is shown by it: it stands nowhere else.
  const bool is_new = options.as == kNewKey;
  const std::string key = is_new ? people::make_case_key(people::system_random()) : "";
  const auto actors = actors_of(*office, is_new ? "key:" + key : options.as);
  if (!actors) return actors.error();
  if (actors->empty()) {
    complain("every procedure of this law needs an account");
    return kRefused;
  }
  const Actor& actor = party_of(*actors, procedure_of(*office->law, options.what));
  const auto done = office->desk().open_case({actor, options.key}, options.what);
  if (done && is_new) fmt::print("key {}\n", key);
  return finish(*office, options, actor, done);
}

int run_case_facts(const CaseOptions& options) {
  const auto write = begin(options);
  if (!write) return write.error();
  const auto facts = facts_for(*write, options);
  if (!facts) return facts.error();
  return finish(write->office, options, write->seen.actor,
                write->office.desk().give_facts(write->request, options.id, write->version, *facts, options.remove));
}

int run_case_take(const CaseOptions& options) {
  const auto write = begin(options);
  if (!write) return write.error();
  return finish(write->office, options, write->seen.actor,
                write->office.desk().take_facts(write->request, options.id, write->version, options.what));
}

int run_case_attach(const CaseOptions& options) {
  const auto write = begin(options);
  if (!write) return write.error();
  const auto bytes = read_file(options.file, papers::kUploadMaxBytes);
  const std::string name = options.file.filename().string();
  const auto upload = bytes ? papers::inspect_upload(*bytes, name) : std::unexpected(papers::UploadRefusal{{}, bytes.error().message});
  if (!upload) {
    complain(upload.error().message);
    return kBadInput;
  }
  office::DocumentEntry document;
  document.kind = options.what;
  document.file_name = name;
  document.media_type = std::string(papers::media_type(upload->type));
  document.sha256 = upload->address;
  document.size_bytes = static_cast<int64_t>(bytes->size());
  return finish(write->office, options, write->seen.actor,
                write->office.desk().attach_document(write->request, options.id, write->version, std::move(document), *bytes));
}

int run_case_act(const CaseOptions& options) {
  const auto write = begin(options);
  if (!write) return write.error();
  const auto facts = facts_for(*write, options);
  if (!facts) return facts.error();
  return finish(write->office, options, write->seen.actor,
                write->office.desk().act(write->request, options.id, write->version, options.what, *facts));
}

int run_case_show(const CaseOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto seen = find_case(*office, options);
  if (!seen) return seen.error();
  if (const auto failed = note_look(*office, options, *seen)) return *failed;
  return show(*office, options, seen->actor, seen->item);
}

int run_case_list(const CaseOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto actors = actors_of(*office, options.as);
  if (!actors) return actors.error();
  std::set<std::string> shown;
  for (const Actor& actor : *actors) {
    if (const auto printed = print_cases(*office, options, actor, shown); !printed) return printed.error();
  }
  return kAnswered;
}

int run_case_timeline(const CaseOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto seen = find_case(*office, options);
  if (!seen) return seen.error();
  if (const auto failed = note_look(*office, options, *seen)) return *failed;
  uint64_t after = 0;
  while (true) {
    const auto entries = office->desk().timeline(seen->actor, options.id, after);
    if (!entries) return tell_failure(*office, entries.error(), options.json);
    for (const office::TimelineEntry& entry : *entries) {
      fmt::print("{:>8}  {}  {}  {}\n", entry.sequence, format_date(office::office_day(entry.recorded_at_ms)), entry.actor, entry.payload);
      after = entry.sequence;
    }
    if (entries->size() < office::kTimelineMax) return kAnswered;
  }
}

}  // namespace koshi::cli
