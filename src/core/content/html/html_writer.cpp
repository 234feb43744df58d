// Writes the semantic tree as HTML text and as the page layer's JSON.
#include <algorithm>
#include <iterator>

#include "core/base/json.h"
#include "core/content/html/html_elements.h"
#include "core/content/html/semantic_tree.h"

namespace octavo {
namespace {

constexpr std::string_view kBooleanAttributes[] = {"checked", "disabled", "open"};

bool is_boolean_attribute(std::string_view name) {
  return std::find(std::begin(kBooleanAttributes), std::end(kBooleanAttributes), name) != std::end(kBooleanAttributes);
}

std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";  // as such it would be read as a line end
    default:
      return {};
  }
}

void append_escaped(std::string_view text, std::string& out) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view escape = escape_of(text[at]);
    if (escape.empty()) continue;
    out.append(text.substr(begin, at - begin)).append(escape);
    begin = at + 1;
  }
  out.append(text.substr(begin));
}

class HtmlWriter {
 public:
  void write(const Element& element);
  void write_children(const Element& element) {
    for (const Element& child : element.children) write(child);
  }
  std::string take() { return std::move(out_); }

 private:
  void line_end() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  void write_start_tag(const Element& element, bool is_void);
  void write_raw(const Element& element);

  std::string out_;
};

void HtmlWriter::write_start_tag(const Element& element, bool is_void) {
  (out_ += '<') += element.tag;
  for (const auto& [name, value] : element.attributes) {
    (out_ += ' ') += name;
    if (value.empty() && is_boolean_attribute(name)) continue;
    out_ += "=\"";
    append_escaped(value, out_);
    out_ += '"';
  }
  out_ += is_void ? " />" : ">";
}

// Only a whole HTML block has a block id and lines of its own; a tag within a paragraph has neither.
void HtmlWriter::write_raw(const Element& element) {
  if (!element.has_block_id) {
    out_ += element.text;
    return;
  }
  line_end();
  out_ += element.text;
  line_end();
}

void HtmlWriter::write(const Element& element) {
  if (element.tag.empty()) return append_escaped(element.text, out_);
  if (element.tag == "#raw") return write_raw(element);
  const HtmlElement& known = html_element(element.tag);
  const TagLines ends = known.line_ends;
  const bool is_void = known.is(HtmlSyntax::Void);
  if (ends != TagLines::None) line_end();
  write_start_tag(element, is_void);
  if (!is_void) {
    if (ends == TagLines::AroundAndInside) line_end();
    write_children(element);
    if (ends == TagLines::AroundAndInside) line_end();
    ((out_ += "</") += element.tag) += '>';
  }
  if (ends != TagLines::None || element.tag == "br") out_ += '\n';
}

void write_layer_node(const Element& element, JsonWriter& json) {
  if (element.tag.empty() || element.tag == "#raw") {
    json.value(element.text);
    return;
  }
  json.begin_array().value(element.tag);
  json.value(element.has_block_id ? static_cast<std::int64_t>(element.block_id) : std::int64_t{-1});
  json.begin_object();
  for (const auto& [name, value] : element.attributes) json.key(name).value(value);
  json.end_object();
  for (const Element& child : element.children) write_layer_node(child, json);
  json.end_array();
}

}  // namespace

std::string write_html(const Element& element) {
  HtmlWriter writer;
  writer.write(element);
  return writer.take();
}

std::string write_inner_html(const Element& element) {
  HtmlWriter writer;
  writer.write_children(element);
  return writer.take();
}

std::string write_page_layer_json(const Element& element) {
  JsonWriter json;
  write_layer_node(element, json);
  return json.take();
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  append_escaped(text, out);
  return out;
}

}  // namespace octavo
