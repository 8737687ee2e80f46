#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/portal.h"
#include "http/router.h"
#include "http/site.h"

/// Requests in, responses out: everything but sockets. Tests run it without a port.
namespace koshi::http {

struct AppFolders {
  std::filesystem::path law;
  std::filesystem::path words;
  std::filesystem::path pages;
  std::filesystem::path portal = {};  ///< as web/ builds it (portal.h); may be missing
};

/// "std::out_of_range: vector::_M_range_check: __n (which is #) >= this->size() (which is #)": of what was thrown its kind and its text in
/// ASCII, at most kFaultTextMax bytes, without what stands in quotes and without digits, since a library may have put there what somebody
/// wrote.
std::string fault_text(const std::exception& thrown);
inline constexpr size_t kFaultTextMax = 240;

class App {
 public:
  struct Failure {
    std::string message;  ///< for the person who starts the server; all diagnostics of a law with errors
  };
  /// Reads the folders once. `today` is asked for every question without a date. Before the first request, open() must be called.
  static std::expected<std::unique_ptr<App>, Failure> load(const AppFolders& folders, std::function<Date()> today);
  /// The same over a corpus that is already compiled, without errors.
  static std::expected<std::unique_ptr<App>, Failure> create(zan::Corpus corpus, const std::filesystem::path& law_words,
                                                             const AppFolders& folders, std::function<Date()> today);

  /// More routes, of what is built upon the law.
  using MoreRoutes = std::function<void(Router&, const Site&)>;
  /// The table is complete with these; once.
  void open(const MoreRoutes& more = {});

  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Where what a handler threw is told: its kind and text, without whatever could be of a person (fault_text()). Before the first request.
  using FaultReport = std::function<void(std::string_view)>;
  void report_faults(FaultReport report) { report_ = std::move(report); }

  /// Never throws. Thread-safe after open().
  Response handle(const Request& request) const;
  /// What the transport says by itself.
  Response refuse(int status) const;

  const std::vector<Route>& routes() const { return router_.routes(); }
  const zan::Corpus& corpus() const { return corpus_; }
  const Site& site() const { return *site_; }

 private:
  App(zan::Corpus corpus, std::function<Date()> today);
  Response refuse_request(const Request& request, int status, std::string_view detail) const;

  zan::Corpus corpus_;
  std::function<Date()> today_;
  mutable zan::ProgramLibrary library_;
  std::unique_ptr<words::Words> words_;
  std::unique_ptr<words::Words> page_words_;  ///< the same, with marks
  Templates templates_;
  std::map<std::string, StaticFile> files_;
  std::unique_ptr<Site> site_;
  Portal portal_;
  FaultReport report_;
  Router router_;
};

}  // namespace koshi::http
