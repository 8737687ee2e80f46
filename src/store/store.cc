#include "store/store.h"

#include <algorithm>

#include "base/result.h"
#include "store/group_writer.h"
#include "store/postgres.h"
#include "store/reader_pool.h"
#include "store/sqlite.h"

namespace koshi::store {
namespace {

/// PostgreSQL keeps this many SAVEPOINTs that wrote at hand (PGPROC_MAX_CACHED_SUBXIDS); with more, everybody's reads
/// become slower.
constexpr size_t kPostgresGroupMax = 64;

class OpenStore final : public Store {
 public:
  OpenStore(Engine engine, const Connect& connect, std::unique_ptr<Connection> writer, const StoreOptions& options)
      : engine_(engine), readers_(connect, options), writer_(connect, std::move(writer), options) {}

  Engine engine() const override { return engine_; }
  bool idle() const override { return writer_.idle(); }
  size_t waiting() const override { return writer_.waiting(); }
  StoreResult<void> run_write(const WriteWork& work) override { return writer_.write(work); }
  StoreResult<void> run_read(const ReadWork& work) override { return readers_.read(work); }

 private:
  const Engine engine_;
  ReaderPool readers_;
  GroupWriter writer_;
};

}  // namespace

bool is_postgres_address(std::string_view address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

StoreResult<std::unique_ptr<Store>> open_store(const std::string& address, const StoreOptions& options) {
  const Engine engine = is_postgres_address(address) ? Engine::kPostgres : Engine::kSqlite;
  Connect connect = [=](Access access) {
    return engine == Engine::kPostgres ? connect_postgres(address, access) : connect_sqlite(address, access, options);
  };
  TRY(writer, connect(Access::kWrite));
  StoreOptions own = options;
  if (engine == Engine::kPostgres) own.group_max = std::min(own.group_max, kPostgresGroupMax);
  return std::make_unique<OpenStore>(engine, connect, std::move(writer), own);
}

}  // namespace koshi::store
