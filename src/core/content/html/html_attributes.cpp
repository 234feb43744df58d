// One function per attribute.
#include "core/content/html/html_attributes.h"

#include <algorithm>
#include <charconv>

namespace octavo {
namespace {

constexpr std::size_t kTextAlignLength = 11;  // of "text-align:"

}  // namespace

const std::string* HtmlNode::attribute(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& entry) { return entry.first == name; });
  return found == attributes.end() ? nullptr : &found->second;
}

std::string_view attribute_or_empty(const HtmlNode& node, std::string_view name) {
  const std::string* value = node.attribute(name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::uint32_t number_attribute(const HtmlNode& node, std::string_view name, std::uint32_t fallback) {
  const std::string_view text = attribute_or_empty(node, name);
  std::uint32_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() ? value : fallback;
}

// BCP 47 in shape, which is all that matters for an attribute's value.
std::string language_attribute(const HtmlNode& node) {
  const std::string_view text = attribute_or_empty(node, "lang");
  const bool is_tag = text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
                        return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                      });
  return is_tag ? std::string(text) : std::string();
}

std::string direction_attribute(const HtmlNode& node) {
  const std::string text = lower_case(attribute_or_empty(node, "dir"));
  return text == "ltr" || text == "rtl" ? text : std::string();
}

// "language-x" as CommonMark writes it, "lang-x" as prettify did, "highlight-source-x" as GitHub does.
std::string code_language(std::string_view classes) {
  for (const std::string_view prefix : {"language-", "lang-", "highlight-source-"}) {
    for (std::size_t at = 0; (at = classes.find(prefix, at)) != std::string_view::npos; at += prefix.size()) {
      if (at > 0 && classes[at - 1] != ' ') continue;
      const std::string_view rest = classes.substr(at + prefix.size());
      return std::string(rest.substr(0, std::min(rest.find_first_of(" \t\n"), rest.size())));
    }
  }
  return {};
}

Align align_attribute(const HtmlNode& node) {
  std::string text = lower_case(attribute_or_empty(node, "align"));
  if (text.empty()) {
    const std::string style = lower_case(attribute_or_empty(node, "style"));
    const std::size_t at = style.find("text-align:");
    if (at != std::string::npos) text = style.substr(std::min(style.find_first_not_of(' ', at + kTextAlignLength), style.size()));
  }
  if (text.starts_with("left")) return Align::Left;
  if (text.starts_with("center")) return Align::Center;
  return text.starts_with("right") ? Align::Right : Align::Default;
}

}  // namespace octavo
