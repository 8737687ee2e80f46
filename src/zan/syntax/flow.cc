#include "zan/syntax/flow.h"

#include "base/text.h"

namespace koshi::zan {

std::string Flow::line() const {
  std::string out = pieces_.front().text;
  for (size_t i = 1; i < pieces_.size(); ++i) {
    out += ' ';
    out += pieces_[i].text;
  }
  return out;
}

size_t Flow::width() const {
  size_t width = pieces_.size() - 1;
  for (const Piece& piece : pieces_) width += utf8_length(piece.text);
  return width;
}

/// The piece before which a line that starts with `begin` is broken; the number of pieces when all the rest fits.
size_t Flow::line_end(size_t begin, size_t room) const {
  size_t width = utf8_length(pieces_[begin].text);
  size_t best = 0;
  for (size_t i = begin + 1; i < pieces_.size(); ++i) {
    // Something must stand on the line, even if it is too wide.
    const bool fits = width <= room || best == 0;
    if (fits && (best == 0 || pieces_[i].weight <= pieces_[best].weight)) best = i;
    width += 1 + utf8_length(pieces_[i].text);
    if (width > room && best != 0) return best;
  }
  return pieces_.size();
}

std::vector<std::string> Flow::lines(size_t indent, size_t rest) const {
  std::vector<std::string> out;
  for (size_t begin = 0; begin < pieces_.size();) {
    const size_t margin = begin == 0 ? indent : rest;
    const size_t end = line_end(begin, kLineWidth > margin ? kLineWidth - margin : 0);
    std::string line(margin, ' ');
    for (size_t i = begin; i < end; ++i) {
      if (i > begin) line += ' ';
      line += pieces_[i].text;
    }
    out.push_back(std::move(line));
    begin = end;
  }
  return out;
}

}  // namespace koshi::zan
