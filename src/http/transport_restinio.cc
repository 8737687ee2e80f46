// RESTinio 0.6 behind Server. Expected load: tens of thousands of small requests a second on two threads, handlers that take microseconds
// to milliseconds and never block.
//
// RESTinio closes a connection without a word when a request breaks a limit or is malformed. People and programs are owed a reason, so two
// of its customisation points are used: its logger is told the parser's verdict immediately before the socket is closed, on the same
// thread; and our socket, when closed after such a verdict, hands its descriptor to a Refusal, which writes the answer, half-closes, and
// reads on for a moment, so that the client is not cut off by a reset before it has read the answer.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <restinio/all.hpp>
#include <thread>
#include <vector>

#include "base/check.h"
#include "http/parking.h"
#include "http/server.h"

namespace koshi::http {
namespace {

namespace asio = restinio::asio_ns;
using asio::ip::tcp;
using Strand = asio::strand<asio::any_io_executor>;

constexpr int kSlowNice = 5;
constexpr auto kRefusalTime = std::chrono::seconds(2);
constexpr size_t kReadBufferBytes = 4 * 1024;  ///< of each connection, idle ones too

/// What the worker threads share with the sockets, which RESTinio makes by itself and which therefore cannot be handed anything.
struct Shared {
  Server::Refuse refuse;
  std::atomic<size_t> refusals{0};
  size_t request_bytes_max = SIZE_MAX;  ///< on the wire, between two answers
};

struct Worker {
  Shared* shared = nullptr;
  int refusal_status = 0;  ///< why the socket that is closed next is closed; 0: no reason to tell
};
thread_local Worker t_worker;

int status_of(std::string_view parser_error) {
  if (parser_error.starts_with("HPE_CB_headers_complete") || parser_error.starts_with("HPE_CB_body")) return 413;
  if (parser_error.starts_with("HPE_CB_url")) return 414;
  if (parser_error.starts_with("HPE_CB_header_") || parser_error.starts_with("HPE_HEADER_OVERFLOW")) return 431;
  // A client that vanishes in the middle of a request gets no answer: nobody is there to read it.
  if (parser_error.starts_with("HPE_INVALID_EOF_STATE") || parser_error.starts_with("HPE_CLOSED_CONNECTION")) return 0;
  return 400;
}

/// Listens for the parser's verdict; writes nothing.
class VerdictListener {
 public:
  template <typename Builder>
  void trace(Builder&&) const noexcept {}
  template <typename Builder>
  void info(Builder&&) const noexcept {}
  template <typename Builder>
  void warn(Builder&&) const noexcept {}
  template <typename Builder>
  void error(Builder&& builder) const {
    static constexpr std::string_view kMark = "parser error ";
    const std::string message = builder();
    const size_t at = message.find(kMark);
    if (at != std::string::npos) t_worker.refusal_status = status_of(std::string_view(message).substr(at + kMark.size()));
  }
};

std::string response_text(const Response& response) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ' + std::string(reason_phrase(response.status)) +
                     "\r\nConnection: close\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
  for (const Header& header : response.headers) text += header.name + ": " + header.value + "\r\n";
  return text + "\r\n" + response.body;
}

/// The last answer on a connection that is being cut.
class Refusal : public std::enable_shared_from_this<Refusal> {
 public:
  Refusal(Shared& shared, tcp::socket socket, std::string text)
      : shared_(shared), socket_(std::move(socket)), strand_(socket_.get_executor()), timer_(strand_), text_(std::move(text)) {}
  ~Refusal() { --shared_.refusals; }

  void start() {
    timer_.expires_after(kRefusalTime);
    timer_.async_wait(asio::bind_executor(strand_, [self = shared_from_this()](const asio::error_code&) { self->end(); }));
    asio::async_write(socket_, asio::buffer(text_),
                      asio::bind_executor(strand_, [self = shared_from_this()](const asio::error_code& error, size_t) {
                        if (error) return self->end();
                        asio::error_code ignored;
                        self->socket_.shutdown(tcp::socket::shutdown_send, ignored);
                        self->discard();
                      }));
  }

 private:
  void discard() {
    socket_.async_read_some(asio::buffer(sink_),
                            asio::bind_executor(strand_, [self = shared_from_this()](const asio::error_code& error, size_t) {
                              if (error) return self->end();
                              self->discard();
                            }));
  }

  void end() {
    asio::error_code ignored;
    socket_.close(ignored);
    timer_.cancel(ignored);
  }

