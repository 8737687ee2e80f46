#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// One-time codes by time: RFC 6238 with HMAC-SHA-1, 30 seconds, 6 digits, as the common telephone programs expect.
/// Pure; callable from any thread.
namespace koshi::people {

inline constexpr size_t kTotpSecretBytes = 20;
inline constexpr int64_t kTotpStepMs = 30'000;
inline constexpr int64_t kTotpStepsAround = 1;  ///< accepted before and after the present one, for clocks that differ

using TotpSecret = std::array<std::byte, kTotpSecretBytes>;

/// CHECKs now_ms >= 0.
int64_t totp_step(int64_t now_ms);
std::string totp_code(const TotpSecret& secret, int64_t step);

/// The step whose code this is, among those around `now_ms` and after `last_used`: a step is never used twice. Spends
/// the same time on right and wrong codes.
std::optional<int64_t> totp_match(const TotpSecret& secret, std::string_view code, int64_t now_ms, int64_t last_used);

/// 32 letters and digits, to be typed (RFC 4648 base32).
std::string totp_secret_text(const TotpSecret& secret);
/// The secret of such a text; no value for anything else.
std::optional<TotpSecret> read_totp_secret(std::string_view text);
/// "otpauth://totp/…", to be shown as a QR code.
std::string totp_uri(const TotpSecret& secret, std::string_view issuer, std::string_view login);

}  // namespace koshi::people
