#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "office/house/house.h"
#include "office/post/mail_channel.h"
#include "office/post/post.h"

namespace koshi {

/// Brings notices to the people whom they concern while the server runs, on a thread of its own: no request and no act waits for it. When
/// it stops, the letter under way is finished first, which net::kMailMax bounds. The house and what the law refers to must outlive it.
class Postman {
 public:
  Postman(office::House& house, office::Law law, post::MailConfig mail);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

 private:
  void run();
  /// Whether a turn went through without the database failing.
  bool turn();
  bool is_stopping();

  post::Post post_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace koshi
