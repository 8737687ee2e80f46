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

StoreResult<void> Reader::each(std::string_view sql, Params params, const RowWork& work) {
  RowSink sink(work);
  TRY_DO(run(sql, params, &sink));
  return {};
}

}  // namespace koshi::store
