// Enrolling a second factor, and removing it.
#include "base/text.h"
#include "http/office/account_pages.h"
#include "http/office/page_frame.h"
#include "office/papers/qr.h"

namespace koshi::http {
namespace {

/// Runs of dark modules, for the one path of a picture that a template draws: no markup comes from here.
std::string dark_path(const papers::QrMatrix& matrix) {
  std::string path;
  for (int row = 0; row < matrix.side; ++row) {
    for (int column = 0; column < matrix.side;) {
      int end = column;
      while (end < matrix.side && matrix.dark(row, end)) ++end;
      if (end > column) {
        path += "M" + std::to_string(column + papers::kQrQuietModules) + " " + std::to_string(row + papers::kQrQuietModules) + "h" +
                std::to_string(end - column) + "v1h-" + std::to_string(end - column) + "z";
      }
      column = end + 1;
    }
  }
  return path;
}

/// "ABCD EFGH …", as people type it.
std::string grouped(std::string_view secret) {
  std::string out;
  for (size_t i = 0; i < secret.size(); ++i) {
    if (i > 0 && i % 4 == 0) out.push_back(' ');
    out.push_back(secret[i]);
  }
  return out;
}

Response to_confirm(const OfficeSite& office, const Context& context, const Visitor& visitor, const people::Enrolment& begun,
                    const AccountFault& fault = {}) {
  const auto matrix = papers::make_qr(begun.uri);
  Page page{
      .name = "office_factor", .title = phrase(office.site, context, "office.account.factor_begin"), .view = {}, .status = fault.status};
  page.is_private = true;
  const std::string error = fault.phrase.empty() ? std::string() : phrase(office.site, context, fault.phrase);
  View wrong;
  wrong.text("href", "#code").text("text", error);
  page.view.text("heading", page.title)
      .text("error", error)
      .list("errors", {wrong})
      .text("secret", begun.secret)
      .text("grouped", grouped(begun.secret))
      .text("label", phrase(office.site, context, "office.account.qr_label"))
      .list("hidden", hidden_fields(visitor, std::nullopt))
      .text("action", href(context, "/account/factor/confirm"))
      .text("account", href(context, "/account"));
  // A login of 64 characters still fits; were it ever longer, the secret can be typed.
  if (matrix) {
    page.view.text("path", dark_path(*matrix)).text("side", std::to_string(matrix->side + 2 * papers::kQrQuietModules));
  }
  return office_page(office, context, &visitor, std::move(page));
}

Response told_codes(const OfficeSite& office, const Context& context, const Visitor& visitor, const std::vector<std::string>& codes) {
  Page page{.name = "office_recovery", .title = phrase(office.site, context, "office.account.recovery_title"), .view = {}};
  page.is_private = true;
  std::vector<View> views;
  for (const std::string& code : codes) {
    View view;
    views.push_back(std::move(view.text("code", code)));
  }
  page.view.text("heading", page.title).list("codes", std::move(views)).text("account", href(context, "/account"));
  return office_page(office, context, &visitor, std::move(page));
}

std::string field(const MultipartForm& sent, std::string_view name) {
  return std::string(trim(sent.fields.get(name).value_or("")));
}

}  // namespace

Response factor_begin_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto begun = office.house.own_account().begin_factor({visitor.session, visitor.token}, sent.fields.get("password").value_or(""),
                                                             office.house.now_ms());
  if (!begun) return failure_page(office, context, &visitor, begun.error());
  if (!*begun) return account_refused(office, context, visitor, account_fault(office, visitor, begun->error(), "factor-password"));
  return to_confirm(office, context, visitor, **begun);
}

Response factor_confirm_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto codes =
      office.house.own_account().confirm_factor({visitor.session, visitor.token}, field(sent, "code"), office.house.now_ms());
  if (!codes) return failure_page(office, context, &visitor, codes.error());
  if (*codes) return told_codes(office, context, visitor, **codes);
  AccountFault fault = account_fault(office, visitor, codes->error(), "factor-password", "code");
  // The form brings back what its page showed: the database tells the secret of a factor that was begun to nobody a second time.
  const auto again = office.house.second_factor().told_again(field(sent, "secret"), visitor.session.login);
  if (codes->error().why == people::Refusal::kCodeWrong && again) return to_confirm(office, context, visitor, *again, fault);
  return account_refused(office, context, visitor, std::move(fault));
}

Response factor_remove_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto removed = office.house.own_account().remove_factor({visitor.session, visitor.token}, sent.fields.get("password").value_or(""),
                                                                field(sent, "code"), office.house.now_ms());
  if (!removed) return failure_page(office, context, &visitor, removed.error());
  if (!*removed) {
    return account_refused(office, context, visitor, account_fault(office, visitor, removed->error(), "remove-password", "remove-code"));
  }
  Query query;
  query.add("done", "removed");
  return see_other(href(context, "/account", std::move(query)));
}

}  // namespace koshi::http
