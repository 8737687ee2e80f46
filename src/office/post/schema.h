#pragma once

namespace koshi::post {

/// Letters on their way, as a step for store::migrate(). Never changed once released.
///
///   post_letter  one notice to one account by one way. state: 0 waits until due_at, 1 delivered, 2 given up (`trouble` says why).
///                subject and body are emptied when it no longer waits
inline constexpr char kSchema[] =
    "CREATE TABLE post_letter ("
    "  notice bigint NOT NULL,"
    "  account_id bigint NOT NULL,"
    "  way text NOT NULL CONSTRAINT post_letter_way CHECK (way <> ''),"
    "  state bigint NOT NULL CONSTRAINT post_letter_state CHECK (state BETWEEN 0 AND 2),"
    "  tries bigint NOT NULL CONSTRAINT post_letter_tries CHECK (tries >= 0),"
    "  due_at bigint NOT NULL,"
    "  language text NOT NULL,"
    "  subject text NOT NULL,"
    "  body text NOT NULL,"
    "  trouble text NOT NULL,"
    "  PRIMARY KEY (notice, account_id, way)"
    ");"
    "CREATE INDEX post_letter_by_due ON post_letter (due_at, notice, account_id, way) WHERE state = 0;"
    "CREATE INDEX post_letter_by_end ON post_letter (due_at) WHERE state <> 0";

}  // namespace koshi::post
