#include "base/text.h"
#include "words/procedures.h"

/// A procedure as a page for a folder of documents: what procedure_text says, laid out as Markdown, with the diagram beside it.
namespace koshi::words {
namespace {

/// Characters that Markdown would read as its own.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("*_<>`[]|\\#").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// "Being prepared [draft]" → "Being prepared `draft`"
std::string with_name(std::string_view text) {
  const size_t begin = text.find(" [");
  const size_t end = text.find(']', begin == std::string_view::npos ? 0 : begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return plain(text);
  return plain(text.substr(0, begin)) + " `" + std::string(text.substr(begin + 2, end - begin - 2)) + "`" + plain(text.substr(end + 1));
}

class ProcedurePage {
 public:
  ProcedurePage(const Words& words, Language language, const zan::Procedure& procedure)
      : w_(words), language_(language), p_(procedure), names_(words, language, procedure) {}

  std::string run(std::string_view diagram_file) {
    const std::string text = procedure_text(w_, language_, p_, std::nullopt);
    bool title = true, head = true, after_gap = false;
    for (const std::string_view line : split(text, '\n')) {
      const size_t begin = line.find_first_not_of(' ');
      if (begin == std::string_view::npos) {
        if (head) diagram(diagram_file);
        head = false;
        after_gap = true;
        continue;
      }
      const std::string_view said = line.substr(begin);
      if (title) {
        out_ += "# " + with_name(said) + "\n";
      } else if (begin == 0) {
        heading(said);
      } else if (head) {
        out_ += "\n" + plain(said) + "\n";
      } else if (begin == 2 && after_gap) {
        out_ += (out_.ends_with("\n\n") ? "### " : "\n### ") + with_name(said) + "\n\n";
        below_state_ = true;
      } else {
        out_.append(begin - (below_state_ ? 4 : 2), ' ').append("- " + plain(said) + "\n");
      }
      title = after_gap = false;
    }
    return std::move(out_);
  }

 private:
  void diagram(std::string_view file) {
    const std::string title = w_.phrase(language_, "procedure.diagram", {{"label", names_.label()}});
    out_ += "\n![" + plain(title) + "](" + std::string(file) + ")\n";
  }

  void heading(std::string_view said) {
    out_ += "\n## " + plain(said) + "\n\n";
    if (p_.documents == zan::kNoId) return;
    const std::string documents = w_.label(language_, norm_key(w_.corpus(), p_.documents));
    if (said == w_.phrase(language_, "procedure.documents", {{"label", documents}})) kinds();
  }

  /// All that the law may ask for; which of them in a case is for its norm to say.
  void kinds() {
    const int16_t kinds = w_.corpus().norms[static_cast<size_t>(p_.documents)].type.of;
    const size_t count = w_.corpus().enums[static_cast<size_t>(kinds)].members.size();
    for (size_t i = 0; i < count; ++i) {
      out_ += "- " + plain(w_.label(language_, member_key(w_.corpus(), kinds, static_cast<int64_t>(i)))) + "\n";
    }
  }

  const Words& w_;
  Language language_;
  const zan::Procedure& p_;
  ProcedureWords names_;
  bool below_state_ = false;
  std::string out_;
};

}  // namespace

std::string procedure_page(const Words& words, Language language, const zan::Procedure& procedure, std::string_view diagram_file) {
  return ProcedurePage(words, language, procedure).run(diagram_file);
}

std::string procedure_index(const Words& words, Language language) {
  std::string out = "# " + plain(words.phrase(language, "office.procedures.title")) + "\n\n";
  for (const zan::Procedure& procedure : words.corpus().procedures) {
    const ProcedureWords names(words, language, procedure);
    const std::string help = names.help();
    out += "- [" + plain(names.label()) + "](" + procedure.name + ".md)" + (help.empty() ? "" : ": " + plain(help)) + "\n";
  }
  return out;
}

}  // namespace koshi::words
