#include "words/words.h"

#include <array>
#include <unordered_map>

#include "base/text.h"
#include "words/catalogue.h"
#include "words/keys.h"
#include "words/template.h"

namespace koshi::words {
namespace {

constexpr std::string_view kCodes[] = {"en", "ru", "kk", "uz", "ky", "tg"};
static_assert(std::size(kCodes) == std::size(kLanguages));

size_t index(Language language) {
  return static_cast<size_t>(language);
}

/// Digits in groups of three from the right.
std::string grouped(std::string_view digits, const std::string& separator) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace

std::optional<Language> parse_language(std::string_view text) {
  for (const Language language : kLanguages) {
    if (code(language) == text) return language;
  }
  return std::nullopt;
}

std::string_view code(Language language) {
  return kCodes[index(language)];
}

std::string language_codes() {
  return join(std::vector<std::string>(std::begin(kCodes), std::end(kCodes)), ", ");
}

Language fallback(Language language) {
  return labels_whole_law(language) ? Language::kEn : Language::kRu;
}

bool labels_whole_law(Language language) {
  switch (language) {
    case Language::kEn:
    case Language::kRu:
    case Language::kKk: return true;
    case Language::kUz:
    case Language::kKy:
    case Language::kTg: break;
  }
  return false;
}

struct Words::Impl {
  const zan::Corpus* corpus = nullptr;
  Texts english_labels;
  struct Shown {
    std::string text;
    Language language;  ///< of the text
  };
  template <typename T>
  using ByLanguage = std::array<T, std::size(kLanguages)>;
  ByLanguage<Texts> labels;  ///< as the catalogues have them
  /// What is shown: the catalogue's label, else that of the fallback, else English. A page or an answer looks up dozens.
  ByLanguage<std::unordered_map<std::string, Shown, TextHash, std::equal_to<>>> shown;
  ByLanguage<std::map<std::string, Template, std::less<>>> phrases;

  const Template* find_phrase(Language language, std::string_view key) const {
    for (const Language tried : {language, fallback(language), Language::kEn}) {
      const auto& own = phrases[index(tried)];
      if (const auto it = own.find(key); it != own.end()) return &it->second;
    }
    return nullptr;
  }

  void choose_labels(Language language) {
    auto& chosen = shown[index(language)];
    for (const Language from : {language, fallback(language)}) {
      for (const auto& [key, text] : labels[index(from)]) chosen.try_emplace(key, text, from);
    }
    for (const auto& [key, text] : english_labels) chosen.try_emplace(key, text, Language::kEn);
  }

  Result<void> load_phrases(Language language, const std::filesystem::path& folder) {
    TRY(texts, read_catalogues(folder, code(language)));
    for (const auto& [key, text] : texts) {
      auto phrase = Template::parse(text, code(language));
      if (!phrase) {
        return fail(folder.string() + ": the phrase `" + key + "` in " + std::string(code(language)) + ": " + phrase.error().message);
      }
      phrases[index(language)].emplace(key, std::move(*phrase));
    }
    return {};
  }

  /// A written number ("-12345.5") with the separators of the language. Four digits stay together in plain numbers, so that years do.
  std::string number(Language language, std::string_view written, size_t least_digits) const {
    std::string out;
    if (written.starts_with('-')) {
      out += "−";
      written.remove_prefix(1);
    }
    const size_t point = written.find('.');
    const std::string_view digits = written.substr(0, point);
    out += digits.size() < least_digits ? std::string(digits) : grouped(digits, find_or_empty(language, "number.group"));
    if (point != std::string_view::npos) {
      out += find_or_empty(language, "number.point");
      out += written.substr(point + 1);
    }
    return out;
  }

