// The shapes of what the portal asks, as JSON Schema 2020-12. Tests hold real answers against them.
#include "http/office/portal_api.h"

namespace koshi::http {
namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"Office", R"({"type":"object","required":["today","demo","roles"],"properties":{"roles":{"type":"array","items":{"type":"object",
"required":["role","kind","label"],"properties":{"role":{"type":"string"},"kind":{"type":"string","enum":["party","office","other"]},
"label":{"type":"string"}}}},"today":{"type":"string","format":"date",
"description":"the day by the office's clock"},"demo":{"type":"array","description":"made-up people of a demonstration, for everybody to try",
"items":{"type":"object","required":["login","password","name","about","roles"],"properties":{"login":{"type":"string"},
"password":{"type":"string"},"name":{"type":"string"},"about":{"type":"string"},"roles":{"type":"array","items":{"type":"string"}}}}}}})"},
    {"TrialDay", R"({"type":"object","required":["until"],"properties":{"until":{"type":"string","format":"date"}}})"},
    {"Today", R"({"type":"object","required":["today"],"properties":{"today":{"type":"string","format":"date"}}})"},
    {"Fields", R"({"type":"object","required":["fields","choices"],"properties":{
"fields":{"type":"array","items":{"$ref":"#/components/schemas/Field"}},
"choices":{"type":"object","description":"members by the name of what is chosen from; long lists by label",
"additionalProperties":{"type":"array","items":{"type":"object","required":["code","label"],"properties":{"code":{"type":"string"},
"label":{"type":"string"}}}}}}})"},
    {"Field", R"({"type":"object","required":["fact","label","question","help","kind","or_none"],"properties":{"fact":{"type":"string"},
"label":{"type":"string"},"question":{"type":"string"},"help":{"type":"string"},"kind":{"type":"string","enum":["yes_no","whole","decimal",
"money","date","days","text","choice","set"]},"or_none":{"type":"boolean"},
"format":{"type":"string","enum":["iin","bin","iin_or_bin","passport_mrz"]},"pattern":{"type":"string","description":"of an HTML input"},
"mode":{"type":"string","description":"inputmode of an HTML input"},"length":{"type":"integer"},"choices":{"type":"string","description":"key in choices"},
"list":{"type":"string","description":"the list whose members are asked"},"list_label":{"type":"string"}}})"},
    {"Cite", R"({"type":"object","required":["text","act","confidence"],"properties":{"text":{"type":"string"},"act":{"type":"string"},
"confidence":{"type":"string","enum":["read","reported","unverified","sample"]}}})"},
    {"ProofLine", R"({"type":"object","required":["text","kind","state","by","children"],"properties":{"text":{"type":"string"},
"kind":{"type":"string","enum":["norm","rule","fact","today"]},"state":{"type":"string"},"norm":{"type":"string"},
"title":{"type":"string","description":"of a rule: what it says or rests on, in a few words; may be empty"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Cite"}},
"children":{"type":"array","items":{"$ref":"#/components/schemas/ProofLine"}}}})"},
    {"Check", R"({"type":"object","required":["state","needs"],"properties":{
"state":{"type":"string","enum":["known","met","unmet","open","unclear"]},"label":{"type":"string"},"text":{"type":"string"},
"amount":{"type":"string"},"by":{"type":"array","items":{"$ref":"#/components/schemas/Cite"}},
"needs":{"type":"array","items":{"type":"object","required":["path","question"],"properties":{"path":{"type":"string"},
"question":{"type":"string"}}}},"why":{"type":"array","items":{"$ref":"#/components/schemas/ProofLine"}},
"changes":{"type":"array","items":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}},
"from":{"type":"string","format":"date","description":"of a requirement that is not met: the first later day on which it would be, all else staying as it is"},
"found":{"type":"array","description":"the grounds that stand against it","items":{"$ref":"#/components/schemas/FoundGround"}},
"members":{"type":"array","items":{"type":"object","required":["code","label"],"properties":{"code":{"type":"string"},
"label":{"type":"string"}}}}}})"},
    {"FoundGround", R"({"type":"object","required":["label","facts","by"],"properties":{"label":{"type":"string"},
"facts":{"type":"array","description":"on which it rests","items":{"type":"string"}},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Cite"}}}})"},
    {"DraftLetter", R"({"type":"object","required":["paper","title","whole","paragraphs","decided","grounds"],"properties":{
"paper":{"type":"string"},"title":{"type":"string"},
"whole":{"type":"boolean","description":"no: something still hinders the act, or a fact is not known; \"…\" stands for it"},
"paragraphs":{"type":"array","items":{"type":"string"}},
"decided":{"type":"array","description":"who decides what, where that leads, on which articles it rests","items":{"type":"object",
"required":["label","value"],"properties":{"label":{"type":"string"},"value":{"type":"string"}}}},
"grounds":{"type":"array","items":{"type":"object","required":["ground","article"],"properties":{"ground":{"type":"string"},
"article":{"type":"string"}}}}}})"},
    {"Deadline", R"({"type":"object","required":["last_day","by"],"properties":{"last_day":{"type":"string","format":"date"},
"then":{"type":"string","description":"what the clock does; missing: the case counts as late"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Cite"}}}})"},
    {"ActionCheck", R"({"type":"object","required":["action","state","label","help","roles","to","own","by","requirements","reserves",
"charges","grounds","letters","foreseen","leads_to"],"properties":{"action":{"type":"string"},
"possible_from":{"type":"string","format":"date","description":"where a requirement is not met: the first later day on which none would be broken"},
"foreseen":{"type":"array","description":"what others would find against the case today, if the visitor did this",
"items":{"$ref":"#/components/schemas/FoundGround"}},
"due_then":{"$ref":"#/components/schemas/Deadline"},
"leads_to":{"type":"array","description":"procedures that the visitor could begin with what the act leads to","items":{"type":"object",
"required":["procedure","label"],"properties":{"procedure":{"type":"string"},"label":{"type":"string"}}}},
"state":{"type":"string"},"label":{"type":"string"},"help":{"type":"string"},
"roles":{"type":"string"},"to":{"type":"string"},"own":{"type":"boolean","description":"whether the visitor may do it now"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Cite"}},
"requirements":{"type":"array","items":{"$ref":"#/components/schemas/Check"}},
"reserves":{"type":"array","items":{"type":"object","required":["free"],"properties":{"account":{"type":"string"},"label":{"type":"string"},
"amount":{"type":"integer"},"free":{"type":"integer"}}}},
"charges":{"type":"array","items":{"$ref":"#/components/schemas/Check"}},
"grounds":{"type":"array","items":{"$ref":"#/components/schemas/Check"}},
"letters":{"type":"array","description":"that the act would issue, if it is the visitor's to do now",
"items":{"$ref":"#/components/schemas/DraftLetter"}}}})"},
    {"Sheet",
     R"({"type":"object","required":["version","today","final","rests","facts","charges","papers","grounds","holds","checks"],"properties":{
"version":{"type":"integer"},"today":{"type":"string","format":"date"},"final":{"type":"boolean"},
"rests":{"type":"boolean","description":"nobody must act: the case is where its procedure aims at, and goes on from there only if somebody wants it"},
"due":{"$ref":"#/components/schemas/Deadline"},
"queue":{"type":"object","required":["place","of"],"properties":{"place":{"type":"integer"},"of":{"type":"integer"}}},
"facts":{"type":"array","items":{"type":"object","required":["path","label","value","source","source_label","by","on"],"properties":{
"path":{"type":"string"},"label":{"type":"string"},"value":{"type":"string"},"source":{"type":"string","enum":["declared","office","account",
"register","effect","case"]},"source_label":{"type":"string"},"by":{"type":"string"},"on":{"type":"string","format":"date"}}}},
"earlier":{"type":"array","description":"earlier cases of the visitor from which facts may be taken over","items":{"type":"object",
"required":["case","title","facts"],"properties":{"case":{"type":"string"},"title":{"type":"string"},"facts":{"type":"array","items":{
"type":"object","required":["label","value"],"properties":{"label":{"type":"string"},"value":{"type":"string"}}}}}}},
"charges":{"type":"array","items":{"type":"object","required":["label","text","state","on"],"properties":{"label":{"type":"string"},
"text":{"type":"string"},"state":{"type":"string","description":"paid, or to whom it is to be paid"},
"paid":{"type":"string","format":"date"},"on":{"type":"string","format":"date"}}}},
"papers":{"type":"array","items":{"type":"object","required":["label","number","place","on"],"properties":{"label":{"type":"string"},
"number":{"type":"string"},"place":{"type":"integer"},"on":{"type":"string","format":"date"}}}},
"grounds":{"type":"array","items":{"type":"object","required":["norm","label"],"properties":{"norm":{"type":"string"},
"label":{"type":"string"}}}},
"holds":{"type":"array","items":{"type":"object","required":["account","label","amount","committed"],"properties":{"account":{"type":"string"},
"label":{"type":"string"},"amount":{"type":"integer"},"committed":{"type":"boolean"},"until":{"type":"string","format":"date"},
"limit":{"type":"integer"},"held":{"type":"integer"},"used":{"type":"integer"}}}},
"checks":{"type":"array","items":{"$ref":"#/components/schemas/ActionCheck"}}}})"},
    {"TryFacts", R"({"type":"object","additionalProperties":false,"properties":{"facts":{"$ref":"#/components/schemas/Facts"},
"remove":{"type":"array","items":{"type":"string"}}}})"},
};

}  // namespace

const std::vector<NamedSchema>& portal_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

}  // namespace koshi::http
