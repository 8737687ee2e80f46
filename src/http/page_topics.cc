// Guidance: the questions of the law gathered by the situation a person is in. Which topic stands under which heading is said in
// words/guide.*.toml.
#include <algorithm>
#include <set>

#include "ask/comparison.h"
#include "base/text.h"
#include "http/pages.h"

namespace koshi::http {
namespace {

/// The names in a list of words that is kept as a phrase: "status permits".
std::vector<std::string> names_in(const Site& site, const Context& context, const std::string& key) {
  const std::string list = phrase(site, context, key);
  std::vector<std::string> names;
  for (const std::string_view name : split(list, ' ')) names.emplace_back(name);
  return names;
}

/// Questions of the topic, each name once, whatever the instruments.
std::vector<zan::NormId> questions_of(const zan::Corpus& corpus, const std::string& topic) {
  std::vector<zan::NormId> questions;
  std::set<std::string> seen;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    if (norm.is_definition || norm.is_table || norm.entity == zan::kNoId || norm.topic != topic) continue;
    if (seen.insert(corpus.full_name(static_cast<zan::NormId>(i))).second) questions.push_back(static_cast<zan::NormId>(i));
  }
  return questions;
}

View topic_link(const Site& site, const Context& context, const std::string& topic) {
  const std::string count = std::to_string(questions_of(site.corpus, topic).size());
  View view = link_view(href(context, "/topics/" + percent_encode(topic)), site.words.label(context.language, words::topic_key(topic)));
  return view.text("count", phrase(site, context, "page.topics.count", {{"n", count}}));
}

View heading_view(const std::string& id, std::string label, std::string lead, std::vector<View> topics) {
  View view;
  view.text("id", id).text("label", std::move(label)).text("lead", std::move(lead)).list("topics", std::move(topics));
  return view;
}

/// Every topic that has a question, in the order of the law.
std::vector<std::string> topics_of(const zan::Corpus& corpus) {
  std::vector<std::string> topics;
  for (const zan::Topic& topic : corpus.topics) {
    const bool is_new = std::ranges::find(topics, topic.name) == topics.end();
    if (is_new && !questions_of(corpus, topic.name).empty()) topics.push_back(topic.name);
  }
  return topics;
}

View question_view(const Site& site, const Context& context, zan::NormId id) {
  const std::string name = site.corpus.full_name(id);
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  const auto instruments = ask::instruments(site.corpus, name);
  AskForm form;
  form.norm = name;
  Query compare;
  compare.add("norm", name);
  View view = link_view(ask_href(context, form), norm_label(site, context, id));
  view.text("help", norm.help.empty() ? "" : site.words.label(context.language, words::norm_key(site.corpus, id) + ".help"))
      .text("law", norm_href(site, context, id))
      .text("compare", instruments.size() > 1 ? href(context, "/compare", compare) : "");
  return view;
}

}  // namespace

Response topics_page(const Site& site, const Context& context) {
  Page page{.name = "topics", .title = phrase(site, context, "page.topics.title"), .view = {}, .section = Section::kAsk};
  const std::vector<std::string> topics = topics_of(site.corpus);
  std::vector<std::string> rest = topics;
  std::vector<View> headings;
  for (const std::string& heading : names_in(site, context, "guide.headings")) {
    std::vector<View> links;
    for (const std::string& topic : names_in(site, context, "guide." + heading + ".topics")) {
      if (std::ranges::find(topics, topic) == topics.end()) continue;
      links.push_back(topic_link(site, context, topic));
      std::erase(rest, topic);
    }
    if (links.empty()) continue;
    headings.push_back(heading_view(heading, phrase(site, context, "guide." + heading + ".title"),
                                    phrase(site, context, "guide." + heading + ".lead"), std::move(links)));
  }
  std::vector<View> links;
  for (const std::string& topic : rest) links.push_back(topic_link(site, context, topic));
  if (!links.empty()) headings.push_back(heading_view("other", phrase(site, context, "page.ask.other_topic"), "", std::move(links)));
  page.view.text("heading", page.title).list("headings", std::move(headings)).text("ask", href(context, "/ask"));
  return render_page(site, context, std::move(page));
}

Response topic_page(const Site& site, const Context& context) {
  const std::string topic = context.path_parameter("topic");
  const auto topics = topics_of(site.corpus);
  if (std::ranges::find(topics, topic) == topics.end()) return error_page(site, context, 404);
  Page page{.name = "topic", .title = site.words.label(context.language, words::topic_key(topic)), .view = {}, .section = Section::kAsk};
  std::vector<View> questions;
  for (const zan::NormId id : questions_of(site.corpus, topic)) questions.push_back(question_view(site, context, id));
  page.view.text("heading", page.title).text("topics", href(context, "/topics")).list("questions", std::move(questions));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
