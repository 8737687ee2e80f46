// Entities.
//
//   entity = "entity" name text *( fact / link / must / identity )
//   fact   = name ":" type ["format" name] text ["ask" text] ["help" text]
//   link   = "link" name ":" ["many"] name text
//   must   = "must" expression text
//   identity = "identity" ("person" / "employer") name ["," name "of" name] ["named" name] ["born" name]

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 2> kQuestionWords = {"ask", "help"};
constexpr std::array<std::string_view, 3> kPartWords = {"link", "must", "identity"};
constexpr std::array<std::string_view, 2> kIdentityWords = {"person", "employer"};

bool read_fact(Reader& r, FactDecl& fact) {
  if (!r.read_name(fact.name, "the name of the fact") || !r.require(":") || !read_type(r, fact.type)) return false;
  if (r.accept("format") && !r.read_name(fact.format, "the name of a format")) return false;
  if (!r.read_text(fact.label, "the label of the fact, in double quotes")) return false;
  while (!r.at_end()) {
    if (fact.ask.empty() && r.accept("ask")) {
      if (!r.read_text(fact.ask, "the question, in double quotes")) return false;
    } else if (fact.help.empty() && r.accept("help")) {
      if (!r.read_text(fact.help, "the help, in double quotes")) return false;
    } else {
      return r.unexpected("`ask` or `help`", kQuestionWords);
    }
  }
  return true;
}

bool read_link(Reader& r, LinkDecl& link) {
  if (!r.read_name(link.name, "the name of the link") || !r.require(":")) return false;
  link.many = r.accept("many");
  if (!r.read_name(link.target, "`many` or the name of an entity")) return false;
  if (!link.many && r.at_kind(TokenKind::kWord) && !r.peek().first) {
    return r.report(link.target.span, concat({"expected `many` or nothing before the entity, found ", quoted(link.target.text)}));
  }
  return r.read_text(link.label, "the label of the link, in double quotes");
}

bool read_must(Reader& r, MustDecl& must) {
  must.condition = read_expression(r);
  return must.condition && r.read_text(must.message, "what to say when this is broken, in double quotes");
}

bool read_identity(Reader& r, IdentityDecl& identity) {
  if (!r.at("person") && !r.at("employer")) return r.expected("`person` or `employer`", kIdentityWords);
  if (!r.read_name(identity.kind, "`person` or `employer`") || !r.read_name(identity.number, "the fact that is the IIN or BIN")) {
    return false;
  }
  if (r.accept(",")) {
    const bool good = r.read_name(identity.passport, "the fact that is the number of the passport") && r.require("of") &&
                      r.read_name(identity.country, "the fact that is its country");
    if (!good) return false;
  }
  if (r.accept("named") && !r.read_name(identity.name, "the fact that is the name")) return false;
  return !r.accept("born") || r.read_name(identity.born, "the fact that is the date of birth");
}

/// Reads one part of an entity and puts it into its list.
template <typename Part, typename ReadPart>
bool read_part(Reader& r, uint32_t begin, Comments comments, std::vector<Part>& out, ReadPart read) {
  Part part;
  part.comments = std::move(comments);
  if (!read(r, part)) return false;
  part.span = r.since(begin);
  r.comments_inside(part.comments);
  out.push_back(std::move(part));
  return true;
}

bool read_entity_part(Reader& r, EntityDecl& entity) {
  const uint32_t begin = r.here();
  Comments comments = r.comments_above();
  if (r.at("identity") && !r.at_label()) {
    if (!entity.identities.empty()) return r.report(r.peek().span, "`identity` stands twice in this entity");
    r.next();
    return read_part(r, begin, std::move(comments), entity.identities, read_identity);
  }
  if (r.accept("link")) return read_part(r, begin, std::move(comments), entity.links, read_link);
  if (r.accept("must")) return read_part(r, begin, std::move(comments), entity.musts, read_must);
  const bool fact = r.at_label() || (r.at_kind(TokenKind::kWord) && !is_near(r.peek().text, kPartWords));
  if (fact) return read_part(r, begin, std::move(comments), entity.facts, read_fact);
  return r.unexpected("a fact (NAME: TYPE), `link`, `must` or `identity`", kPartWords);
}

}  // namespace

bool read_entity(Reader& r, uint32_t begin, EntityDecl& out) {
  const bool named = r.read_name(out.name, "the name of the entity");
  if (!named || !r.read_text(out.label, "the label of the entity, in double quotes")) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  r.each_child([&] { return read_entity_part(r, out); });
  return named;
}

}  // namespace koshi::zan
