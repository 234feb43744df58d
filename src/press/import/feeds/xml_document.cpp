// pugixml reads; this file checks its input and copies its output. The only file that sees pugixml.
#include "press/import/feeds/xml_document.h"

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>

#include "core/base/utf8.h"
#include "core/content/html/semantic_tree.h"
#include "press/base/text_encoding.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// White space alone is kept between tags of marked-up text.
constexpr unsigned kParseFlags =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;

struct KnownNamespace {
  std::string_view part;  // of its address, whatever scheme or version
  std::string_view prefix;
};

constexpr auto kNamespaces = std::to_array<KnownNamespace>({
    {"wordpress.org/export/", "wp"},
    {"purl.org/rss/1.0/modules/content", "content"},
    {"purl.org/dc/elements", "dc"},
    {"www.w3.org/2005/Atom", "atom"},
    {"www.w3.org/1999/xhtml", "xhtml"},
    {"purl.org/syndication/thread", "thr"},
    {"search.yahoo.com/mrss", "media"},
});

// The prefix under which this program knows the namespace, or the one that the document uses.
std::string known_prefix(std::string_view address, std::string_view fallback) {
  if (address.find("wordpress.org/export/") != std::string_view::npos && address.find("/excerpt") != std::string_view::npos) {
    return "excerpt";
  }
  for (const KnownNamespace& known : kNamespaces) {
    if (address.find(known.part) != std::string_view::npos) return std::string(known.prefix);
  }
  return std::string(fallback);
}

// A character reference may name half of a surrogate pair or a number beyond Unicode, which pugixml writes as it is.
std::string text_of(const char* value) {
  std::string text = value;
  return is_valid_utf8(text) ? text : repair_utf8(text).text;
}

// Lines and columns of ascending offsets without counting from the start each time.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text, std::uint32_t first_line) : text_(text), line_(first_line) {}

  void go_to(std::size_t offset) {
    offset = std::min(offset, text_.size());
    for (; at_ < offset; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
  }
  std::uint32_t line() const { return line_; }
  std::uint32_t column() const { return static_cast<std::uint32_t>(at_ - std::min(line_begin_, at_)) + 1; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

using Prefixes = std::map<std::string, std::string, std::less<>>;

class TreeCopier {
 public:
  TreeCopier(LineCounter& lines, Prefixes prefixes) : lines_(lines), prefixes_(std::move(prefixes)) {}

  // Depth is bounded by the check before.
  XmlElement copy(const pugi::xml_node& node) {
    const Prefixes outer = prefixes_;
    bool has_declarations = false;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
      const std::string prefix(name == "xmlns" ? std::string_view() : name.substr(6));
      prefixes_[prefix] = known_prefix(attribute.value(), prefix);
      has_declarations = true;
    }
    XmlElement element;
    lines_.go_to(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 1) - 1));
    element.line = lines_.line();
    element.column = lines_.column();
    element.name = canonical(node.name());
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      if (!std::string_view(attribute.name()).starts_with("xmlns"))
        element.attributes.emplace_back(attribute.name(), text_of(attribute.value()));
    }
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_element) {
        element.children.push_back(copy(child));
      } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        XmlElement text;
        text.text = text_of(child.value());
        element.children.push_back(std::move(text));
      }
    }
    if (has_declarations) prefixes_ = outer;
    return element;
  }

 private:
  std::string canonical(std::string_view name) const {
    const std::size_t colon = name.find(':');
    const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
    const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
    const auto known = prefixes_.find(prefix);
    const std::string& used = known == prefixes_.end() ? std::string(prefix) : known->second;
    return used.empty() ? std::string(local) : used + ":" + std::string(local);
  }

  LineCounter& lines_;
  Prefixes prefixes_;
};

// A walk without recursion: a document may be as deep as it is long.
bool is_too_deep(const pugi::xml_node& root) {
  std::uint32_t depth = 0;
  for (pugi::xml_node at = root.first_child(); at;) {
    if (at.first_child()) {
      at = at.first_child();
      if (++depth > kMaxXmlDepth) return true;
      continue;
    }
    while (at != root && !at.next_sibling()) {
      at = at.parent();
      if (depth > 0) --depth;
    }
    if (at == root) return false;
    at = at.next_sibling();
  }
  return false;
}