  Shared& shared_;
  tcp::socket socket_;
  Strand strand_;
  asio::steady_timer timer_;
  std::string text_;
  std::array<char, kReadBufferBytes> sink_{};
};

/// A socket that says why it closes. RESTinio calls shutdown() and close(); everything else is the plain socket's.
class Socket : public tcp::socket {
 public:
  using tcp::socket::socket;

  Socket(Socket&&) = default;
  Socket& operator=(Socket&&) = delete;

  /// A body in very small chunks is short and costs a multiple of itself, on the wire as in what the library notes of each chunk. So what
  /// comes on the wire is bounded, too.
  template <typename Buffers, typename Completion>
  auto async_read_some(const Buffers& buffers, Completion&& completion) {
    auto executor = asio::get_associated_executor(completion, get_executor());
    if (read_ == nullptr) read_ = std::make_shared<size_t>(0);
    return tcp::socket::async_read_some(buffers, asio::bind_executor(executor, [read = read_, done = std::forward<Completion>(completion)](
                                                                                   const asio::error_code& error, size_t bytes) mutable {
                                          *read += bytes;
                                          const bool is_too_much =
                                              !error && t_worker.shared != nullptr && *read > t_worker.shared->request_bytes_max;
                                          if (is_too_much) t_worker.refusal_status = 413;
                                          std::move(done)(is_too_much ? asio::error_code(asio::error::message_size) : error, bytes);
                                        }));
  }

  template <typename Buffers, typename Completion>
  auto async_write_some(const Buffers& buffers, Completion&& completion) {
    auto executor = asio::get_associated_executor(completion, get_executor());
    if (writing_ == nullptr) writing_ = std::make_shared<bool>();
    *writing_ = true;
    if (read_ != nullptr) *read_ = 0;
    return tcp::socket::async_write_some(buffers,
                                         asio::bind_executor(executor, [writing = writing_, done = std::forward<Completion>(completion)](
                                                                           const asio::error_code& error, size_t bytes) mutable {
                                           *writing = false;
                                           std::move(done)(error, bytes);
                                         }));
  }

  void shutdown(shutdown_type what, asio::error_code& error) {
    if (t_worker.refusal_status == 0) tcp::socket::shutdown(what, error);
  }

  void close() {
    const int status = std::exchange(t_worker.refusal_status, 0);
    asio::error_code ignored;
    // An answer to an earlier request that is half written cannot be followed by another one.
    if (status == 0 || is_writing() || !refuse(status)) tcp::socket::close(ignored);
  }

 private:
  bool refuse(int status) {
    Shared* shared = t_worker.shared;
    if (shared == nullptr || !is_open()) return false;
    if (++shared->refusals > kMaxRefusalsUnderWay) {
      --shared->refusals;
      return false;
    }
    auto text = response_text(shared->refuse(status));
    std::make_shared<Refusal>(*shared, std::move(static_cast<tcp::socket&>(*this)), std::move(text))->start();
    return true;
  }

  bool is_writing() const { return writing_ != nullptr && *writing_; }

  /// Shared with the completion of a write, which outlives the socket; null before the first write, as in the socket that the acceptor has
  /// moved a connection out of and uses again. One strand touches it.
  std::shared_ptr<bool> writing_;
  std::shared_ptr<size_t> read_;  ///< bytes since the last answer; as writing_
};

/// RESTinio's connections live in pending operations and point at its server. Both need the context: so the operations go first, then the
/// server, then the context.
class Context : public asio::io_context {
 public:
  using asio::io_context::io_context;
  void abandon_operations() { shutdown(); }
};

struct Traits : restinio::traits_t<restinio::asio_timer_manager_t, VerdictListener, restinio::details::autodetect_request_handler_type,
                                   restinio::default_strand_t, Socket> {
  static constexpr bool use_connection_count_limiter = true;
};

Request request_from(const restinio::request_t& in) {
  Request request;
  request.method = in.header().method().c_str();
  std::string_view target = in.header().request_target();
  target = target.substr(0, target.find('#'));
  // A proxy may send the absolute form; only its path matters to us.
  if (target.starts_with("http://") || target.starts_with("https://")) {
    const size_t slash = target.find('/', target.find("//") + 2);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  in.header().for_each_field([&](const auto& field) { request.headers.push_back({field.name(), field.value()}); });
  request.body = in.body();
  request.peer = in.remote_endpoint().address().to_string();
  return request;
}

/// The largest body in chunks of ordinary size, and its head.
size_t request_bytes(const ServerLimits& limits) {
  const size_t head = limits.target_bytes + limits.header_count * (limits.header_name_bytes + limits.header_value_bytes);
  return limits.body_bytes + limits.body_bytes / 8 + head + kReadBufferBytes;
}

constexpr size_t kOtherDescriptors = 32;  ///< that the process needs besides those of clients

/// How many connections the process may hold open; raises its limit on descriptors where it can. An accept that fails for want of a
/// descriptor is not tried again by RESTinio, so it must not come to that.
size_t connections_possible(size_t wanted) {
  constexpr size_t kReserve = kMaxRefusalsUnderWay + kOtherDescriptors;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur < wanted + kReserve) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + kReserve);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  const size_t possible = limit.rlim_cur > kReserve ? static_cast<size_t>(limit.rlim_cur) - kReserve : 1;
  return std::min(wanted, possible);
}

