#include "serve/serve.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/date.h"
#include "http/app.h"
#include "http/office/office_routes.h"
#include "http/office/pace.h"
#include "http/server.h"
#include "office/demo/demo.h"
#include "office/demo/test_clock.h"
#include "office/house/verified.h"
#include "office/oidc/sign_on.h"
#include "office/people/random.h"
#include "serve/log.h"
#include "serve/metrics.h"
#include "serve/postman.h"
#include "serve/sweeper.h"
#include "serve/watch.h"

namespace koshi {
namespace {

constexpr int kFoundDamaged = 3;
/// The least that OWASP's Password Storage Cheat Sheet lets pass for argon2id: 19 MiB, two passes.
constexpr people::PasswordCost kLeastCost{2, 19u << 20};

Log::Form log_form(const ServeOptions& options) {
  return options.log_json ? Log::Form::kJson : Log::Form::kWords;
}

std::filesystem::path home_folder(const char* name) {
  const char* set = std::getenv("KOSHI_HOME");
  return std::filesystem::path(set == nullptr || *set == '\0' ? "." : set) / name;
}

http::AppFolders folders_of(const ServeOptions& options) {
  const auto or_else = [&](const std::filesystem::path& given, const char* name) { return given.empty() ? home_folder(name) : given; };
  return {or_else(options.law_dir, "law/kz"), or_else(options.words_dir, "words"), or_else(options.pages_dir, "pages"),
          or_else(options.portal_dir, "build/portal")};
}

/// Blocks the signals that end the server, for this thread and those it starts, until the object goes.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void wait() {
    int received = 0;
    sigwait(&signals_, &received);
  }

 private:
  sigset_t signals_;
  sigset_t before_;
};

std::string address_of(const std::string& host, uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return "http://" + (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port) + "/";
}

/// The office behind the routes. What it reads of the app lives as long as the app.
struct Office {
  /// Threads of the database and those below begin with the signals blocked, or one of them would take what ends the server.
  std::unique_ptr<StopSignals> signals;
  std::unique_ptr<office::House> house;
  std::unique_ptr<net::HttpClient> http_client;
  std::unique_ptr<oidc::SignOn> sign_on;
  std::unique_ptr<http::OfficeSite> site;
  std::shared_ptr<std::atomic<uint16_t>> port = std::make_shared<std::atomic<uint16_t>>(0);  ///< once it listens
  bool is_whole_read = false;
};

/// Reads what the files say before anything is opened: a mistake in one of them is told at once.
struct Outside {
  std::optional<oidc::Config> oidc;
  std::optional<post::MailConfig> mail;
};
std::expected<Outside, std::string> read_outside(const ServeOptions& options) {
  Outside outside;
  const bool wanted = !options.oidc_file.empty() || !options.mail_file.empty();
  if (wanted && options.data.empty()) return std::unexpected("--oidc and --mail are for an office: --data");
  if (!options.oidc_file.empty()) {
    auto config = oidc::read_config(options.oidc_file);
    if (!config) return std::unexpected(config.error().message);
    outside.oidc = std::move(*config);
  }
  if (!options.mail_file.empty()) {
    auto config = post::read_mail_config(options.mail_file);
    if (!config) return std::unexpected(config.error().message);
    outside.mail = std::move(*config);
  }
  return outside;
}

/// A provider knows no clock but the real one, so neither does the sign-in by it.
void add_provider(Office& office, const oidc::Config& config) {
  office.http_client = net::make_http_client(config.ca_file);
  office.sign_on =
      std::make_unique<oidc::SignOn>(config, *office.http_client, people::system_random(), [] { return office::system_clock_ms(); });
  office.site->sign_on = office.sign_on.get();
}

http::DemoVisitor visitor_of(const office::DemoLogin& login) {
  http::DemoVisitor visitor{login.login, office::kDemoPassword, login.name, login.about};
  for (const office::DemoWords& said : login.translated) {
    if (const auto language = words::parse_language(said.language)) visitor.translated.push_back({*language, said.name, said.about});
  }
  for (const people::RoleGrant& grant : login.roles) visitor.roles.push_back(grant.role);
  return visitor;
}

/// Fills an office that is new and tells who may sign in to it.
std::expected<std::vector<http::DemoVisitor>, std::string> seed(const ServeOptions& options, office::Law law) {
  office::DemoOptions demo;
  demo.house.data = options.data;
  demo.house.keys = options.keys_dir;
  demo.house.clock = office::system_clock_ms;
  demo.house.random = people::system_random();
  demo.house.password_cost = people::kInteractiveCost;
  demo.folder = home_folder("demo");
  if (!options.clock.empty()) {
    demo.until = parse_date(options.clock);
    if (!demo.until) return std::unexpected("--clock must be a date such as 2026-03-20");
  }
  const std::filesystem::path folder = demo.folder;
  if (auto seeded = office::seed_demo(std::move(demo), law); !seeded) return std::unexpected(seeded.error());
  auto logins = office::demo_logins(folder);
  if (!logins) return std::unexpected(logins.error());
  std::vector<http::DemoVisitor> visitors;
  for (const office::DemoLogin& login : *logins) visitors.push_back(visitor_of(login));
  return visitors;
}

