#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/http.h"

/// The transport: sockets in, Request and Response out. The library behind it is known to transport_restinio.cc alone.
namespace koshi::http {

/// What a client may send and how long it may take. Larger or slower ones are answered (400, 413, 414, 431) or cut, never buffered.
struct ServerLimits {
  size_t body_bytes = 1u << 20;
  size_t target_bytes = 9216;  ///< path and query
  size_t header_name_bytes = 128;
  size_t header_value_bytes = 8192;
  size_t header_count = 64;
  size_t connections = 12'000;             ///< where descriptors allow; further ones wait in the kernel's queue
  std::chrono::milliseconds read{10'000};  ///< for one whole request, and so for an idle connection
  std::chrono::milliseconds handle{30'000};
  std::chrono::milliseconds write{30'000};
  std::chrono::milliseconds stop{5'000};  ///< for the answers under way when the server stops
};

inline constexpr size_t kWorkerThreads = 2;
/// Of requests that compute long, as a password's hash does: they wait for each other and hold up nobody else. No more of them wait than
/// there are connections.
inline constexpr size_t kSlowThreads = 2;
inline constexpr size_t kMaxRefusalsUnderWay = 64;  ///< connections that are told why they are cut; further ones are only cut

struct ServerOptions {
  std::string host = "127.0.0.1";  ///< an IP address
  uint16_t port = 0;               ///< 0: any free port
  ServerLimits limits;
  /// By method and target as sent; none: no request is slow.
  std::function<bool(std::string_view method, std::string_view target)> is_slow = {};
};

/// start() and stop() from one thread; the handler runs on the worker threads.
class Server {
 public:
  /// The body of an answer that the transport itself gives: 400, 413, 414, 431, 500.
  using Refuse = std::function<Response(int status)>;

  Server();
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Accepts connections from then on; gives the port. Errors: not an address, the port is taken.
  Result<uint16_t> start(const ServerOptions& options, Handler handler, Refuse refuse);
  /// No new connections; answers under way are finished; then all threads end. Does nothing when not started.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace koshi::http