/// RFC 9110, 5.6.2.
bool is_token(std::string_view name) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kMarks.find(c) != std::string_view::npos;
  });
}

size_t count_of(const Request& request, std::string_view name) {
  return static_cast<size_t>(std::ranges::count_if(request.headers, [&](const Header& header) { return same_word(header.name, name); }));
}

/// What the parser forgives and what stands before us may not, and then read another request than we do: white space in names, several
/// hosts (RFC 9112, 3.2), a coding of the body that nobody here undoes. That a request of HTTP/1.1 names no host is let pass: the library
/// does not tell it from one of HTTP/1.0, which may.
bool is_sound(const Request& request) {
  if (!std::ranges::all_of(request.headers, [](const Header& header) { return is_token(header.name); })) return false;
  const size_t codings = count_of(request, "Transfer-Encoding");
  const bool is_plain = codings == 0 || (codings == 1 && same_word(request.header("Transfer-Encoding"), "chunked"));
  return is_plain && count_of(request, "Host") <= 1;
}

bool is_one_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos;
}

}  // namespace

struct Server::Impl {
  Shared shared;
  std::mutex mutex;
  std::condition_variable idle;
  size_t under_way = 0;  ///< requests that are handled or whose answers are being written; under `mutex`
  std::atomic<bool> stopping{false};
  Handler handler;
  ServerLimits limits;
  std::function<bool(std::string_view, std::string_view)> is_slow;
  // Completions that the context destroys unfinished still call end(), hence it stands below what they need.
  Context context{static_cast<int>(kWorkerThreads)};
  Context slow_context{static_cast<int>(kSlowThreads)};
  asio::executor_work_guard<asio::io_context::executor_type> slow_work{slow_context.get_executor()};
  std::vector<std::thread> threads;
  std::unique_ptr<restinio::http_server_t<Traits>> server;

  void begin() {
    const std::lock_guard lock(mutex);
    ++under_way;
  }
  void end() {
    const std::lock_guard lock(mutex);
    if (--under_way == 0) idle.notify_all();
  }

  Response answer(const Request& request) {
    try {
      return handler(request);
    } catch (const std::exception&) {
      return shared.refuse(500);
    }
  }

  /// The answer is given outside of the call that brings the request: given within it, RESTinio reads the next pipelined request both then
  /// and after writing, and closes the connection over its own mistake.
  restinio::request_handling_status_t accept(restinio::request_handle_t in) {
    begin();
    const bool slow = is_slow && is_slow(in->header().method().c_str(), in->header().request_target());
    asio::post(slow ? slow_context : context, [this, in = std::move(in)] { serve(in); });
    return restinio::request_accepted();
  }

  void serve(const restinio::request_handle_t& in) {
    const Request request = request_from(*in);
    const bool sound = is_sound(request);
    Response response = sound ? answer(request) : shared.refuse(400);

    const auto status = restinio::http_status_code_t(static_cast<uint16_t>(response.status));
    auto out = in->create_response<restinio::user_controlled_output_t>(
        restinio::http_status_line_t{status, std::string(reason_phrase(response.status))});
    out.append_header_date_field();
    for (Header& header : response.headers) {
      if (is_one_line(header.value)) out.append_header(std::move(header.name), std::move(header.value));
    }
    out.set_content_length(response.body.size());
    if (request.method != "HEAD" && response.status != 304) out.set_body(std::move(response.body));
    // A connection that asked to be upgraded (h2c by careful clients) gets its answer and must come again.
    if (stopping || !sound || in->header().connection() == restinio::http_connection_header_t::upgrade) out.connection_close();
    out.done([this](const auto&) { end(); });
  }

