// The shapes of /api/v1, as JSON Schema 2020-12. tests/api holds real answers against them.
#include "http/openapi.h"

namespace koshi::http {

namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"Problem", R"({"type":"object","description":"RFC 9457 problem details; all problems are listed",
"required":["type","title","status","detail"],"properties":{"type":{"type":"string"},"title":{"type":"string"},
"status":{"type":"integer"},"detail":{"type":"string"},
"problems":{"type":"array","items":{"type":"object","required":["pointer","message"],"properties":{
"pointer":{"type":"string","description":"JSON Pointer into the request, or empty"},"message":{"type":"string"}}}}}})"},
    {"Facts",
     R"({"type":"object","description":"Facts of the norm's entity; a link is an object, a link to many an array of objects. A key may be a dotted path.)"
     R"( null is none, known to be absent; a fact that is not known is left out.",
"additionalProperties":true})"},
    {"Value", R"({"description":"A date (ISO 8601), a code, a number, true or false, an array of codes (a set), or null for none",
"type":["string","number","boolean","array","null"],"items":{"type":"string"}})"},
    {"AskRequest", R"({"type":"object","required":["norm"],"additionalProperties":false,"properties":{
"norm":{"type":"string","description":"entity.norm, as /api/v1/norms lists it","examples":["person.registration_due"]},
"on":{"type":"string","format":"date","description":"the date of the question; today, when missing"},
"under":{"type":"string","description":"the instrument, where the norm is answered under several"},
"reforms":{"type":"array","items":{"type":"string"},"description":"drafts to lay over the law"},"facts":{"$ref":"#/components/schemas/Facts"},
"lang":{"type":"string","enum":["en","ru","kk","uz","ky","tg"]},
"words":{"type":"boolean","description":"give a sentence for the answer and for every step of the proof"},
"changes":{"type":"boolean","description":"give the smallest changes of single facts that would change a settled answer"}}})"},
    {"Answer",
     R"({"type":"object","required":["norm","on","reforms","type","outcome","value","unknown","needs","rules","why"],"properties":{
"norm":{"type":"string"},"under":{"type":"string"},"on":{"type":"string","format":"date"},"reforms":{"type":"array","items":{"type":"string"}},
"type":{"type":"string"},"or_none":{"type":"boolean"},
"outcome":{"type":"string","enum":["value","unknown","conflict","gap","fault"]},"value":{"$ref":"#/components/schemas/Value"},"unknown":{"type":"boolean"},
"at":{"type":"object","description":"the norm in which a conflict, gap or fault arose"},
"missing":{"type":"array","items":{"$ref":"#/components/schemas/Citation"},"description":"of a gap: texts that governed the day and were not read"},
"absent":{"type":"array","items":{"$ref":"#/components/schemas/Citation"},"description":"of a gap: what brought or ended the rule, or is silent on the case"},
"reason":{"type":"string","description":"of a fault"},
"needs":{"type":"array","items":{"$ref":"#/components/schemas/Need"},"description":"facts still needed, the one to ask first first"},
"rules":{"type":"array","items":{"$ref":"#/components/schemas/DecidingRule"}},
"text":{"type":"string"},"why":{"$ref":"#/components/schemas/Proof"},
"changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}}}})"},
    {"Need", R"({"type":"object","required":["fact","type","or_none","label","ask"],"properties":{
"fact":{"type":"string"},"type":{"type":"string"},"or_none":{"type":"boolean"},"label":{"type":"string"},"ask":{"type":"string"},"help":{"type":"string"},
"choices":{"type":"array","items":{"type":"object","required":["code","label"],"properties":{"code":{"type":"string"},"label":{"type":"string"}}}}}})"},
    {"Citation", R"({"type":"object","required":["act","place","confidence"],"properties":{
"act":{"type":"string"},"place":{"type":"string"},"confidence":{"type":"string","enum":["read","reported","unverified","sample"]}}})"},
    {"DecidingRule", R"({"type":"object","required":["rule","number","by"],"properties":{
"rule":{"type":["string","null"]},"number":{"type":"integer"},"row":{"type":"string"},"reform":{"type":"string"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}}}})"},
    {"Proof", R"({"description":"A tree: norms with their rules, the facts and norms that these read",
"type":["object","null"],"required":["kind"],"properties":{
"kind":{"type":"string","enum":["norm","rule","fact","today"]},
"state":{"type":"string","enum":["decides","overruled","silent","open","disagrees","given","needed"]},
"norm":{"type":"string"},"under":{"type":"string"},"rule":{"type":["string","null"]},"number":{"type":"integer"},"fact":{"type":"string"},
"record":{"type":"string"},"on":{"type":"string","format":"date"},"value":{"$ref":"#/components/schemas/Value"},"outcome":{"type":"string"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}},"text":{"type":"string"},
"children":{"type":"array","items":{"$ref":"#/components/schemas/Proof"}}}})"},
    {"Change", R"({"type":"object","required":["fact","from","to","outcome","value"],"properties":{
"fact":{"type":"string"},"from":{"$ref":"#/components/schemas/Value"},"to":{"type":"array","items":{"$ref":"#/components/schemas/Value"}},
"outcome":{"type":"string"},"value":{"$ref":"#/components/schemas/Value"},"text":{"type":"string"}}})"},
    {"Norms",
     R"({"type":"array","items":{"type":"object","required":["norm","entity","type","label","topic","table","instruments","facts"],"properties":{
"norm":{"type":"string"},"entity":{"type":["string","null"]},"type":{"type":"string"},"or_none":{"type":"boolean"},"label":{"type":"string"},
"help":{"type":"string"},"topic":{"type":"string"},"table":{"type":"boolean"},"reform":{"type":"string"},
"instruments":{"type":"array","items":{"type":["string","null"]}},
"facts":{"type":"array","items":{"type":"object","required":["fact","type","or_none","label"],"properties":{
"fact":{"type":"string"},"type":{"type":"string"},"or_none":{"type":"boolean"},"label":{"type":"string"}}}}}}})"},
    {"Counts", R"({"type":"object","required":["read","reported","unverified","sample"],"properties":{
"read":{"type":"integer"},"reported":{"type":"integer"},"unverified":{"type":"integer"},"sample":{"type":"integer"}}})"},
    {"Acts", R"({"type":"array","items":{"type":"object","required":["act","kind","title","made","ratified","rules","rows"],"properties":{
"act":{"type":"string"},"kind":{"type":"string","enum":["act","treaty","source"]},"title":{"type":"string"},"number":{"type":"string"},
"made":{"type":"string","format":"date"},"from":{"type":"string","format":"date"},"until":{"type":"string","format":"date"},
"ratified":{"type":"boolean"},"url":{"type":"string"},
"rules":{"$ref":"#/components/schemas/Counts"},"rows":{"$ref":"#/components/schemas/Counts"}}}})"},
    {"Reforms", R"({"type":"array","items":{"type":"object","required":["reform","title","by","changes"],"properties":{
"reform":{"type":"string"},"title":{"type":"string"},"from":{"type":"string","format":"date"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}},
"changes":{"type":"array","items":{"type":"object","required":["change","norm"],"properties":{
"change":{"type":"string","enum":["prevail","insert","replace","repeal","suspend"]},"norm":{"type":"string"},"under":{"type":"string"},
"rule":{"type":"string"}}}}}}})"},
    {"Health", R"({"type":"object","required":["status"],"properties":{"status":{"type":"string","enum":["ok"]}}})"},
};

}  // namespace

const std::vector<NamedSchema>& api_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

}  // namespace koshi::http
