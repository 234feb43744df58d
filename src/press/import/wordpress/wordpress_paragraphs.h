// WordPress's classic markup: empty lines are paragraphs and line ends are breaks, except where block elements say otherwise.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

std::string html_from_classic_markup(std::string_view text);

}  // namespace octavo
