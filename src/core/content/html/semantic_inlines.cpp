// One walk over text, spans and breaks together.
#include "core/content/html/semantic_inlines.h"

#include <algorithm>

#include "core/base/url.h"
#include "core/content/document/code_tokens.h"
#include "core/content/document/image_variants.h"
#include "core/content/html/html_elements.h"

namespace octavo {
namespace {

bool is_url_character(char c) {
  const bool is_alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_alphanumeric || std::string_view("~-_.+!*(),%#@?=;:/$&").find(c) != std::string_view::npos;
}

// As in the specification's examples: characters that no address may contain are percent-encoded, and '%' is kept.
std::string encode_url(std::string_view url) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(url.size());
  for (const char c : url) {
    if (is_url_character(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 15];
    }
  }
  return out;
}

void set_unless_empty(Element& element, std::string_view name, std::string_view value) {
  if (!value.empty()) element.set(std::string(name), std::string(value));
}

// What the browser chooses from: the image variants and the image of `src`, and how wide it will be shown.
void set_sources(Element& image, const Span& span) {
  const std::string url = encode_url(span.url);
  std::string sources;
  for (std::size_t i = 0; i < std::min<std::size_t>(span.variant_count, kImageVariantWidths.size()); ++i) {
    const std::uint32_t width = kImageVariantWidths[i];
    sources += image_variant_url(url, width) + " " + std::to_string(width) + "w, ";
  }
  image.set("srcset", sources + url + " " + std::to_string(span.file_width) + "w");
  const std::string width = std::to_string(std::min(span.width, kWidestImageCss)) + "px";
  image.set("sizes", "(max-width:" + width + ") 100vw," + width);
}

bool is_external(std::string_view url) {
  return !is_relative_url(url) && is_allowed_url(url, UrlUse::Image);  // which allows http and https, but not mailto
}

// Turns one InlineText into child elements. Spans nest properly, so this is one walk over text, spans and breaks together.
class InlineBuilder {
 public:
  InlineBuilder(const InlineText& inlines, std::span<const SoftBreak> breaks, bool is_plain)
      : inlines_(inlines), breaks_(breaks), is_plain_(is_plain) {}

  void build(Element& parent) { build_range(parent, static_cast<std::uint32_t>(inlines_.text.size())); }

 private:
  void build_range(Element& parent, std::uint32_t end);
  void build_span(Element& parent, const Span& span);
  void add_text_until(Element& parent, std::uint32_t end);
  void add_plain_text(Element& parent, std::uint32_t end);
  void add_break(Element& parent, const SoftBreak& soft_break, std::uint32_t end);
  void skip_to(std::uint32_t offset);
  void set_link(Element& element, const Span& span) const;
  void set_image(Element& element, const Span& span) const;
  static void set_button(Element& element, const Span& span);

