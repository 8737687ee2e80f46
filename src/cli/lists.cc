#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/law.h"

/// `koshi norms`, `koshi acts`, `koshi reforms`: what the law holds.
namespace koshi::cli {
namespace {

/// Left-aligned in so many characters (not bytes).
std::string padded(const std::string& text, size_t width) {
  const size_t length = utf8_length(text);
  return length < width ? text + std::string(width - length, ' ') : text;
}

std::string norm_name(const zan::Corpus& corpus, zan::NormId id) {
  const zan::ActId under = corpus.norms[static_cast<size_t>(id)].under;
  return corpus.full_name(id) + (under == zan::kNoId ? "" : " under " + corpus.acts[static_cast<size_t>(under)].name);
}

/// Questions by topic, in the order of the topics; those without a topic come last.
std::vector<std::pair<std::string, std::vector<zan::NormId>>> by_topic(const zan::Corpus& corpus) {
  std::vector<std::pair<std::string, std::vector<zan::NormId>>> topics;
  for (const zan::Topic& topic : corpus.topics) topics.push_back({topic.name, {}});
  topics.push_back({"", {}});
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    if (norm.is_definition) continue;
    const auto topic = std::ranges::find_if(topics, [&](const auto& known) { return known.first == norm.topic; });
    (topic == topics.end() ? topics.back() : *topic).second.push_back(static_cast<zan::NormId>(i));
  }
  for (auto& [name, norms] : topics) {
    std::ranges::stable_sort(norms, {}, [&](zan::NormId id) { return norm_name(corpus, id); });
  }
  return topics;
}

void print_norms(const Law& law, words::Language language) {
  const zan::Corpus& corpus = law.corpus();
  size_t width = 0;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    if (!corpus.norms[i].is_definition) width = std::max(width, norm_name(corpus, static_cast<zan::NormId>(i)).size());
  }
  for (const auto& [topic, norms] : by_topic(corpus)) {
    if (norms.empty()) continue;
    if (!topic.empty()) fmt::print("{}\n", law.words->label(language, words::topic_key(topic)));
    for (const zan::NormId id : norms) {
      const zan::Norm& norm = corpus.norms[static_cast<size_t>(id)];
      fmt::print("  {} {} [{}]\n", padded(norm_name(corpus, id), width), law.words->label(language, words::norm_key(corpus, id)),
                 zan::type_name(corpus, norm.type));
    }
  }
}

void print_acts(const Law& law, words::Language language) {
  const zan::Corpus& corpus = law.corpus();
  const std::vector<ask::ActUse> uses = ask::act_uses(corpus);
  fmt::print("{} {:>6} {:>8} {:>10} {:>6}  title\n", padded("act", 20), "read", "reported", "unverified", "sample");
  size_t total[4] = {0, 0, 0, 0};
  for (size_t i = 0; i < corpus.acts.size(); ++i) {
    const auto& rules = uses[i].rules;
    for (size_t c = 0; c < 4; ++c) total[c] += rules[c];
    const std::string force = law.words->in_force(language, corpus.acts[i].in_force);
    fmt::print("{} {:>6} {:>8} {:>10} {:>6}  {}{}\n", padded(corpus.acts[i].name, 20), rules[0], rules[1], rules[2], rules[3],
               law.words->label(language, words::act_key(corpus, static_cast<zan::ActId>(i))), force.empty() ? "" : ", " + force);
  }
  fmt::print("{} {:>6} {:>8} {:>10} {:>6}  citations by rules and table rows\n", padded("all", 20), total[0], total[1], total[2], total[3]);
}

void print_reforms(const Law& law, words::Language language) {
  const zan::Corpus& corpus = law.corpus();
  for (size_t i = 0; i < corpus.reforms.size(); ++i) {
    const zan::Reform& reform = corpus.reforms[i];
    const std::string from =
        reform.from ? ", " + law.words->phrase(language, "force.from", {{"from", law.words->date(language, *reform.from)}}) : "";
    fmt::print("{} {}{}\n", padded(reform.name, 32), law.words->label(language, words::reform_key(corpus, static_cast<zan::ReformId>(i))),
               from);
  }
}

using Json = std::string (*)(const words::Words&, words::Language, const zan::Corpus&);
using Print = void (*)(const Law&, words::Language);

int list(const ListOptions& options, Json json, Print print) {
  const auto language = language_or_complain(options.language);
  if (!language) return kBadInput;
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  if (options.json) {
    fmt::print("{}\n", json(*law->words, *language, law->corpus()));
  } else {
    print(*law, *language);
  }
  return kAnswered;
}

}  // namespace

int run_norms(const ListOptions& options) {
  return list(options, ask::norms_json, print_norms);
}
int run_acts(const ListOptions& options) {
  return list(options, ask::acts_json, print_acts);
}
int run_reforms(const ListOptions& options) {
  return list(options, ask::reforms_json, print_reforms);
}

}  // namespace koshi::cli
