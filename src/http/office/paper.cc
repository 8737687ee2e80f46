#include "http/office/paper.h"

#include "http/office/case_place.h"
#include "http/office/fact_words.h"
#include "office/papers/letter.h"
#include "office/papers/permit_code.h"
#include "office/papers/shorten.h"
#include "words/procedures.h"

/// The law names the facts that a paper's code tells by these names (docs/zan.md, Procedures). Where a case has none, its papers bear no
/// code.
namespace koshi::http {
namespace {

constexpr std::string_view kLastDay = "valid_until";
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

/// Where the effect stands that issues the paper; nothing for a word that the law no longer has.
struct IssuedBy {
  int32_t state = zan::kNoId, action = zan::kNoId, effect = zan::kNoId;
};
std::optional<IssuedBy> issued_by(const zan::Procedure& procedure, const office::PaperEntry& paper) {
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    const auto& actions = procedure.states[s].actions;
    for (size_t a = 0; a < actions.size(); ++a) {
      for (size_t e = 0; e < actions[a].effects.size(); ++e) {
        const zan::Effect& effect = actions[a].effects[e];
        if (effect.kind != zan::Effect::Kind::kIssues || effect.name != paper.name) continue;
        return IssuedBy{static_cast<int32_t>(s), static_cast<int32_t>(a), static_cast<int32_t>(e)};
      }
    }
  }
  return std::nullopt;
}

/// The label of a paper stands with the effect that issues it; of a word that the law no longer has, as it was when it was issued.
std::string paper_title(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                        const office::PaperEntry& paper) {
  const auto at = issued_by(procedure, paper);
  if (!at) return paper.label;
  return words::ProcedureWords(office.site.api_words, language, procedure).effect(at->state, at->action, at->effect);
}

/// What a hole of the letter stands for: a fact of the case, its number, the day of the paper. Nothing for what is not known.
std::string hole_text(const OfficeSite& office, words::Language language, const office::Case& item, const office::PaperEntry& paper,
                      std::string_view hole) {
  const words::Words& words = office.site.api_words;
  if (hole == "number") return item.number.empty() ? item.id : item.number;
  if (hole == "date") return words.date(language, paper.on);
  const auto value = fact_value(office, item, hole);
  return value ? words.value(language, *value) : "…";
}

std::string filled(const OfficeSite& office, words::Language language, const office::Case& item, const office::PaperEntry& paper,
                   std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t begin = text.find('{');
    out += text.substr(0, begin);
    const size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) break;
    out += hole_text(office, language, item, paper, text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

/// The law's own text of the letter. One paper may be issued by several acts: the text is that of the first.
std::vector<std::string> letter_paragraphs(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                                           const office::Case& item, const office::PaperEntry& paper) {
  std::vector<std::string> paragraphs;
  const auto at = issued_by(procedure, paper);
  if (!at) return paragraphs;
  const zan::Action& action = procedure.states[static_cast<size_t>(at->state)].actions[static_cast<size_t>(at->action)];
  const size_t count = action.effects[static_cast<size_t>(at->effect)].letter.size();
  for (size_t i = 0; i < count; ++i) {
    const std::string key = words::letter_key(procedure, at->state, at->action, at->effect, static_cast<int32_t>(i));
    paragraphs.push_back(filled(office, language, item, paper, office.site.api_words.label(language, key)));
  }
  return paragraphs;
}

std::vector<papers::LetterGround> ground_lines(const OfficeSite& office, words::Language language, const office::Case& item) {
  const zan::Corpus& corpus = office.law.corpus;
  std::vector<papers::LetterGround> lines;
  for (const office::GroundEntry& ground : item.grounds) {
    const zan::NormId norm = corpus.find_norm(ground.norm);
    if (norm == zan::kNoId) continue;
    const zan::Enum& members = corpus.enums[static_cast<size_t>(corpus.norms[static_cast<size_t>(norm)].type.of)];
    const auto found = members.index.find(ground.member);
    if (found == members.index.end()) continue;
    const std::string label =
        office.site.api_words.label(language, words::member_key(corpus, corpus.norms[static_cast<size_t>(norm)].type.of, found->second));
    lines.push_back({label, office.site.api_words.label(language, words::norm_key(corpus, norm)), ""});
  }
  return lines;
}

}  // namespace

std::expected<std::optional<PaperView>, office::Failure> find_paper(const OfficeSite& office, words::Language language,
                                                                    std::string_view number) {
  auto found = office.house.desk().find_paper(number);
  if (!found) return std::unexpected(std::move(found.error()));
  if (!*found) return std::nullopt;
  const office::Case& item = (*found)->item;
  const CasePlace place = place_of(office, item);
  if (place.state == zan::kNoId) return std::nullopt;
  const words::ProcedureWords said(office.site.api_words, language, *place.procedure);
  PaperView view;
  view.number = (*found)->paper.number;
  view.title = paper_title(office, language, *place.procedure, (*found)->paper);
  view.procedure = said.label();
  view.state = said.state(place.state);
  view.issued = (*found)->paper.on;
  view.until = day(office, item, kLastDay);
  view.valid = !place.procedure->states[static_cast<size_t>(place.state)].is_final && (!view.until || office.house.today() <= *view.until);
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
  facts.key = kPaperKeyId;
  auto code = papers::make_permit_code(facts, papers::ed25519_signer(office.house.papers_seed()));
  return code ? std::optional(std::move(*code)) : std::nullopt;
}

std::expected<std::string, std::string> render_paper(const OfficeSite& office, words::Language language, const office::Case& item,
                                                     const office::PaperEntry& paper) {
  const CasePlace place = place_of(office, item);
  if (place.procedure == nullptr) return std::unexpected("the law has no procedure " + item.procedure);
  const words::Words& words = office.site.api_words;
  papers::Letter letter;
  letter.language = std::string(words::code(language));
  letter.issuer = words.phrase(language, "office.letter.issuer");
  letter.title = paper_title(office, language, *place.procedure, paper);
  letter.paragraphs.push_back(
      words.phrase(language, "office.letter.head", {{"number", paper.number}, {"date", words.date(language, paper.on)}}));
  for (std::string& paragraph : letter_paragraphs(office, language, *place.procedure, item, paper))
    letter.paragraphs.push_back(std::move(paragraph));
  if (!item.number.empty()) letter.rows.push_back({words.phrase(language, "office.number.label"), item.number});
  for (const FactRow& row : fact_rows(office, words, language, item)) {
    letter.rows.push_back({row.label, row.value});
  }
  for (const office::ChargeEntry& charge : item.charges) {
    letter.rows.push_back({charge.label, words.value(language, zan::Value::money(charge.amount))});
  }
  letter.grounds = ground_lines(office, language, item);
  if (!letter.grounds.empty()) letter.grounds_title = words.phrase(language, "office.letter.grounds");
  letter.closing.push_back(words.phrase(language, "office.letter.verify", {{"number", paper.number}}));
  letter.qr = paper_code(office, item, paper);
  if (letter.qr) letter.qr_caption = words.phrase(language, "office.letter.code");
  letter.footer = paper.number;
  auto pdf = papers::render_letter(letter, int64_t{paper.on.days} * kSecondsPerDay);
  if (!pdf) return std::unexpected(pdf.error().message);
  return std::move(*pdf);
}

}  // namespace koshi::http
