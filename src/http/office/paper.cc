#include "http/office/paper.h"

#include <algorithm>

#include "base/crockford.h"
#include "http/http.h"
#include "http/office/fact_words.h"
#include "http/office/letter_text.h"
#include "http/office/page_frame.h"
#include "office/case/event.h"
#include "office/journal/canonical_json.h"
#include "office/papers/letter.h"
#include "office/papers/permit_code.h"
#include "office/papers/shorten.h"
#include "words/procedures.h"

/// The law names the facts that a paper's code tells by these names (docs/zan.md, Procedures). Where a case has none, its papers bear no
/// code.
namespace koshi::http {
namespace {

constexpr std::string_view kFirstDay = "issued";
constexpr std::string_view kCategory = "category";
constexpr std::string_view kRegion = "region";
constexpr std::string_view kHolders[] = {"employer.name", "person.name", "employer.bin", "person.iin"};
constexpr size_t kHolderMaxBytes = 60;
constexpr char kOfficeCode[] = "Koshi";
constexpr int64_t kSecondsPerDay = 86'400;

std::optional<Date> day(const OfficeSite& office, const office::Case& item, std::string_view path) {
  const auto value = fact_value(office, item, path);
  if (!value || value->kind() != zan::Kind::kDate) return std::nullopt;
  return value->as_date();
}

/// As the law writes it: codes of its tables, texts as they are.
std::string plain(const OfficeSite& office, const office::Case& item, std::string_view path) {
  const auto value = fact_value(office, item, path);
  if (!value || value->is_none()) return {};
  return value->kind() == zan::Kind::kText ? value->as_text() : zan::format_value(office.law.corpus, *value);
}

std::string holder(const OfficeSite& office, const office::Case& item) {
  for (const std::string_view path : kHolders) {
    if (std::string name = plain(office, item, path); !name.empty()) return papers::shorten(name, kHolderMaxBytes);
  }
  return {};
}

std::string action_of(const std::string& payload) {
  const auto told = journal::read_canonical_json(payload);
  return told ? journal::text_member(*told, "action") : std::string();
}

/// The case as the act left it that issued the paper, and that act: a permit that was extended later still says what it said.
struct Issued {
  office::Case item;
  std::string from, action;
};
std::expected<std::optional<Issued>, office::Failure> issued(const OfficeSite& office, const office::Actor& actor, const std::string& id,
                                                             const std::string& number) {
  Issued told;
  told.item.id = id;
  for (uint64_t after = 0;;) {
    auto events = office.house.desk().timeline(actor, id, after);
    if (!events) return std::unexpected(std::move(events.error()));
    for (const office::TimelineEntry& event : *events) {
      told.from = told.item.state;
      const size_t papers = told.item.papers.size();
      if (!office::apply(told.item, {event.name, event.payload}, office::office_day(event.recorded_at_ms))) return std::nullopt;
      const auto begin = told.item.papers.begin() + static_cast<std::ptrdiff_t>(papers);
      if (std::ranges::find(begin, told.item.papers.end(), number, &office::PaperEntry::number) == told.item.papers.end()) continue;
      told.action = action_of(event.payload);
      return told;
    }
    if (events->size() < office::kTimelineMax) return std::nullopt;
    after = events->back().sequence;
  }
}

/// In the reader's language; as it was then, where the law has it no longer.
std::string charge_label(const words::Words& words, words::Language language, const zan::Procedure& procedure, const std::string& as_was) {
  const words::ProcedureWords said(words, language, procedure);
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) {
      const auto& effects = procedure.states[s].actions[a].effects;
      for (size_t e = 0; e < effects.size(); ++e) {
        if (effects[e].kind == zan::Effect::Kind::kCharges && effects[e].label == as_was)
          return said.effect(static_cast<int32_t>(s), static_cast<int32_t>(a), static_cast<int32_t>(e));
      }
    }
  }
  return as_was;
}

/// A paper that tells of a decision says all that it was made on. What somebody rests on leaves out what stood in the office's registers,
/// and what the office ticked off on the way: "Revoked: no", "Documents found false: no".
bool is_said(const OfficeSite& office, const office::Case& item, PaperKind kind, const FactRow& row) {
  if (kind == PaperKind::kTells) return true;
  if (row.source == office::Source::kRegister) return false;
  if (row.source != office::Source::kOffice && row.source != office::Source::kEffect) return true;
  const auto value = fact_value(office, item, row.path);
  return !value || value->kind() != zan::Kind::kYesNo;
}

/// What the paper rests on, where the law does not say which facts it lists.
void add_all_known(const OfficeSite& office, const words::Words& words, words::Language language, const zan::Procedure& procedure,
                   const office::Case& item, const office::PaperEntry& paper, std::vector<papers::LetterRow>& rows) {
  const PaperKind kind = paper_kind(procedure, paper.name);
  for (const FactRow& row : fact_rows(office, words, language, item)) {
    if (is_said(office, item, kind, row)) rows.push_back({row.label, row.value});
  }
  for (const office::ChargeEntry& charge : item.charges)
    rows.push_back({charge_label(words, language, procedure, charge.label), words.value(language, zan::Value::money(charge.amount))});
}

/// How the paper is checked. Where the office's address is known, the code leads a telephone straight there.
void add_check(const words::Words& words, words::Language language, const std::string& where, const std::string& number,
               std::optional<std::string> code, papers::Letter& letter) {
  const words::Holes holes{{"number", number}, {"where", where}};
  letter.closing.push_back(words.phrase(language, where.empty() ? "office.letter.verify" : "office.letter.verify_at", holes));
  if (!code) return;
  letter.qr = where.empty() ? std::move(*code) : where + "?code=" + percent_encode(*code);
  letter.qr_caption = words.phrase(language, where.empty() ? "office.letter.code" : "office.letter.code_at", holes);
}

