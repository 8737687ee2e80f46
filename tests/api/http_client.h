#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "http/office/test_schema.h"
#include "socket_client.h"

/// A client of the real server: one request a connection, and each answer held against the interface's own description.
namespace koshi {

inline constexpr std::chrono::milliseconds kAnswerMax{60'000};

struct Answer {
  int status = 0;
  std::string head;  ///< from the status line to the last header, without the empty line
  std::string body;
  boost::json::value value;  ///< of a body that is JSON

  /// The first of this name, spelt so; empty: there is none.
  std::string header(const std::string& name) const {
    const size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
  /// A member of the body that is text.
  std::string text(std::string_view name) const {
    const boost::json::value* found = value.is_object() ? value.as_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
  }
};

inline Answer answer_of(const SocketClient& client) {
  const std::string& all = client.received();
  Answer answer{client.status(), all.substr(0, all.find("\r\n\r\n")), client.body(), {}};
  if (answer.header("Content-Type").find("json") != std::string::npos) {
    boost::system::error_code error;
    answer.value = boost::json::parse(answer.body, error);
    EXPECT_FALSE(error) << "this is no JSON: " << answer.body.substr(0, 1000);
  }
  return answer;
}

class HttpClient {
 public:
  explicit HttpClient(uint16_t port) : port_(port) {}

  uint16_t port() const { return port_; }

  /// From now on, answers are held against what /openapi.json says.
  void check_answers() {
    const Answer document = send("GET", "/openapi.json");
    ASSERT_EQ(document.status, 200);
    check_ = std::make_unique<http::AnswerCheck>(document.body);
  }

  /// `headers` are lines that end with CR LF.
  Answer send(const std::string& method, const std::string& target, const std::string& headers = {}, const std::string& body = {}) const {
    SocketClient client(port_);
    const bool has_length = method != "GET" || !body.empty();
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers +
                (has_length ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "") + "\r\n" + body);
    EXPECT_TRUE(client.read_to_end(kAnswerMax)) << target;
    Answer answer = answer_of(client);
    if (!check_) return answer;
    EXPECT_THAT(check_->mistakes(method, target.substr(0, target.find('?')), answer.status, answer.header("Content-Type"), answer.body),
                testing::IsEmpty())
        << method << " " << target << "\n"
        << answer.body.substr(0, 1000);
    return answer;
  }

  const http::AnswerCheck* check() const { return check_.get(); }

 private:
  uint16_t port_;
  std::unique_ptr<http::AnswerCheck> check_;
};

}  // namespace koshi
