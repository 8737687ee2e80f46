// Is this paper valid? For everybody who holds its number or its code.
#include "base/text.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/paper.h"
#include "office/case/decide.h"
#include "office/desk/case_id.h"
#include "office/papers/permit_code.h"

namespace koshi::http {
namespace {

constexpr std::string_view kCodeBegins = "KOSHI1.";

/// kGenuine: of this office, but nothing can rest on it.
enum class Verdict : uint8_t { kNone, kValid, kGenuine, kNotValid, kUnknown, kForged };

struct Verified {
  Verdict verdict = Verdict::kNone;
  std::string number;
  std::optional<PaperView> paper;
  std::optional<papers::PermitFacts> code;
};

std::string_view heading_key(Verdict verdict) {
  switch (verdict) {
    case Verdict::kValid: return "office.verify.valid";
    case Verdict::kGenuine: return "office.verify.genuine";
    case Verdict::kNotValid: return "office.verify.not_valid";
    case Verdict::kUnknown: return "office.verify.unknown";
    case Verdict::kForged: return "office.verify.forged";
    case Verdict::kNone: break;
  }
  return "office.verify.title";
}

/// The number of a case stands on its papers and pages too, larger than theirs: by its look alone, whether there is such a case or not.
bool is_of_a_case(std::string_view text) {
  const auto number = office::number_of(text);
  return office::is_case_id(text) || (number && text.size() - number->series.size() >= zan::kNumberDigits);
}

/// "Genuine, but not “Permit”", where a paper of that name could be meant.
std::string heading(const OfficeSite& office, const Context& context, const Verified& verified) {
  if (verified.verdict == Verdict::kGenuine && !verified.paper->other.empty())
    return phrase(office.site, context, "office.verify.genuine_only", {{"paper", verified.paper->other}});
  const bool is_case = verified.verdict == Verdict::kUnknown && is_of_a_case(verified.number);
  return phrase(office.site, context, is_case ? "office.verify.no_paper" : heading_key(verified.verdict));
}

View row(std::string label, std::string value) {
  View view;
  return view.text("label", std::move(label)).text("value", std::move(value));
}

std::vector<View> row_views(const OfficeSite& office, const Context& context, const Verified& verified) {
  std::vector<View> rows;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) rows.push_back(row(phrase(office.site, context, key), value));
  };
  const auto date = [&](Date day) { return office.site.words.date(context.language, day); };
  if (verified.paper) {
    for (const papers::LetterRow& said : verified.paper->says) rows.push_back(row(said.label, said.value));
  }
  add("office.verify.number", verified.paper ? verified.paper->number : verified.number);
  if (verified.paper) {
    add("office.verify.procedure", verified.paper->procedure);
    add("office.verify.state", verified.paper->state);
    add("office.verify.issued", date(verified.paper->issued));
    // What only tells of an act ends on no day; the last day is that of the paper for which it could be taken.
    if (verified.paper->until && verified.paper->kind == PaperKind::kHolds) add("office.verify.until", date(*verified.paper->until));
  }
  if (verified.code) {
    add("office.verify.holder", verified.code->holder);
    if (verified.paper && !verified.paper->says.empty()) return rows;  // says both in words
    add("office.verify.category", verified.code->category);
    add("office.verify.region", verified.code->region);
  }
  return rows;
}

/// The verdict in whole sentences, the paper by its name: a notice of a fee is no permit, whatever mark stands beside it.
std::vector<View> sentence_views(const OfficeSite& office, const Context& context, const Verified& verified) {
  std::vector<View> views;
  const auto add = [&](std::string_view key, const words::Holes& holes) {
    View view;
    views.push_back(view.text("text", phrase(office.site, context, key, holes)));
  };
  if (!verified.paper) return views;
  const PaperView& paper = *verified.paper;
  add("office.verify.is_genuine", {{"paper", paper.title}});
  if (paper.kind == PaperKind::kTells) {
    if (!paper.other.empty()) add("office.verify.is_not", {{"paper", paper.other}});
    add("office.verify.tells", {{"state", paper.state}});
  } else if (paper.ended) {
    add("office.verify.has_ended", {{"state", paper.state}});
  } else if (verified.verdict == Verdict::kValid && paper.until) {
    add("office.verify.holds_until", {{"date", office.site.words.date(context.language, *paper.until)}});
  } else if (verified.verdict == Verdict::kValid) {
    add("office.verify.no_last_day", {});
  } else {
    add("office.verify.has_run_out", {});
  }
  // A number is read over a shoulder: names are for whoever holds the paper itself.
  if (verified.verdict == Verdict::kValid) add("office.verify.names", {});
  return views;
}

