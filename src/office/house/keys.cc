#include "office/house/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"

namespace koshi::office {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKeyFileMaxBytes = 4096;
constexpr std::string_view kHex = "0123456789abcdef";

bool write_and_force(const fs::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  return close(file) == 0 && written;
}

bool force_folder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (file < 0) return false;
  const bool forced = fsync(file) == 0;
  close(file);
  return forced;
}

/// The key is there whole or not at all, whenever the machine stops; what is there is not replaced.
Result<void> make_file(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  if (!write_and_force(fresh, text)) return std::unexpected(Error{"cannot write the key " + path.string()});
  const bool linked = link(fresh.c_str(), path.c_str()) == 0;
  unlink(fresh.c_str());
  if (!linked || !force_folder(path.parent_path())) return std::unexpected(Error{"cannot make the key " + path.string()});
  return {};
}

Result<std::string> read_key(const fs::path& path) {
  struct stat state{};
  if (stat(path.c_str(), &state) != 0) return std::unexpected(Error{"the key " + path.string() + " is missing"});
  if ((state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return std::unexpected(Error{"the key " + path.string() + " may be read by others: chmod 600"});
  }
  TRY(text, read_file(path, kKeyFileMaxBytes));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

template <typename Byte>
std::string hex(const std::array<Byte, 32>& bytes) {
  std::string out;
  for (const Byte byte : bytes) {
    const auto value = static_cast<unsigned>(byte);
    out.push_back(kHex[value >> 4]);
    out.push_back(kHex[value & 15]);
  }
  return out;
}

template <typename Byte>
Result<std::array<Byte, 32>> unhex(const fs::path& path, std::string_view text) {
  std::array<Byte, 32> bytes{};
  const auto digit = [](char c) { return kHex.find(c); };
  if (text.size() != 2 * bytes.size() || std::ranges::any_of(text, [&](char c) { return digit(c) == std::string_view::npos; })) {
    return std::unexpected(Error{"the key " + path.string() + " is not 64 hexadecimal digits"});
  }
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<Byte>(digit(text[2 * i]) * 16 + digit(text[2 * i + 1]));
  return bytes;
}

template <typename Byte>
Result<std::array<Byte, 32>> random_key(const fs::path& path, bool make, const people::RandomBytes& random) {
  if (make && !fs::exists(path)) {
    std::array<Byte, 32> fresh{};
    random(std::as_writable_bytes(std::span(fresh)));
    if (auto made = make_file(path, hex(fresh) + "\n"); !made) return std::unexpected(made.error());
  }
  TRY(text, read_key(path));
  return unhex<Byte>(path, text);
}

}  // namespace

Result<Keys> open_keys(const fs::path& folder, std::string_view origin, bool make, const people::RandomBytes& random) {
  const fs::path journal_path = folder / "journal.key";
  if (make && !fs::exists(journal_path)) {
    journal::Seed seed{};
    random(std::as_writable_bytes(std::span(seed)));
    TRY(fresh, journal::SigningKey::create(std::string(origin), seed));
    if (auto made = make_file(journal_path, fresh.secret_text() + "\n"); !made) return std::unexpected(made.error());
  }
  TRY(journal_text, read_key(journal_path));
  TRY(journal_key, journal::SigningKey::parse(journal_text));
  TRY(papers, random_key<uint8_t>(folder / "papers.key", make, random));
  TRY(factor, random_key<std::byte>(folder / "factor.key", make, random));
  return Keys{std::move(journal_key), papers, factor};
}

}  // namespace koshi::office
