#pragma once

#include "base/result.h"
#include "office/papers/letter.h"

namespace koshi::papers {

/// Whether a letter is within the limits of letter.h and its texts can be set: valid UTF-8, no control characters but
/// newlines, no signs that turn the direction of writing (with which one text can be made to look like another).
Result<void> check_letter(const Letter& letter);

}  // namespace koshi::papers
