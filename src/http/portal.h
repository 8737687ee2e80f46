#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/http.h"

/// The portal as web/ builds it, served below /app/: files that are read once, never looked up on disk by a request.
///
///   /app/assets/NAME-HASH.EXT   kept by browsers for a year, since another content has another name
///   /app/NAME.EXT               asked for anew each time, answered 304 where it has not changed
///   /app/, /app/any/where       the one page, which draws all addresses by itself
///
/// Beside a file may stand the same one with .br or .gz: it is sent to whoever takes that.
namespace koshi::http {

inline constexpr size_t kPortalMaxFiles = 500;  ///< of one kind
inline constexpr size_t kPortalFileMaxBytes = 8u << 20;

class Portal {
 public:
  /// A folder without index.html, or none at all, is no portal: nothing is owned then. Errors: a file that cannot be read, or too much.
  static Result<Portal> load(const std::filesystem::path& folder);

  bool is_built() const { return files_.contains("index.html"); }
  /// Whether the address is below /app and there is a portal.
  bool owns(std::string_view path) const;
  /// Of an address that it owns. Takes no time but for copying the file. Thread-safe.
  Response handle(const Request& request) const;

 private:
  struct File {
    std::string media_type;
    std::string plain, brotli, gzip;  ///< the packed ones may be empty
    std::string tag;
  };
  static Result<File> read_with_packed(const std::filesystem::path& path, std::string_view media_type);
  const File* find(std::string_view name) const;

  std::map<std::string, File, std::less<>> files_;
};

}  // namespace koshi::http
