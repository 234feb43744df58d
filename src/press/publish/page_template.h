// The HTML around every page: a text with {{names}} that each page fills in.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/diagnostics.h"

namespace octavo {

// The values that a page fills in. Texts are escaped for content and attributes alike, except `content` and `head`,
// which are markup.
struct TemplateValues {
  std::map<std::string, std::string, std::less<>> texts;
  std::string content;
  std::string head;  // elements of the <head>
};

// Unknown names become nothing; check_template() reports them.
std::string fill_template(std::string_view page_template, const TemplateValues& values);

// Warns about names that no page fills in, and about a template without {{content}}.
void check_template(std::string_view page_template, const std::string& file, const TemplateValues& example,
                    Diagnostics& diagnostics);

// The page for sites that are published without the reader.
std::string_view plain_page_template();

}  // namespace octavo
