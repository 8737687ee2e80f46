#include "store/transaction.h"

#include "base/result.h"

namespace koshi::store {

StoreResult<void> RowSink::row_done() {
  if (each_ == nullptr) {
    if (rows_->size() <= kRowsMax && rows_->byte_count() <= kRowsMaxBytes) return {};
    return fault(Fault::kProgramming, "a query returned more rows than a page may have: page it, or use each()");
  }
  auto done = (*each_)((*rows_)[0]);
  rows_->clear();
  return done;
}

StoreResult<Rows> Reader::query(std::string_view sql, Params params) {
  Rows rows;
  RowSink sink(rows);
  TRY_DO(run(sql, params, &sink));
  return rows;
}

StoreResult<LaterRows> Reader::query_later(std::string_view sql, Params params) {
  auto rows = std::make_shared<Rows>();
  TRY_DO(run_later(sql, params, rows, kAnyNumber));
  return rows;
}

StoreResult<void> Reader::run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) {
  std::optional<RowSink> sink;
  if (rows != nullptr) sink.emplace(*rows);
  TRY(changed, run(sql, params, sink ? &*sink : nullptr));
  return check_changed(sql, changed, expected);
}

StoreResult<void> check_changed(std::string_view sql, int64_t changed, int64_t expected) {
  if (expected == kAnyNumber || changed == expected) return {};
  return fault(Fault::kCorrupt, "changed " + std::to_string(changed) + " rows, not " + std::to_string(expected) + ": " + std::string(sql));
}

StoreResult<void> Reader::each(std::string_view sql, Params params, const RowWork& work) {
  RowSink sink(work);
  TRY_DO(run(sql, params, &sink));
  return {};
}

}  // namespace koshi::store
