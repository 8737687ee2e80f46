#include "http/serve.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "http/app.h"
#include "http/server.h"

namespace koshi::http {
namespace {

/// The civil date in Kazakhstan, which has one time zone, UTC+5.
Date today_in_kazakhstan() {
  const auto now = std::chrono::system_clock::now() + std::chrono::hours(5);
  return Date{static_cast<int32_t>(std::chrono::floor<std::chrono::days>(now).time_since_epoch().count())};
}

AppFolders folders_of(const ServeOptions& options) {
  const char* set = std::getenv("KOSHI_HOME");
  const std::filesystem::path home = set == nullptr || *set == '\0' ? "." : set;
  const auto or_else = [&](const std::filesystem::path& given, const char* name) { return given.empty() ? home / name : given; };
  return {or_else(options.law_dir, "law/kz"), or_else(options.words_dir, "words"), or_else(options.pages_dir, "pages")};
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

}  // namespace

int run_serve(const ServeOptions& options) {
  const auto app = App::load(folders_of(options), today_in_kazakhstan);
  if (!app) {
    std::fputs(app.error().message.c_str(), stderr);
    return 2;
  }
  (*app)->open();
  StopSignals signals;
  Server server;
  const auto port = server.start(
      {options.host, options.port, {}}, [&](const Request& request) { return (*app)->handle(request); },
      [&](int status) { return (*app)->refuse(status); });
  if (!port) {
    std::fprintf(stderr, "%s\n", port.error().message.c_str());
    return 2;
  }
  std::printf("Köshi listens on %s\n", address_of(options.host, *port).c_str());
  std::fflush(stdout);
  signals.wait();
  server.stop();
  return 0;
}

}  // namespace koshi::http
