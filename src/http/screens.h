#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "zan/corpus/corpus.h"

/// What the portal's special screens ask of a law: names of norms, facts, procedures and states, declared beside the law in `screens.json`,
/// so that another law, or a change of its names, needs no change of a program. Grammar:
///
///   { SCREEN: { "of": ENTITY or PROCEDURE,         whose record the facts are of
///               "norms": { ROLE: "entity.norm" }, "facts": { ROLE: [PATH…] }, "assumes": { PATH: VALUE },
///               "procedures": { ROLE: PROCEDURE },
///               "states": { ROLE: [STATE…] },        of the procedure
///               "numbers": { ROLE: [WHOLE…] } } }
///
/// A role is what the screen calls it. Every part but "of" may be missing.
namespace koshi::http {

inline constexpr size_t kScreensMaxBytes = 64u << 10;

/// The file as JSON, checked against the law: no name in it is unknown. No such file, or no folder: no screens, "{}".
/// Errors: an unreadable file, no JSON, a part that is none of the above, a name that the law does not have.
Result<std::string> load_screens(const std::filesystem::path& law, const zan::Corpus& corpus);

}  // namespace koshi::http
