#include "office/desk/imagine.h"

#include "office/desk/desk_impl.h"

namespace koshi::office {

std::expected<Decision, Failure> imagine(store::Store& store, const Law& law, const Actor& actor, const Case& item, std::string_view action,
                                         std::string_view facts_json, Date today) {
  return lift<Decision>(store.read([&](store::Reader& reader) -> store::StoreResult<Decided> {
    Around around(reader);
    Decided decided = decide(law, item, actor, item.version, action, facts_json, around.surroundings(), today);
    TRY_DO(around.checked());
    return decided;
  }));
}

}  // namespace koshi::office
