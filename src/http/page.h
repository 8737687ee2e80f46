#pragma once

#include <string>
#include <vector>

#include "http/router.h"
#include "http/site.h"

/// What all pages share: the frame, links that carry the language on, citations with their confidence.
namespace koshi::http {

enum class Section : uint8_t { kHome, kAsk, kLaw, kOffice };

struct Page {
  std::string name;   ///< of the template
  std::string title;  ///< of the window and the page
  View view;
  Section section = Section::kHome;
  int status = 200;
  bool is_private = false;  ///< holds facts of a person: not to be kept by the browser
  View frame = {};          ///< for the layout besides: {visitor: {name, csrf, account, sign_out}}
};

Response render_page(const Site& site, const Context& context, Page page);

/// A link within the site, in the language of the page when it was chosen by the address.
std::string href(const Context& context, std::string_view path, Query query = {});
/// "/law/norms/person.registration_due", with ?under=.
std::string norm_href(const Site& site, const Context& context, zan::NormId norm);
std::string act_href(const Site& site, const Context& context, zan::ActId act);
std::string reform_href(const Site& site, const Context& context, zan::ReformId reform);

std::string phrase(const Site& site, const Context& context, std::string_view key, const words::Holes& holes = {});
std::string norm_label(const Site& site, const Context& context, zan::NormId norm);

/// {cites: [{cite, href, confidence, confidence_words, mark}]}
std::vector<View> citation_views(const Site& site, const Context& context, const std::vector<zan::CitationRef>& citations);
/// "read", "reported", "unverified", "sample".
std::string_view confidence_code(zan::Confidence confidence);

/// A page for a refusal: what went wrong, and the way on.
Response error_page(const Site& site, const Context& context, int status, const std::string& detail = {});

/// {href, label}
View link_view(std::string href, std::string label);

/// Items of a tree in reading order, each with its depth, made ready for a template without recursion: `opens` says that a list of items
/// below it begins, and `closes` holds one entry for each list that ends after it.
std::vector<View> nest(std::vector<std::pair<size_t, View>> items);

}  // namespace koshi::http