  std::string find_or_empty(Language language, std::string_view key) const {
    const Template* found = find_phrase(language, key);
    return found ? found->format({}) : std::string();
  }
};

Result<Words> Words::load(const std::filesystem::path& program_words, const std::filesystem::path& law_words, const zan::Corpus& corpus) {
  auto impl = std::make_shared<Impl>();
  impl->corpus = &corpus;
  impl->english_labels = words::english_labels(corpus);
  std::error_code missing;
  const bool has_law_words = std::filesystem::is_directory(law_words, missing);
  for (const Language language : kLanguages) {
    TRY_DO(impl->load_phrases(language, program_words));
    if (!has_law_words) continue;
    TRY(labels, read_catalogues(law_words, code(language)));
    impl->labels[index(language)] = std::move(labels);
  }
  for (const Language language : kLanguages) impl->choose_labels(language);
  if (impl->phrases[index(Language::kEn)].empty()) {
    return fail("no phrases of the program in " + program_words.string() + "; name the folder that holds en.toml and its like (" +
                language_codes() + "), or set KOSHI_HOME");
  }
  return Words(std::move(impl));
}

std::string Words::phrase(Language language, std::string_view key, const Holes& holes) const {
  const Template* found = impl_->find_phrase(language, key);
  return found ? found->format(holes) : std::string(key);
}

std::string Words::label(Language language, std::string_view key) const {
  const auto& shown = impl_->shown[index(language)];
  const auto it = shown.find(key);
  if (it == shown.end()) return std::string(key);
  const auto& [text, spoken] = it->second;
  if (!marks_ || spoken == language) return text;
  return std::string(kMarkBegin) + std::string(code(spoken)) + text + std::string(kMarkEnd);
}

Words Words::with_marks() const {
  Words marking = *this;
  marking.marks_ = true;
  return marking;
}

bool Words::has_label(Language language, std::string_view key) const {
  if (impl_->labels[index(language)].contains(key)) return true;
  return language == Language::kEn && impl_->english_labels.contains(key);
}

const Texts& Words::label_keys() const {
  return impl_->english_labels;
}

std::vector<std::string> Words::stale_labels(Language language) const {
  std::vector<std::string> stale;
  for (const auto& [key, text] : impl_->labels[index(language)]) {
    if (!impl_->english_labels.contains(key)) stale.push_back(key);
  }
  return stale;
}

const zan::Corpus& Words::corpus() const {
  return *impl_->corpus;
}

std::string Words::date(Language language, Date date) const {
  const CivilDay day = civil(date);
  return phrase(language, "date.long",
                {{"day", std::to_string(day.day)},
                 {"month", phrase(language, "date.month." + std::to_string(day.month))},
                 {"year", std::to_string(day.year)}});
}

std::string Words::value(Language language, const zan::Value& value) const {
  const zan::Corpus& corpus = *impl_->corpus;
  switch (value.kind()) {
    case zan::Kind::kNone: return phrase(language, "value.none");
    case zan::Kind::kYesNo: return phrase(language, value.is_yes() ? "value.yes" : "value.no");
    case zan::Kind::kWhole: return impl_->number(language, std::to_string(value.number()), 5);
    case zan::Kind::kDecimal: return impl_->number(language, format_decimal(value.as_decimal()), 5);
    case zan::Kind::kMoney: return phrase(language, "value.money", {{"n", impl_->number(language, format_money(value.as_money()), 4)}});
    case zan::Kind::kDate: return date(language, value.as_date());
    case zan::Kind::kDays: return phrase(language, "value.days", {{"n", std::to_string(value.number())}});
    case zan::Kind::kText: return value.as_text();
    case zan::Kind::kEnum: return label(language, member_key(corpus, value.of(), value.number()));
    case zan::Kind::kSet: break;
  }
  std::vector<std::string> members;
  const auto count = static_cast<int64_t>(corpus.enums[static_cast<size_t>(value.of())].members.size());
  for (int64_t i = 0; i < count; ++i) {
    if (zan::has_bit(value.bits(), i)) members.push_back(label(language, member_key(corpus, value.of(), i)));
  }
  return members.empty() ? phrase(language, "value.empty_set") : join(members, "; ");
}

std::string Words::in_force(Language language, const zan::DateRange& range) const {
  const bool from = range.from > kFirstDate;
  const bool until = range.until < kLastDate;
  if (!from && !until) return {};
  const std::string_view key = from && until ? "force.between" : from ? "force.from" : "force.until";
  return phrase(language, key, {{"from", date(language, range.from)}, {"until", date(language, range.until)}});
}

}  // namespace koshi::words
