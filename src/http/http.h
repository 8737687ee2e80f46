#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// HTTP as plain values: what a transport hands to the program and takes back. Nothing here knows a socket or the law.
namespace koshi::http {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;  ///< "GET", as sent
  std::string path;    ///< as sent, still percent-encoded, from its first '/'
  std::string query;   ///< as sent, without '?'
  std::vector<Header> headers;
  std::string body;
  std::string peer;  ///< address of the client, for limits and logs

  /// The first value of the header, by its name in any case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  std::string_view route = {};  ///< operationId of who answered, for measures and logs; lives as long as the table of routes
};

/// Called by several threads at once.
using Handler = std::function<Response(const Request&)>;

/// "Not Found". Empty for a status that this program never sends.
std::string_view reason_phrase(int status);

/// Names of headers and media types are compared without regard to ASCII case.
bool same_word(std::string_view a, std::string_view b);

/// `%XX` undone (and '+' as a space in queries). No value when an escape is broken, or the result is not UTF-8 or holds a control character
/// other than a line break, which nobody types into a form.
enum class Plus : bool { kLiteral, kSpace };
std::optional<std::string> percent_decode(std::string_view text, Plus plus);
/// Everything but unreserved characters (RFC 3986) is escaped.
std::string percent_encode(std::string_view text);

inline constexpr size_t kMaxQueryBytes = 8192;
inline constexpr size_t kMaxQueryItems = 300;

/// The items of a query string or form, in their order.
///   query = item *( "&" item ) ; item = name [ "=" value ]
class Query {
 public:
  using Item = std::pair<std::string, std::string>;

  /// Errors: too long, too many items, a broken escape, not UTF-8.
  static Result<Query> parse(std::string_view text);

  const std::vector<Item>& items() const { return items_; }
  /// The first value; no value when the name is not there.
  std::optional<std::string> get(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }

  void add(std::string name, std::string value) { items_.emplace_back(std::move(name), std::move(value)); }
  void remove(std::string_view name);
  /// Removes the name wherever it stands and adds it at the end.
  void set(std::string_view name, std::string value);

  /// As it stands in a URL, without '?'. parse(to_string()) gives the same items.
  std::string to_string() const;
  /// "/ask?norm=…", or the path alone when there are no items.
  std::string url(std::string_view path) const;

 private:
  std::vector<Item> items_;
};

/// A plain answer with its type.
Response reply(int status, std::string_view media_type, std::string body);
/// 303: what a form that was filled in well leads to.
Response see_other(std::string location);

}  // namespace koshi::http