  /// Until the context is stopped. What is thrown past all handlers (no memory for one answer) ends that answer, not the server.
  void work(asio::io_context& lane) {
    t_worker = {&shared, 0};
    while (!lane.stopped()) {
      try {
        lane.run();
      } catch (const std::exception&) {
        continue;
      }
    }
  }

  /// RESTinio closes its listener on any thread, while another may just be accepting from it: so only one is left to do either.
  void close() {
    const auto parking = std::make_shared<Parking>();
    for (size_t i = 1; i < kWorkerThreads; ++i) asio::post(context, [parking] { parking->park(); });
    parking->wait_for(kWorkerThreads - 1, limits.stop);
    std::promise<void> closed;
    server->close_async([&closed] { closed.set_value(); }, [&closed](std::exception_ptr) { closed.set_value(); });
    closed.get_future().wait();
    parking->release();
  }

  void configure(restinio::server_settings_t<Traits>& settings, const ServerOptions& options, std::promise<uint16_t>& port) {
    settings.address(options.host)
        .port(options.port)
        .request_handler([this](restinio::request_handle_t request) { return accept(std::move(request)); })
        .buffer_size(kReadBufferBytes)
        .max_pipelined_requests(1)
        // One at a time: RESTinio numbers connections without a lock.
        .concurrent_accepts_count(1)
        .separate_accept_and_create_connect(false)
        .max_parallel_connections(limits.connections)
        .read_next_http_message_timelimit(limits.read)
        .handle_request_timeout(limits.handle)
        .write_http_response_timelimit(limits.write)
        .timer_manager(std::chrono::milliseconds(250))
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                      .max_url_size(limits.target_bytes)
                                      .max_field_name_size(limits.header_name_bytes)
                                      .max_field_value_size(limits.header_value_bytes)
                                      .max_field_count(limits.header_count)
                                      .max_body_size(limits.body_bytes))
        .socket_options_setter([](auto& socket_options) { socket_options.set_option(tcp::no_delay(true)); })
        .acceptor_options_setter([](auto& acceptor_options) { acceptor_options.set_option(tcp::acceptor::reuse_address(true)); })
        .acceptor_post_bind_hook([&port](tcp::acceptor& acceptor) { port.set_value(acceptor.local_endpoint().port()); });
  }
};

Server::Server() = default;
Server::~Server() {
  stop();
}

Result<uint16_t> Server::start(const ServerOptions& options, Handler handler, Refuse refuse) {
  CHECK(impl_ == nullptr);
  auto impl = std::make_unique<Impl>();
  impl->handler = std::move(handler);
  impl->limits = options.limits;
  impl->is_slow = options.is_slow;
  impl->limits.connections = connections_possible(options.limits.connections);
  impl->shared.refuse = std::move(refuse);
  impl->shared.request_bytes_max = request_bytes(options.limits);
  std::promise<uint16_t> port;
  try {
    impl->server = std::make_unique<restinio::http_server_t<Traits>>(restinio::external_io_context(impl->context),
                                                                     [&](auto& settings) { impl->configure(settings, options, port); });
    impl->server->open_sync();
  } catch (const std::exception&) {
    return fail("The server cannot listen on " + options.host + " port " + std::to_string(options.port) +
                ": it is taken, not allowed, or not an address of this machine. Choose another with --port.");
  }
  impl_ = std::move(impl);
  for (size_t i = 0; i < kWorkerThreads; ++i) {
    impl_->threads.emplace_back([impl = impl_.get()] { impl->work(impl->context); });
  }
  for (size_t i = 0; options.is_slow && i < kSlowThreads; ++i) {
    impl_->threads.emplace_back([impl = impl_.get()] {
      // On Linux the niceness of this thread alone: who waits for nothing else goes first.
      setpriority(PRIO_PROCESS, 0, kSlowNice);
      impl->work(impl->slow_context);
    });
  }
  return port.get_future().get();
}

void Server::stop() {
  if (impl_ == nullptr) return;
  impl_->stopping = true;
  impl_->close();
  {
    std::unique_lock lock(impl_->mutex);
    impl_->idle.wait_for(lock, impl_->limits.stop, [this] { return impl_->under_way == 0; });
  }
  impl_->context.stop();
  impl_->slow_context.stop();
  for (std::thread& thread : impl_->threads) thread.join();
  impl_->slow_context.abandon_operations();
  impl_->context.abandon_operations();
  impl_.reset();
}

}  // namespace koshi::http
