#pragma once

namespace koshi::people {

/// What came after schema.h, as a step of its own for store::migrate(). Never changed once released.
///
///   people_identity         which account somebody proves to own by another provider's word (identity.h)
///   people_contact          where an account is told what concerns it (contact.h)
///   people_sign_in_failure  gains the address from which the attempt came; empty when nobody knows
inline constexpr char kWaysSchema[] =
    "CREATE TABLE people_identity ("
    "  issuer text NOT NULL CONSTRAINT people_identity_issuer CHECK (issuer <> ''),"
    "  subject text NOT NULL CONSTRAINT people_identity_subject CHECK (subject <> ''),"
    "  account_id bigint NOT NULL REFERENCES people_account (id),"
    "  linked_at bigint NOT NULL,"
    "  PRIMARY KEY (issuer, subject)"
    ");"
    "CREATE INDEX people_identity_by_account ON people_identity (account_id);"
    "CREATE TABLE people_contact ("
    "  account_id bigint NOT NULL REFERENCES people_account (id),"
    "  way text NOT NULL CONSTRAINT people_contact_way CHECK (way <> ''),"
    "  address text NOT NULL CONSTRAINT people_contact_address CHECK (address <> ''),"
    "  PRIMARY KEY (account_id, way)"
    ");"
    "ALTER TABLE people_sign_in_failure ADD COLUMN address text NOT NULL DEFAULT '';"
    "CREATE INDEX people_sign_in_failure_by_address ON people_sign_in_failure (address, failed_at)";

}  // namespace koshi::people
