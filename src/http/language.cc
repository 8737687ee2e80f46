#include "http/language.h"

#include <string>

#include "base/text.h"

namespace koshi::http {
namespace {

/// In thousandths; a weight that cannot be read counts as none given.
int weight_of(std::string_view parameters) {
  for (std::string_view parameter : split(parameters, ';')) {
    parameter = trim(parameter);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    parameter.remove_prefix(2);
    if (parameter.empty() || parameter.size() > 5 || (parameter[0] != '0' && parameter[0] != '1')) return 1000;
    int thousandths = (parameter[0] - '0') * 1000;
    int place = 100;
    for (size_t i = 2; i < parameter.size(); ++i, place /= 10) {
      if (parameter[i] < '0' || parameter[i] > '9') return 1000;
      thousandths += (parameter[i] - '0') * place;
    }
    return thousandths;
  }
  return 1000;
}

std::string primary_subtag(std::string_view range) {
  std::string out;
  for (const char c : range.substr(0, range.find('-'))) {
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

}  // namespace

words::Language negotiate_language(std::string_view accept_language) {
  words::Language best = words::Language::kEn;
  int best_weight = 0;
  int ranges = 0;
  for (const std::string_view part : split(accept_language, ',')) {
    if (++ranges > kMaxLanguageRanges) break;
    const size_t semicolon = part.find(';');
    const auto language = words::parse_language(primary_subtag(trim(part.substr(0, semicolon))));
    if (!language) continue;
    const int weight = semicolon == std::string_view::npos ? 1000 : weight_of(part.substr(semicolon + 1));
    if (weight > best_weight) {
      best = *language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace koshi::http
