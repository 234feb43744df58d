// Reads attributes of untrusted HTML into values that can do no harm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

std::string_view attribute_or_empty(const HtmlNode& node, std::string_view name);
std::string lower_case(std::string_view text);  // ASCII

// The leading digits of the value, `fallback` without any.
std::uint32_t number_attribute(const HtmlNode& node, std::string_view name, std::uint32_t fallback);

// lang and dir; empty unless they have the shape of a BCP 47 tag, or are "ltr" or "rtl".
std::string language_attribute(const HtmlNode& node);
std::string direction_attribute(const HtmlNode& node);

// align or text-align.
Align align_attribute(const HtmlNode& node);

// The language of code from a class attribute, empty when it names none.
std::string code_language(std::string_view classes);

}  // namespace octavo