Error error_at(std::string_view text, std::size_t offset, const std::string& file, ErrorCode code, std::string message) {
  const TextPosition position = text_position(text, offset);
  return {code, std::move(message), file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column)};
}

// Everything before the first element. Comments may say anything.
Status check_prolog(std::string_view text, const std::string& file) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::string_view rest = text.substr(at);
    std::string_view end = ">";
    if (rest.starts_with("<!--")) {
      end = "-->";
    } else if (rest.starts_with("<?")) {
      end = "?>";
    } else if (rest.starts_with("<!DOCTYPE") || rest.starts_with("<!doctype")) {
      const std::string_view type = rest.substr(0, std::min(rest.find('>'), rest.size()));
      if (type.find('[') != std::string_view::npos) {
        return error_at(text, at, file, ErrorCode::Unsupported,
                        "The document defines entities in a DOCTYPE, which can expand without limit; remove the DOCTYPE.");
      }
    } else {
      return Unit{};
    }
    at = text.find(end, at);
    if (at == std::string_view::npos) break;
  }
  return error_at(text, 0, file, ErrorCode::BadSyntax, "This is not XML: it has no element.");
}

// ---- Broken documents ------------------------------------------------------------------------------------------------------

struct EntryRange {
  std::size_t begin = 0;
  std::size_t end = 0;  // after the end tag, or where the next entry begins when there is none
  bool is_closed = false;
};

bool is_tag(std::string_view text, std::size_t at, std::string_view tag) {
  if (text.substr(at, tag.size()) != tag || at + tag.size() >= text.size()) return false;
  const char next = text[at + tag.size()];
  return next == '>' || next == '/' || next == ' ' || next == '\n' || next == '\t' || next == '\r';
}

// Entries by their tags, CDATA sections skipped where they end before the next entry begins.
std::vector<EntryRange> find_entries(std::string_view text, std::string_view name) {
  std::vector<EntryRange> entries;
  const std::string open = "<" + std::string(name);
  const std::string close = "</" + std::string(name);
  for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
    if (text.substr(at).starts_with("<![CDATA[")) {
      const std::size_t end = text.find("]]>", at);
      const std::size_t next_entry = text.find("\n" + open, at);
      if (end != std::string_view::npos &&
          !(end > next_entry && text.substr(at, end - at).find(close) != std::string_view::npos)) {
        at = text.find('<', end);
        continue;
      }
    } else if (is_tag(text, at, open)) {
      if (!entries.empty() && !entries.back().is_closed) entries.back().end = at;
      entries.push_back({at, text.size(), false});
    } else if (is_tag(text, at, close) && !entries.empty() && !entries.back().is_closed) {
      const std::size_t end = text.find('>', at);
      entries.back().end = end == std::string_view::npos ? text.size() : end + 1;
      entries.back().is_closed = true;
    }
    at = text.find('<', at + 1);
  }
  return entries;
}

std::string parse_error_text(const pugi::xml_parse_result& result) {
  return std::string("The XML is broken here: ") + result.description() + ".";
}

