/// People of bad faith in an office: forged, fixed and guessed sessions, headers and scripts in what is typed, files that are bombs.
#include "hostile_office.h"

#include <boost/json.hpp>
#include <set>

#include "base/sanitized.h"
#include "office/papers/test_workbook.h"
#include "office/people/token.h"

namespace koshi {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kForm[] = "Content-Type: application/x-www-form-urlencoded\r\n";
constexpr char kJson[] = "Content-Type: application/json\r\n";
constexpr char kForeign[] = "Origin: https://evil.example\r\n";
constexpr size_t kBombMaxBytes =
    320u << 20;                    ///< by which the server's memory may grow: two threads unpack 128 MiB each, besides what they make of it
constexpr size_t kStoredMin = 60;  ///< texts of forms that took a script and kept it as a text

std::string replaced(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values) {
    const size_t at = text.find("{" + name + "}");
    if (at != std::string::npos) text.replace(at, name.size() + 2, value);
  }
  return text;
}

struct Changing {
  std::string method, path, type;  ///< type empty: no body
};

/// Every route that is not only read, from the document that the server writes of itself.
std::vector<Changing> changing_routes(const std::string& document) {
  std::vector<Changing> found;
  const json::value all = json::parse(document);
  for (const auto& [path, operations] : all.at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object()) {
      if (method != "post" && method != "put" && method != "delete") continue;
      const json::value* body = operation.as_object().if_contains("requestBody");
      std::string upper(method);
      for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
      found.push_back({upper, path, body == nullptr ? "" : std::string(body->at("content").as_object().begin()->key())});
    }
  }
  return found;
}

/// A browser that is signed in sends its cookie along with whatever another site makes it send.
TEST_F(Hostile, AnotherSiteMakesNoBrowserChangeAnything) {
  const std::set<std::string> open = {
      "/api/v1/ask", "/api/v1/session", "/api/v1/keyed-cases", "/sign-in", "/sign-in/oidc", "/key", "/without-account/{procedure}"};
  const std::string id = open_permit("steppe");
  const std::map<std::string, std::string> values = {{"case", id},
                                                     {"form", "post"},
                                                     {"action", "discard"},
                                                     {"list", "workers"},
                                                     {"procedure", "complaint"},
                                                     {"place", "x"},
                                                     {"sha256", std::string(64, '0')}};
  const int64_t before = events();
  const auto routes = changing_routes(send("GET", "/openapi.json").body);
  EXPECT_GT(routes.size(), 15u);
  for (const Changing& route : routes) {
    const std::string target = replaced(route.path, values);
    const std::string body = route.type == "application/json" ? R"({"version":1,"facts":{}})" : "version=1&key=k";
    const std::string type = "Content-Type: " + (route.type == "*/*" ? "application/pdf" : route.type) + "\r\n";
    if (!open.contains(route.path) || route.method == "DELETE") {
      const std::string form = route.type.starts_with("multipart") ? "Content-Type: multipart/form-data; boundary=b\r\n" : type;
      const std::string sent =
          route.type.starts_with("multipart") ? "--b\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n--b--" : body;
      EXPECT_EQ(send(route.method, target, cookie("steppe") + form, sent).status, 403) << route.method << " " << target;
      EXPECT_EQ(send(route.method, target, cookie("steppe") + form + "X-CSRF-Token: forged\r\n", sent).status, 403) << target;
    }
    if (route.type == "application/x-www-form-urlencoded") {
      EXPECT_EQ(send(route.method, target, cookie("steppe") + type + kForeign, body).status, 403) << target;
      EXPECT_EQ(send(route.method, target, cookie("steppe") + type + "Origin: null\r\n", body).status, 403) << target;
      EXPECT_EQ(send(route.method, target, cookie("steppe") + type + "Sec-Fetch-Site: cross-site\r\n", body).status, 403) << target;
    }
    // What a form of another site can send without being asked first.
    if (route.type != "*/*" && !route.type.empty()) {
      EXPECT_EQ(send(route.method, target, cookie("steppe") + "Content-Type: text/plain\r\n", body).status, 415) << target;
    }
  }
  EXPECT_EQ(events(), before);
  EXPECT_EQ(version("steppe", id), "1");
}

