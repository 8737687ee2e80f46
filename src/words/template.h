#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace koshi::words {

/// A phrase with holes, prepared once and filled often.
///
///   phrase = *( text / hole ) ; hole = "{" name "}" ; name = 1*( a-z / 0-9 / "_" )
///
/// A phrase with a hole of another form, such as `{n, plural, one {# day} other {# days}}`, is a pattern of ICU MessageFormat as a whole
/// (there an apostrophe before a brace quotes it). Thread-safe after parsing.
class Template {
 public:
  /// Errors: a brace that is not closed, a name that is none, what ICU rejects.
  static Result<Template> parse(std::string_view text, std::string_view locale);

  /// Holes without a value stay as `{name}`.
  std::string format(const std::map<std::string, std::string>& values) const;
  const std::set<std::string>& holes() const { return holes_; }

 private:
  struct Part {
    bool is_hole;
    std::string text;
  };
  struct Pattern;
  std::vector<Part> parts_;
  std::shared_ptr<Pattern> pattern_;  ///< only for ICU patterns
  std::set<std::string> holes_;
};

}  // namespace koshi::words
