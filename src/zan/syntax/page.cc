#include "zan/syntax/page.h"

#include "zan/syntax/spelling.h"

namespace koshi::zan {

void Page::above(size_t indent, const Comments& comments) {
  for (const std::string& comment : comments.above) {
    if (comment == "\n") {
      if (!out_.empty() && !out_.ends_with("\n\n")) blank_line();
    } else {
      line(indent, comment.empty() ? "--" : concat({"-- ", comment}));
    }
  }
}

void Page::line(size_t indent, std::string_view text, const Comments& comments) {
  out_.append(indent, ' ');
  out_ += text;
  if (!comments.beside.empty()) out_ += concat({"  -- ", comments.beside});
  out_ += '\n';
}

void Page::flow(size_t indent, const Flow& flow, const Comments& comments, size_t continuation) {
  bool first = true;
  for (const std::string& text : flow.lines(indent, indent + continuation)) {
    line(0, text, first ? comments : Comments{});
    first = false;
  }
}

}  // namespace koshi::zan
