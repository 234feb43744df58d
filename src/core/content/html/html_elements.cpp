// One sorted table; an element gets a meaning by getting a row.
#include "core/content/html/html_elements.h"

#include <algorithm>
#include <iterator>

namespace octavo {
namespace {

using M = HtmlMeaning;

constexpr HtmlElement of_inline(std::string_view tag, InlineKind kind) {
  return {tag, M::Inline, kind, BlockKind::Paragraph};
}
constexpr HtmlElement of_container(std::string_view tag, BlockKind kind) {
  return {tag, M::Container, InlineKind::Emphasis, kind};
}
constexpr HtmlElement of_leaf(std::string_view tag, BlockKind kind) {
  return {tag, M::Leaf, InlineKind::Emphasis, kind};
}

constexpr HtmlElement kElements[] = {
    {"a", M::Link},
    {"address", M::Group},
    {"applet", M::Vanish},
    {"area", M::Vanish},
    {"article", M::Group},
    {"aside", M::Group},
    of_inline("b", InlineKind::Strong),
    of_container("blockquote", BlockKind::Quote),
    {"br", M::Break},
    {"button", M::Vanish},
    {"canvas", M::Vanish},
    {"caption", M::Group},  // of a table; see read_table()
    {"center", M::Group},
    of_inline("code", InlineKind::Code),
    {"datalist", M::Vanish},
    of_container("dd", BlockKind::DescriptionDetails),
    of_inline("del", InlineKind::Strikethrough),
    of_container("details", BlockKind::Details),
    {"dir", M::List},
    {"div", M::Group},
    of_container("dl", BlockKind::DescriptionList),
    of_leaf("dt", BlockKind::DescriptionTerm),
    of_inline("em", InlineKind::Emphasis),
    {"embed", M::Vanish},
    {"fieldset", M::Group},
    of_leaf("figcaption", BlockKind::Caption),
    of_container("figure", BlockKind::Figure),
    {"footer", M::Group},
    {"form", M::Group},
    {"frame", M::Vanish},
    {"frameset", M::Vanish},
    {"h1", M::Heading},
    {"h2", M::Heading},
    {"h3", M::Heading},
    {"h4", M::Heading},
    {"h5", M::Heading},
    {"h6", M::Heading},
    {"head", M::Vanish},
    {"header", M::Group},
    {"hgroup", M::Group},
    {"hr", M::Rule},
    of_inline("i", InlineKind::Emphasis),
    {"iframe", M::Vanish},
    {"img", M::Image},
    {"input", M::Checkbox},
    of_inline("ins", InlineKind::Inserted),
    of_inline("kbd", InlineKind::Keyboard),
    {"legend", M::Group},
    of_container("li", BlockKind::ListItem),
    {"link", M::Vanish},
    {"listing", M::Preformatted},
    {"main", M::Group},
    of_inline("mark", InlineKind::Mark),
    {"math", M::Vanish},
    {"menu", M::List},
    {"meta", M::Vanish},
    {"nav", M::Group},
    {"noembed", M::Vanish},
    {"noframes", M::Vanish},
    {"noscript", M::Vanish},
    {"object", M::Vanish},
    {"ol", M::List},
    {"optgroup", M::Vanish},
    {"option", M::Vanish},
    {"p", M::Paragraph},
    {"param", M::Vanish},
    {"pre", M::Preformatted},
    of_inline("s", InlineKind::Strikethrough),
    of_inline("samp", InlineKind::Code),
    {"script", M::Vanish},
    {"section", M::Group},
    {"select", M::Vanish},
    of_inline("small", InlineKind::Small),
    {"source", M::Vanish},
    of_inline("strike", InlineKind::Strikethrough),
    of_inline("strong", InlineKind::Strong),
    {"style", M::Vanish},
    of_inline("sub", InlineKind::Subscript),
    of_leaf("summary", BlockKind::Summary),
    of_inline("sup", InlineKind::Superscript),
    {"svg", M::Vanish},
    {"table", M::Table},
    {"tbody", M::Group},
    {"td", M::Group},
    {"template", M::Vanish},
    {"textarea", M::Vanish},
    {"tfoot", M::Group},
    {"th", M::Group},
    {"thead", M::Group},
    {"time", M::Time},
    {"title", M::Vanish},
    {"tr", M::Group},
    {"track", M::Vanish},
    of_inline("tt", InlineKind::Code),
    of_inline("u", InlineKind::Inserted),
    {"ul", M::List},
    {"xmp", M::Vanish},
};

constexpr bool by_tag(const HtmlElement& a, const HtmlElement& b) {
  return a.tag < b.tag;
}
static_assert(std::is_sorted(std::begin(kElements), std::end(kElements), by_tag));

constexpr HtmlElement kUnknown{};

}  // namespace

const HtmlElement& html_element(std::string_view tag) {
  const auto* found = std::lower_bound(std::begin(kElements), std::end(kElements), HtmlElement{tag}, by_tag);
  return found != std::end(kElements) && found->tag == tag ? *found : kUnknown;
}

bool is_block_element(const HtmlElement& element) {
  switch (element.meaning) {
    case M::Group:
    case M::Paragraph:
    case M::Heading:
    case M::Container:
    case M::Leaf:
    case M::List:
    case M::Preformatted:
    case M::Rule:
    case M::Table:
      return true;
    default:
      return false;
  }
}

}  // namespace octavo
