// XML from strangers: parsed by pugixml without any DTD, in whatever encoding it declares, with limits on size and depth.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"

namespace octavo {

// A document that nests deeper is an attack or not a blog.
inline constexpr std::uint32_t kMaxXmlDepth = 100;

// An element, or text (empty name). Names are told apart by namespace, not by prefix: "wp:post_id" whatever the document calls
// the namespace. Known: wp, content, excerpt, dc, atom (also as the default namespace), xhtml, thr, media; others keep the
// prefix they have.
struct XmlElement {
  std::string name;
  std::string text;  // of text nodes and CDATA sections
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  const XmlElement* child(std::string_view child_name) const;  // the first one, or nullptr
  std::string content() const;                                 // the element's text, CDATA sections joined
  std::string child_text(std::string_view child_name) const;   // trimmed; empty without such a child
  std::string raw_child_text(std::string_view child_name) const;
  std::string attribute(std::string_view attribute_name) const;
  std::string inner_markup() const;  // children as HTML text
};

struct XmlDocument {
  XmlElement root;
  // Entries ("item", "entry") that could not be read, because the document is broken there; each has been reported already.
  std::uint32_t broken_entries = 0;
};

// `bytes` is a whole file. A document that is broken somewhere is read entry by entry, and what is broken is reported with line
// and column. An Error: not XML at all, entity definitions, unknown encoding, limits.
Result<XmlDocument> parse_xml(std::string_view bytes, const std::string& file, Diagnostics& diagnostics);

}  // namespace octavo