TEST_F(Hostile, ASessionThatWasGivenToABrowserIsNotTheOneThatIsOpened) {
  const std::string given(43, 'A');
  const std::string form = std::string("login=steppe&password=") + "correct+horse+battery";
  const auto cookie_of = [](const HostileAnswer& answer) {
    const std::string set = answer.header("Set-Cookie");
    return set.substr(0, set.find(';'));
  };
  const HostileAnswer first = send("POST", "/sign-in", std::string(kForm) + "Cookie: " + kHostileCookie + "=" + given + "\r\n", form);
  ASSERT_EQ(first.status, 303) << first.body;
  EXPECT_THAT(first.header("Set-Cookie"), AllOf(HasSubstr("; Path=/"), HasSubstr("; Secure"), HasSubstr("; HttpOnly"),
                                                HasSubstr("; SameSite=Lax"), Not(HasSubstr("Domain"))));
  EXPECT_THAT(cookie_of(first), AllOf(testing::StartsWith(std::string(kHostileCookie) + "="), Not(HasSubstr(given))));
  EXPECT_EQ(send("GET", "/api/v1/session", std::string("Cookie: ") + kHostileCookie + "=" + given + "\r\n").status, 401);
  EXPECT_EQ(send("GET", "/api/v1/session", "Cookie: " + cookie_of(first) + "\r\n").status, 200);

  // Signed in again in the same browser: what was open before is closed.
  const HostileAnswer again = send("POST", "/sign-in", std::string(kForm) + "Cookie: " + cookie_of(first) + "\r\n", form);
  EXPECT_EQ(again.status, 303);
  EXPECT_NE(cookie_of(again), cookie_of(first));
  EXPECT_EQ(send("GET", "/api/v1/session", "Cookie: " + cookie_of(first) + "\r\n").status, 401);
  const std::string said = R"({"login":"steppe","password":"correct horse battery"})";
  const HostileAnswer third = send("POST", "/api/v1/session", std::string(kJson) + "Cookie: " + cookie_of(again) + "\r\n", said);
  EXPECT_EQ(third.status, 200);
  EXPECT_EQ(send("GET", "/api/v1/session", "Cookie: " + cookie_of(again) + "\r\n").status, 401);

  // A program is told the token; what runs in a browser is not, since the browser keeps it from scripts.
  EXPECT_NE(third.member("token"), "");
  const HostileAnswer portal = send("POST", "/api/v1/session", std::string(kJson) + "Sec-Fetch-Site: same-origin\r\n", said);
  EXPECT_EQ(portal.status, 200);
  EXPECT_EQ(portal.member("token"), "");
  EXPECT_EQ(send("GET", "/api/v1/session", "Cookie: " + cookie_of(portal) + "\r\n").status, 200);
}

/// The address is the proxy's word, the last entry, whatever the client wrote before it.
TEST_F(Hostile, GuessingAPasswordEndsAfterTenAttempts) {
  const auto sign_in = [](const std::string& login, const std::string& password, int i) {
    return send("POST", "/api/v1/session", std::string(kJson) + "X-Forwarded-For: 10.0.0." + std::to_string(i) + ", 198.51.100.7\r\n",
                R"({"login":")" + login + R"(","password":")" + password + "\"}");
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in("guessed", "guess number " + std::to_string(i), i).status, 401) << i;
  const HostileAnswer closed = sign_in("guessed", "guess number 10", 10);
  EXPECT_EQ(closed.status, 429);
  EXPECT_GT(std::atoi(closed.header("Retry-After").c_str()), 0);
  EXPECT_EQ(sign_in("guessed", kHostilePassword, 11).status, 429) << "the right one, too late";
  EXPECT_EQ(sign_in("almaty", kHostilePassword, 12).status, 200) << "others come in from the same place";
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure WHERE login = $1 AND address = $2", {"guessed", "198.51.100.7"}), 10);
}

