#pragma once

#include <string_view>
#include <vector>

#include "zan/syntax/problems.h"
#include "zan/syntax/token.h"

/// Cuts a law text into words:
///
///   word    = (letter / "_") *(letter / digit / "_")
///   number  = 1*digit ["." 1*digit]
///   date    = 4digit "-" 2digit "-" 2digit
///   text    = DQUOTE *any DQUOTE                        ; on one line
///   code    = "'" 1*any "'"                             ; on one line
///   comment = "--" *any
///   place   = what follows `by NAME`, `because NAME` and, after "]", `and NAME`,
///             up to "[", a comment or the end of the line; none where "->" stands in it
namespace koshi::zan {

struct Lexed {
  std::vector<Token> tokens;  ///< the last is kEnd
  std::vector<CommentLine> comments;
};

/// Never fails: what cannot be read is reported and left out, or stands as kBad.
Lexed lex(std::string_view text, int32_t file, Problems& problems);

}  // namespace koshi::zan
