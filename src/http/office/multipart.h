#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http.h"

/// Forms with files (RFC 7578), read strictly.
///
///   Content-Type = "multipart/form-data; boundary=" boundary          boundary: 1 to 70 of letters, digits, '()+_,-./:=? and quotes around
///   it body         = *( delimiter CRLF *( header CRLF ) CRLF bytes CRLF ) delimiter "--" [ CRLF ]        delimiter = "--" boundary header
///   = "Content-Disposition: form-data; name=" quoted [ "; filename=" quoted ] / "Content-Type: …" / others, passed over
///
/// Browsers write quotes in names as %22; line breaks as %0D%0A. Nothing else is unescaped.
namespace koshi::http {

inline constexpr size_t kMaxParts = 64;
inline constexpr size_t kMaxPartHeaderBytes = 4096;
inline constexpr size_t kMaxPartFieldBytes = 64 * 1024;  ///< of a part that is no file

struct FormFile {
  std::string field;
  std::string name;        ///< as the sender calls it, without folders
  std::string_view bytes;  ///< into the body
};
struct MultipartForm {
  Query fields;
  std::vector<FormFile> files;  ///< a file field that was left empty has no name and no bytes
};

/// Linear in the body. Errors: no boundary, a body that does not follow the grammar, a part without a name, a field that is not UTF-8,
/// limits.
Result<MultipartForm> read_multipart(std::string_view content_type, std::string_view body);

}  // namespace koshi::http