void print_logins(const std::vector<http::DemoVisitor>& visitors) {
  if (visitors.empty()) return;
  std::printf("Sign in with the password %s as\n", office::kDemoPassword);
  for (const http::DemoVisitor& one : visitors) std::printf("  %-20s %s: %s\n", one.login.c_str(), one.name.c_str(), one.about.c_str());
}

/// An office does not go on writing upon a record that was altered. Gives whether all was read, or only what came since the last time.
std::expected<bool, std::string> is_journal_whole(office::House& house) {
  const auto check = office::check_journal(house);
  if (!check) return std::unexpected("the journal cannot be read: " + check.error().message);
  if (check->damage)
    return std::unexpected("the journal was altered, so the office does not open: " + office::advice(*check->damage, house));
  return check->whole;
}

/// A demonstration is reached where it listens, which is known once it does.
std::function<std::string()> address_on_papers(const ServeOptions& options, const std::shared_ptr<std::atomic<uint16_t>>& port) {
  if (!options.address.empty() || !options.demo) return [address = options.address] { return address; };
  return [host = options.host, port] {
    const uint16_t known = port->load();
    return known == 0 ? std::string() : "http://" + host + ":" + std::to_string(known);
  };
}

std::expected<Office, std::string> open_office(const ServeOptions& options, http::App& app, office::Clock& clock,
                                               const std::optional<oidc::Config>& provider) {
  const http::Site& site = app.site();
  const office::Law law{site.corpus, site.library, site.api_words};
  if (!options.demo && !options.clock.empty()) return std::unexpected("the clock can be set for a demonstration only: --demo");
  if (!options.address.empty() && (!net::is_safe_url(options.address) || options.address.ends_with('/')))
    return std::unexpected("--address wants https://HOST without anything behind it, not \"" + options.address + "\"");
  std::vector<http::DemoVisitor> visitors;
  if (options.demo) {
    auto seeded = seed(options, law);
    if (!seeded) return std::unexpected(seeded.error());
    visitors = std::move(*seeded);
  }
  office::HouseOptions house_options{options.data, options.keys_dir, {}, people::system_random()};
  if (options.demo) house_options.password_cost = people::kInteractiveCost;
  if (options.password_cost == "interactive") house_options.password_cost = people::kInteractiveCost;
  if (options.password_cost == "least") house_options.password_cost = kLeastCost;
  auto trial_clock = office::TrialClock::open(office::key_folder(house_options));
  if (!trial_clock) return std::unexpected(trial_clock.error());
  clock = (*trial_clock)->clock();
  house_options.clock = clock;
  Office office;
  office.signals = std::make_unique<StopSignals>();
  auto house = office::House::open(std::move(house_options), law);
  if (!house) return std::unexpected(house.error());
  const auto whole = is_journal_whole(**house);
  if (!whole) return std::unexpected(whole.error());
  office.is_whole_read = *whole;
  office.house = std::move(*house);
  office.site.reset(new http::OfficeSite{site, *office.house, law, options.behind_tls, visitors});
  office.site->address = address_on_papers(options, office.port);
  if (options.demo) office.site->pass_days = [trial = *trial_clock](int days) { return trial->pass_days(days); };
  office.site->pace = std::make_shared<http::Pace>(http::PaceLimits::of(options.pace));
  office.site->log = [log = Log(log_form(options))](const std::string& line) { log.line("note", {{"text", line}}); };
  if (provider) add_provider(office, *provider);
  print_logins(visitors);
  return office;
}

int complain(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 2;
}

/// Measures are for who keeps the office, so they are not among the routes: a port of their own, which no other machine reaches.
struct MetricsServer {
  http::Server server;

  Result<uint16_t> start(uint16_t port, const Metrics& metrics, office::House* house) {
    return server.start(
        {"127.0.0.1", port, {}},
        [&metrics, house](const http::Request& request) {
          if (request.path != "/metrics") return http::reply(404, "text/plain", "Only /metrics is here.\n");
          return http::reply(200, kMetricsType, metrics.text(house));
        },
        [](int status) { return http::reply(status, "text/plain", "This cannot be served.\n"); });
  }
};

