#include "http/portal.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "http/compress.h"
#include "http/static_hash.h"

namespace koshi::http {
namespace {

constexpr std::string_view kRoot = "/app";
constexpr std::string_view kPage = "index.html";
constexpr std::string_view kAssets = "assets/";

constexpr std::pair<std::string_view, std::string_view> kMediaTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"},
    {".png", "image/png"},
    {".webp", "image/webp"},
};

/// Only what was built is run, only from here; nothing is written into the page as script or style, nothing leads elsewhere.
void add_policy(Response& response) {
  response.headers.push_back({"Content-Security-Policy",
                              "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                              "frame-ancestors 'none'"});
}

bool names_a_file(std::string_view name) {
  const size_t slash = name.rfind('/');
  return name.find('.', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

}  // namespace

Result<Portal::File> Portal::read_with_packed(const std::filesystem::path& path, std::string_view media_type) {
  File file{std::string(media_type), {}, {}, {}, {}};
  TRY(plain, read_file(path, kPortalFileMaxBytes));
  file.tag = '"' + hash_of(plain) + '"';
  file.plain = std::move(plain);
  for (const auto& [extension, packed] : {std::pair(".br", &file.brotli), std::pair(".gz", &file.gzip)}) {
    std::error_code failed;
    const std::filesystem::path beside = path.string() + extension;
    if (!std::filesystem::exists(beside, failed)) continue;
    TRY(bytes, read_file(beside, kPortalFileMaxBytes));
    *packed = std::move(bytes);
  }
  return file;
}

Result<Portal> Portal::load(const std::filesystem::path& folder) {
  Portal portal;
  std::error_code failed;
  if (folder.empty() || !std::filesystem::exists(folder / kPage, failed)) return portal;
  for (const auto& [extension, media_type] : kMediaTypes) {
    TRY(paths, list_files(folder, extension, kPortalMaxFiles));
    for (const std::filesystem::path& path : paths) {
      TRY(file, read_with_packed(folder / path, media_type));
      portal.files_.emplace(path.generic_string(), std::move(file));
    }
  }
  return portal;
}

bool Portal::owns(std::string_view path) const {
  return is_built() && path.starts_with(kRoot) && (path.size() == kRoot.size() || path[kRoot.size()] == '/');
}

const Portal::File* Portal::find(std::string_view name) const {
  const auto found = files_.find(name);
  if (found != files_.end()) return &found->second;
  // An address without a file's name is a place within the portal, which its page finds.
  return names_a_file(name) ? nullptr : &files_.find(kPage)->second;
}

Response Portal::handle(const Request& request) const {
  if (request.path == kRoot) return see_other("/app/");
  const std::string_view name = std::string_view(request.path).substr(kRoot.size() + 1);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const File* file = find(name);
  if (!reads || file == nullptr) {
    Response none = reply(reads ? 404 : 405, "text/plain; charset=utf-8", reads ? "There is no such file.\n" : "Files are only read.\n");
    if (!reads) none.headers.push_back({"Allow", "GET, HEAD"});
    add_policy(none);
    return none;
  }
  const bool is_known = request.header("If-None-Match") == file->tag;
  const std::string_view accept = request.header("Accept-Encoding");
  const bool brotli = !file->brotli.empty() && takes_coding(accept, "br");
  const bool gzip = !brotli && !file->gzip.empty() && takes_coding(accept, "gzip");
  Response response = reply(is_known ? 304 : 200, file->media_type, brotli ? file->brotli : gzip ? file->gzip : file->plain);
  if (brotli || gzip) response.headers.push_back({"Content-Encoding", brotli ? "br" : "gzip"});
  response.headers.push_back({"Vary", "Accept-Encoding"});
  response.headers.push_back({"ETag", file->tag});
  response.headers.push_back({"Cache-Control", name.starts_with(kAssets) ? "public, max-age=31536000, immutable" : "no-cache"});
  add_policy(response);
  return response;
}

}  // namespace koshi::http
