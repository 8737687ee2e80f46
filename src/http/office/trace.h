#pragma once

#include <string_view>

#include "http/office/visitor.h"
#include "office/people/refusal.h"

/// Tries in vain, written into the office's book of them (office/people/denials.h). None of these keeps a word that a stranger wrote.
namespace koshi::http {

/// The visitor asked for a thing that is not there, or not his.
void note_denial(const OfficeSite& office, const Visitor& visitor, std::string_view thing);

/// Somebody who is not signed in asked for what is for those who are.
void note_stranger(const OfficeSite& office, const Request& request, std::string_view route);

/// The browser of somebody who is signed in sent a change that his own page did not make.
void note_forged(const OfficeSite& office, const Visitor& visitor);

/// Looks whether it was answered 400, which our own pages never are. No visitor: a stranger.
void note_malformed(const OfficeSite& office, const Visitor* visitor, const Response& response);

/// More requests than people make.
void note_too_fast(const OfficeSite& office, const Visitor& visitor);

/// A sign-in that failed, by the login if an account has it. What stands for no account is not kept: people type passwords there.
void note_refusal(const OfficeSite& office, std::string_view login, people::Refusal why);

}  // namespace koshi::http
