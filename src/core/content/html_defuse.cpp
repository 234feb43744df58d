// A tokenizer that follows the HTML Standard just closely enough to bound the depth and the size of the parsed tree.
//
// Costs it prevents: the stack of recursive tree walks (100,000 nested elements); the walk over all open elements at each tag;
// the comparison of each attribute with all earlier ones of its tag; and unclosed formatting elements, which a parser opens anew
// in every following paragraph ("reconstruct the active formatting elements", section 13.2.4.3).
#include "core/content/html_defuse.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace octavo {
namespace {

// Formatting elements that may be opened anew in one fragment.
constexpr std::size_t kMaxReopenedElements = 100'000;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

constexpr std::string_view kVoid[] = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::string_view kRawText[] = {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"};
constexpr std::string_view kFormatting[] = {"a",    "b",     "big",    "code",   "em", "font", "i",
                                            "nobr", "small", "strike", "strong", "tt", "u",    "s"};
constexpr std::string_view kScopeEnds[] = {"applet", "caption", "table", "td", "th", "marquee", "object", "template", "svg", "math"};
// Whose end tag closes everything opened inside.
constexpr std::string_view kBlocks[] = {"address", "article", "aside",  "blockquote", "center", "details", "dialog", "dir",  "div",
                                        "dl",      "dd",      "dt",     "fieldset",   "figcaption", "figure", "footer", "form", "h1",
                                        "h2",      "h3",      "h4",     "h5",         "h6",     "header",  "hgroup", "li",   "listing",
                                        "main",    "menu",    "nav",    "ol",         "p",      "pre",     "section", "summary", "ul"};
constexpr std::string_view kTableParts[] = {"caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr", "table"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Elements that end where the next of their group begins.
std::string_view implied_group(std::string_view name) {
  if (name == "dd" || name == "dt") return "dd";
  if (name == "td" || name == "th") return "td";
  if (name == "tbody" || name == "thead" || name == "tfoot") return "tbody";
  if (name == "p" || name == "li" || name == "tr" || name == "option" || name == "optgroup") return name;
  return {};
}

class Defuser {
 public:
  explicit Defuser(std::string_view html) : html_(html) { out_.reserve(html.size()); }

  std::string run() {
    while (at_ < html_.size()) step();
    return std::move(out_);
  }

 private:
  void step();
  void markup();
  void skip_past(std::string_view end);
  std::size_t tag_end(std::size_t from, std::size_t& attributes_end) const;
  void start_tag(const std::string& name, std::string_view tag);
  void end_tag(const std::string& name);
  void raw_text(const std::string& name);
  void close_implied(std::string_view name);
  void close_open_element(std::string_view name);
  void start_formatting(const std::string& name);
  void end_formatting(std::string_view name);
  void count_reopened_formatting();

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::string> open_;
  std::size_t dropped_ = 0;              // start tags left out since open_ was full
  std::vector<std::string> formatting_;  // the parser's list of active formatting elements
  std::size_t reopened_ = 0;
  bool formatting_is_dropped_ = false;
  std::vector<std::string> unclosed_;  // raw-text elements that have no end tag in the rest, which is searched once only
};

void Defuser::step() {
  const std::size_t bracket = std::min(html_.find('<', at_), html_.size());
  out_ += html_.substr(at_, bracket - at_);
  at_ = bracket;
  if (at_ < html_.size()) markup();
}

void Defuser::skip_past(std::string_view end) {
  const std::size_t found = html_.find(end, at_);
  at_ = found == std::string_view::npos ? html_.size() : found + end.size();
}

// The offset after the tag's '>', quotes respected; npos when there is none.
std::size_t Defuser::tag_end(std::size_t from, std::size_t& attributes_end) const {
  std::size_t attributes = 0;
  attributes_end = std::string_view::npos;
  for (std::size_t i = from; i < html_.size();) {
    const char c = html_[i];
    if (c == '>') return i + 1;
    if (is_space(c) || c == '/') {
      ++i;
      continue;
    }
    if (++attributes > kMaxTagAttributes && attributes_end == std::string_view::npos) attributes_end = i;
    ++i;  // an attribute name may begin with '='
    while (i < html_.size() && !is_space(html_[i]) && html_[i] != '/' && html_[i] != '>' && html_[i] != '=') ++i;
    std::size_t value = i;
    while (value < html_.size() && is_space(html_[value])) ++value;
    if (value >= html_.size() || html_[value] != '=') continue;
    ++value;
    while (value < html_.size() && is_space(html_[value])) ++value;
    if (value >= html_.size()) return std::string_view::npos;
    if (html_[value] == '"' || html_[value] == '\'') {
      i = html_.find(html_[value], value + 1);
      if (i == std::string_view::npos) return std::string_view::npos;
      ++i;
    } else {
      for (i = value; i < html_.size() && !is_space(html_[i]) && html_[i] != '>';) ++i;
    }
  }
  return std::string_view::npos;
}

void Defuser::markup() {
  const bool is_end = at_ + 1 < html_.size() && html_[at_ + 1] == '/';
  const std::size_t name_begin = at_ + (is_end ? 2 : 1);
  if (name_begin < html_.size() && is_alpha(html_[name_begin])) {
    std::size_t name_end = name_begin;
    std::string name;
    while (name_end < html_.size() && !is_space(html_[name_end]) && html_[name_end] != '/' && html_[name_end] != '>') {
      name += lower(html_[name_end++]);
    }
    std::size_t attributes_end = 0;
    const std::size_t begin = at_;
    const std::size_t end = tag_end(name_end, attributes_end);
    at_ = std::min(end, html_.size());
    if (end == std::string_view::npos) return;  // a tag without an end is dropped by parsers, too
    return is_end ? end_tag(name) : start_tag(name, html_.substr(begin, std::min(attributes_end, end) - begin));
  }
  if (html_.substr(at_).starts_with("<!--")) {
    // "<!-->" and "<!--->" are whole comments.
    at_ += 2;
    return skip_past(html_.substr(at_).starts_with("-->") || html_.substr(at_).starts_with("--->") ? ">" : "-->");
  }
  const char next = name_begin < html_.size() ? html_[name_begin] : ' ';
  if (!is_end && next != '!' && next != '?') {
    out_ += "&lt;";
    ++at_;
    return;
  }
  skip_past(">");  // a declaration or a bogus comment
}

// Everything up to the end tag vanishes. Without an end tag only the start tag does: a browser would swallow the rest of the
// document, but here the rest is somebody's text.
void Defuser::raw_text(const std::string& name) {
  if (std::find(unclosed_.begin(), unclosed_.end(), name) != unclosed_.end()) return;
  for (std::size_t from = at_;;) {
    const std::size_t found = html_.find("</", from);
    if (found == std::string_view::npos) {
      unclosed_.push_back(name);
      return;
    }
    from = found + 2;
    std::size_t length = 0;
    while (length < name.size() && from + length < html_.size() && lower(html_[from + length]) == name[length]) ++length;
    const std::size_t after = from + length;
    if (length < name.size() || after >= html_.size()) continue;
    if (!is_space(html_[after]) && html_[after] != '/' && html_[after] != '>') continue;
    std::size_t unused = 0;
    at_ = std::min(tag_end(after, unused), html_.size());
    return;
  }
}

// What the parser closes of itself when `name` begins.
void Defuser::close_implied(std::string_view name) {
  const std::string_view group = implied_group(name);
  const bool is_part = is_one_of(name, kTableParts) && name != "table";
  const bool closes_paragraph = is_one_of(name, kBlocks) || name == "table" || name == "hr";
  for (std::size_t i = open_.size(); i-- > 0;) {
    const std::string& open = open_[i];
    if (!group.empty() && implied_group(open) == group) return open_.resize(i);
    if (closes_paragraph && open == "p") {
      open_.resize(i);
      if (group.empty()) return;
      continue;
    }
    if (is_part ? open == "table" : is_one_of(open, kScopeEnds)) return;
    if (name == "li" && (open == "ul" || open == "ol")) return;
    // A list item or a term looks no further than the next block; a paragraph looks up to the end of the scope.
    if (!group.empty() && group != "p" && !is_part && is_one_of(open, kBlocks) && open != "p" && open != "div" && open != "address") return;
  }
}

// Only what the parser certainly closes is taken from the count; else unclosed nesting could hide behind ignored end tags.
void Defuser::close_open_element(std::string_view name) {
  const bool is_block = is_one_of(name, kBlocks);
  const bool is_part = is_one_of(name, kTableParts);
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i] == name) {
      const bool closes_all_inside = is_block || is_part || i + 1 == open_.size();
      if (closes_all_inside) {
        open_.resize(i);
      } else {
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
      }
      return;
    }
    if (is_part ? open_[i] == "table" : is_one_of(open_[i], kScopeEnds)) return;
    if (name == "li" && (open_[i] == "ul" || open_[i] == "ol")) return;
  }
}

