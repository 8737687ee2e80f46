#include <sys/mman.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "observatory/tables/arrow_file.h"
#include "observatory/tables/arrow_values.h"

/// Files of people that somebody else wrote. Whatever stands in them: refused with a reason, or every value can be read within its view.
namespace {

using namespace koshi;
using observatory::ArrowArray;
using observatory::ArrowField;
using observatory::ArrowKind;

/// A value of each kind of view is touched at its ends: the address checks of the fuzzer see a view that is too long.
void touch(const ArrowField& field, const ArrowArray& array) {
  CHECK(array.rows >= 0);
  const ArrowKind kind = field.type.kind;
  for (const int64_t row : {int64_t{0}, array.rows / 2, array.rows - 1}) {
    if (row < 0 || row >= array.rows) continue;
    if (observatory::is_missing(array, row)) continue;
    if (kind == ArrowKind::kText || kind == ArrowKind::kLargeText) {
      for (const char c : observatory::text_at(field.type, array, row)) CHECK(c == c);
    } else {
      (void)observatory::number_at(field.type, array, row);
    }
  }
  for (size_t i = 0; i < array.fields.size() && i < field.fields.size(); ++i) touch(field.fields[i], array.fields[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const int file = memfd_create("arrow", 0);
  CHECK(file >= 0 && ftruncate(file, 0) == 0);
  CHECK(pwrite(file, data, size, 0) == static_cast<ssize_t>(size));
  const auto read = observatory::ArrowFile::open("/proc/self/fd/" + std::to_string(file));
  if (!read) {
    CHECK(!read.error().message.empty());
    return 0;
  }
  int64_t rows = 0;
  for (const observatory::ArrowBatch& batch : read->batches()) {
    CHECK(batch.arrays.size() == read->fields().size());
    rows += batch.rows;
    for (size_t i = 0; i < batch.arrays.size(); ++i) {
      CHECK(batch.arrays[i].rows == batch.rows);
      touch(read->fields()[i], batch.arrays[i]);
    }
  }
  CHECK(rows == read->rows());
  return 0;
}
