#include "serve/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace koshi {
namespace {

constexpr std::string_view kNoRoute = "none";
constexpr std::array<std::string_view, 6> kClasses{"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

void head(std::string& out, std::string_view name, std::string_view kind, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(kind).append("\n");
}

void value(std::string& out, std::string_view name, std::string_view labels, const std::string& number) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(number).append("\n");
}

void single(std::string& out, std::string_view name, std::string_view kind, std::string_view help, uint64_t number) {
  head(out, name, kind, help);
  value(out, name, "", std::to_string(number));
}

/// Seconds with all their digits, without floating point.
std::string seconds(uint64_t us) {
  std::string text = std::to_string(us % 1'000'000);
  text.insert(0, 6 - text.size(), '0');
  return std::to_string(us / 1'000'000) + "." + text;
}

uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  uint64_t all = 0;
  uint64_t pages = 0;
  file >> all >> pages;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

struct OfficeState {
  uint64_t events = 0, notices = 0;
};

void append_office(std::string& out, office::House& house) {
  const auto state = house.store().read([&](store::Reader& reader) -> store::StoreResult<OfficeState> {
    OfficeState found;
    TRY(events, house.journal().size(reader));
    TRY(notices, reader.query("SELECT count(*) FROM desk_notice WHERE is_sent = 0"));
    found.events = events;
    found.notices = static_cast<uint64_t>(notices[0].integer(0));
    return found;
  });
  single(out, "koshi_store_up", "gauge", "Whether the database answers.", state ? 1 : 0);
  if (!state) return;
  single(out, "koshi_journal_events", "counter", "Events in the journal.", state->events);
  single(out, "koshi_notices_waiting", "gauge", "Notices that were not sent yet.", state->notices);
  single(out, "koshi_password_hashes_total", "counter", "Password hashes computed by this process.", house.passwords().hash_count());
}

}  // namespace

Metrics::Metrics(const std::vector<std::string_view>& routes) : names_(routes), routes_(routes.size() + 1) {
  for (size_t i = 0; i < routes.size(); ++i) index_.emplace(routes[i], i);
  names_.push_back(kNoRoute);
}

void Metrics::count(const http::Response& response, std::chrono::steady_clock::duration took) {
  const auto us = static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  const auto found = index_.find(response.route);
  Route& route = routes_[found == index_.end() ? routes_.size() - 1 : found->second];
  const int status_class = response.status / 100;
  ++route.by_class[status_class < 1 || status_class > 5 ? 0 : static_cast<size_t>(status_class)];
  route.total_us += us;
  const auto bound = std::ranges::lower_bound(kTimeBoundsUs, static_cast<int64_t>(us));
  ++times_[static_cast<size_t>(bound - kTimeBoundsUs.begin())];
  times_us_ += us;
}

void Metrics::count_sweep(bool good, size_t cases) {
  ++(good ? sweeps_ : sweeps_failed_);
  swept_ += cases;
}

void Metrics::append_routes(std::string& out) const {
  head(out, "koshi_requests_total", "counter", "Answers by route and class of status.");
  for (size_t i = 0; i < routes_.size(); ++i) {
    for (size_t k = 0; k < kClasses.size(); ++k) {
      const uint64_t number = routes_[i].by_class[k];
      if (number == 0) continue;
      const std::string labels = "route=\"" + std::string(names_[i]) + "\",status=\"" + std::string(kClasses[k]) + "\"";
      value(out, "koshi_requests_total", labels, std::to_string(number));
    }
  }
  head(out, "koshi_route_seconds_total", "counter", "Time spent in handlers, by route.");
  for (size_t i = 0; i < routes_.size(); ++i) {
    if (routes_[i].total_us == 0) continue;
    value(out, "koshi_route_seconds_total", "route=\"" + std::string(names_[i]) + "\"", seconds(routes_[i].total_us));
  }
}

void Metrics::append_times(std::string& out) const {
  head(out, "koshi_request_seconds", "histogram", "Time from a request's arrival to its answer, without the network.");
  uint64_t sum = 0;
  for (size_t i = 0; i < times_.size(); ++i) {
    sum += times_[i];
    const std::string bound = i < kTimeBoundsUs.size() ? seconds(static_cast<uint64_t>(kTimeBoundsUs[i])) : "+Inf";
    value(out, "koshi_request_seconds_bucket", "le=\"" + bound + "\"", std::to_string(sum));
  }
  value(out, "koshi_request_seconds_sum", "", seconds(times_us_));
  value(out, "koshi_request_seconds_count", "", std::to_string(sum));
}

std::string Metrics::text(office::House* house) const {
  std::string out;
  append_routes(out);
  append_times(out);
  single(out, "process_resident_memory_bytes", "gauge", "Memory held.", resident_bytes());
  if (house == nullptr) return out;
  append_office(out, *house);
  single(out, "koshi_journal_verified_events", "gauge", "Events that this process knows to be verified.", verified_);
  single(out, "koshi_journal_damaged", "gauge", "1 once damage was found; the server then stops.", damaged_ ? 1 : 0);
  single(out, "koshi_sweeps_total", "counter", "Sweeps of deadlines that went through.", sweeps_);
  single(out, "koshi_sweeps_failed_total", "counter", "Sweeps that failed and are tried again.", sweeps_failed_);
  single(out, "koshi_swept_cases_total", "counter", "Cases that a sweep acted on.", swept_);
  return out;
}

}  // namespace koshi
