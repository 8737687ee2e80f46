#include "serve/postman.h"

#include <chrono>
#include <cstdio>

namespace koshi {
namespace {

constexpr std::chrono::seconds kTurn{3};

post::Post::Parts parts_of(office::House& house, office::Law law, post::MailConfig mail) {
  post::Post::Parts parts{house.store(), house.desk(), law, [&house] { return house.now_ms(); }, {}, std::move(mail.link)};
  parts.channels.push_back(std::make_unique<post::MailChannel>(net::make_mail_client(std::move(mail.server)), std::move(mail.sender)));
  return parts;
}

}  // namespace

Postman::Postman(office::House& house, office::Law law, post::MailConfig mail)
    : post_(parts_of(house, law, std::move(mail))), thread_([this] { run(); }) {}

Postman::~Postman() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Postman::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Postman::turn() {
  while (!is_stopping()) {
    const auto sorted = post_.sort();
    if (!sorted) return false;
    if (*sorted == 0) break;
  }
  while (!is_stopping()) {
    const auto done = post_.deliver_one();
    if (!done) return false;
    if (*done == post::Post::Turn::kIdle) break;
    // The first letter that is put off mostly means that the server is away: the others wait for the next turn.
    if (*done == post::Post::Turn::kPutOff) break;
  }
  return post_.tidy().has_value();
}

void Postman::run() {
  while (!is_stopping()) {
    if (!turn()) std::fputs("notices could not be sent and will be tried again\n", stderr);
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kTurn, [this] { return stopping_; });
  }
}

}  // namespace koshi