  const InlineText& inlines_;
  std::span<const SoftBreak> breaks_;
  bool is_plain_;
  std::size_t next_span_ = 0;
  std::size_t next_break_ = 0;
  std::uint32_t offset_ = 0;
};

void InlineBuilder::build_range(Element& parent, std::uint32_t end) {
  while (next_span_ < inlines_.spans.size()) {
    const Span& span = inlines_.spans[next_span_];
    // An empty span at the very end belongs to the paragraph, not to a span that ends there too.
    const bool is_inside = span.end <= end && (span.begin < end || end == inlines_.text.size());
    if (!is_inside) break;
    ++next_span_;
    add_text_until(parent, span.begin);
    build_span(parent, span);
  }
  add_text_until(parent, end);
}

void InlineBuilder::build_span(Element& parent, const Span& span) {
  Element element = Element::of_tag(std::string(inline_tag(span.kind)));
  switch (span.kind) {
    case InlineKind::HardBreak:
      skip_to(span.end);
      break;
    case InlineKind::Image:
      set_image(element, span);
      skip_to(span.end);
      break;
    case InlineKind::RawHtml:
      element.text = inlines_.text.substr(span.begin, span.end - span.begin);
      if (!is_plain_) element.tag.clear();
      skip_to(span.end);
      break;
    default:
      if (span.kind == InlineKind::Link) set_link(element, span);
      if (span.kind == InlineKind::Button) set_button(element, span);
      if (span.kind == InlineKind::Token) element.set("class", std::string(1, token_letter(span.token)));
      if (span.kind == InlineKind::Time) set_unless_empty(element, "datetime", span.url);
      build_range(element, span.end);
      break;
  }
  parent.children.push_back(std::move(element));
}

void InlineBuilder::skip_to(std::uint32_t offset) {
  offset_ = std::max(offset_, offset);
  while (next_break_ < breaks_.size() && breaks_[next_break_].offset < offset_) ++next_break_;
  while (next_span_ < inlines_.spans.size() && inlines_.spans[next_span_].end <= offset_ &&
         inlines_.spans[next_span_].begin < offset_) {
    ++next_span_;
  }
}

void InlineBuilder::add_plain_text(Element& parent, std::uint32_t end) {
  if (end <= offset_) return;
  parent.children.push_back(Element::of_text(inlines_.text.substr(offset_, end - offset_)));
  offset_ = end;
}

// A break just before `end` that has no white space of its own is included, so that it comes before an image that begins there.
void InlineBuilder::add_text_until(Element& parent, std::uint32_t end) {
  while (next_break_ < breaks_.size()) {
    const SoftBreak& soft_break = breaks_[next_break_];
    if (soft_break.offset > end || (soft_break.offset == end && soft_break.kind == BreakKind::Space)) break;
    ++next_break_;
    if (soft_break.offset < offset_) continue;
    add_plain_text(parent, soft_break.offset);
    add_break(parent, soft_break, end);
  }
  add_plain_text(parent, end);
}

void InlineBuilder::add_break(Element& parent, const SoftBreak& soft_break, std::uint32_t end) {
  if (soft_break.kind == BreakKind::Space) {
    // All of the white space: what is preserved would otherwise begin the next line. A line end of the source is a blank.
    std::string blanks;
    do {
      const char c = inlines_.text[offset_++];
      blanks += c == '\t' ? c : ' ';
    } while (offset_ < end && std::string_view(" \t\r\n").find(inlines_.text[offset_]) != std::string_view::npos);
    Element space = Element::of_tag("span");
    space.set("class", "lb").children.push_back(Element::of_text(std::move(blanks)));
    parent.children.push_back(std::move(space));
    return;
  }
  if (soft_break.kind == BreakKind::Hyphen) parent.children.push_back(Element::of_tag("span").set("class", "lh"));
  parent.children.push_back(Element::of_tag("span").set("class", "lb"));
}

void InlineBuilder::set_link(Element& element, const Span& span) const {
  if (is_plain_ || is_allowed_url(span.url, UrlUse::Link)) element.set("href", encode_url(span.url));
  set_unless_empty(element, "title", span.title);
  if (is_plain_) return;
  if (span.is_untrusted) {
    element.set("rel", "nofollow ugc noopener");
  } else if (is_external(span.url)) {
    element.set("rel", "noopener");
  }
  if (span.is_current) element.set("aria-current", "page");
  set_unless_empty(element, "id", span.anchor);
  if (span.note == NoteLink::None) return;
  element.set("role", span.note == NoteLink::Reference ? "doc-noteref" : "doc-backlink");
  set_unless_empty(element, "aria-label", span.alt);
}

void InlineBuilder::set_image(Element& element, const Span& span) const {
  if (is_plain_ || is_allowed_url(span.url, UrlUse::Image)) {
    element.set("src", encode_url(span.url));
    if (span.variant_count != 0) set_sources(element, span);
  }
  element.set("alt", span.alt);
  set_unless_empty(element, "title", span.title);
  if (is_plain_) return;
  if (span.width != 0) element.set("width", std::to_string(span.width));
  if (span.height != 0) element.set("height", std::to_string(span.height));
  element.set("loading", "lazy").set("decoding", "async");
}

void InlineBuilder::set_button(Element& element, const Span& span) {
  element.set("type", "button").set("data-action", span.url);
  if (span.is_toggle) element.set("aria-pressed", span.pressed ? "true" : "false");
  if (span.is_disabled) element.set("disabled", "");
  set_unless_empty(element, "aria-label", span.alt);
  set_unless_empty(element, "title", span.title);
}

}  // namespace

void add_inline_elements(Element& parent, const InlineText& inlines, std::span<const SoftBreak> breaks,
                         const SemanticOptions& options) {
  InlineBuilder(inlines, breaks, options.plain_commonmark).build(parent);
}

}  // namespace octavo
