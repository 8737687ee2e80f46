#include "http/office/page_frame.h"

#include "base/text.h"
#include "http/office/failure.h"
#include "office/people/random.h"
#include "office/people/token.h"

namespace koshi::http {
namespace {

/// Under which a look at a case by an authority is journalled.

View field(std::string name, std::string value) {
  View view;
  view.text("name", std::move(name)).text("value", std::move(value));
  return view;
}

/// One key of an account: the label of an enum's member, else as it is.
std::string key_label(const OfficeSite& office, words::Language language, const zan::Type& type, std::string_view text) {
  const zan::Corpus& corpus = office.law.corpus;
  if (type.kind != zan::Kind::kEnum) return std::string(text);
  const auto found = corpus.enums[static_cast<size_t>(type.of)].index.find(std::string(text));
  if (found == corpus.enums[static_cast<size_t>(type.of)].index.end()) return std::string(text);
  return office.site.words.label(language, words::member_key(corpus, type.of, found->second));
}

const zan::Account* account_of(const OfficeSite& office, std::string_view code) {
  const std::string_view name = code.substr(0, code.find('/'));
  for (const zan::Account& account : office.law.corpus.accounts) {
    if (account.name == name) return &account;
  }
  return nullptr;
}

}  // namespace

void add_way_out(Page& page) {
  View view;
  page.frame.section("way_out", view.text("href", "/leave"));
}

Response office_page(const OfficeSite& office, const Context& context, const Visitor* visitor, Page page) {
  page.section = Section::kOffice;
  // A demonstration has a clock of its own, and terms count by it.
  if (!office.demo.empty()) {
    const std::string today = office.site.words.date(context.language, office.house.today());
    page.frame.text("trial_day", phrase(office.site, context, "office.frame.trial_day", {{"date", today}}));
  }
  if (visitor != nullptr && visitor->by_key) {
    // Others may look over a shoulder, or through the browser's history.
    page.is_private = true;
    page.title = phrase(office.site, context, "office.key.neutral_title");
    add_way_out(page);
  } else if (visitor != nullptr) {
    page.is_private = true;
    View view;
    view.text("name", visitor->session.display_name)
        .text("csrf", people::csrf_token(visitor->token))
        .text("account", href(context, "/account"))
        .text("sign_out", href(context, "/sign-out"));
    page.frame.section("visitor", std::move(view));
  }
  return render_page(office.site, context, std::move(page));
}

Response failure_page(const OfficeSite& office, const Context& context, const Visitor* visitor, const office::Failure& failure) {
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  if (refusal == nullptr) {
    Response busy = refused_page(office, context, visitor, 503, "office.failed.busy_title", "office.unavailable");
    busy.headers.push_back({"Retry-After", "2"});
    return busy;
  }
  Page page{.name = "office_refused", .title = phrase(office.site, context, "office.failed.title"), .view = {}};
  page.status = status_of(failure);
  if (page.status == 404) page.title = phrase(office.site, context, "office.failed.404_title");
  const std::string text = refusal->message.empty() ? phrase(office.site, context, "desk.no_such_case") : refusal->message;
  page.view.text("heading", page.title).text("text", text).text("desk", href(context, "/desk"));
  return office_page(office, context, visitor, std::move(page));
}

Response refused_page(const OfficeSite& office, const Context& context, const Visitor* visitor, int status, std::string_view title_key,
                      std::string_view text_key) {
  Page page{.name = "office_refused", .title = phrase(office.site, context, title_key), .view = {}, .status = status};
  page.view.text("heading", page.title).text("text", phrase(office.site, context, text_key)).text("desk", href(context, "/desk"));
  return office_page(office, context, visitor, std::move(page));
}

std::vector<View> hidden_fields(const Visitor& visitor, std::optional<int64_t> version) {
  std::vector<View> fields;
  fields.push_back(field("csrf", people::csrf_token(visitor.token)));
  if (version) fields.push_back(field("version", std::to_string(*version)));
  fields.push_back(field("key", people::make_token(people::system_random())));
  return fields;
}

Response sign_in_first(const Context& context) {
  Query query;
  const bool is_page = context.request.method == "GET" || context.request.method == "HEAD";
  if (is_page && context.request.path != "/desk") query.add("next", context.request.path);
  return see_other(href(context, "/sign-in", std::move(query)));
}

std::string safe_next(std::string_view next) {
  const bool is_ours = next.size() > 1 && next.size() <= kMaxPathBytes && next[0] == '/' && next[1] != '/' && next[1] != '\\';
  if (!is_ours || next.find_first_of("\\\r\n\t ?#") != std::string_view::npos) return "/desk";
  return std::string(next);
}

std::string account_keys(const OfficeSite& office, words::Language language, std::string_view code) {
  const zan::Account* account = account_of(office, code);
  std::vector<std::string> keys;
  const auto parts = split(code, '/');
  for (size_t i = 1; i < parts.size(); ++i) {
    const bool known = account != nullptr && i <= account->keys.size();
    keys.push_back(known ? key_label(office, language, account->keys[i - 1], parts[i]) : std::string(parts[i]));
  }
  return join(keys, ", ");
}

std::string account_label(const OfficeSite& office, words::Language language, std::string_view code) {
  const zan::Account* account = account_of(office, code);
  const std::string kind =
      account == nullptr ? std::string(code.substr(0, code.find('/'))) : office.site.words.label(language, words::account_key(*account));
  const std::string keys = account_keys(office, language, code);
  return keys.empty() ? kind : kind + ": " + keys;
}

std::string effect_label(const words::ProcedureWords& said, zan::Effect::Kind kind, std::string_view name, const std::string& as_was) {
  const auto& states = said.procedure().states;
  for (size_t s = 0; s < states.size(); ++s) {
    const auto& actions = states[s].actions;
    for (size_t a = 0; a < actions.size(); ++a) {
      for (size_t e = 0; e < actions[a].effects.size(); ++e) {
        const zan::Effect& effect = actions[a].effects[e];
        const bool same = name.empty() ? effect.label == as_was : effect.name == name;
        if (effect.kind == kind && same) return said.effect(static_cast<int32_t>(s), static_cast<int32_t>(a), static_cast<int32_t>(e));
      }
    }
  }
  return as_was;
}

}  // namespace koshi::http
