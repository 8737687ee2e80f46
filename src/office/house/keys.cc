#include "office/house/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

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

/// What is there is replaced, whole.
Result<void> replace_file(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  const bool replaced = write_and_force(fresh, text) && rename(fresh.c_str(), path.c_str()) == 0;
  if (!replaced || !force_folder(path.parent_path())) return std::unexpected(Error{"cannot write the key " + path.string()});
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

/// The lines of a file of retired keys; none where nothing was ever retired.
Result<std::vector<std::string>> retired_lines(const fs::path& path) {
  if (!fs::exists(path)) return std::vector<std::string>{};
  TRY(text, read_key(path));
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

Result<std::vector<journal::VerifyingKey>> read_retired_journal(const fs::path& path) {
  TRY(lines, retired_lines(path));
  std::vector<journal::VerifyingKey> keys;
  for (const std::string& line : lines) {
    TRY(key, journal::VerifyingKey::parse(line));
    keys.push_back(std::move(key));
  }
  return keys;
}

Result<std::vector<papers::CodeKey>> read_retired_papers(const fs::path& path) {
  TRY(lines, retired_lines(path));
  std::vector<papers::CodeKey> keys;
  for (const std::string& line : lines) {
    const size_t space = std::min(line.find(' '), line.size());
    TRY(bytes, unhex<uint8_t>(path, std::string_view(line).substr(std::min(space + 1, line.size()))));
    keys.push_back({line.substr(0, space), bytes});
  }
  return keys;
}

Result<std::vector<people::FactorKey>> read_retired_factors(const fs::path& path) {
  TRY(lines, retired_lines(path));
  std::vector<people::FactorKey> keys;
  for (const std::string& line : lines) {
    TRY(key, unhex<std::byte>(path, line));
    keys.push_back(key);
  }
  return keys;
}

/// The line stands in the file afterwards, once.
Result<void> retire(const fs::path& path, const std::string& line) {
  TRY(lines, retired_lines(path));
  if (std::ranges::find(lines, line) != lines.end()) return {};
  lines.push_back(line);
  std::string text;
  for (const std::string& one : lines) text += one + "\n";
  return replace_file(path, text);
}

}  // namespace

Result<void> renew_key(const fs::path& folder, KeyFor which, const people::RandomBytes& random) {
  TRY(now, open_keys(folder, {}, false, random));
  std::array<uint8_t, 32> fresh{};
  random(std::as_writable_bytes(std::span(fresh)));
  if (which == KeyFor::kPapers) {
    TRY_DO(retire(folder / "papers.retired.key", now.papers_id + " " + hex(papers::ed25519_public_key(now.papers))));
    return replace_file(folder / "papers.key", hex(fresh) + "\n");
  }
  if (which == KeyFor::kFactors) {
    TRY_DO(retire(folder / "factor.retired.key", hex(now.factor)));
    return replace_file(folder / "factor.key", hex(fresh) + "\n");
  }
  const journal::VerifyingKey& old = now.journal.verifying_key();
  TRY(key, journal::SigningKey::create(old.name(), fresh));
  TRY_DO(retire(folder / "journal.retired.key", old.text()));
  return replace_file(folder / "journal.key", key.secret_text() + "\n");
}

Result<void> forget_retired_factors(const fs::path& folder) {
  const fs::path path = folder / "factor.retired.key";
  std::error_code error;
  fs::remove(path, error);
  if (error || !force_folder(folder)) return std::unexpected(Error{"cannot remove the key " + path.string()});
  return {};
}

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
  TRY(retired_journal, read_retired_journal(folder / "journal.retired.key"));
  TRY(retired_papers, read_retired_papers(folder / "papers.retired.key"));
  TRY(retired_factors, read_retired_factors(folder / "factor.retired.key"));
  const std::string papers_id = std::to_string(retired_papers.size() + 1);
  return Keys{std::move(journal_key),   papers, papers_id, factor, std::move(retired_factors), std::move(retired_journal),
              std::move(retired_papers)};
}

}  // namespace koshi::office
