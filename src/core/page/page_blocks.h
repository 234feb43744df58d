// The small blocks in all parts of a page, and text made fit for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/date.h"
#include "core/content/document/document.h"

namespace octavo {

// Between the links of a menu: an em space and a place to break. Ordinary spaces would collapse into one.
inline constexpr std::string_view kMenuGap = "\u2003 ";

// Text of a bundle made fit for a title, a name or a label: control characters, bidi controls and U+FFFC (which is used
// for images) are dropped, white space collapses, both ends are trimmed.
std::string clean_text(std::string_view text);

// A BCP 47 tag as it may appear in an attribute; empty when it is not one.
std::string clean_language(std::string_view language);

// "rtl" or "ltr" from the script or, without one, the language of a BCP 47 tag.
std::string_view language_direction(std::string_view language);

// A reference from page `from` to `to` (both below the site's root, `to` with an optional fragment); a fragment of the page
// itself stays a bare "#fragment".
std::string page_reference(std::string_view from, std::string_view to);

std::string number_text(std::uint64_t number);

// "14 May 2010", on the calendar of the date's offset.
std::string long_date(DateTime date_time);

// Builds an InlineText front to back. Empty text adds nothing.
class LineBuilder {
 public:
  enum class Current { No, Yes };
  LineBuilder& text(std::string_view text);
  // Addresses that is_allowed_url() refuses leave the label as text.
  LineBuilder& link(std::string_view label, std::string url, Current current = Current::No);
  LineBuilder& time(std::string_view label, std::string rfc3339);
  LineBuilder& button(std::string_view label, Span state);  // state: action in `url` and the flags of a Button
  // Adds `separator`, unless the line is still empty.
  LineBuilder& separate(std::string_view separator);
  bool empty() const { return line_.empty(); }
  InlineText take() { return std::move(line_); }

 private:
  LineBuilder& span(InlineKind kind, std::string_view label, std::string url);
  InlineText line_;
};

Block make_section(Role role, std::string_view label = {});
Block make_paragraph(Variant variant, InlineText inlines);
Block make_paragraph(Variant variant, std::string_view text);
Block make_heading(std::uint8_t level, Variant variant, InlineText inlines);
Block make_heading(std::uint8_t level, Variant variant, std::string_view text);

}  // namespace octavo
