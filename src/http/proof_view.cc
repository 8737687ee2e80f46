#include "http/proof_view.h"

#include "http/rule_view.h"

namespace koshi::http {
namespace {

constexpr size_t kMaxProofBytes = 22'000;  ///< about, on the page; the API gives the whole proof
constexpr size_t kLineBytes = 220;         ///< about, of markup around one line or citation

enum class Silent : bool { kLeftOut, kShown };

/// The proof in reading order, up to what a page may weigh.
class ProofWriter {
 public:
  ProofWriter(const Site& site, const Context& context, Silent silent) : site_(site), context_(context), silent_(silent) {}

  void write(const words::ProofLine& line, size_t depth) {
    if (silent_ == Silent::kLeftOut && line.state == "silent") return;
    bytes_ += kLineBytes * (1 + line.by.size()) + 2 * line.text.size();
    if (bytes_ > kMaxProofBytes) {
      is_cut_ = true;
      return;
    }
    items_.emplace_back(depth, line.kind == zan::ProofKind::kRule ? rule_line(line) : plain_line(line));
    items_.back().second.flag("open", is_worth_reading(line.state));
    for (const words::ProofLine& child : line.children) write(child, depth + 1);
  }

  std::vector<View> take() { return nest(std::move(items_)); }
  bool is_cut() const { return is_cut_; }

 private:
  /// A norm, a fact, or the day of the question.
  View plain_line(const words::ProofLine& line) const {
    View view;
    view.flag("is_rule", false)
        .text("text", line.text)
        .text("state", line.state)
        .text("mark", std::string(mark_of(line.state)))
        .text("href", line.kind == zan::ProofKind::kNorm ? norm_href(site_, context_, line.norm) : "");
    return view;
  }

  View rule_line(const words::ProofLine& line) const {
    View view = rule_view(site_, context_, line.rule, std::nullopt);
    return view.flag("is_rule", true)
        .text("href", "")
        .text("state", line.state)
        .text("state_words", phrase(site_, context_, "page.proof." + line.state))
        .text("mark", std::string(mark_of(line.state)));
  }

  static bool is_worth_reading(std::string_view state) { return state != "silent" && state != "overruled"; }
  static std::string_view mark_of(std::string_view state) {
    if (state == "decides") return "✓";
    if (state == "overruled") return "↷";
    if (state == "silent") return "–";
    if (state == "open" || state == "needed") return "?";
    if (state == "disagrees") return "≠";
    return "";
  }

  const Site& site_;
  const Context& context_;
  Silent silent_;
  size_t bytes_ = 0;
  std::vector<std::pair<size_t, View>> items_;
  bool is_cut_ = false;
};

}  // namespace

View proof_view(const Site& site, const Context& context, const zan::Answer& answer) {
  View view;
  const auto program = site.library.on(answer.on, answer.reforms);
  if (!program) return view;
  const words::ProofLine proof = words::proof_lines(site.words, context.language, **program, answer);
  ProofWriter whole(site, context, Silent::kShown);
  whole.write(proof, 0);
  if (!whole.is_cut()) return view.flag("is_cut", false).list("proof", whole.take());
  // Where all of it is too much, what did not apply goes first: that a rule was silent matters least to who reads the answer.
  ProofWriter short_form(site, context, Silent::kLeftOut);
  short_form.write(proof, 0);
  view.flag("is_cut", true).list("proof", short_form.take());
  return view;
}

}  // namespace koshi::http
