#pragma once

namespace koshi::people {

/// What came after schema_own.h, as a step of its own for store::migrate(). Never changed once released.
///
///   people_session  gains whether whoever vouched for it had asked for several factors (proof.h)
inline constexpr char kProofSchema[] =
    "ALTER TABLE people_session ADD COLUMN factor_elsewhere bigint NOT NULL DEFAULT 0"
    " CONSTRAINT people_session_factor_elsewhere CHECK (factor_elsewhere IN (0, 1))";

}  // namespace koshi::people
