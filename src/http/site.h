#pragma once

#include <functional>
#include <map>
#include <string>

#include "http/template.h"
#include "words/words.h"
#include "zan/reason/answer.h"

namespace koshi::http {

/// A file that is served as it is, found by its name alone.
struct StaticFile {
  std::string media_type;
  std::string body;
  std::string hash;  ///< of the body, 16 hexadecimal digits: its ETag, and its version in links
};

/// What all handlers read. Immutable but for the library, which locks by itself; shared between threads.
struct Site {
  const zan::Corpus& corpus;
  const words::Words& words;      ///< of pages: texts of another language stand between marks (http/foreign.h)
  const words::Words& api_words;  ///< of programs: without marks
  zan::ProgramLibrary& library;
  const Templates& templates;
  const std::map<std::string, StaticFile>& files;
  std::function<Date()> today;
  std::string screens = "{}";  ///< what the portal's screens ask of this law (screens.h)
  bool has_office = false;     ///< cases are kept here besides: pages lead to the desk
  bool has_portal = false;     ///< the portal with scripts is served too, below /app/
};

}  // namespace koshi::http
