#pragma once

#include <string_view>

#include "http/http.h"

/// Pages are sent packed to whoever takes it: a page of the law shrinks to a sixth, which is what a cheap phone waits for.
namespace koshi::http {

inline constexpr size_t kPackedBytesMin = 1024;  ///< below this packing gains nothing

/// Whether Accept-Encoding names the coding, and not with a weight of zero.
bool takes_coding(std::string_view accept, std::string_view coding);

/// Packs the response to a GET for a page, if the client takes gzip. Not where the request has a cookie: what is secret in a page of
/// somebody signed in could be guessed from how well it packs. Cost: some hundred microseconds for 50 KB.
void compress_page(const Request& request, Response& response);

/// Packs the response to a GET that says the same to everybody, signed in or not: the law, the procedures, the quota. Nothing in it is
/// secret, so that how well it packs tells nothing. Cost: as above.
void compress_public(const Request& request, Response& response);

}  // namespace koshi::http
