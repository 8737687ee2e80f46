#include "office/post/post.h"

#include <algorithm>

#include "ask/json.h"
#include "base/result.h"
#include "base/text.h"
#include "office/people/contact.h"
#include "words/procedures.h"

namespace koshi::post {
namespace {

using store::StoreResult;

/// The JSON of a scope as accounts have it: the text itself.
std::string plain(std::string_view json) {
  const auto document = ask::read_json(json, {4096, 4});
  return document && (*document)[0].kind == ask::JsonNode::Kind::kString ? std::string((*document)[0].text) : std::string(json);
}

const zan::Role* role_of(const zan::Procedure* procedure, std::string_view name) {
  const int32_t role = procedure == nullptr ? zan::kNoId : procedure->find_role(name);
  return role == zan::kNoId ? nullptr : &procedure->roles[static_cast<size_t>(role)];
}

const zan::Procedure* procedure_of(const office::Law& law, std::string_view name) {
  const int32_t procedure = law.corpus.find_procedure(name);
  return procedure == zan::kNoId ? nullptr : &law.corpus.procedures[static_cast<size_t>(procedure)];
}

/// The notice in the reader's language, found by what the law text calls it; as it was then, where the law has it no longer.
std::string notice_text(const words::ProcedureWords& said, std::string_view role, const std::string& as_was) {
  const zan::Procedure& procedure = said.procedure();
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) {
      const auto& effects = procedure.states[s].actions[a].effects;
      for (size_t e = 0; e < effects.size(); ++e) {
        const bool is_it = effects[e].kind == zan::Effect::Kind::kNotice && effects[e].label == as_was &&
                           procedure.roles[static_cast<size_t>(effects[e].role)].name == role;
        if (is_it) return said.effect(static_cast<int32_t>(s), static_cast<int32_t>(a), static_cast<int32_t>(e));
      }
    }
  }
  return as_was;
}

StoreResult<std::vector<people::Contact>> concerned(store::Reader& reader, const zan::Procedure* procedure,
                                                    const office::Desk::OutboxEntry& notice) {
  const zan::Role* role = role_of(procedure, notice.role);
  const bool is_party = role != nullptr && role->kind == zan::Role::Kind::kParty;
  if (is_party && !role->within) return people::contacts_of_login(reader, notice.opened_by);
  return people::contacts_of_role(reader, notice.role, plain(notice.scope));
}

}  // namespace

int64_t backoff_ms(int tries) {
  int64_t wait = kBackoffFirstMs;
  for (int i = 1; i < tries && wait < kBackoffMaxMs; ++i) wait *= 2;
  return std::min(wait, kBackoffMaxMs);
}

struct Post::Waiting {
  int64_t notice = 0, account = 0;
  std::string way;
  int tries = 0;
  Letter letter;
};

NoticeChannel* Post::channel(std::string_view way) const {
  for (const auto& each : parts_.channels) {
    if (each->way() == way) return each.get();
  }
  return nullptr;
}

Letter Post::compose(const office::Desk::OutboxEntry& notice, words::Language language) const {
  const words::Words& said = parts_.law.words;
  const zan::Procedure* procedure = procedure_of(parts_.law, notice.procedure);
  Letter letter;
  letter.language = std::string(words::code(language));
  // Others may read the letter: it does not even tell that there is a case.
  if (journal::is_sealed(notice.case_id)) {
    letter.subject = letter.text = said.phrase(language, "desk.sealed_notice");
    return letter;
  }
  std::string label = notice.procedure;
  std::string text = notice.text;
  if (procedure != nullptr) {
    const words::ProcedureWords in_words(said, language, *procedure);
    label = in_words.label();
    text = notice_text(in_words, notice.role, notice.text);
  }
  letter.subject = said.phrase(language, "post.subject", {{"procedure", label}, {"case", notice.case_id}});
  letter.text = text + "\n\n" + label + "\n" + said.phrase(language, "post.case", {{"case", notice.case_id}}) + "\n";
  if (!parts_.link.empty()) letter.text += parts_.link + "/cases/" + notice.case_id + "?lang=" + letter.language + "\n";
  letter.text += "\n" + said.phrase(language, "post.no_answer") + "\n";
  return letter;
}

StoreResult<void> Post::sort(const office::Desk::OutboxEntry& notice) {
  const zan::Procedure* procedure = procedure_of(parts_.law, notice.procedure);
  TRY(contacts, parts_.store.read([&](store::Reader& reader) { return concerned(reader, procedure, notice); }));
  const int64_t now_ms = parts_.clock();
  std::erase_if(contacts, [&](const people::Contact& contact) { return channel(contact.way) == nullptr; });
  if (contacts.empty()) return {};
  return parts_.store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    for (const people::Contact& contact : contacts) {
      const Letter letter = compose(notice, words::parse_language(contact.language).value_or(words::Language::kEn));
      TRY_DO(
          transaction.execute("INSERT INTO post_letter (notice, account_id, way, state, tries, due_at, language, subject, body, trouble)"
                              " VALUES ($1, $2, $3, 0, 0, $4, $5, $6, $7, '') ON CONFLICT (notice, account_id, way) DO NOTHING",
                              {notice.number, contact.account, contact.way, now_ms, letter.language, letter.subject, letter.text}));
    }
    return {};
  });
}

