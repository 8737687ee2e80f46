#include "office/papers/xlsx_package.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "office/papers/xml_reader.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr std::string_view kRootRelations = "_rels/.rels";

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

struct Hazard {
  std::string_view mark;  ///< in the name of a part or in a content type, in lower case
  std::string_view message;
};

constexpr std::string_view kMacros = "the workbook has macros; save it as a plain .xlsx workbook";
constexpr std::string_view kEmbedded = "the workbook has objects embedded in it; remove them, or save the sheet as CSV";
constexpr std::string_view kLinks = "the workbook has links to other files or data; replace them by values, or save the sheet as CSV";

constexpr Hazard kNames[] = {{"vbaproject", kMacros},     {"/macrosheets/", kMacros}, {"/embeddings/", kEmbedded}, {"/activex/", kEmbedded},
                             {"/externallinks/", kLinks}, {"/querytables/", kLinks},  {"/connections.xml", kLinks}};
constexpr Hazard kTypes[] = {{"macroenabled", kMacros}, {"vbaproject", kMacros},  {"macrosheet", kMacros}, {"oleobject", kEmbedded},
                             {"activex", kEmbedded},    {"externallink", kLinks}, {"querytable", kLinks},  {"connections+xml", kLinks}};

template <size_t kCount>
std::optional<std::string> find_hazard(std::string_view text, const Hazard (&hazards)[kCount]) {
  const std::string lower = lower_ascii(text);
  for (const Hazard& hazard : hazards) {
    if (lower.contains(hazard.mark)) return std::string(hazard.message);
  }
  return std::nullopt;
}

/// Collects the content types, as one text with a line each.
class ContentTypesHandler : public XmlHandler {
 public:
  Result<void> start(std::string_view, const XmlAttributes& attributes) override {
    if (const auto type = attributes.find("ContentType")) types_ += std::string(*type) + "\n";
    return {};
  }
  const std::string& types() const { return types_; }

 private:
  std::string types_;
};

Result<std::string> content_types(ZipReader& zip) {
  TRY(xml, zip.read(kContentTypes));
  ContentTypesHandler handler;
  TRY_DO(read_xml(xml, kContentTypes, handler));
  return handler.types();
}

struct Relation {
  std::string kind;  ///< the last word of its type, such as "worksheet"
  std::string part;
};

/// "xl/" + "../a/b.xml" is "a/b.xml"; "/a/b.xml" starts at the root.
std::string resolve(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string base(folder);
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!base.empty()) base.pop_back();
    base.resize(base.rfind('/') + 1);  // npos + 1 is 0
  }
  return base + std::string(target);
}

class RelationsHandler : public XmlHandler {
 public:
  explicit RelationsHandler(std::string_view folder) : folder_(folder) {}

  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return {};
    const auto id = attributes.find("Id");
    const auto type = attributes.find("Type");
    const auto target = attributes.find("Target");
    if (!id || !type || !target) return fail("a relation without Id, Type or Target");
    if (attributes.find("TargetMode") == "External") return {};
    relations.emplace(*id, Relation{std::string(type->substr(type->rfind('/') + 1)), resolve(folder_, *target)});
    return {};
  }

  std::map<std::string, Relation, std::less<>> relations;

 private:
  std::string folder_;
};

using Relations = std::map<std::string, Relation, std::less<>>;

Result<Relations> read_relations(ZipReader& zip, std::string_view part, std::string_view folder) {
  TRY(xml, zip.read(part));
  RelationsHandler handler(folder);
  TRY_DO(read_xml(xml, part, handler));
  return std::move(handler.relations);
}

class WorkbookHandler : public XmlHandler {
 public:
  explicit WorkbookHandler(const Relations& relations) : relations_(relations) {}

  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const auto flag = attributes.find("date1904");
      if (flag == "1" || flag == "true") workbook.dates = DateSystem::k1904;
    }
    return name == "sheet" ? add(attributes) : Result<void>();
  }

  Workbook workbook;

 private:
  Result<void> add(const XmlAttributes& attributes) {
    const auto name = attributes.find("name");
    const auto id = attributes.find("id");
    if (!name || !id) return fail("a sheet without a name or a part");
    const auto relation = relations_.find(*id);
    if (relation == relations_.end()) return fail("the sheet " + json_string(*name) + " has no part");
    const bool cells = relation->second.kind == "worksheet";  // else a chart or a dialogue
    workbook.sheets.push_back({.name = std::string(*name),
                               .part = cells ? relation->second.part : std::string(),
                               .visible = attributes.find("state").value_or("visible") == "visible"});
    return {};
  }

  const Relations& relations_;
};

const Relation* find_kind(const Relations& relations, std::string_view kind) {
  const auto found = std::ranges::find_if(relations, [&](const auto& entry) { return entry.second.kind == kind; });
  return found == relations.end() ? nullptr : &found->second;
}

std::string folder_of(std::string_view part) {
  return std::string(part.substr(0, part.rfind('/') + 1));
}

}  // namespace

bool is_workbook(ZipReader& zip) {
  const auto types = content_types(zip);
  return types && types->contains("spreadsheetml.sheet.main+xml");
}

Result<std::optional<std::string>> workbook_hazard(ZipReader& zip) {
  for (const auto& [name, place] : zip.entries()) {
    if (auto hazard = find_hazard("/" + name, kNames)) return hazard;
  }
  TRY(types, content_types(zip));
  return find_hazard(types, kTypes);
}

Result<Workbook> open_workbook(ZipReader& zip) {
  TRY(root, read_relations(zip, kRootRelations, ""));
  const Relation* main = find_kind(root, "officeDocument");
  if (main == nullptr) return fail("the file is a zip archive, but not a workbook");
  const std::string folder = folder_of(main->part);
  TRY(relations, read_relations(zip, folder + "_rels/" + main->part.substr(folder.size()) + ".rels", folder));
  TRY(xml, zip.read(main->part));
  WorkbookHandler handler(relations);
  TRY_DO(read_xml(xml, main->part, handler));
  Workbook workbook = std::move(handler.workbook);
  if (const Relation* shared = find_kind(relations, "sharedStrings")) workbook.shared_texts = shared->part;
  if (const Relation* styles = find_kind(relations, "styles")) workbook.styles = styles->part;
  return workbook;
}

}  // namespace koshi::papers
