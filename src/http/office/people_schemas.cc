// The shapes of what is told to those who look after people, as JSON Schema 2020-12. Tests hold real answers against them.
#include "http/office/people_api.h"

namespace koshi::http {
namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"Watch",
     R"({"type":"object","required":["today","label","looked","more","rows"],"properties":{"today":{"type":"string","format":"date"},
"label":{"type":"string","description":"the norm in words"},"looked":{"type":"integer","description":"open cases of the role that were looked through"},
"more":{"type":"boolean","description":"whether cases were left out"},"rows":{"type":"array","items":{"type":"object","required":["case",
"procedure","label","state_label","verdict","facts","needs"],"properties":{"case":{"type":"string"},"procedure":{"type":"string"},
"label":{"type":"string"},"state_label":{"type":"string"},"verdict":{"type":"string","enum":["yes","assumed","open"],
"description":"assumed: only with what was taken for facts that nobody gave; open: the law needs more"},"shown":{"type":"string"},
"day":{"type":"string","format":"date"},"days":{"type":"integer","description":"since that day"},
"facts":{"type":"array","items":{"type":"object","required":["path","label","value"],"properties":{"path":{"type":"string"},
"label":{"type":"string"},"value":{"type":"string"}}}},"needs":{"type":"array","items":{"type":"string"}}}}}}})"},
    {"Returns", R"({"type":"object","required":["returns"],"properties":{"returns":{"type":"array","items":{"type":"object",
"required":["name","label","help","every","last"],"properties":{"name":{"type":"string"},"label":{"type":"string"},"help":{"type":"string"},
"every":{"type":"string","enum":["month","quarter","year"]},"last":{"type":"string","description":"the last period that has ended"}}}}}})"},
    {"Return",
     R"({"type":"object","required":["name","label","help","by","period","first","last","columns","lines","total","cases","unclear"],
"properties":{"name":{"type":"string"},"label":{"type":"string"},"help":{"type":"string"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/Citation"}},"period":{"type":"string"},
"first":{"type":"string","format":"date"},"last":{"type":"string","format":"date"},
"columns":{"type":"array","items":{"type":"object","required":["name","label","kind"],"properties":{"name":{"type":"string"},
"label":{"type":"string"},"kind":{"type":"string","enum":["row","figure"]}}}},
"lines":{"type":"array","items":{"type":"object","required":["keys","figures"],"properties":{
"keys":{"type":"array","items":{"type":["object","null"],"required":["code","label"],"properties":{"code":{"type":"string"},
"label":{"type":"string"}}}},"figures":{"type":"array","items":{"type":"integer"}}}}},
"total":{"type":"array","items":{"type":"integer"}},"cases":{"type":"integer","description":"that were counted somewhere"},
"unclear":{"type":"integer","description":"that a figure passes over, because they do not tell what it asks"}}})"},
    {"Related", R"({"type":"object","required":["cases"],"properties":{"cases":{"type":"array","items":{"type":"object","required":["id",
"procedure","state","title","opened","version"],"properties":{"id":{"type":"string"},"number":{"type":"string"},"procedure":{"type":"string"},
"state":{"type":"string"},"label":{"type":"string"},"state_label":{"type":"string"},"title":{"type":"string"},"version":{"type":"integer"},
"opened":{"type":"string","format":"date"},"filed":{"type":"string","format":"date"},"due":{"type":"string","format":"date"},
"late":{"type":"string","format":"date"}}}}}})"},
    {"Story", R"({"type":"object","required":["agreed","cases"],"properties":{"agreed":{"type":"boolean",
"description":"whether the person lets this office see the other cases"},"cases":{"type":"array","items":{"type":"object","required":["case",
"procedure","label","state_label","final","opened","events"],"properties":{"case":{"type":"string"},"procedure":{"type":"string"},
"label":{"type":"string"},"state_label":{"type":"string"},"final":{"type":"boolean"},"opened":{"type":"string","format":"date"},
"events":{"type":"array","items":{"type":"object","required":["what","who","on"],"properties":{"what":{"type":"string"},
"who":{"type":"string"},"on":{"type":"string","format":"date"}}}}}}}}})"},
};

}  // namespace

const std::vector<NamedSchema>& people_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

}  // namespace koshi::http