TEST_F(Hostile, WhoTriesOthersDoorsLeavesATrace) {
  const std::string id = open_permit("steppe");
  const HostileAnswer there = get("rival", "/api/v1/cases/" + id);
  const HostileAnswer nowhere = get("rival", "/api/v1/cases/ZZZZZZZZZZ");
  EXPECT_EQ(there.status, 404);
  EXPECT_EQ(there.body, nowhere.body);
  EXPECT_EQ(post("rival", "/api/v1/cases/" + id + "/actions/discard", R"({"version":1,"facts":{}})").status, 404);
  // The trace is written with the next sweep.
  const auto deadline = std::chrono::steady_clock::now() + kHostileMax;
  const auto traces = [&] {
    return number("SELECT coalesce(sum(times), 0) FROM people_denial WHERE account = $1 AND thing = $2", {"rival", id});
  };
  while (traces() < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(traces(), 2);
}

/// Every address that is read, with a line break in each part of it that a caller chooses; and what forms and files echo.
TEST_F(Hostile, NoLineOfAHeadIsTheSenders) {
  const std::string evil = "x%0d%0aX-Evil:%201%0d%0a%0d%0a%3Cscript%3E";
  const auto is_clean = [](const HostileAnswer& answer, const std::string& what) {
    EXPECT_THAT(answer.head, Not(HasSubstr("\nX-Evil"))) << what;
    EXPECT_LT(answer.status, 500) << what;
  };
  const json::value document = json::parse(send("GET", "/openapi.json").body);
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    const json::value* read = operations.as_object().if_contains("get");
    if (read == nullptr) continue;
    std::string target(path);
    for (size_t at = target.find('{'); at != std::string::npos; at = target.find('{')) target.replace(at, target.find('}') - at + 1, evil);
    std::string query;
    if (const json::value* parameters = read->as_object().if_contains("parameters")) {
      for (const json::value& one : parameters->as_array()) {
        if (one.at("in").as_string() == "query" && one.at("name").as_string() != "lang")
          query += "&" + std::string(one.at("name").as_string()) + "=" + evil;
      }
    }
    is_clean(get("steppe", target + "?" + query), target);
    if (target == path) continue;
    is_clean(get("steppe", target + "?lang=" + evil), target);
  }
  is_clean(send("POST", "/sign-in", kForm, "login=steppe&password=correct+horse+battery&next=/desk" + evil), "sign-in");
  is_clean(send("GET", "/sign-in", "Accept-Language: x\tX-Evil\r\n"), "language");

  const std::string id = open_permit("steppe");
  const std::string pdf = "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  const std::string at = "/api/v1/cases/" + id + "/documents";
  const HostileAnswer kept = send("POST", at + "?kind=application&version=1&name=a%0d%0aX-Evil:%201%22;x.pdf",
                                  bearer("steppe") + "Content-Type: application/pdf\r\n", pdf);
  is_clean(kept, "document");
  if (kept.status != 200) return;
  const HostileAnswer file = get("steppe", at + "/" + kept.member("sha256"));
  is_clean(file, "file");
  EXPECT_THAT(file.header("Content-Disposition"), AllOf(testing::StartsWith("attachment; filename*=UTF-8''"), Not(HasSubstr("\""))));
  EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(file.body, pdf);
}

constexpr char kScript[] = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

bool is_escaped(const std::string& page) {
  return page.find("'><script>") == std::string::npos && page.find("<script>alert") == std::string::npos &&
         page.find("<img src=x") == std::string::npos;
}

/// "workers[].person.full_name" as {"workers":[{"person":{"full_name":…}}]}; paths without a list stay flat.
void put_fact(json::object& facts, const std::string& path) {
  const size_t list = path.find("[].");
  if (list == std::string::npos) {
    facts[path] = kScript;
    return;
  }
  json::value& members = facts[path.substr(0, list)];
  if (!members.is_array()) members.emplace_array().emplace_back(json::object());
  json::object* at = &members.as_array()[0].as_object();
  std::string rest = path.substr(list + 3);
  for (size_t dot = rest.find('.'); dot != std::string::npos; dot = rest.find('.')) {
    json::value& inner = (*at)[rest.substr(0, dot)];
    if (!inner.is_object()) inner.emplace_object();
    at = &inner.as_object();
    rest = rest.substr(dot + 1);
  }
  (*at)[rest] = kScript;
}

