#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "zan/reason/answer.h"

/// What the law says a text looks like (docs/zan.md, Entities), held against what people give. Pure; callable from any thread.
namespace koshi::office {

/// A text that does not look as the law says.
struct Malformed {
  std::string path;    ///< "workers[3].person.iin"
  std::string phrase;  ///< key of words/access.*.toml below "case."
};

/// Of all texts of the record that have a format, by path. Linear in the record. `today`: for passports, whose years have two digits.
std::vector<Malformed> malformed_texts(const zan::Corpus& corpus, const zan::Record& record, Date today);

bool has_format(zan::TextFormat format, std::string_view text, Date today);

}  // namespace koshi::office
