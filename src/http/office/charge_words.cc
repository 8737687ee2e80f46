#include "http/office/charge_words.h"

#include <algorithm>

#include "http/office/page_frame.h"
#include "office/journal/canonical_json.h"

namespace koshi::http {

ChargeWords charge_words(const words::Words& words, words::Language language, const words::ProcedureWords& said,
                         const office::ChargeEntry& charge) {
  ChargeWords out;
  out.label = effect_label(said, zan::Effect::Kind::kCharges, "", charge.label);
  out.amount = words.value(language, zan::Value::money(charge.amount));
  const int32_t payee = charge.to.empty() ? zan::kNoId : said.procedure().find_role(charge.to);
  if (charge.paid) {
    out.state = words.phrase(language, "office.charge.paid", {{"date", words.date(language, *charge.paid)}});
  } else if (payee != zan::kNoId) {
    out.state = words.phrase(language, "office.charge.open_to", {{"who", said.role(payee)}});
  } else {
    out.state = words.phrase(language, "office.charge.open");
  }
  return out;
}

std::vector<office::ChargeEntry> charges_of(const office::Case& item, const office::TimelineEntry& entry) {
  std::vector<office::ChargeEntry> charges;
  const auto payload = entry.name == "acted" ? journal::read_canonical_json(entry.payload) : std::unexpected(Error{});
  const journal::Json* found = payload ? journal::find_member(*payload, "charges") : nullptr;
  const auto* told = found == nullptr ? nullptr : std::get_if<journal::Json::Array>(&found->value);
  if (told == nullptr) return charges;
  const Date day = office::office_day(entry.recorded_at_ms);
  for (const journal::Json& one : *told) {
    const std::string label = journal::text_member(one, "label");
    const auto is_it = [&](const office::ChargeEntry& charge) { return charge.label == label && charge.on == day; };
    const auto at = std::ranges::find_if(item.charges, is_it);
    if (at != item.charges.end()) charges.push_back(*at);
  }
  return charges;
}

}  // namespace koshi::http
