// What everybody may look at: the balance of the quota, the state of the journal.
#include <algorithm>

#include "http/office/office_pages.h"
#include "http/office/page_frame.h"

namespace koshi::http {
namespace {

/// The visitor, if there is one; who may look at a public page needs none.
std::optional<Visitor> anybody(const OfficeSite& office, const Context& context) {
  auto visitor = visitor_of(office, context);
  return visitor ? std::move(*visitor) : std::nullopt;
}

/// A share of the limit in percent, for a picture.
std::string share(int64_t part, int64_t whole) {
  if (whole <= 0 || part <= 0) return "0%";
  // Places are counted in far less than 2^50 (the ledger's limit), so that the product fits.
  return std::to_string(std::min<int64_t>(part * 100 / whole, 100)) + "%";
}

View balance_view(const OfficeSite& office, const Context& context, const office::Balance& balance, bool of_one_kind) {
  const int64_t free = balance.limit - balance.held - balance.committed;
  View view;
  view.text("label",
            of_one_kind ? account_keys(office, context.language, balance.code) : account_label(office, context.language, balance.code))
      .text("limit", std::to_string(balance.limit))
      .text("held", std::to_string(balance.held))
      .text("committed", std::to_string(balance.committed))
      .text("free", std::to_string(free))
      .text("committed_share", share(balance.committed, balance.limit))
      .text("held_from", share(balance.committed, balance.limit))
      .text("held_share", share(balance.held, balance.limit));
  return view;
}

std::string quota_sentence(const OfficeSite& office, const Context& context, const std::vector<office::Balance>& balances) {
  office::Balance sum;
  for (const office::Balance& balance : balances) {
    sum.limit += balance.limit;
    sum.held += balance.held;
    sum.committed += balance.committed;
  }
  return phrase(office.site, context, "office.quota.sentence",
                {{"n", std::to_string(balances.size())},
                 {"limit", std::to_string(sum.limit)},
                 {"committed", std::to_string(sum.committed)},
                 {"held", std::to_string(sum.held)},
                 {"free", std::to_string(sum.limit - sum.held - sum.committed)}});
}

/// Where the accounts of a kind stand: those of this year, if they are told apart by years.
std::string prefix_of(const OfficeSite& office, const zan::Account& account) {
  const bool has_year = !account.keys.empty() && account.keys.front().kind == zan::Kind::kWhole;
  return account.name + "/" + (has_year ? std::to_string(civil(office.house.today()).year) + "/" : "");
}

std::vector<View> kind_views(const OfficeSite& office, const Context& context, std::string_view chosen) {
  std::vector<View> views;
  const auto add = [&](const std::string& prefix, std::string label) {
    Query query;
    query.add("prefix", prefix);
    views.push_back(link_view(href(context, "/quota", std::move(query)), std::move(label)).flag("current", prefix == chosen));
  };
  for (const zan::Account& account : office.law.corpus.accounts) {
    const std::string prefix = prefix_of(office, account);
    add(prefix, account_label(office, context.language, prefix.substr(0, prefix.size() - 1)));
  }
  add("", phrase(office.site, context, "office.quota.all"));
  return views;
}

/// Who asks for nothing in particular is shown the first kind of which there is something.
std::expected<std::string, office::Failure> usual_prefix(const OfficeSite& office) {
  for (const zan::Account& account : office.law.corpus.accounts) {
    std::string prefix = prefix_of(office, account);
    const auto some = office.house.desk().balances(prefix, "", 1);
    if (!some) return std::unexpected(some.error());
    if (!some->empty()) return prefix;
  }
  return "";
}

}  // namespace

Response quota_page(const OfficeSite& office, const Context& context) {
  const auto visitor = anybody(office, context);
  const Visitor* who = visitor ? &*visitor : nullptr;
  const auto chosen = context.query.get("prefix");
  const auto usual = chosen ? *chosen : usual_prefix(office);
  if (!usual) return failure_page(office, context, who, usual.error());
  const std::string& prefix = *usual;
  const auto balances = office.house.desk().balances(prefix, context.query.get("after").value_or(""));
  if (!balances) return failure_page(office, context, who, balances.error());
  std::vector<View> rows;
  for (const office::Balance& balance : *balances)
    rows.push_back(balance_view(office, context, balance, prefix.find('/') != std::string::npos));
  Query next;
  if (balances->size() == office::kPageMax) {
    next.add("prefix", prefix);
    next.add("after", balances->back().code);
  }
  Page page{.name = "office_quota", .title = phrase(office.site, context, "office.quota.title"), .view = {}};
  page.view.text("heading", page.title)
      .text("sentence", balances->empty() ? "" : quota_sentence(office, context, *balances))
      .list("kinds", kind_views(office, context, prefix))
      .flag("has_rows", !rows.empty())
      .list("rows", std::move(rows))
      .text("next", next.items().empty() ? "" : href(context, "/quota", std::move(next)));
  return office_page(office, context, who, std::move(page));
}

Response journal_page(const OfficeSite& office, const Context& context) {
  const auto visitor = anybody(office, context);
  const Visitor* who = visitor ? &*visitor : nullptr;
  const auto checkpoint = office.house.journal().checkpoint(office.house.store());
  if (!checkpoint) return failure_page(office, context, who, checkpoint.error());
  Page page{.name = "office_journal", .title = phrase(office.site, context, "office.journal.title"), .view = {}};
  page.view.text("heading", page.title)
      .text("size", phrase(office.site, context, "office.journal.size", {{"n", std::to_string(checkpoint->checkpoint.size)}}))
      .text("note", checkpoint->note)
      .text("key", office.house.journal().keys().empty() ? "" : office.house.journal().keys().front().text());
  return office_page(office, context, who, std::move(page));
}

}  // namespace koshi::http
