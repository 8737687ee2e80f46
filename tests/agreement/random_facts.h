#pragma once

#include "dice.h"
#include "zan/reason/answer.h"

namespace koshi::agreement {

/// A value of the type, from few enough that values meet.
zan::Value random_value(Dice& dice, const zan::Corpus& corpus, const zan::Type& type);

/// A record with about so many per cent of its facts and links given.
zan::Record random_record(Dice& dice, const zan::Corpus& corpus, zan::EntityId entity, size_t given, size_t depth = 2);

/// Sets one fact or link that is not given, in the record or a linked one; false when everything reachable is given.
bool give_one_more(Dice& dice, const zan::Corpus& corpus, zan::Record& record, size_t depth = 2);

/// Gives what the need asks for: a fact of the value, or a list of `members` records of which nothing is known.
void give(const zan::Corpus& corpus, zan::Record& record, const zan::Need& need, const zan::Value& value, size_t members = 1);

/// The record that has the needed fact or link, made where it is missing, and whether the need is still open.
bool is_open(const zan::Corpus& corpus, zan::Record& record, const zan::Need& need);

/// "p yes, firm.staff [], …": for the log of a failing property.
std::string text(const zan::Corpus& corpus, const zan::Record& record, const std::string& path = "");

Date random_date(Dice& dice);

}  // namespace koshi::agreement
