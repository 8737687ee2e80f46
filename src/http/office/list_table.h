#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "http/ask_form.h"
#include "http/office/visitor.h"
#include "office/papers/records.h"
#include "office/papers/table.h"

/// A list of a case ("workers") as a table that people fill in with their own program, and back. Which columns it has follows from what the
/// forms of the procedure ask of its members; no list is known here by name.
namespace koshi::http {

inline constexpr size_t kListRowsMax = 2'000;    ///< of one list; what a case may hold besides is the desk's to say
inline constexpr size_t kListProblemsMax = 200;  ///< told at once

struct ListColumn {
  std::string path;  ///< within a member: "full_name", "person.nationality"
  Place place;       ///< of the first member's fact
  std::string label;
};
struct ListShape {
  std::string path;  ///< "workers"
  std::string label;
  std::vector<ListColumn> columns;  ///< in the order of the forms
};

using Forms = std::vector<const zan::Form*>;
/// Those that the visitor may fill in now, and all that the law has for the case.
Forms open_forms(const office::CaseView& view);
Forms all_forms(const OfficeSite& office, const zan::Procedure& procedure, const office::Case& item);

/// The list as these forms together ask it. None: no such form asks for such a list.
std::optional<ListShape> list_shape(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const Forms& forms,
                                    std::string_view path);

/// What is wrong with one cell, in the reader's language.
struct CellProblem {
  std::string cell;  ///< "C7"
  std::string path;  ///< "workers[3].born"; of a heading "workers"
  std::string message;
};
struct ListRead {
  std::string json;  ///< for Desk::give_facts: {"workers":[…]}; only without problems
  size_t rows = 0;
  std::vector<CellProblem> problems;
  size_t problems_left_out = 0;
  std::vector<std::string> passed_over;  ///< headings that no column has
};
/// XLSX by content, else CSV or TSV. The error is a phrase for what is no table at all.
/// How many cells are wrong, and which columns nobody asked for.
std::string wrong_text(const words::Words& words, words::Language language, const ListRead& read);

std::expected<ListRead, std::string> read_list(const OfficeSite& office, words::Language language, const ListShape& shape,
                                               std::string_view bytes);

/// The list as it stands in the case, its headings in the first row.
papers::Sheet list_sheet(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const ListShape& shape,
                         const office::Case& item);

enum class ListFormat : uint8_t { kXlsx, kCsv };
struct ListFile {
  std::string_view media_type, extension;
  std::string bytes;
};
/// CSV as spreadsheets open it.
Result<ListFile> list_file(const OfficeSite& office, const ListShape& shape, papers::Sheet sheet, ListFormat format);

}  // namespace koshi::http
