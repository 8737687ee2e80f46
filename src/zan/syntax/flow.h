#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace koshi::zan {

/// A text that stays on one line where it can, made of pieces between which the line may be broken.
class Flow {
 public:
  /// Continues the present piece.
  void add(std::string_view text) { pieces_.back().text += text; }
  /// A space where the line may be broken: of the breaks that fit, the one of least weight is taken.
  void space(int weight) { pieces_.push_back({.weight = weight, .text = {}}); }
  bool empty() const { return pieces_.size() == 1 && pieces_.front().text.empty(); }

  std::string line() const;
  size_t width() const;  ///< of line(), in code points
  /// The lines, the first indented by `indent` and the others by `rest`, none wider than kLineWidth if that can be.
  std::vector<std::string> lines(size_t indent, size_t rest) const;

 private:
  struct Piece {
    int weight;  ///< of the break before it
    std::string text;
  };

  size_t line_end(size_t begin, size_t room) const;

  std::vector<Piece> pieces_ = {{.weight = 0, .text = {}}};
};

inline constexpr size_t kLineWidth = 100;

}  // namespace koshi::zan
