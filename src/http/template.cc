#include "http/template.h"

#include <kainjow/mustache.hpp>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"

namespace koshi::http {
namespace {

namespace mustache = kainjow::mustache;

mustache::data to_data(const View& view);

mustache::data to_data(const View::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return mustache::data(*flag);
  if (const auto* text = std::get_if<std::string>(&value)) {
    // The library takes an empty text for true.
    return text->empty() ? mustache::data(false) : mustache::data(*text);
  }
  mustache::data list(mustache::data::type::list);
  for (const View& item : std::get<std::vector<View>>(value)) list.push_back(to_data(item));
  return list;
}

mustache::data to_data(const View& view) {
  mustache::data object(mustache::data::type::object);
  for (const auto& [name, value] : view.values()) object.set(name, to_data(value));
  return object;
}

}  // namespace

View& View::text(std::string name, std::string value) {
  values_.insert_or_assign(std::move(name), std::move(value));
  return *this;
}

View& View::flag(std::string name, bool value) {
  values_.insert_or_assign(std::move(name), value);
  return *this;
}

View& View::list(std::string name, std::vector<View> items) {
  values_.insert_or_assign(std::move(name), std::move(items));
  return *this;
}

View& View::section(std::string name, View inner) {
  std::vector<View> one;
  one.push_back(std::move(inner));
  return list(std::move(name), std::move(one));
}

View& View::merge(View other) {
  for (auto& [name, value] : other.values_) values_.insert_or_assign(name, std::move(value));
  return *this;
}

Result<Templates> Templates::load(const std::filesystem::path& folder) {
  Templates templates;
  TRY(files, list_files(folder, ".mustache"));
  for (const std::filesystem::path& file : files) {
    TRY(text, read_file(folder / file));
    const mustache::mustache parsed(text);
    if (!parsed.is_valid()) return fail(file.string() + ": " + parsed.error_message());
    templates.texts_.emplace(file.stem().string(), std::move(text));
  }
  return templates;
}

std::string Templates::render(const std::string& name, const View& view, const Phrase& phrase) const {
  const auto found = texts_.find(name);
  CHECK(found != texts_.end());
  mustache::data data = to_data(view);
  for (const auto& [partial, text] : texts_) {
    if (partial.starts_with('_')) data.set(partial, mustache::data(mustache::partial([&text] { return text; })));
  }
  const mustache::lambda2 translate = [&phrase](const std::string& key, const mustache::renderer&) {
    return html_escape(phrase(trim(key)));
  };
  data.set("t", mustache::data(translate));
  mustache::mustache page(found->second);
  page.set_custom_escape([](const std::string& text) { return html_escape(text); });
  return page.render(data);
}

}  // namespace koshi::http
