#include "http/office/account_pages.h"
#include "http/office/page_frame.h"
#include "http/office/trace.h"
#include "office/people/account.h"
#include "office/people/recovery.h"

namespace koshi::http {
namespace {

/// What a form that led here has done, and how it is told.
constexpr std::pair<std::string_view, std::string_view> kDone[] = {
    {"password", "office.account.done_password"}, {"sessions", "office.account.done_sessions"}, {"removed", "office.account.done_removed"}};

std::string_view way_key(people::SignInWay way) {
  switch (way) {
    case people::SignInWay::kPassword: return "office.account.way_password";
    case people::SignInWay::kPasswordAndCode: return "office.account.way_code";
    case people::SignInWay::kProvider: break;
  }
  return "office.account.way_provider";
}

std::string moment(const OfficeSite& office, const Context& context, int64_t at_ms) {
  return office.site.words.date(context.language, office::office_day(at_ms)) + ", " + office::office_time(at_ms);
}

struct Known {
  people::Account account;
  int64_t codes_left = 0;
  std::vector<people::OpenSession> sessions;
};

store::StoreResult<Known> known_of(const OfficeSite& office, const Visitor& visitor) {
  auto known = office.house.store().read([&](store::Reader& reader) -> store::StoreResult<Known> {
    auto account = people::find_account(reader, visitor.session.account);
    if (!account) return std::unexpected(account.error());
    auto left = people::recovery_codes_left(reader, visitor.session.account);
    if (!left) return std::unexpected(left.error());
    return Known{std::move(*account).value_or(people::Account{}), *left, {}};
  });
  if (!known) return known;
  auto sessions = office.house.own_account().sessions({visitor.session, visitor.token}, office.house.now_ms());
  if (!sessions) return std::unexpected(sessions.error());
  known->sessions = std::move(*sessions);
  return known;
}

std::vector<View> session_views(const OfficeSite& office, const Context& context, const Known& known) {
  std::vector<View> views;
  for (const people::OpenSession& one : known.sessions) {
    View view;
    view.text("name", one.name)
        .flag("is_this", one.is_this)
        .text("about", phrase(office.site, context, "office.account.session",
                              {{"since", moment(office, context, one.signed_in_at_ms)},
                               {"seen", moment(office, context, one.seen_at_ms)},
                               {"way", phrase(office.site, context, way_key(one.way))}}));
    views.push_back(std::move(view));
  }
  return views;
}

/// What was done by the form that led here, if it is one of those that lead here.
std::string done_words(const OfficeSite& office, const Context& context) {
  const std::string done = context.query.get("done").value_or("");
  for (const auto& [known, key] : kDone) {
    if (done == known) return phrase(office.site, context, key);
  }
  return {};
}

std::string must_words(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  if (visitor.session.must_choose) return phrase(office.site, context, "office.account.must_choose");
  return visitor.session.must_enrol ? phrase(office.site, context, "office.account.must_enrol") : std::string();
}

Response shown(const OfficeSite& office, const Context& context, const Visitor& visitor, const AccountFault& fault) {
  const auto known = known_of(office, visitor);
  if (!known) return failure_page(office, context, &visitor, known.error());
  Page page{.name = "office_account", .title = phrase(office.site, context, "office.account.title"), .view = {}, .status = fault.status};
  page.view.text("heading", page.title);
  const std::string error = fault.phrase.empty() ? std::string() : phrase(office.site, context, fault.phrase);
  if (!error.empty()) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  View wrong;
  wrong.text("href", "#" + fault.field).text("text", error);
  page.view.text("error", error)
      .list("errors", {wrong})
      .text("done", error.empty() ? done_words(office, context) : std::string())
      .text("must", must_words(office, context, visitor))
      .text("login", known->account.login)
      .flag("has_password", known->account.has_password)
      .flag("enrolled", known->account.code_enrolled)
      .text("factor_is", phrase(office.site, context, "office.account.factor_is", {{"n", std::to_string(known->codes_left)}}))
      .list("sessions", session_views(office, context, *known))
      .list("hidden", hidden_fields(visitor, std::nullopt))
      .text("password_action", href(context, "/account/password"))
      .text("factor_action", href(context, "/account/factor"))
      .text("remove_action", href(context, "/account/factor/remove"))
      .text("sessions_action", href(context, "/account/sessions"));
  Response response = office_page(office, context, &visitor, std::move(page));
  if (fault.retry_at_ms > 0) {
    const int64_t seconds = (fault.retry_at_ms - office.house.now_ms()) / 1000 + 1;
    response.headers.push_back({"Retry-After", std::to_string(std::max<int64_t>(seconds, 1))});
  }
  return response;
}

Response done(const Context& context, std::string what) {
  Query query;
  query.add("done", std::move(what));
  return see_other(href(context, "/account", std::move(query)));
}

}  // namespace

Response account_refused(const OfficeSite& office, const Context& context, const Visitor& visitor, AccountFault fault) {
  return shown(office, context, visitor, fault);
}

AccountFault account_fault(const OfficeSite& office, const Visitor& visitor, const people::Refused& refused, std::string password,
                           std::string code) {
  note_refusal(office, visitor.session.login, refused.why);
  using enum people::Refusal;
  switch (refused.why) {
    case kTooManyFailures: return {std::move(password), "office.sign_in.too_many", 429, refused.retry_at_ms};
    case kTooBusy: return {std::move(password), "office.unavailable", 503, 0};
    case kPasswordTooShort: return {"new", "office.account.too_short", 422, 0};
    case kPasswordTooLong: return {"new", "office.account.too_long", 422, 0};
    case kPasswordCommon: return {"new", "office.account.common", 422, 0};
    case kPasswordSame: return {"new", "office.account.same", 422, 0};
    case kCodeWrong: return {std::move(code), "office.sign_in.code_wrong", 422, 0};
    case kCodeNotBegun: return {std::move(password), "office.account.not_begun", 422, 0};
    case kNotFresh: return {"sessions", "office.account.not_fresh", 422, 0};
    case kCodeEnrolled: return {std::move(password), "office.account.enrolled_already", 422, 0};
    default: return {std::move(password), "office.account.wrong", 422, 0};
  }
}

Response account_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  return shown(office, context, visitor, {});
}

Response account_password_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const std::string chosen = sent.fields.get("new").value_or("");
  if (chosen != sent.fields.get("again").value_or("")) {
    return account_refused(office, context, visitor, {"again", "office.account.differ", 422, 0});
  }
  const auto changed = office.house.own_account().change_password({visitor.session, visitor.token}, sent.fields.get("old").value_or(""),
                                                                  chosen, office.house.now_ms());
  if (!changed) return failure_page(office, context, &visitor, changed.error());
  if (!*changed) return account_refused(office, context, visitor, account_fault(office, visitor, changed->error(), "old"));
  return done(context, "password");
}

Response account_sessions_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  std::vector<std::string> names;
  for (const auto& [name, value] : sent.fields.items()) {
    if (name == "session" && std::ssize(names) < people::kSessionsMax) names.push_back(value);
  }
  if (names.empty()) return account_refused(office, context, visitor, {"sessions", "office.account.none_chosen", 422, 0});
  const auto ended = office.house.own_account().end_sessions({visitor.session, visitor.token}, sent.fields.get("password").value_or(""),
                                                             names, office.house.now_ms());
  if (!ended) return failure_page(office, context, &visitor, ended.error());
  if (!*ended) return account_refused(office, context, visitor, account_fault(office, visitor, ended->error(), "end-password"));
  return done(context, "sessions");
}

}  // namespace koshi::http
