#include "http/foreign.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "words/words.h"

namespace koshi::http {
namespace {

constexpr size_t kCodeLength = 2;
constexpr std::string_view kTextOnly[] = {"title", "option", "textarea", "svg"};

/// Reads the page from the front and writes it anew. Attribute values hold no '<' or '>': they are escaped.
class Rewriter {
 public:
  explicit Rewriter(std::string_view page) : page_(page) { out_.reserve(page.size() + page.size() / 16); }

  std::string rewrite() {
    while (at_ < page_.size()) {
      const size_t next = page_.find_first_of("<>\xEE", at_);
      copy(std::min(next, page_.size()) - at_);
      if (at_ == page_.size()) break;
      if (rest().starts_with(words::kMarkBegin)) {
        begin_mark();
      } else if (rest().starts_with(words::kMarkEnd)) {
        at_ += words::kMarkEnd.size();
        close_span();
      } else {
        step_over_bracket();
      }
    }
    close_span();
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return page_.substr(at_); }

  void copy(size_t length) {
    out_.append(page_.substr(at_, length));
    at_ += length;
  }

  void step_over_bracket() {
    const char c = page_[at_];
    if (c == '<') open_bracket();
    if (c == '>') is_in_tag_ = false;
    copy(1);
    if (c == '>') tag_end_ = out_.size();
  }

  void open_bracket() {
    close_span();
    is_in_tag_ = true;
    is_closing_ = rest().starts_with("</");
    const std::string_view name = rest().substr(is_closing_ ? 2 : 1);
    for (const std::string_view element : kTextOnly) {
      if (!name.starts_with(element)) continue;
      text_only_ = is_closing_ ? std::string_view() : element;
    }
  }

  void begin_mark() {
    at_ += words::kMarkBegin.size();
    const std::string code(rest().substr(0, kCodeLength));
    at_ += code.size();
    if (is_in_tag_) return;
    if (is_whole_element()) {
      out_.insert(tag_end_ - 1, " lang=\"" + code + "\"");
      tag_end_ = 0;
    } else if (text_only_.empty()) {
      close_span();
      out_ += "<span lang=\"" + code + "\">";
      is_span_open_ = true;
    }
  }

  /// Whether the marked text is all that stands between the tag just written and the next one, which closes it.
  bool is_whole_element() const {
    if (is_closing_ || tag_end_ == 0 || tag_end_ != out_.size()) return false;
    const size_t end = rest().find_first_of("<\xEE");
    if (end == std::string_view::npos || !rest().substr(end).starts_with(words::kMarkEnd)) return false;
    if (!rest().substr(end + words::kMarkEnd.size()).starts_with("</")) return false;
    const std::string_view tag = std::string_view(out_).substr(out_.rfind('<'));
    return !tag.contains(" lang=");
  }

  void close_span() {
    if (is_span_open_) out_ += "</span>";
    is_span_open_ = false;
  }

  std::string_view page_;
  size_t at_ = 0;
  std::string out_;
  size_t tag_end_ = 0;  ///< length of `out_` just after the last tag
  bool is_in_tag_ = false;
  bool is_closing_ = false;
  bool is_span_open_ = false;
  std::string_view text_only_;  ///< the element of kTextOnly in which the reader stands, or empty
};

}  // namespace

std::string say_languages(std::string html) {
  if (html.find(words::kMarkBegin) == std::string::npos && html.find(words::kMarkEnd) == std::string::npos) return html;
  return Rewriter(html).rewrite();
}

}  // namespace koshi::http