/// One case of a procedure, into whose texts a script is typed.
class ScriptedCase : public Hostile {
 protected:
  /// How many texts were kept and shown again, each as a text.
  size_t fill(const std::string& procedure) {
    const HostileAnswer opened = post("writer", "/api/v1/cases", R"({"procedure":")" + procedure + "\"}");
    if (opened.status != 201) return 0;
    const std::string id = opened.member("id");
    const json::value told = json::parse(send("GET", "/api/v1/procedures/" + procedure).body);
    std::set<std::string> paths;
    for (const json::value& form : told.at("forms").as_array()) {
      for (const json::value& ask : form.at("asks").as_array()) {
        if (ask.at("type") == "text") paths.insert(std::string(ask.at("fact").as_string()));
      }
    }
    const std::set<std::string> kept = keep(id, paths);
    size_t shown = 0;
    for (const json::value& form : told.at("forms").as_array())
      shown += see("/cases/" + id + "/forms/" + std::string(form.at("form").as_string()));
    for (const char* page : {"", "/documents"}) see("/cases/" + id + page);
    EXPECT_GE(shown, kept.empty() ? 0u : 1u) << procedure;
    return kept.size();
  }

  /// Those that the office took: some have a form of their own, which a script does not have.
  std::set<std::string> keep(const std::string& id, std::set<std::string> paths) {
    for (int i = 0; i < 4 && !paths.empty(); ++i) {
      json::object facts;
      for (const std::string& path : paths) put_fact(facts, path);
      const HostileAnswer answer =
          post("writer", "/api/v1/cases/" + id + "/facts", json::serialize(json::object{{"version", 1}, {"facts", facts}}));
      if (answer.status == 200) return paths;
      EXPECT_LT(answer.status, 500) << answer.body;
      const json::value said = json::parse(answer.body);
      const json::value* problems = said.as_object().if_contains("problems");
      if (problems == nullptr) return {};
      const size_t before = paths.size();
      for (const json::value& problem : problems->as_array()) drop(paths, std::string(problem.at("path").as_string()));
      if (paths.size() == before) return {};
    }
    return {};
  }
  static void drop(std::set<std::string>& paths, std::string wrong) {
    for (size_t at = wrong.find("[0]"); at != std::string::npos; at = wrong.find("[0]")) wrong.replace(at, 3, "[]");
    std::erase_if(paths,
                  [&](const std::string& path) { return path == wrong || path.starts_with(wrong + ".") || path.starts_with(wrong + "["); });
  }

  /// Whether the page shows the script, as a text.
  static bool see(const std::string& target) {
    const HostileAnswer page = get("writer", target);
    EXPECT_LT(page.status, 500) << target;
    EXPECT_TRUE(is_escaped(page.body)) << target;
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'none'")) << target;
    return page.body.find("&lt;script&gt;alert(1)") != std::string::npos;
  }
};

/// Every text of every form of every procedure of the law.
TEST_F(ScriptedCase, NoTextThatIsKeptBecomesMarkup) {
  size_t kept = 0;
  size_t procedures = 0;
  const json::value all = json::parse(send("GET", "/api/v1/procedures").body);
  for (const json::value& one : all.as_array()) {
    const size_t texts = fill(std::string(one.at("procedure").as_string()));
    kept += texts;
    procedures += texts > 0 ? 1 : 0;
  }
  see("/desk");
  see("/cases");
  EXPECT_GE(kept, kStoredMin);
  (void)::printf("%zu texts of %zu procedures\n", kept, procedures);
}