StoreResult<size_t> Post::sort() {
  const auto waiting = parts_.desk.outbox();
  const auto as_error = [](const office::Failure& failure) {
    const auto* error = std::get_if<store::StoreError>(&failure);
    return std::unexpected(error != nullptr ? *error : store::StoreError{});
  };
  if (!waiting) return as_error(waiting.error());
  for (const office::Desk::OutboxEntry& notice : *waiting) {
    TRY_DO(sort(notice));
    if (const auto noted = parts_.desk.sent(notice.number); !noted) return as_error(noted.error());
  }
  return waiting->size();
}

/// The letter is ours for kLeaseMs. Its address is that of now, not of when the notice was made.
StoreResult<std::optional<Post::Waiting>> Post::take() {
  const int64_t now_ms = parts_.clock();
  return parts_.store.write([&](store::Transaction& transaction) -> StoreResult<std::optional<Waiting>> {
    TRY(rows, transaction.query("SELECT l.notice, l.account_id, l.way, l.tries, l.language, l.subject, l.body, c.address, n.recorded_at"
                                " FROM post_letter l JOIN desk_notice n ON n.number = l.notice"
                                " JOIN people_account a ON a.id = l.account_id"
                                " LEFT JOIN people_contact c ON c.account_id = l.account_id AND c.way = l.way AND a.disabled = 0"
                                " WHERE l.state = 0 AND l.due_at <= $1 ORDER BY l.due_at, l.notice, l.account_id, l.way LIMIT 1",
                                {now_ms}));
    if (rows.empty()) return std::nullopt;
    const store::Row row = rows[0];
    Waiting waiting{row.integer(0), row.integer(1), std::string(row.text(2)), static_cast<int>(row.integer(3)), {}};
    waiting.letter = {.id = "notice." + std::to_string(waiting.notice) + "." + std::to_string(waiting.account),
                      .address = row.is_null(7) ? "" : std::string(row.text(7)),
                      .language = std::string(row.text(4)),
                      .subject = std::string(row.text(5)),
                      .text = std::string(row.text(6)),
                      .at_ms = row.integer(8)};
    TRY_DO(transaction.execute("UPDATE post_letter SET due_at = $1 WHERE notice = $2 AND account_id = $3 AND way = $4",
                               {now_ms + kLeaseMs, waiting.notice, waiting.account, waiting.way}));
    return waiting;
  });
}

StoreResult<Post::Turn> Post::settle(const Waiting& waiting, const std::expected<void, ChannelFault>& done) {
  const int tries = waiting.tries + 1;
  const Turn turn = done ? Turn::kDelivered : done.error().is_final || tries >= kTriesMax ? Turn::kGivenUp : Turn::kPutOff;
  const int64_t now_ms = parts_.clock();
  std::string trouble = done ? "" : done.error().message.substr(0, kTroubleMaxBytes);
  if (!is_valid_utf8(trouble) || trouble.find('\0') != std::string::npos) trouble = "the other side's words cannot be read";
  TRY_DO(parts_.store.write([&](store::Transaction& transaction) -> StoreResult<int64_t> {
    if (turn == Turn::kPutOff) {
      return transaction.execute(
          "UPDATE post_letter SET tries = $1, due_at = $2, trouble = $3 WHERE notice = $4 AND account_id = $5 AND way = $6",
          {tries, now_ms + backoff_ms(tries), trouble, waiting.notice, waiting.account, waiting.way});
    }
    return transaction.execute(
        "UPDATE post_letter SET state = $1, tries = $2, due_at = $3, trouble = $4, subject = '', body = ''"
        " WHERE notice = $5 AND account_id = $6 AND way = $7",
        {done ? 1 : 2, tries, now_ms, trouble, waiting.notice, waiting.account, waiting.way});
  }));
  return turn;
}

StoreResult<Post::Turn> Post::deliver_one() {
  TRY(waiting, take());
  if (!waiting) return Turn::kIdle;
  NoticeChannel* way = channel(waiting->way);
  if (waiting->letter.address.empty())
    return settle(*waiting, std::unexpected(ChannelFault{true, "the account has no address of this way"}));
  if (way == nullptr) return settle(*waiting, std::unexpected(ChannelFault{false, "this server has no such way"}));
  return settle(*waiting, way->deliver(waiting->letter));
}

StoreResult<void> Post::tidy() {
  TRY_DO(parts_.store.write([&](store::Transaction& transaction) {
    return transaction.execute("DELETE FROM post_letter WHERE state <> 0 AND due_at <= $1", {parts_.clock() - kKeptMs});
  }));
  return {};
}

}  // namespace koshi::post
