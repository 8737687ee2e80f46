#pragma once

namespace koshi::people {

/// What came after schema_ways.h, as a step of its own for store::migrate(). Never changed once released.
///
///   people_denial  what was asked for and not given (denials.h), by day, account and thing
inline constexpr char kDenialsSchema[] =
    "CREATE TABLE people_denial ("
    "  day text NOT NULL CONSTRAINT people_denial_day CHECK (length(day) = 10),"
    "  account text NOT NULL CONSTRAINT people_denial_account CHECK (account <> ''),"
    "  thing text NOT NULL,"
    "  first_at bigint NOT NULL,"
    "  last_at bigint NOT NULL,"
    "  times bigint NOT NULL CONSTRAINT people_denial_times CHECK (times >= 1),"
    "  PRIMARY KEY (day, account, thing)"
    ")";

}  // namespace koshi::people
