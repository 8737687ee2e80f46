#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

/// Pages: templates in files, and what is put into them. The template library is known to template.cc alone.
namespace koshi::http {

/// What a template sees: texts, flags and lists by name. Texts are escaped where the template prints them; an empty text counts as absent.
class View {
 public:
  View& text(std::string name, std::string value);
  View& flag(std::string name, bool value);
  View& list(std::string name, std::vector<View> items);
  /// A list of one: a section that is shown once.
  View& section(std::string name, View inner);
  /// Takes over all names of the other view; they win.
  View& merge(View other);

  using Value = std::variant<std::string, bool, std::vector<View>>;
  const std::map<std::string, Value>& values() const { return values_; }

 private:
  std::map<std::string, Value> values_;
};

/// The folder of *.mustache files, read once; then immutable and shared between threads.
///
/// A template may use {{name}}, {{#name}}…{{/name}}, {{^name}}…{{/name}}, {{>_part}} for a file whose name begins with '_', and
/// {{#t}}key{{/t}} for a phrase in the language of the page, escaped. {{{name}}} (unescaped) is for `content` in the layout only; a test
/// sees to that.
class Templates {
 public:
  /// Errors: no such folder, an unreadable file, a template that does not parse.
  static Result<Templates> load(const std::filesystem::path& folder);

  using Phrase = std::function<std::string(std::string_view key)>;
  std::string render(const std::string& name, const View& view, const Phrase& phrase) const;

  bool has(const std::string& name) const { return texts_.contains(name); }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace koshi::http
