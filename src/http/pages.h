#pragma once

#include "http/ask_form.h"
#include "http/page.h"

/// The handlers of the routes, one file for each part of the site. `site` outlives the router.
namespace koshi::http {

Response home_page(const Site& site, const Context& context);
Response ask_page(const Site& site, const Context& context);
Response law_page(const Site& site, const Context& context);
Response acts_page(const Site& site, const Context& context);
Response act_page(const Site& site, const Context& context);
Response norms_page(const Site& site, const Context& context);
Response norm_page(const Site& site, const Context& context);
Response reforms_page(const Site& site, const Context& context);
Response reform_page(const Site& site, const Context& context);
Response compare_page(const Site& site, const Context& context);
Response status_page(const Site& site, const Context& context);
Response status_traces_page(const Site& site, const Context& context);
Response topics_page(const Site& site, const Context& context);
Response topic_page(const Site& site, const Context& context);
Response static_file(const Site& site, const Context& context);

// Steps of /ask.

/// An entry of the error summary: what is wrong, and where it is mended.
struct FormError {
  std::string href;
  std::string text;
};

/// The questions of the law by topic.
Response choose_page(const Site& site, const Context& context);
/// What the question is about, its date, instrument and reforms.
Response start_page(const Site& site, const Context& context, const AskForm& form, zan::NormId norm, const std::vector<FormError>& errors);
/// One fact is asked for.
Response question_page(const Site& site, const Context& context, const AskForm& form, zan::NormId norm, const std::string& path,
                       const std::vector<FormError>& errors);
/// The facts given cannot be taken together.
Response contradiction_page(const Site& site, const Context& context, const AskForm& form, zan::NormId norm, const ask::Problems& problems);
Response answer_page(const Site& site, const Context& context, const AskForm& form, const ask::Question& question,
                     const zan::Answer& answer);

/// The link to the question as the form has it, and what is shown of it on every step.
std::string ask_href(const Context& context, const AskForm& form);
/// Rows {label, value, change}: what has been said so far.
std::vector<View> given_views(const Site& site, const Context& context, const AskForm& form, zan::NormId norm);
/// {name, value} of everything that the address holds, for forms.
std::vector<View> hidden_views(const Context& context, const AskForm& form);
/// "Asked on 10 March 2016, under the Law on …, as if … were in force".
std::string asked_sentence(const Site& site, const Context& context, const AskForm& form);
std::vector<View> error_views(const std::vector<FormError>& errors);

}  // namespace koshi::http
