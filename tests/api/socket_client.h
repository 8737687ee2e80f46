#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// A client that sends bytes as they are, well-formed or not, and keeps what comes back.
class SocketClient {
 public:
  using Milliseconds = std::chrono::milliseconds;

  explicit SocketClient(uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~SocketClient() { close(socket_); }
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  bool connected() const { return connected_; }
  const std::string& received() const { return received_; }

  /// False when the other side has closed. Blocks while it does not read, at most `limit`.
  bool send(std::string_view bytes, Milliseconds limit = Milliseconds(10'000)) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!bytes.empty()) {
      pollfd wait{socket_, POLLOUT, 0};
      const auto left = std::chrono::duration_cast<Milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0 || poll(&wait, 1, static_cast<int>(left.count())) <= 0) return false;
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  /// Reads until the other side closes; false when it does not within the limit.
  bool read_to_end(Milliseconds limit = Milliseconds(10'000)) {
    return read_until([](const std::string&) { return false; }, limit) == End::kClosed;
  }
  /// Reads until the text has come so many times.
  bool read_times(std::string_view text, size_t times, Milliseconds limit = Milliseconds(10'000)) {
    return read_until([&](const std::string& all) { return count(all, text) >= times; }, limit) == End::kEnough;
  }
  /// Reads one response whole: head and as many bytes as its Content-Length says.
  bool read_response(Milliseconds limit = Milliseconds(10'000)) {
    received_.clear();
    return read_until(is_whole, limit) == End::kEnough;
  }

  static size_t count(std::string_view all, std::string_view text) {
    size_t times = 0;
    for (size_t at = all.find(text); at != std::string_view::npos; at = all.find(text, at + text.size())) ++times;
    return times;
  }
  /// Of the first response; 0 when nothing has come.
  int status() const { return received_.size() < 12 ? 0 : std::stoi(received_.substr(9, 3)); }
  std::string body() const {
    const size_t end = received_.find("\r\n\r\n");
    return end == std::string::npos ? "" : received_.substr(end + 4);
  }

 private:
  enum class End { kEnough, kClosed, kLate };

  static bool is_whole(const std::string& all) {
    const size_t end = all.find("\r\n\r\n");
    const size_t length = all.find("Content-Length: ");
    if (end == std::string::npos || length == std::string::npos) return false;
    return all.size() >= end + 4 + std::stoul(all.substr(length + 16));
  }

  template <typename Enough>
  End read_until(const Enough& enough, Milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!enough(received_)) {
      pollfd wait{socket_, POLLIN, 0};
      const auto left = std::chrono::duration_cast<Milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0 || poll(&wait, 1, static_cast<int>(left.count())) <= 0) return End::kLate;
      char buffer[65536];
      const ssize_t got = recv(socket_, buffer, sizeof buffer, 0);
      if (got <= 0) return End::kClosed;
      received_.append(buffer, static_cast<size_t>(got));
    }
    return End::kEnough;
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};
