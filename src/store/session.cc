#include "store/session.h"

#include "base/check.h"
#include "base/result.h"
#include "base/text.h"

namespace koshi::store {
namespace {

std::unexpected<StoreError> refuse_param(size_t index, const char* why) {
  return fault(Fault::kProgramming, "parameter $" + std::to_string(index + 1) + why);
}

StoreResult<void> check_params(Params params) {
  if (params.size() > kParamsMax) return fault(Fault::kProgramming, "a statement has too many parameters");
  for (size_t i = 0; i < params.size(); ++i) {
    const Value& value = params[i];
    if (value.bytes().size() > kValueMaxBytes) return refuse_param(i, " is too large to be stored");
    if (value.type() != Type::kText) continue;
    if (!is_valid_utf8(value.bytes())) return refuse_param(i, " is text but not UTF-8");
    if (value.bytes().find('\0') != std::string_view::npos) {
      return refuse_param(i, " is text with a NUL, which PostgreSQL cannot hold");
    }
  }
  return {};
}

}  // namespace

StoreResult<void> Session::ready() const {
  if (streaming_) return fault(Fault::kProgramming, "each() is still running: its work must not use the reader");
  if (failure_) return fault(Fault::kProgramming, "a statement failed before this one: " + failure_->message);
  return {};
}

template <typename T>
StoreResult<T> Session::noted(StoreResult<T> result) {
  if (!result && !failure_) failure_ = result.error();
  return result;
}

StoreResult<int64_t> Session::run(std::string_view sql, Params params, RowSink* sink) {
  TRY_DO(ready());
  if (auto checked = check_params(params); !checked) return noted<int64_t>(std::unexpected(checked.error()));
  streaming_ = sink != nullptr && sink->streams();
  auto result = connection_.run(sql, params, sink);
  streaming_ = false;
  return noted(std::move(result));
}

StoreResult<void> Session::run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) {
  TRY_DO(ready());
  TRY_DO(noted(check_params(params)));
  return noted(connection_.run_later(sql, params, std::move(rows), expected));
}

StoreResult<void> Session::settle() {
  TRY_DO(ready());
  return noted(connection_.flush());
}

StoreResult<void> Session::script(std::string_view sql) {
  TRY_DO(ready());
  CHECK(access_ == Access::kWrite);
  return noted(connection_.script(sql));
}

StoreResult<void> Session::begin_nested() {
  TRY_DO(ready());
  if (depth_ == kNestingMax) {
    return noted<void>(fault(Fault::kProgramming, "nested() is nested too deeply"));
  }
  TRY_DO(settle());  // what fails here is not the nested work's
  TRY_DO(noted(connection_.savepoint(depth_ + 1)));
  ++depth_;
  return {};
}

StoreResult<void> Session::end_nested(bool keep) {
  CHECK(depth_ > 0 && !streaming_);
  const int depth = depth_--;
  if (keep && !failure_) (void)settle();
  if (keep && !failure_) return noted(connection_.release(depth));
  const std::optional<StoreError> swallowed = failure_;
  failure_.reset();
  TRY_DO(noted(connection_.rollback_to(depth)));
  if (keep) return std::unexpected(*swallowed);
  return {};
}

}  // namespace koshi::store
