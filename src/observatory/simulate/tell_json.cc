#include "base/text.h"
#include "observatory/simulate/tell.h"

namespace koshi::observatory {
namespace {

/// Names and values in the order given; no value needs escaping but texts.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  void key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    append_json_string(out_, name);
    out_ += ':';
  }
  void text(std::string_view name, std::string_view value) {
    key(name);
    append_json_string(out_, value);
  }
  void number(std::string_view name, int64_t value) {
    key(name);
    out_ += std::to_string(value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

template <typename Items, typename Write>
void append_array(std::string& out, const Items& items, Write write) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    write(item);
  }
  out += ']';
}

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  append_array(out, texts, [&](const std::string& text) { append_json_string(out, text); });
}

void append_counts(std::string& out, const Told& told, const NormResult& norm) {
  size_t world = 0;
  append_array(out, norm.counted, [&](const std::vector<Counted>& counted) {
    ObjectWriter object(out);
    object.text("world", world_name(told, world++));
    object.key("groups");
    size_t group = 0;
    append_array(out, counted, [&](const Counted& each) {
      ObjectWriter row(out);
      row.key("by");
      append_texts(out, told.simulation.groups[group++]);
      // Texts, because sums of money may exceed what a JSON number is read into.
      for (const auto& [measure, value] : measures(told, norm, each)) row.text(measure, value);
    });
  });
}

void append_changes(std::string& out, const Told& told, const NormResult& norm) {
  size_t reform = 0;
  append_array(out, norm.changes, [&](const std::vector<Change>& changes) {
    ObjectWriter object(out);
    object.text("reform", world_name(told, ++reform));
    object.key("changes");
    append_array(out, changes, [&](const Change& change) {
      ObjectWriter row(out);
      row.text("before", outcome_name(told, norm, change.before));
      row.text("after", outcome_name(told, norm, change.after));
      row.text("rule_before", rule_name(told.corpus, change.rule_before));
      row.text("rule_after", rule_name(told.corpus, change.rule_after));
      row.number("rows", change.rows);
      row.text("difference", amount(norm.type, change.difference));
    });
  });
}

void append_measures(std::string& out, const std::vector<std::pair<std::string, std::string>>& measures) {
  ObjectWriter row(out);
  for (const auto& [measure, value] : measures) row.text(measure, value);
}

void append_purses(std::string& out, const Told& told) {
  size_t world = 0;
  append_array(out, told.simulation.purses, [&](const std::vector<Purse>& purses) {
    ObjectWriter object(out);
    object.text("world", world_name(told, world));
    object.key("groups");
    size_t group = 0;
    append_array(out, purses, [&](const Purse& purse) {
      ObjectWriter row(out);
      row.key("by");
      append_texts(out, told.simulation.groups[group++]);
      for (const auto& [measure, value] : purse_measures(purse)) row.text(measure, value);
    });
    if (world > 0) {
      object.key("changes");
      append_measures(out, purse_measures(told.simulation.purse_changes[world - 1]));
    }
    ++world;
  });
}

}  // namespace

std::string simulation_json(const Told& told) {
  std::string out;
  {
    ObjectWriter root(out);
    root.text("on", format_date(told.question.on));
    root.number("rows", told.simulation.rows);
    root.key("by");
    append_texts(out, told.question.by);
    root.key("norms");
    append_array(out, told.simulation.norms, [&](const NormResult& norm) {
      ObjectWriter object(out);
      object.text("norm", told.corpus.full_name(norm.norm));
      object.key("worlds");
      append_counts(out, told, norm);
      object.key("reforms");
      append_changes(out, told, norm);
    });
    if (!told.simulation.purses.empty()) {
      root.key("purses");
      append_purses(out, told);
    }
  }
  return out + "\n";
}

}  // namespace koshi::observatory