TEST_F(Hostile, WorkbooksThatAreBombsAreRefused) {
  const std::string id = open_permit("steppe");
  const std::string list = "/api/v1/cases/" + id + "/lists/workers?version=1";
  const std::string document = "/api/v1/cases/" + id + "/documents?kind=worker_data&name=a.xlsx&version=1";
  std::string sheets;
  for (int i = 0; i < 50'000; ++i) sheets += "<sheet name=\"s" + std::to_string(i) + "\" sheetId=\"1\" r:id=\"r1\"/>";
  std::vector<papers::ZipEntry> many = papers::workbook_parts({});
  many[2].text = "<workbook xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>";
  std::vector<papers::ZipEntry> entries = papers::workbook_parts({});
  for (int i = 0; i < 3'000; ++i) entries.push_back({.name = "xl/worksheets/s" + std::to_string(i) + ".xml", .text = "x"});
  std::string references;
  for (int i = 0; i < 5'000; ++i) references += "<row><c t=\"s\"><v>0</v></c></row>";
  std::string nested;
  for (int i = 0; i < 200'000; ++i) nested += "<a>";
  const std::string entity = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  const std::map<std::string, std::string> bombs = {
      {"unpacks to 140 MiB", papers::make_workbook({.rows = std::string(140u << 20, ' ')})},
      {"sheets", papers::make_zip(many)},
      {"entries", papers::make_zip(entries)},
      {"one text in many cells", papers::make_workbook({.rows = references, .shared = "<si><t>" + std::string(32'000, 'x') + "</t></si>"})},
      {"nesting", papers::make_workbook({.rows = nested})},
      {"entities", papers::make_workbook({.sheet_start = entity})}};
  const int64_t before = events();
  const size_t resident = office_->server().resident();
  office_->server().forget_height();
  for (const auto& [what, bytes] : bombs) {
    ASSERT_LT(bytes.size(), 1u << 20) << what;
    const HostileAnswer as_list = send("POST", list, bearer("steppe") + "Content-Type: application/octet-stream\r\n", bytes);
    EXPECT_EQ(as_list.status, 422) << what << as_list.body.substr(0, 200);
    const HostileAnswer as_document = send("POST", document, bearer("steppe") + "Content-Type: application/octet-stream\r\n", bytes);
    // A file that is only kept is not read as a table; the first such one moves the case on.
    EXPECT_THAT(as_document.status, AnyOf(422, 200, 409)) << what;
  }
  EXPECT_LE(events(), before + 1) << "of documents";
  if (!kIsSanitized) {
    EXPECT_LT(office_->server().height() - resident, kBombMaxBytes);
  }
  EXPECT_EQ(send("GET", "/healthz").status, 200);
}

/// A form with a file whose lengths and ends are not what they say.
TEST_F(Hostile, FormsThatLieAboutTheirPartsAreRefusedOrReadByTheirBoundaries) {
  const std::string id = open_permit("steppe");
  const std::string pdf = "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  const auto field = [](const std::string& name, const std::string& value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  };
  const std::string fields = field("csrf", people::csrf_token(office_->token("steppe"))) + field("version", "1") + field("key", "k1") +
                             field("kind", "application");
  const std::string file =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd.pdf\"\r\nContent-Length: 3\r\n\r\n" + pdf + "\r\n";
  const auto sent = [&](const std::string& body, const std::string& boundary = "b") {
    return send("POST", "/cases/" + id + "/documents",
                cookie("steppe") + "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n", body);
  };
  const int64_t before = events();
  std::string parts;
  for (int i = 0; i < 65; ++i) parts += field("x" + std::to_string(i), "1");
  const std::string long_headers = "--b\r\nX: " + std::string(5'000, 'a') + "\r\n" + file.substr(5);
  for (const std::string& body : std::vector<std::string>{fields + file, fields + file + "--b", fields + file.substr(0, 60),
                                                          fields + file + "--b--\r\nGET / HTTP/1.1\r\n\r\n", "x" + fields + file + "--b--",
                                                          fields + parts + file + "--b--", fields + long_headers + "--b--",
                                                          fields + "--b\r\n\r\nno name\r\n" + file + "--b--", "", "--b--"}) {
    EXPECT_THAT(sent(body).status, AnyOf(400, 403)) << body.substr(0, 100);  // without its token it is not the visitor's own
  }
  EXPECT_EQ(sent(fields + file + "--b--", std::string(71, 'b')).status, 400);
  EXPECT_EQ(sent(fields + file + "--b--", "").status, 400);
  EXPECT_EQ(events(), before);

  const HostileAnswer kept = sent(fields + file + "--b--");
  EXPECT_EQ(kept.status, 303) << kept.body.substr(0, 2000);
  const HostileAnswer item = get("steppe", "/api/v1/cases/" + id);
  EXPECT_EQ(get("steppe", "/api/v1/cases/" + id + "/documents/" + item.member("sha256")).body, pdf) << "by its boundary, not by its length";
  EXPECT_EQ(item.member("file"), "passwd.pdf") << item.body.substr(0, 2000);
}

}  // namespace
}  // namespace koshi
