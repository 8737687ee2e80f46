#include "office/journal/note.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "office/journal/event.h"

namespace koshi::journal {
namespace {

// The published example of Go's golang.org/x/mod/sumdb/note, from which the C2SP text was made.
constexpr std::string_view kKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kSecret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kSignature =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

SigningKey key_named(const char* name) {
  Seed seed{};
  seed[0] = static_cast<uint8_t>(name[0]);
  return SigningKey::create(name, seed).value();
}

TEST(Note, TheKnownExample) {
  const VerifyingKey key = VerifyingKey::parse(kKey).value();
  const SigningKey secret = SigningKey::parse(kSecret).value();
  EXPECT_EQ(key.text(), kKey);
  EXPECT_EQ(key.id(), 0xc74f20a3u);
  EXPECT_EQ(secret.secret_text(), kSecret);
  EXPECT_EQ(secret.verifying_key(), key);
  const std::string note = std::string(kText) + "\n" + std::string(kSignature);
  EXPECT_EQ(format_note(sign_note(std::string(kText), secret).value()), note);
  const Note parsed = parse_note(note).value();
  EXPECT_EQ(parsed.text, kText);
  EXPECT_TRUE(verify_note(parsed, std::array{key}));
}

// RFC 8032, section 7.1, test 1.
TEST(Note, Ed25519OfTheStandard) {
  const Seed seed = hash_from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
  const std::string signature = SigningKey::create("a", seed)->sign("");
  EXPECT_EQ(hex(hash_from_bytes(signature.substr(0, 32)).value()), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
  EXPECT_EQ(hex(hash_from_bytes(signature.substr(32)).value()), "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Note, MangledKeysAreRefused) {
  for (size_t begin = 0; begin <= kKey.size(); ++begin) {
    for (size_t end = begin; end <= kKey.size(); ++end) {
      if (end - begin == kKey.size()) continue;
      EXPECT_FALSE(VerifyingKey::parse(kKey.substr(begin, end - begin)));
    }
  }
  for (size_t i = 0; i < kKey.size(); ++i) {
    std::string mangled(kKey);
    ++mangled[i];
    EXPECT_FALSE(VerifyingKey::parse(mangled)) << mangled;
    std::string secret(kSecret);
    ++secret[i];
    EXPECT_FALSE(SigningKey::parse(secret));
  }
  EXPECT_FALSE(VerifyingKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
  EXPECT_FALSE(VerifyingKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
  EXPECT_TRUE(SigningKey::parse(std::string(kSecret) + "\n"));
  const std::string error = SigningKey::parse("PRIVATE+KEY+secret").error().message;
  EXPECT_EQ(error.find("secret"), std::string::npos);
}

TEST(Note, KeyNames) {
  EXPECT_TRUE(check_key_name("migration.example/кеңсе"));
  for (const char* bad : {"", "a b", "a+b", "a\tb", "a\u00A0b", "a\u3000", "\xFF", "a\n"}) EXPECT_FALSE(check_key_name(bad)) << bad;
  EXPECT_FALSE(check_key_name(std::string(kKeyNameMaxBytes + 1, 'a')));
}

TEST(Note, KnownUnknownAndWrongSignatures) {
  const SigningKey a = key_named("a");
  const SigningKey b = key_named("b");
  Note note = sign_note("text\n", a).value();
  EXPECT_FALSE(verify_note(note, std::array{b.verifying_key()}));
  EXPECT_FALSE(verify_note(note, {}));
  note.signatures.push_back(sign_note("text\n", b)->signatures.front());
  EXPECT_TRUE(verify_note(note, std::array{b.verifying_key()}));
  EXPECT_TRUE(verify_note(note, std::array{a.verifying_key(), b.verifying_key()}));
  note.signatures[1].bytes[5] ^= 1;
  EXPECT_TRUE(verify_note(note, std::array{a.verifying_key()}));
  EXPECT_EQ(verify_note(note, std::array{a.verifying_key(), b.verifying_key()}).error().message, "the signature of b is not good");
}

TEST(Note, TextsWithEmptyLinesKeepThem) {
  const SigningKey key = key_named("a");
  const Note note = sign_note("a\n\n\nb\n", key).value();
  EXPECT_EQ(parse_note(format_note(note)).value(), note);
  EXPECT_FALSE(sign_note("no newline", key));
  EXPECT_FALSE(sign_note("a\tb\n", key));
}

TEST(Note, Malformed) {
  const std::string good = std::string(kText) + "\n" + std::string(kSignature);
  for (const std::string& bad : {std::string(), std::string(kText), std::string(kText) + "\n", good + "\n", good + "x\n",
                                 good.substr(0, good.size() - 1), std::string(kText) + "\n-" + std::string(kSignature), good + "\u2014 a\n",
                                 good + "\u2014 a AAAA\n", "\xFF" + good, "\x01" + good, std::string(kNoteMaxBytes, 'a') + good}) {
    EXPECT_FALSE(parse_note(bad)) << bad;
  }
  std::string many = good;
  while (parse_note(many)) many += kSignature;
  EXPECT_EQ(parse_note(many).error().message, "malformed note: it has more than 32 signatures");
}

TEST(Checkpoint, TheFormOfTheStandard) {
  const std::string body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const Checkpoint checkpoint = parse_checkpoint(body).value();
  EXPECT_EQ(checkpoint.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint.size, 20852163u);
  EXPECT_EQ(format_checkpoint(checkpoint), body);
  EXPECT_EQ(parse_checkpoint(body + "extension\n").value(), checkpoint);
}

TEST(Checkpoint, Malformed) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  for (const std::string& bad :
       {std::string(), std::string("a\n1\n"), "\n1\n" + root, "a\n01\n" + root, "a\n-1\n" + root, "a\n+1\n" + root, "a\n\n" + root,
        "a\n9007199254740992\n" + root, std::string("a\n1\nAAAA\n"), "a\n1\n" + root + "\n", "a\n1\n" + root + "x"}) {
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  }
}

TEST(Checkpoint, IsOfOneOrigin) {
  const SigningKey key = key_named("a");
  const std::string note = sign_checkpoint({"a", 7, sha256("")}, key).value();
  EXPECT_EQ(open_checkpoint(note, "a", std::array{key.verifying_key()})->size, 7u);
  EXPECT_EQ(open_checkpoint(note, "b", std::array{key.verifying_key()}).error().message, "the checkpoint is of \"a\", not of \"b\"");
}

/// A turned bit, a lost byte, an added byte, anywhere: refused, never read as something else.
TEST(Checkpoint, NoChangeIsAccepted) {
  const SigningKey key = key_named("a");
  const std::string note = sign_checkpoint({"a", 12345, sha256("x")}, key).value();
  const std::array keys{key.verifying_key()};
  for (size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      EXPECT_FALSE(open_checkpoint(changed, "a", keys)) << i << " " << bit;
    }
    std::string changed = note;
    changed.erase(i, 1);
    EXPECT_FALSE(open_checkpoint(changed, "a", keys)) << i;
    EXPECT_FALSE(open_checkpoint(note.substr(0, i), "a", keys)) << i;
    changed = note;
    changed.insert(i, 1, '\n');
    EXPECT_FALSE(open_checkpoint(changed, "a", keys)) << i;
  }
}

RC_GTEST_PROP(Note, AnyTextIsReadBackOrRefused, (const std::string& text)) {
  const auto note = parse_note(text + "\n\n\u2014 a AAAAAAAA\n");
  if (note) RC_ASSERT(parse_note(format_note(*note)).value() == *note);
  const auto checkpoint = parse_checkpoint(text);
  if (checkpoint) RC_ASSERT(text.starts_with(format_checkpoint(*checkpoint)));
}

}  // namespace
}  // namespace koshi::journal