// The head up to the first entry gives the namespaces and what is said of the whole; each entry is then read on its own.
Result<XmlDocument> parse_entries(const std::string& text, const pugi::xml_document& partial,
                                  const pugi::xml_parse_result& failed, const std::string& file, Diagnostics& diagnostics) {
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(failed.offset, 0));
  const pugi::xml_node root = partial.document_element();
  std::string name = "item";
  std::vector<EntryRange> entries = find_entries(text, name);
  if (entries.empty()) entries = find_entries(text, name = "entry");
  if (!root || entries.empty()) return error_at(text, offset, file, ErrorCode::BadSyntax, parse_error_text(failed));
  LineCounter lines(text, 1);
  XmlDocument document;
  document.root = TreeCopier(lines, {}).copy(root);
  // What was read of the entries is read again below.
  XmlElement* parent = &document.root;
  for (XmlElement& child : document.root.children) {
    if (child.name == "channel") parent = &child;
  }
  const auto is_entry = [](const XmlElement& child) {
    return child.name == "item" || child.name == "atom:entry" || child.name == "entry";
  };
  std::erase_if(parent->children, is_entry);
  Prefixes prefixes;
  for (const pugi::xml_node& node : {root, root.child("channel")}) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view attribute_name = attribute.name();
      if (attribute_name == "xmlns") prefixes[""] = known_prefix(attribute.value(), "");
      if (attribute_name.starts_with("xmlns:")) {
        const std::string prefix(attribute_name.substr(6));
        prefixes[prefix] = known_prefix(attribute.value(), prefix);
      }
    }
  }
  const TextPositions positions(text);
  for (const EntryRange& range : entries) {
    const std::string_view piece = std::string_view(text).substr(range.begin, range.end - range.begin);
    pugi::xml_document entry;
    const pugi::xml_parse_result result = entry.load_buffer(piece.data(), piece.size(), kParseFlags, pugi::encoding_utf8);
    if (result && range.is_closed && !is_too_deep(entry)) {
      LineCounter entry_lines(piece, positions.at(range.begin).line);
      parent->children.push_back(TreeCopier(entry_lines, prefixes).copy(entry.document_element()));
      continue;
    }
    ++document.broken_entries;
    const auto inside = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    const TextPosition position = positions.at(range.begin + (result ? 0 : inside));
    diagnostics.error(file, position.line, position.column,
                      (result ? std::string("This entry does not end.") : parse_error_text(result)) + " The entry is left out.");
  }
  if (document.broken_entries == 0) {
    const TextPosition position = positions.at(offset);
    diagnostics.error(file, position.line, position.column, parse_error_text(failed) + " All entries could be read.");
  }
  return document;
}

}  // namespace

const XmlElement* XmlElement::child(std::string_view child_name) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const XmlElement& c) { return c.name == child_name; });
  return found == children.end() ? nullptr : &*found;
}

std::string XmlElement::content() const {
  std::string out;
  for (const XmlElement& part : children) {
    if (part.name.empty()) out += part.text;
  }
  return out;
}

std::string XmlElement::raw_child_text(std::string_view child_name) const {
  const XmlElement* found = child(child_name);
  return found == nullptr ? std::string() : found->content();
}

std::string XmlElement::child_text(std::string_view child_name) const {
  return std::string(trimmed(raw_child_text(child_name)));
}

std::string XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& [name_here, value] : attributes) {
    if (name_here == attribute_name) return value;
  }
  return {};
}

std::string XmlElement::inner_markup() const {
  std::string out;
  for (const XmlElement& part : children) {
    if (part.name.empty()) {
      out += escape_html(part.text);
      continue;
    }
    const std::string tag = part.name.substr(part.name.find(':') == std::string::npos ? 0 : part.name.find(':') + 1);
    out += "<" + tag;
    for (const auto& [attribute_name, value] : part.attributes) out += " " + attribute_name + "=\"" + escape_html(value) + "\"";
    const bool is_void = tag == "br" || tag == "img" || tag == "hr" || tag == "input";
    out += is_void ? ">" : ">" + part.inner_markup() + "</" + tag + ">";
  }
  return out;
}

Result<XmlDocument> parse_xml(std::string_view bytes, const std::string& file, Diagnostics& diagnostics) {
  Result<ConvertedText> converted = text_from_encoding(bytes, declared_xml_encoding(bytes));
  if (!converted) return Error{converted.error().code, converted.error().message, file};
  if (converted->replaced > 0) {
    diagnostics.warn(
        file, 0, 0,
        std::to_string(converted->replaced) + " bytes are invalid in the file's encoding; they are shown as \xEF\xBF\xBD.");
  }
  const std::string& text = converted->text;
  if (Status status = check_prolog(text, file); !status) return status.error();
  pugi::xml_document parsed;
  const pugi::xml_parse_result result = parsed.load_buffer(text.data(), text.size(), kParseFlags, pugi::encoding_utf8);
  if (is_too_deep(parsed)) {
    return Error{ErrorCode::TooLarge, "The XML is nested more than " + std::to_string(kMaxXmlDepth) + " elements deep.", file};
  }
  if (!result) return parse_entries(text, parsed, result, file, diagnostics);
  LineCounter lines(text, 1);
  XmlDocument document;
  document.root = TreeCopier(lines, {}).copy(parsed.document_element());
  return document;
}

}  // namespace octavo
