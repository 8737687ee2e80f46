#include "serve/serve.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/date.h"
#include "http/app.h"
#include "http/office/office_routes.h"
#include "http/server.h"
#include "office/demo/demo.h"
#include "office/demo/test_clock.h"
#include "office/oidc/sign_on.h"
#include "office/people/random.h"
#include "serve/postman.h"
#include "serve/sweeper.h"

namespace koshi {
namespace {

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
  std::unique_ptr<office::House> house;
  std::unique_ptr<net::HttpClient> http_client;
  std::unique_ptr<oidc::SignOn> sign_on;
  std::unique_ptr<http::OfficeSite> site;
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
  for (const office::DemoLogin& login : *logins) visitors.push_back({login.login, office::kDemoPassword, login.name, login.about});
  return visitors;
}

void print_logins(const std::vector<http::DemoVisitor>& visitors) {
  if (visitors.empty()) return;
  std::printf("Sign in with the password %s as\n", office::kDemoPassword);
  for (const http::DemoVisitor& one : visitors) std::printf("  %-20s %s: %s\n", one.login.c_str(), one.name.c_str(), one.about.c_str());
}

/// An office does not go on writing upon a record that was altered. Reads the whole journal.
std::expected<void, std::string> check_journal(office::House& house) {
  auto damage = house.store().read([&](store::Reader& reader) { return house.journal().verify(reader); });
  if (!damage) return std::unexpected("the journal cannot be read: " + damage.error().message);
  if (*damage) return std::unexpected("the journal was altered, so the office does not open: " + journal::describe(**damage));
  return {};
}

std::expected<Office, std::string> open_office(const ServeOptions& options, const http::App& app, office::Clock& clock,
                                               const std::optional<oidc::Config>& provider) {
  const http::Site& site = app.site();
  const office::Law law{site.corpus, site.library, site.api_words};
  if (!options.demo && !options.clock.empty()) return std::unexpected("the clock can be set for a demonstration only: --demo");
  std::vector<http::DemoVisitor> visitors;
  if (options.demo) {
    auto seeded = seed(options, law);
    if (!seeded) return std::unexpected(seeded.error());
    visitors = std::move(*seeded);
  }
  office::HouseOptions house_options{options.data, options.keys_dir, {}, people::system_random()};
  if (options.demo) house_options.password_cost = people::kInteractiveCost;
  auto folder_clock = office::folder_clock(office::key_folder(house_options));
  if (!folder_clock) return std::unexpected(folder_clock.error());
  clock = *folder_clock;
  house_options.clock = std::move(*folder_clock);
  auto house = office::House::open(std::move(house_options), law);
  if (!house) return std::unexpected(house.error());
  if (auto whole = check_journal(**house); !whole) return std::unexpected(whole.error());
  Office office;
  office.house = std::move(*house);
  office.site.reset(new http::OfficeSite{site, *office.house, law, options.behind_tls, visitors});
  office.site->log = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };
  if (provider) add_provider(office, *provider);
  print_logins(visitors);
  return office;
}

int complain(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 2;
}

int listen(const ServeOptions& options, const http::App& app) {
  StopSignals signals;
  http::Server server;
  http::ServerOptions server_options{options.host, options.port, {}};
  server_options.limits.body_bytes = http::kMaxFileBytes;
  const auto port = server.start(
      server_options, [&](const http::Request& request) { return app.handle(request); }, [&](int status) { return app.refuse(status); });
  if (!port) return complain(port.error().message);
  std::printf("Köshi listens on %s\n", address_of(options.host, *port).c_str());
  std::fflush(stdout);
  signals.wait();
  server.stop();
  return 0;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  // An office for trials has a clock of its own, which is known once it is open; questions to the law are asked by the same one.
  auto clock = std::make_shared<office::Clock>(office::system_clock_ms);
  const auto app = http::App::load(folders_of(options), [clock] { return office::office_day((*clock)()); });
  if (!app) {
    std::fputs(app.error().message.c_str(), stderr);
    return 2;
  }
  if (options.data.empty()) {
    (*app)->open();
    return listen(options, **app);
  }
  auto outside = read_outside(options);
  if (!outside) return complain(outside.error());
  auto office = open_office(options, **app, *clock, outside->oidc);
  if (!office) return complain(office.error());
  (*app)->open([&](http::Router& router, const http::Site&) { http::add_office_routes(router, *office->site); });
  const Sweeper sweeper(*office->house);
  std::optional<Postman> postman;
  if (outside->mail) postman.emplace(*office->house, office->site->law, std::move(*outside->mail));
  return listen(options, **app);
}

}  // namespace koshi
