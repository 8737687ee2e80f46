#include "observatory/simulate/groups.h"

#include "observatory/simulate/simulate.h"

namespace koshi::observatory {

Result<Groups::Axis> Groups::find_axis(const zan::Corpus& corpus, const zan::Population& population, const zan::Table& table,
                                       const std::string& path) {
  Axis out;
  out.column = table.find(path);
  const size_t dot = path.find('.');
  const zan::LinkColumn* link = dot == std::string::npos ? nullptr : table.find_link(path.substr(0, dot));
  if (out.column == nullptr && link != nullptr) {
    const zan::Entity& entity = corpus.entities[static_cast<size_t>(table.entity)];
    const zan::Table* target = population.find(entity.links[static_cast<size_t>(entity.find_link(link->link))].target);
    out.through = link->rows;
    out.column = target == nullptr ? nullptr : target->find(path.substr(dot + 1));
  }
  if (out.column == nullptr) return fail("cannot divide by `" + path + "`: the population has no such column");
  const zan::Type& type = out.column->type;
  if (type.kind == zan::Kind::kYesNo) {
    out.labels = {"no", "yes"};
  } else if (type.kind == zan::Kind::kEnum) {
    for (const auto& member : corpus.enums[static_cast<size_t>(type.of)].members) out.labels.push_back(member.code);
  } else {
    return fail("cannot divide by `" + path + "`: only by yes/no and by lists of names, not by " + type_name(corpus, type));
  }
  out.labels.insert(out.labels.end(), {"none", "unknown"});
  return out;
}

std::expected<Groups, std::vector<std::string>> Groups::create(const zan::Corpus& corpus, const zan::Population& population,
                                                               const zan::Table& table, const std::vector<std::string>& by) {
  Groups out;
  std::vector<std::string> problems;
  if (by.size() > kGroupFactsMax) problems.push_back("divide by at most " + std::to_string(kGroupFactsMax) + " facts");
  for (const std::string& path : by) {
    auto axis = find_axis(corpus, population, table, path);
    if (!axis) {
      problems.push_back(axis.error().message);
      continue;
    }
    out.count_ *= axis->labels.size();
    if (out.count_ > kGroupsMax) {
      problems.push_back("dividing by `" + path + "` too would make more than " + std::to_string(kGroupsMax) + " groups");
      break;
    }
    out.axes_.push_back(std::move(*axis));
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return out;
}

size_t Groups::code(const Axis& axis, int64_t row) {
  if (axis.through != nullptr) row = axis.through[row];
  if (row == zan::kNoRow || !axis.column->is_known(row)) return axis.labels.size() - kUnknown;
  const int64_t value = axis.column->at(row);
  if (axis.column->type.or_none && value == zan::none_mark(axis.column->storage)) return axis.labels.size() - kNone;
  return static_cast<size_t>(value);
}

size_t Groups::of(int64_t row) const {
  size_t out = 0;
  for (const Axis& axis : axes_) out = out * axis.labels.size() + code(axis, row);
  return out;
}

std::vector<std::string> Groups::labels(size_t group) const {
  std::vector<std::string> out(axes_.size());
  for (size_t i = axes_.size(); i-- > 0;) {
    out[i] = axes_[i].labels[group % axes_[i].labels.size()];
    group /= axes_[i].labels.size();
  }
  return out;
}

}  // namespace koshi::observatory
