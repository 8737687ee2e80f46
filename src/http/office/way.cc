#include "http/office/way.h"

#include <algorithm>
#include <deque>

#include "ask/json.h"
#include "http/screens.h"
#include "zan/corpus/who_acts.h"

namespace koshi::http {
namespace {

constexpr int kScreensDepth = 8;

const zan::Action& action_at(const zan::Procedure& procedure, const office::ActPlace& step) {
  return procedure.states[static_cast<size_t>(step.state)].actions[static_cast<size_t>(step.action)];
}

/// How each state was first reached.
using Reached = std::vector<std::optional<office::ActPlace>>;

std::vector<office::ActPlace> back_to_begin(const Reached& reached, office::ActPlace last) {
  std::vector<office::ActPlace> way = {last};
  for (int32_t state = last.state; state != 0; state = way.back().state) way.push_back(*reached[static_cast<size_t>(state)]);
  std::ranges::reverse(way);
  return way;
}

}  // namespace

std::vector<office::ActPlace> way_through(const zan::Procedure& procedure, Date on) {
  Reached reached(procedure.states.size());
  std::deque<int32_t> queue = {0};
  while (!queue.empty()) {
    const int32_t at = queue.front();
    queue.pop_front();
    const auto& actions = procedure.states[static_cast<size_t>(at)].actions;
    for (size_t i = 0; i < actions.size(); ++i) {
      const zan::Action& action = actions[i];
      if (!action.in_force.contains(on) || action.target == zan::kNoId || zan::is_by_clock_alone(procedure, action)) continue;
      const office::ActPlace step{at, static_cast<int32_t>(i)};
      if (procedure.states[static_cast<size_t>(action.target)].is_aim) return back_to_begin(reached, step);
      if (action.target == 0 || reached[static_cast<size_t>(action.target)]) continue;
      reached[static_cast<size_t>(action.target)] = step;
      queue.push_back(action.target);
    }
  }
  return {};
}

std::vector<View> way_views(const words::ProcedureWords& said, const std::vector<office::ActPlace>& way, Date on) {
  std::vector<View> views;
  for (const office::ActPlace& step : way) {
    const zan::Procedure& procedure = said.procedure();
    std::string term;
    for (const zan::Deadline& deadline : procedure.states[static_cast<size_t>(step.state)].deadlines) {
      if (deadline.in_force.contains(on) && term.empty()) term = said.deadline(step.state, deadline);
    }
    View view;
    views.push_back(
        view.text("who", said.roles(action_at(procedure, step))).text("what", said.action(step.state, step.action)).text("term", term));
  }
  return views;
}

std::vector<int32_t> declared_way(const Site& site) {
  std::vector<int32_t> way;
  const auto read = ask::read_json(site.screens, {kScreensMaxBytes, kScreensDepth});
  if (!read) return way;
  const auto child = [&](int32_t node, std::string_view key) {
    int32_t at = node < 0 ? node : (*read)[node].first_child;
    while (at >= 0 && (*read)[at].key != key) at = (*read)[at].next_sibling;
    return at;
  };
  const int32_t procedures = child(child(0, "way"), "procedures");
  for (int32_t at = procedures < 0 ? -1 : (*read)[procedures].first_child; at >= 0; at = (*read)[at].next_sibling) {
    const int32_t found = site.corpus.find_procedure((*read)[at].text);
    if (found != zan::kNoId) way.push_back(found);
  }
  return way;
}

std::optional<zan::Bits> existing_members(const zan::Corpus& corpus, int16_t of, Date on) {
  const std::string name = "existing_" + corpus.enums[static_cast<size_t>(of)].name;
  for (const zan::Set& set : corpus.sets) {
    if (set.of != of || set.name != name) continue;
    constexpr size_t kWordBits = 64;
    const size_t count = corpus.enums[static_cast<size_t>(of)].members.size();
    zan::Bits members((count + kWordBits - 1) / kWordBits, 0);
    for (const zan::Set::Row& row : set.rows) {
      if (!row.in_force.contains(on)) continue;
      for (size_t i = 0; i < count; ++i) {
        if (zan::has_bit(row.members, static_cast<int64_t>(i))) zan::set_bit(members, static_cast<int64_t>(i));
      }
    }
    return members;
  }
  return std::nullopt;
}

}  // namespace koshi::http
