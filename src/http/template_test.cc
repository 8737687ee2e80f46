#include "http/template.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

#include "base/file.h"
#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class TemplateTest : public testing::Test {
 protected:
  TemplateTest() : folder_(std::filesystem::temp_directory_path() / ("koshi-template-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
  }
  ~TemplateTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
  std::string render(const std::string& text, const View& view) const {
    write("page.mustache", text);
    const auto templates = Templates::load(folder_);
    if (!templates) return templates.error().message;
    return templates->render("page", view, [](std::string_view key) { return "<" + std::string(key) + ">"; });
  }

  std::filesystem::path folder_;
};

TEST_F(TemplateTest, EscapesTextsAndPhrases) {
  View view;
  view.text("x", "<b a=\"1\" b='2'>&{{y}}").text("y", "no");
  EXPECT_EQ(render("{{x}} {{#t}} k.v {{/t}}", view), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;{{y}} &lt;k.v&gt;");
}

TEST_F(TemplateTest, AnEmptyTextIsAbsent) {
  View view;
  view.text("x", "").flag("f", false).list("l", {});
  EXPECT_EQ(render("{{#x}}1{{/x}}{{^x}}2{{/x}}{{#f}}3{{/f}}{{#l}}4{{/l}}{{^none}}5{{/none}}", view), "25");
}

TEST_F(TemplateTest, ListsAndPartsNest) {
  write("_part.mustache", "[{{n}}]");
  View one;
  one.text("n", "1");
  View two;
  two.text("n", "2");
  View view;
  view.list("l", {one, two}).section("s", one);
  EXPECT_EQ(render("{{#l}}{{>_part}}{{/l}}{{#s}}{{n}}{{/s}}", view), "[1][2]1");
}

TEST_F(TemplateTest, AnUnclosedSectionIsAnError) {
  EXPECT_THAT(render("{{#x}}", {}), HasSubstr("page.mustache"));
}

// The templates of the pages themselves.

std::map<std::string, std::string> page_templates() {
  std::map<std::string, std::string> texts;
  const std::filesystem::path folder = KOSHI_SOURCE_DIR "/pages";
  const auto files = list_files(folder, ".mustache");
  for (const auto& file : *files) texts.emplace(file.string(), *read_file(folder / file));
  return texts;
}

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) found.insert((*it)[1]);
  return found;
}

TEST(Pages, OnlyTheLayoutPrintsUnescaped) {
  for (const auto& [name, text] : page_templates()) {
    const bool unescaped = text.find("{{{") != std::string::npos || text.find("{{&") != std::string::npos;
    EXPECT_EQ(unescaped, name == "layout.mustache") << name;
  }
}

TEST(Pages, HaveNoScriptsAndNoStylesOfTheirOwn) {
  for (const auto& [name, text] : page_templates()) {
    EXPECT_THAT(matches(text, "(<script|<style| style=| on[a-z]+=|javascript:)"), IsEmpty()) << name;
  }
}

TEST(Pages, PartsExist) {
  const auto templates = page_templates();
  for (const auto& [name, text] : templates) {
    for (const std::string& part : matches(text, R"(\{\{>\s*([a-z_]+))"))
      EXPECT_TRUE(templates.contains(part + ".mustache")) << name << " " << part;
  }
}

/// Keys in templates and in the code of this folder, and no others, in every language.
TEST(Pages, PhrasesAreCompleteInEveryLanguage) {
  std::set<std::string> wanted;
  for (const auto& [name, text] : page_templates()) wanted.merge(matches(text, R"(\{\{#t\}\}\s*([a-z_.0-9]+))"));
  const std::filesystem::path code = KOSHI_SOURCE_DIR "/src/http";
  const auto files = list_files(code, ".cc");
  for (const auto& file : *files) {
    if (file.string().ends_with("_test.cc")) continue;
    wanted.merge(matches(*read_file(code / file), R"re("((?:page|office)\.[a-z_0-9.]*[a-z_0-9])")re"));
  }
  for (const std::string code_name : {"read", "reported", "unverified", "sample"}) wanted.insert("page.confidence." + code_name);
  for (const std::string state : {"decides", "overruled", "silent", "open", "disagrees"}) wanted.insert("page.proof." + state);
  for (const std::string status : {"400", "404", "405", "500"}) {
    wanted.insert("page.error." + status + "_title");
    wanted.insert("page.error." + status + "_text");
  }
  for (const std::string kind : {"adopted", "signed", "published"}) wanted.insert("page.act." + kind + "_number");
  wanted.insert("page.reform.insert_under");
  for (const std::string kind : {"away", "here", "planned"}) wanted.insert("page.status." + kind);
  for (const std::string format : {"iin", "bin", "iin_or_bin", "passport_mrz"}) wanted.insert("office.format." + format);

  for (const std::string language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
    std::set<std::string> there;
    for (const std::string catalogue : {"pages.", "guide.", "office.", "access.", "account.", "status.", "returns."}) {
      std::string table;
      std::stringstream text(*read_file(std::filesystem::path(KOSHI_SOURCE_DIR "/words") / (catalogue + language + ".toml")));
      for (std::string line; std::getline(text, line);) {
        if (line.starts_with('[')) table = line.substr(1, line.size() - 2);
        const size_t equals = line.find(" = ");
        // [guide] says how topics are gathered: its keys are put together from its own lists. Other tables are not the pages'.
        // So are the lists of which norms the status page is made, and their headings.
        const bool is_list = table == "page.status.list" || table == "page.status.group";
        const bool is_of_pages = !is_list && (table.starts_with("page") || table.starts_with("office"));
        if (equals != std::string::npos && !line.starts_with('#') && is_of_pages) there.insert(table + "." + line.substr(0, equals));
      }
    }
    std::vector<std::string> lacking, surplus;
    std::ranges::set_difference(wanted, there, std::back_inserter(lacking));
    std::ranges::set_difference(there, wanted, std::back_inserter(surplus));
    EXPECT_THAT(lacking, IsEmpty()) << language;
    EXPECT_THAT(surplus, IsEmpty()) << language;
  }
}

}  // namespace
}  // namespace koshi::http