// A parser keeps three alike at most ("Noah's Ark clause"), given that they carry no attributes.
void Defuser::start_formatting(const std::string& name) {
  const std::ptrdiff_t limit = name == "a" ? 1 : 3;
  if (std::count(formatting_.begin(), formatting_.end(), name) < limit) formatting_.push_back(name);
}

void Defuser::end_formatting(std::string_view name) {
  const auto found = std::find(formatting_.rbegin(), formatting_.rend(), name);
  if (found != formatting_.rend()) formatting_.erase(std::next(found).base());
}

void Defuser::count_reopened_formatting() {
  reopened_ += formatting_.size();
  if (reopened_ <= kMaxReopenedElements) return;
  for (; !formatting_.empty(); formatting_.pop_back()) ((out_ += "</") += formatting_.back()) += '>';
  formatting_is_dropped_ = true;
}

// `tag` is cut before the attributes that are too many, and then lacks its '>'.
void Defuser::start_tag(const std::string& name, std::string_view tag) {
  if (is_one_of(name, kRawText)) return raw_text(name);
  if (name == "plaintext") return;
  const bool is_formatting = is_one_of(name, kFormatting);
  if (is_formatting && formatting_is_dropped_) return;
  if (!is_formatting) count_reopened_formatting();
  if (!is_one_of(name, kVoid)) {
    close_implied(name);
    if (open_.size() >= kMaxOpenTags) {
      ++dropped_;
      return;
    }
    open_.push_back(name);
    if (is_formatting) start_formatting(name);
  }
  if (is_formatting && name != "a") {
    ((out_ += '<') += name) += '>';
  } else {
    out_ += tag;
    if (tag.back() != '>') out_ += '>';
  }
}

void Defuser::end_tag(const std::string& name) {
  if (is_one_of(name, kRawText)) return;
  const bool is_formatting = is_one_of(name, kFormatting);
  if (is_formatting && formatting_is_dropped_) return;
  if (dropped_ > 0) {
    --dropped_;
    return;
  }
  if (is_formatting) {
    end_formatting(name);
  } else {
    count_reopened_formatting();
  }
  close_open_element(name);
  ((out_ += "</") += name) += '>';
}

}  // namespace

std::string defuse_html(std::string_view html) { return Defuser(html).run(); }

}  // namespace octavo
