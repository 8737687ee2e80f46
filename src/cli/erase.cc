#include <fmt/core.h>

#include "cli/office_place.h"
#include "office/desk/retention.h"

/// `koshi office erase`: what has been kept for its term.
namespace koshi::cli {
namespace {

std::optional<int> term(int days) {
  return days == 0 ? std::nullopt : std::optional(days);
}

}  // namespace

int run_office_erase(const EraseOptions& options) {
  if (options.documents == 0 && options.drafts == 0 && options.notices == 0) {
    complain("say what to erase: --documents, --drafts or --notices, each with its term in days");
    return kBadInput;
  }
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const office::Terms terms{term(options.documents), term(options.drafts), term(options.notices)};
  const auto erasing = options.only_count ? office::Erasing::kOnlyCounted : office::Erasing::kDone;
  const auto erased = office::erase_ended(office->house->store(), terms, office->house->now_ms(), erasing);
  if (!erased) return tell_store_error(erased.error());
  const std::string_view said = options.only_count ? "to be erased" : "erased";
  if (terms.documents) {
    fmt::print("documents: {} {}, {} bytes; {} kept, which other cases have too\n", erased->documents, said, erased->document_bytes,
               erased->shared);
  }
  if (terms.drafts) fmt::print("drafts: {} {}\n", erased->drafts, said);
  if (terms.notices) fmt::print("notices: {} {}\n", erased->notices, said);
  return kAnswered;
}

}  // namespace koshi::cli
