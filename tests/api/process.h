#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

/// The real program as a child; ends with the object.
class Process {
 public:
  explicit Process(std::vector<std::string> arguments, rlim_t descriptors = 0, const char* program = KOSHI_BINARY) {
    int out[2];
    int err[2];
    // Closed in children of other threads, which would keep the end of this one's output from being seen.
    EXPECT_EQ(pipe2(out, O_CLOEXEC), 0);
    EXPECT_EQ(pipe2(err, O_CLOEXEC), 0);
    id_ = fork();
    if (id_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      for (const int end : {out[0], out[1], err[0], err[1]}) close(end);
      setenv("KOSHI_HOME", KOSHI_SOURCE_DIR, 1);
      const rlimit limit{descriptors, descriptors};
      if (descriptors > 0) setrlimit(RLIMIT_NOFILE, &limit);
      std::vector<char*> argv{const_cast<char*>(program)};
      for (std::string& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      execv(program, argv.data());
      _exit(127);
    }
    close(out[1]);
    close(err[1]);
    out_ = out[0];
    err_ = err[0];
  }
  ~Process() {
    if (id_ > 0) {
      kill(id_, SIGKILL);
      waitpid(id_, nullptr, 0);
    }
    close(out_);
    close(err_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  std::string line() const {
    std::string text;
    for (char c; read(out_, &c, 1) == 1 && c != '\n';) text.push_back(c);
    return text;
  }
  std::string errors() const {
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = read(err_, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<size_t>(got));
    return text;
  }
  pid_t id() const { return id_; }
  void signal(int number) const { kill(id_, number); }
  int wait() {
    int status = 0;
    waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  /// Memory held, in bytes.
  size_t resident() const {
    std::ifstream file("/proc/" + std::to_string(id_) + "/statm");
    size_t all = 0;
    size_t pages = 0;
    file >> all >> pages;
    return pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  }
  /// From now on only what comes counts for height().
  void forget_height() const { std::ofstream("/proc/" + std::to_string(id_) + "/clear_refs") << "5"; }
  /// The most memory that it has ever held, in bytes.
  size_t height() const {
    std::ifstream file("/proc/" + std::to_string(id_) + "/status");
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6)) * 1024;
    }
    return 0;
  }

 private:
  pid_t id_ = -1;
  int out_ = -1;
  int err_ = -1;
};

inline uint16_t port_of(const std::string& line) {
  const size_t colon = line.rfind(':');
  return colon == std::string::npos ? 0 : static_cast<uint16_t>(std::stoul(line.substr(colon + 1)));
}
