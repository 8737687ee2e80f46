#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "store/value.h"

namespace koshi::store {

inline constexpr size_t kStatementsMax = 256;

/// The types of the parameters, a letter each. They belong to the SQL text: PostgreSQL compiles it for them.
inline std::string signature(Params params) {
  std::string letters;
  for (const Value& value : params) letters.push_back("itb"[static_cast<size_t>(value.type())]);
  return letters;
}

inline bool has_signature(Params params, std::string_view letters) {
  if (params.size() != letters.size()) return false;
  for (size_t i = 0; i < params.size(); ++i) {
    if ("itb"[static_cast<size_t>(params[i].type())] != letters[i]) return false;
  }
  return true;
}

/// Compiled statements of one connection by SQL text; the longest unused one gives way. One thread. Finding costs one
/// hash of the text; giving way costs kStatementsMax steps and means that SQL texts are being made up at run time.
template <typename Compiled>
class StatementCache {
 public:
  Compiled* find(std::string_view sql) {
    const auto it = entries_.find(sql);
    if (it == entries_.end()) return nullptr;
    it->second.used = ++clock_;
    return &it->second.compiled;
  }

  Compiled& insert(std::string_view sql, Compiled compiled) {
    return entries_.insert_or_assign(std::string(sql), Entry{std::move(compiled), ++clock_}).first->second.compiled;
  }

  bool full() const { return entries_.size() >= kStatementsMax; }

  Compiled evict() {
    auto oldest = entries_.begin();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      if (it->second.used < oldest->second.used) oldest = it;
    }
    Compiled compiled = std::move(oldest->second.compiled);
    entries_.erase(oldest);
    return compiled;
  }

  void clear() { entries_.clear(); }

 private:
  struct Entry {
    Compiled compiled;
    uint64_t used;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
  uint64_t clock_ = 0;
};

}  // namespace koshi::store
