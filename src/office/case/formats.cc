#include "office/case/formats.h"

#include "office/people/identifier.h"
#include "office/people/mrz.h"

namespace koshi::office {
namespace {

// Records nest as deeply as they were given; the reader of facts bounds that (ask::kMaxJsonDepth).
void collect(const zan::Corpus& corpus, const zan::Record& record, const std::string& prefix, Date today, std::vector<Malformed>& found) {
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(record.entity)];
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    const zan::TextFormat format = entity.facts[i].format;
    if (format == zan::TextFormat::kAny || !record.facts[i] || record.facts[i]->is_none()) continue;
    if (has_format(format, record.facts[i]->as_text(), today)) continue;
    found.push_back({prefix + entity.facts[i].name, "bad_" + std::string(zan::format_name(format))});
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    const std::string link = prefix + entity.links[i].name;
    if (record.one[i]) collect(corpus, *record.one[i], link + ".", today, found);
    if (!record.many[i]) continue;
    const auto& members = *record.many[i];
    for (size_t k = 0; k < members.size(); ++k) collect(corpus, members[k], link + "[" + std::to_string(k) + "].", today, found);
  }
}

}  // namespace

bool has_format(zan::TextFormat format, std::string_view text, Date today) {
  switch (format) {
    case zan::TextFormat::kAny: return true;
    case zan::TextFormat::kIin: return people::parse_iin(text).has_value();
    case zan::TextFormat::kBin: return people::parse_bin(text).has_value();
    case zan::TextFormat::kIinOrBin: return people::parse_iin(text).has_value() || people::parse_bin(text).has_value();
    case zan::TextFormat::kPassportMrz: return people::parse_mrz(text, today).has_value();
  }
  return true;
}

std::vector<Malformed> malformed_texts(const zan::Corpus& corpus, const zan::Record& record, Date today) {
  std::vector<Malformed> found;
  collect(corpus, record, "", today, found);
  return found;
}

}  // namespace koshi::office