struct Look {
  std::string_view shape, mark;
};
Look look_of(Verdict verdict) {
  if (verdict == Verdict::kValid) return {"good", "✓"};
  return verdict == Verdict::kGenuine ? Look{"note", "i"} : Look{"bad", "✗"};
}

Response shown(const OfficeSite& office, const Context& context, const Verified& verified) {
  Page page{.name = "office_verify", .title = heading(office, context, verified), .view = {}};
  if (verified.verdict == Verdict::kUnknown) page.status = 404;
  const bool has_verdict = verified.verdict != Verdict::kNone;
  auto rows = has_verdict ? row_views(office, context, verified) : std::vector<View>();
  page.view.text("heading", page.title)
      .flag("has_verdict", has_verdict)
      .text("shape", std::string(look_of(verified.verdict).shape))
      .text("mark", std::string(look_of(verified.verdict).mark))
      .text("today",
            phrase(office.site, context, "office.verify.on", {{"date", office.site.words.date(context.language, office.house.today())}}))
      .text("paper", verified.paper ? verified.paper->title : "")
      .list("sentences", sentence_views(office, context, verified))
      .text("signed", verified.code ? phrase(office.site, context, "office.verify.signed") : "")
      .text("instead", verified.verdict == Verdict::kUnknown && is_of_a_case(verified.number)
                           ? phrase(office.site, context, "office.verify.case_number")
                           : "")
      .flag("has_rows", !rows.empty())
      .list("rows", std::move(rows))
      .text("action", "/verify")
      .text("lang", context.language_chosen ? std::string(words::code(context.language)) : "")
      .text("number", verified.number);
  page.is_private = has_verdict;
  return office_page(office, context, nullptr, std::move(page));
}

std::expected<Verified, office::Failure> by_number(const OfficeSite& office, const Context& context, std::string number) {
  auto paper = find_paper(office, context.language, number);
  if (!paper) return std::unexpected(std::move(paper.error()));
  Verified verified;
  verified.number = std::move(number);
  verified.paper = std::move(*paper);
  if (!verified.paper) {
    verified.verdict = Verdict::kUnknown;
  } else if (verified.paper->kind == PaperKind::kTells) {
    verified.verdict = Verdict::kGenuine;
  } else {
    verified.verdict = verified.paper->valid ? Verdict::kValid : Verdict::kNotValid;
  }
  return verified;
}

/// Read off a paper, a code may stand behind the address to which it leads.
size_t start_of_code(std::string_view text) {
  const size_t at = text.find(kCodeBegins);
  return text.starts_with("http") && at != std::string_view::npos ? at : 0;
}

/// The signature says that this office issued the paper as the code tells it; the register says whether it still holds.
std::expected<Verified, office::Failure> by_code(const OfficeSite& office, const Context& context, std::string_view text) {
  std::string whole(text);  // copied out of a paper, it comes in several lines
  std::erase_if(whole, [](char c) { return std::string_view(" \t\r\n").contains(c); });
  whole.erase(0, start_of_code(whole));
  auto facts = papers::verify_permit_code(whole, office.house.paper_keys());
  Verified verified;
  if (!facts) {
    verified.verdict = Verdict::kForged;
    return verified;
  }
  auto found = by_number(office, context, facts->number);
  if (!found) return found;
  // A permit that was issued anew until another day has a code of its own.
  if (found->verdict == Verdict::kValid && office.house.today() > facts->until) found->verdict = Verdict::kNotValid;
  found->code = std::move(*facts);
  return found;
}

Response answered(const OfficeSite& office, const Context& context, const std::expected<Verified, office::Failure>& verified) {
  if (!verified) return failure_page(office, context, nullptr, verified.error());
  return shown(office, context, *verified);
}

}  // namespace

Response verify_page(const OfficeSite& office, const Context& context) {
  const std::string number(trim(context.query.get("number").value_or("")));
  const std::string code(trim(context.query.get("code").value_or("")));
  // Whatever was typed into the one field: a code begins with its own letters.
  if (!code.empty()) return answered(office, context, by_code(office, context, code));
  if (number.starts_with("KOSHI") || start_of_code(number) > 0) return answered(office, context, by_code(office, context, number));
  if (!number.empty()) return answered(office, context, by_number(office, context, number));
  return shown(office, context, {});
}

Response verify_paper_page(const OfficeSite& office, const Context& context) {
  return answered(office, context, by_number(office, context, context.path_parameter("case") + "/" + context.path_parameter("paper")));
}

}  // namespace koshi::http
