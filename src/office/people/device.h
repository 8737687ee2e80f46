#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "office/people/random.h"
#include "store/transaction.h"

/// Devices in which an account has signed in before. Failures are counted apart for each of them, so that a stranger who enters wrong
/// passwords does not shut out the owner in the browser that he always uses. A device opens nothing: it only has an allowance of its own.
namespace koshi::people {

inline constexpr int64_t kDevicesMax = 10;  ///< of one account; one more forgets that which was used longest ago
inline constexpr int64_t kDeviceDays = 90;  ///< without a sign-in, then it is forgotten

/// By what failures of the device are counted: hexadecimal of its hash when it is known of the account, else empty.
store::StoreResult<std::string> device_of(store::Reader& reader, int64_t account, std::string_view token);
/// The token that the browser is to keep: the one that it has, when it is known of this account, else a new one.
store::StoreResult<std::string> remember_device(store::Transaction& transaction, int64_t account, std::string_view token, int64_t now_ms,
                                                const RandomBytes& random);
/// At most `count` rows; how many there were.
store::StoreResult<int64_t> forget_devices(store::Transaction& transaction, int64_t now_ms, int64_t count);

}  // namespace koshi::people
