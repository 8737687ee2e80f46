// Reads the grammar at the head of canonical_json.cc and nothing else.

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "office/journal/canonical_json.h"

namespace koshi::journal {
namespace {

/// One pass over one text. With a null `out` values are judged and dropped.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<void> read(Json* out) {
    if (text_.size() > kJsonMaxBytes) return fail("the JSON text is longer than " + std::to_string(kJsonMaxBytes) + " bytes");
    const size_t valid = valid_utf8_prefix(text_);
    if (valid != text_.size()) return fail_at(valid, "is not UTF-8");
    TRY_DO(value(out, 0));
    if (at_ != text_.size()) return here("comes after the end of the value");
    return {};
  }

 private:
  static std::unexpected<Error> fail_at(size_t offset, std::string_view what) {
    return fail("not canonical JSON: byte " + std::to_string(offset) + " " + std::string(what));
  }
  std::unexpected<Error> here(std::string_view what) const { return fail_at(at_, what); }

  static bool is_plain(char c) { return static_cast<uint8_t>(c) >= 0x20 && c != '"' && c != '\\'; }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  Result<void> value(Json* out, size_t depth) {
    if (depth > kJsonMaxDepth) return here("is nested deeper than " + std::to_string(kJsonMaxDepth));
    switch (peek()) {
      case '"': return string_value(out);
      case '[': return array(out, depth);
      case '{': return object(out, depth);
      case 'n': return word("null", nullptr, out);
      case 't': return word("true", true, out);
      case 'f': return word("false", false, out);
      default: return integer(out);
    }
  }

  Result<void> word(std::string_view spelling, Json meaning, Json* out) {
    if (!take(spelling)) return here("begins no value");
    if (out != nullptr) *out = std::move(meaning);
    return {};
  }

  Result<void> integer(Json* out) {
    const size_t begin = at_;
    take("-");
    const size_t first = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    if (at_ == first) return fail_at(begin, "begins no value");
    if (text_[first] == '0' && (at_ > first + 1 || first > begin)) return fail_at(begin, "begins an integer with a needless sign or zero");
    if (peek() == '.' || peek() == 'e' || peek() == 'E') return here("makes a number that is no integer; send it as text");
    const auto number = parse_whole(text_.substr(begin, at_ - begin));
    if (!number) return fail_at(begin, "begins an integer beyond 64 bits; send it as text");
    if (out != nullptr) *out = *number;
    return {};
  }

  Result<void> string_value(Json* out) {
    std::string text;
    TRY_DO(string(out != nullptr ? &text : nullptr));
    if (out != nullptr) *out = std::move(text);
    return {};
  }

  Result<void> string(std::string* out) {
    if (!take("\"")) return here("begins no text");
    while (true) {
      const size_t begin = at_;
      while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
      if (out != nullptr) *out += text_.substr(begin, at_ - begin);
      if (take("\"")) return {};
      if (peek() != '\\') return here("may not stand in a text unescaped");
      TRY_DO(escape(out));
    }
  }

  Result<void> escape(std::string* out) {
    constexpr std::string_view kLetters = "\"\\btnfr";
    constexpr std::string_view kMeanings = "\"\\\b\t\n\f\r";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const size_t known = letter == '\0' ? std::string_view::npos : kLetters.find(letter);
    if (known != std::string_view::npos) {
      if (out != nullptr) *out += kMeanings[known];
      at_ += 2;
      return {};
    }
    // Each control without a letter has one six-byte spelling; comparing with it is the whole test.
    const std::string_view spelling = text_.substr(at_, 6);
    for (char control = 0; control < 0x20; ++control) {
      std::string canonical;
      append_canonical_string(canonical, std::string_view(&control, 1));
      if (std::string_view(canonical).substr(1, canonical.size() - 2) != spelling) continue;
      if (out != nullptr) *out += control;
      at_ += 6;
      return {};
    }
    return here("begins an escape that is not the canonical one");
  }

  Result<void> array(Json* out, size_t depth) {
    Json::Array items;
    take("[");
    if (!take("]")) {
      do {
        Json item;
        TRY_DO(value(out != nullptr ? &item : nullptr, depth + 1));
        if (out != nullptr) items.push_back(std::move(item));
      } while (take(","));
      if (!take("]")) return here("neither continues nor ends an array");
    }
    if (out != nullptr) *out = std::move(items);
    return {};
  }

  Result<void> object(Json* out, size_t depth) {
    Json::Object members;
    std::optional<std::string> last;
    take("{");
    if (!take("}")) {
      do {
        const size_t begin = at_;
        JsonMember member;
        TRY_DO(string(&member.name));
        if (last && !json_name_less(*last, member.name)) return fail_at(begin, "begins a name that is out of order or repeated");
        last = member.name;
        if (!take(":")) return here("stands where a colon must");
        TRY_DO(value(out != nullptr ? &member.value : nullptr, depth + 1));
        if (out != nullptr) members.push_back(std::move(member));
      } while (take(","));
      if (!take("}")) return here("neither continues nor ends an object");
    }
    if (out != nullptr) *out = std::move(members);
    return {};
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<Json> read_canonical_json(std::string_view text) {
  Json value;
  TRY_DO(Reader(text).read(&value));
  return value;
}

Result<void> check_canonical_json(std::string_view text) {
  return Reader(text).read(nullptr);
}

}  // namespace koshi::journal