/// A password costs up to a second of processor: whoever signs in waits for others who do, and nobody else waits for them.
bool checks_password(std::string_view method, std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  return method == "POST" && (path == "/sign-in" || path == "/api/v1/session" || path.starts_with("/account/"));
}

/// What runs beside the handlers.
struct Running {
  const ServeOptions& options;
  http::App& app;
  office::House* house;  ///< null: only the law is served
  Metrics& metrics;
  const Log& log;
  std::atomic<uint16_t>* port = nullptr;  ///< where to say on which it listens
};

http::Response answer(const Running& running, const http::Request& request) {
  const auto begin = std::chrono::steady_clock::now();
  http::Response response = running.app.handle(request);
  const auto took = std::chrono::steady_clock::now() - begin;
  running.metrics.count(response, took);
  if (running.options.log_requests || response.status >= 500) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    running.log.line("request", {{"route", response.route}, {"status", int64_t{response.status}}, {"us", int64_t{us}}});
  }
  return response;
}

int listen(const Running& running) {
  StopSignals signals;
  running.app.report_faults([&log = running.log](std::string_view what) { log.line("fault", {{"what", what}}); });
  http::Server server;
  MetricsServer measures;
  const ServeOptions& options = running.options;
  http::ServerOptions server_options{options.host, options.port, {}};
  server_options.limits.body_bytes = http::kMaxFileBytes;
  server_options.is_slow = checks_password;
  const auto port = server.start(
      server_options, [&](const http::Request& request) { return answer(running, request); },
      [&](int status) { return running.app.refuse(status); });
  if (!port) return complain(port.error().message);
  if (running.port != nullptr) *running.port = *port;
  std::string measured;
  if (options.metrics_port) {
    const auto at = measures.start(*options.metrics_port, running.metrics, running.house);
    if (!at) return complain(at.error().message);
    measured = "Measures are at " + address_of("127.0.0.1", *at) + "metrics\n";
  }
  std::printf("Köshi listens on %s\n%s", address_of(options.host, *port).c_str(), measured.c_str());
  std::fflush(stdout);
  signals.wait();
  running.log.line("stopping");
  server.stop();
  measures.server.stop();
  return 0;
}

std::vector<std::string_view> route_ids(const http::App& app) {
  std::vector<std::string_view> ids;
  for (const http::Route& route : app.routes()) ids.push_back(route.id);
  return ids;
}

/// The journal is read on while the server runs. Damage ends it as SIGTERM would, with another status.
Watch::Reports watch_reports(Metrics& metrics, const Log& log, std::atomic<bool>& damaged) {
  return {.damaged =
              [&](const std::string& what) {
                metrics.set_damaged();
                log.line("journal_damaged", {{"what", what}});
                damaged = true;
                kill(getpid(), SIGTERM);
              },
          .verified = [&](uint64_t events) { metrics.set_verified(events); },
          .failed = [&](const store::StoreError& error) { log.line("journal_unread", {{"why", error.message}}); }};
}

int serve_office(const ServeOptions& options, http::App& app, Office& office, std::optional<post::MailConfig> mail) {
  Metrics metrics(route_ids(app));
  const Log log(log_form(options));
  std::atomic<bool> damaged = false;
  const Sweeper sweeper(*office.house, [&](bool good, size_t cases) {
    metrics.count_sweep(good, cases);
    if (!good) log.line("sweep_failed", {{"next", "it will be tried again"}});
  });
  const Watch watch(*office.house, office.is_whole_read, watch_reports(metrics, log, damaged));
  std::optional<Postman> postman;
  if (mail) postman.emplace(*office.house, office.site->law, std::move(*mail));
  const int status = listen({options, app, office.house.get(), metrics, log, office.port.get()});
  return damaged ? kFoundDamaged : status;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  // What a full quota of file sizes or a client that has gone does is an error of the call, not the end of the process.
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  // An office for trials has a clock of its own, which is known once it is open; questions to the law are asked by the same one.
  auto clock = std::make_shared<office::Clock>(office::system_clock_ms);
  const auto app = http::App::load(folders_of(options), [clock] { return office::office_day((*clock)()); });
  if (!app) {
    std::fputs(app.error().message.c_str(), stderr);
    return 2;
  }
  if (options.data.empty()) {
    (*app)->open();
    Metrics metrics(route_ids(**app));
    const Log log(log_form(options));
    return listen({options, **app, nullptr, metrics, log});
  }
  auto outside = read_outside(options);
  if (!outside) return complain(outside.error());
  auto office = open_office(options, **app, *clock, outside->oidc);
  if (!office) return complain(office.error());
  (*app)->open([&](http::Router& router, const http::Site&) { http::add_office_routes(router, *office->site); });
  return serve_office(options, **app, *office, std::move(outside->mail));
}

}  // namespace koshi
