// The shapes of the office's interface, as JSON Schema 2020-12. Tests hold real answers against them.
#include "http/office/office_schemas.h"

namespace koshi::http {
namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"Refusal", R"({"type":"object","description":"RFC 9457 problem details, with why the office did nothing",
"required":["type","title","status","detail"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},
"detail":{"type":"string"},"refusal":{"type":"string","enum":["no_such_thing","forbidden","wrong_state","stale","bad_facts","facts_missing",
"documents_missing","not_lawful","no_places","law_unclear","too_much"]},"version":{"type":"integer","description":"of the case as it is"},
"problems":{"type":"array","items":{"type":"object","required":["path","message"],"properties":{"path":{"type":"string"},"message":{"type":"string"}}}},
"failed":{"type":"array","items":{"type":"object","required":["label","outcome"],"properties":{"label":{"type":"string"},"outcome":{"type":"string"},
"text":{"type":"string","description":"the proof in words"},"by":{"type":"array","items":{"type":"string"}},
"changes":{"type":"array","items":{"type":"string"}},
"grounds":{"type":"array","description":"on which it turns, each with its article and facts","items":{"type":"string"}}}}}}})"},
    {"SignIn", R"({"type":"object","required":["login","password"],"additionalProperties":false,"properties":{
"login":{"type":"string"},"password":{"type":"string"},"code":{"type":"string","description":"of the second factor"}}})"},
    {"Session", R"({"type":"object","required":["csrf","login","name","language","roles"],"properties":{"token":{"type":"string"},
"csrf":{"type":"string"},"login":{"type":"string"},"name":{"type":"string"},"language":{"type":"string"},
"roles":{"type":"array","items":{"type":"object","required":["role","everywhere","scope","queue"],"properties":{"role":{"type":"string"},
"everywhere":{"type":"boolean"},"scope":{"type":"string"},
"queue":{"type":"boolean","description":"an office, or whoever opens no case of his own"}}}},"must":{"type":"string","enum":["password","factor"],
"description":"before anything else, on the page /account: choose a password, enrol a second factor; there are no roles until then"}}})"},
    {"Procedures", R"({"type":"array","items":{"type":"object","required":["procedure","label","help","by","parties"],"properties":{
"procedure":{"type":"string"},"label":{"type":"string"},"help":{"type":"string"},"parties":{"type":"array",
"description":"roles that may open a case","items":{"type":"string"}},"from":{"type":"string","format":"date"},
"until":{"type":"string","format":"date"},"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}}}}})"},
    {"Procedure",
     R"({"type":"object","required":["procedure","label","roles","forms","states","way","documents"],"properties":{"procedure":{"type":"string"},
"label":{"type":"string"},"help":{"type":"string"},"roles":{"type":"array","items":{"type":"object","required":["role","kind","label"],
"properties":{"role":{"type":"string"},"kind":{"type":"string","enum":["party","office","other","clock"]},"label":{"type":"string"},
"within":{"type":"string"}}}},"forms":{"type":"array","items":{"type":"object","required":["form","label","asks"],"properties":{
"form":{"type":"string"},"label":{"type":"string"},"from":{"type":"string","format":"date"},"until":{"type":"string","format":"date"},
"asks":{"type":"array","items":{"type":"object"}}}}},
"states":{"type":"array","items":{"type":"object","required":["state","label","final","rests","actions"],"properties":{"state":{"type":"string"},
"label":{"type":"string"},"final":{"type":"boolean"},"rests":{"type":"boolean","description":"nobody must act there: what the procedure aims at"},
"actions":{"type":"array","items":{"type":"object","required":["action","label","to",
"files","fills","roles","asks"],"properties":{"action":{"type":"string"},"label":{"type":"string"},"help":{"type":"string"},"to":{"type":"string"},
"files":{"type":"boolean","description":"from then on the law of that day is applied"},
"fills":{"type":"boolean","description":"needs forms or documents: where it is open, both may still be changed"},
"roles":{"type":"array","items":{"type":"string"}},"asks":{"type":"array","items":{"type":"string"}}}}}}}},
"way":{"type":"array","description":"the straight way: acts of people to the first that gives what the procedure is for","items":{"type":"object",
"required":["who","what","charges"],"properties":{"who":{"type":"string"},"what":{"type":"string"},
"from":{"type":"string","format":"date","description":"begun today, each step on the first day possible: the first day, where there is something to wait for"},
"until":{"type":"string","format":"date","description":"then: the last day"},
"working_days":{"type":"integer","description":"to that day, from the day after the step before"},
"charges":{"type":"array","description":"what the act charges","items":{"type":"string"}}}}},
"documents":{"type":"array","description":"papers that may be asked, whatever is answered","items":{"type":"string"}}}})"},
    {"Quota", R"({"type":"object","required":["accounts","next"],"properties":{"next":{"type":"string"},"accounts":{"type":"array","items":{
"type":"object","required":["account","limit","held","committed","free"],"properties":{"account":{"type":"string"},"limit":{"type":"integer"},
"held":{"type":"integer"},"committed":{"type":"integer"},"free":{"type":"integer"}}}}}})"},
    {"Paper",
     R"({"type":"object","required":["number","valid","title","issued"],"properties":{"number":{"type":"string"},"valid":{"type":"boolean"},
"title":{"type":"string"},"procedure":{"type":"string"},"state":{"type":"string"},"issued":{"type":"string","format":"date"},
"until":{"type":"string","format":"date"}}})"},
    {"OpenCase", R"({"type":"object","required":["procedure"],"additionalProperties":false,"properties":{"procedure":{"type":"string"}}})"},
    {"GiveFacts", R"({"type":"object","required":["version"],"additionalProperties":false,"properties":{"version":{"type":"integer"},
"facts":{"$ref":"#/components/schemas/Facts"},"remove":{"type":"array","items":{"type":"string"}}}})"},
    {"TakeFacts", R"({"type":"object","required":["version","from"],"additionalProperties":false,"properties":{"version":{"type":"integer"},
"from":{"type":"string","description":"id of the earlier case"}}})"},
    {"Act", R"({"type":"object","required":["version"],"additionalProperties":false,"properties":{"version":{"type":"integer"},
"facts":{"$ref":"#/components/schemas/Facts"}}})"},
    {"Case",
     R"({"type":"object","required":["id","procedure","opened_by","state","version","opened","entered","facts","documents","holds","charges",)"
     R"("papers","grounds"],"properties":{"id":{"type":"string"},"procedure":{"type":"string"},"opened_by":{"type":"string"},
"number":{"type":"string","description":"running, of the procedure and year"},
"state":{"type":"string"},"version":{"type":"integer"},"opened":{"type":"string","format":"date"},"entered":{"type":"string","format":"date"},
"filed":{"type":["string","null"],"format":"date"},"late":{"type":["string","null"],"format":"date"},
"facts":{"type":"array","items":{"type":"object","required":["path","json","source","by","on"],"properties":{"path":{"type":"string"},
"json":{"type":"string","description":"the value, as JSON"},"source":{"type":"string","enum":["declared","office","account","register","effect","case"]},
"by":{"type":"string","description":"role; of source case the earlier case"},"on":{"type":"string","format":"date"}}}},
"documents":{"type":"array","items":{"type":"object","required":["kind","file","type","sha256","size","by","on"],"properties":{
"kind":{"type":"string"},"file":{"type":"string"},"type":{"type":"string"},"sha256":{"type":"string"},"size":{"type":"integer"},
"by":{"type":"string"},"on":{"type":"string","format":"date"}}}},
"holds":{"type":"array","items":{"type":"object"}},"charges":{"type":"array","items":{"type":"object"}},
"papers":{"type":"array","items":{"type":"object","required":["name","label","number","on"],"properties":{"name":{"type":"string"},
"label":{"type":"string"},"number":{"type":"string"},"on":{"type":"string","format":"date"}}}},
"grounds":{"type":"array","items":{"type":"object","required":["member","norm"]}}}})"},
    {"Seen",
     R"({"type":"object","required":["case","role"],"properties":{"case":{"$ref":"#/components/schemas/Case"},"role":{"type":"string"},
"leads_to":{"type":"array","description":"procedures that the visitor may begin with what the case has come to","items":{"type":"object",
"required":["procedure","label"],"properties":{"procedure":{"type":"string"},"label":{"type":"string"}}}},
"label":{"type":"string"},"state_label":{"type":"string"},"may_fill":{"type":"boolean"},
"forms":{"type":"array","items":{"type":"object","required":["form","label","asks","missing"],"properties":{"form":{"type":"string"},
"label":{"type":"string"},"asks":{"type":"array","items":{"type":"string"}},"missing":{"type":"array","items":{"type":"string"}}}}},
"documents":{"type":"array","items":{"type":"object","required":["kind","label","attached"],"properties":{"kind":{"type":"string"},
"label":{"type":"string"},"attached":{"type":"boolean"}}}},
"actions":{"type":"array","items":{"type":"object","required":["action","label","asks","possible"],"properties":{"action":{"type":"string"},
"label":{"type":"string"},"asks":{"type":"array","items":{"type":"string"}},"possible":{"type":"boolean"},"hindrance":{"type":"string"},
"refusal":{"type":"string"},"possible_from":{"type":"string","format":"date",
"description":"where a requirement is not met today: the first later day on which none would be broken"}}}},
"due":{"type":"object","required":["last_day","then","by"],"properties":{"last_day":{"type":"string","format":"date"},"then":{"type":"string"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}}}}}})"},
    {"KeyedCase", R"({"type":"object","required":["key","case","role"],"properties":{"key":{"type":"string","description":"shown once"},
"case":{"$ref":"#/components/schemas/Case"},"role":{"type":"string"},"label":{"type":"string"},"state_label":{"type":"string"}}})"},
    {"Draft", R"({"type":"object","description":"Whatever the program wants to find again; the law never reads it"})"},
    {"Cases", R"({"type":"object","required":["cases","next"],"properties":{"next":{"type":"string"},"cases":{"type":"array","items":{
"type":"object","required":["id","procedure","state","title","version","opened"],"properties":{"id":{"type":"string"},"procedure":{"type":"string"},
"state":{"type":"string"},"label":{"type":"string"},"state_label":{"type":"string"},"title":{"type":"string"},"version":{"type":"integer"},
"number":{"type":"string","description":"running, of the procedure and year"},"opened":{"type":"string","format":"date"},"filed":{"type":"string","format":"date"},
"due":{"type":"string","format":"date"},"late":{"type":"string","format":"date"}}}}}})"},
    {"Timeline",
     R"({"type":"array","items":{"type":"object","required":["sequence","actor","name","law_date","recorded_at_ms","event"],"properties":{
"sequence":{"type":"integer"},"actor":{"type":"string"},"name":{"type":"string"},"law_date":{"type":"string","format":"date"},
"recorded_at_ms":{"type":"integer"},"event":{"type":"object"},"notices":{"type":"array","items":{"type":"string"},
"description":"what the act told the visitor's role, in the reader's language"}}}})"},
};

}  // namespace

const std::vector<NamedSchema>& office_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

}  // namespace koshi::http