papers::Letter letter_of(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, PaperText told,
                         const office::PaperEntry& paper) {
  const words::Words& words = office.site.api_words;
  papers::Letter letter;
  letter.language = std::string(words::code(language));
  letter.issuer = words.phrase(language, "office.letter.issuer");
  letter.title = std::move(told.letter.title);
  letter.paragraphs.push_back(
      words.phrase(language, "office.letter.head", {{"number", paper.number}, {"date", words.date(language, paper.on)}}));
  for (std::string& paragraph : told.letter.paragraphs) letter.paragraphs.push_back(std::move(paragraph));
  letter.grounds = std::move(told.letter.grounds);
  if (!letter.grounds.empty()) letter.grounds_title = words.phrase(language, "office.letter.grounds");
  if (!told.item.number.empty()) letter.rows.push_back({words.phrase(language, "office.number.label"), told.item.number});
  std::ranges::move(told.letter.decided, std::back_inserter(letter.rows));
  if (!told.letter.tells) add_all_known(office, words, language, procedure, told.item, paper, letter.rows);
  const std::string where = office.address ? office.address() : "";
  add_check(words, language, where.empty() ? "" : where + "/verify", paper.number, paper_code(office, told.item, paper), letter);
  letter.footer = paper.number;
  return letter;
}

/// "wn8sg3gmsn / 2" and "WN8SG3GMSN\\2" are what people make of WN8SG3GMSN/2.
std::string as_printed(std::string_view typed) {
  std::string number;
  for (const char c : typed) {
    if (!std::string_view(" \t\r\n").contains(c)) number.push_back(c == '\\' ? '/' : as_crockford(c));
  }
  return number;
}

}  // namespace

std::expected<std::optional<PaperView>, office::Failure> find_paper(const OfficeSite& office, words::Language language,
                                                                    std::string_view number) {
  auto found = office.house.desk().find_paper(as_printed(number));
  if (!found) return std::unexpected(std::move(found.error()));
  if (!*found) return std::nullopt;
  const office::Case& item = (*found)->item;
  const CasePlace place = place_of(office, item);
  if (place.state == zan::kNoId) return std::nullopt;
  const words::ProcedureWords said(office.site.api_words, language, *place.procedure);
  PaperView view;
  view.number = (*found)->paper.number;
  const office::PaperEntry& paper = (*found)->paper;
  view.title = effect_label(said, zan::Effect::Kind::kIssues, paper.name, paper.label);
  view.procedure = said.label();
  view.state = said.state(place.state);
  view.issued = (*found)->paper.on;
  view.until = day(office, item, kLastDay);
  view.ended = place.procedure->states[static_cast<size_t>(place.state)].is_final;
  view.valid = !view.ended && (!view.until || office.house.today() <= *view.until);
  view.kind = paper_kind(*place.procedure, paper.name);
  if (const auto other = holding_paper(*place.procedure); other && view.kind == PaperKind::kTells)
    view.other = said.effect(other->state, other->action, other->effect);
  view.says = paper_says(office, language, *place.procedure, item, paper.name);
  return view;
}

std::optional<std::string> paper_code(const OfficeSite& office, const office::Case& item, const office::PaperEntry& paper) {
  const auto until = day(office, item, kLastDay);
  if (!until) return std::nullopt;
  papers::PermitFacts facts;
  facts.number = paper.number;
  facts.holder = holder(office, item);
  facts.category = plain(office, item, kCategory);
  facts.region = plain(office, item, kRegion);
  facts.from = day(office, item, kFirstDay).value_or(paper.on);
  facts.until = *until;
  facts.office = kOfficeCode;
  facts.key = office.house.paper_keys().front().id;
  auto code = papers::make_permit_code(facts, papers::ed25519_signer(office.house.papers_seed()));
  return code ? std::optional(std::move(*code)) : std::nullopt;
}

std::expected<PaperText, std::string> paper_text(const OfficeSite& office, words::Language language, const office::Actor& actor,
                                                 const office::Case& now, const office::PaperEntry& paper) {
  const CasePlace place = place_of(office, now);
  if (place.procedure == nullptr) return std::unexpected("the law has no procedure " + now.procedure);
  auto told = issued(office, actor, now.id, paper.number);
  if (!told) return std::unexpected("the events of the case cannot be read");
  if (!*told) return std::unexpected("no event of the case issues the paper " + paper.number);
  auto at = issuing_of(*place.procedure, (*told)->from, (*told)->action, paper.name);
  if (!at) at = issuing_of(*place.procedure, paper.name);  // the law has moved the act since
  PaperText text{std::move((*told)->item), {}};
  text.letter.paper = paper.name;
  text.letter.title = paper.label;  // of a word that the law no longer has
  if (at) text.letter = letter_text(office, language, *place.procedure, text.item, *at, paper.on);
  return text;
}

std::expected<std::string, std::string> render_paper(const OfficeSite& office, words::Language language, const office::Actor& actor,
                                                     const office::Case& now, const office::PaperEntry& paper) {
  auto told = paper_text(office, language, actor, now, paper);
  if (!told) return std::unexpected(std::move(told.error()));
  const CasePlace place = place_of(office, now);
  const papers::Letter letter = letter_of(office, language, *place.procedure, std::move(*told), paper);
  auto pdf = papers::render_letter(letter, int64_t{paper.on.days} * kSecondsPerDay);
  if (!pdf) return std::unexpected(pdf.error().message);
  return std::move(*pdf);
}

}  // namespace koshi::http
