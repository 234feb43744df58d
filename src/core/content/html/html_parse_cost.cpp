// A tokenizer that follows the HTML Standard just closely enough to bound the depth and the size of the parsed tree.
//
// Costs it prevents: the stack of recursive tree walks (100,000 nested elements); the walk over all open elements at each tag;
// the comparison of each attribute with all earlier ones of its tag; and unclosed formatting elements, which a parser reopens
// in every following paragraph ("reconstruct the active formatting elements", section 13.2.4.3).
#include "core/content/html/html_parse_cost.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/content/html/html_elements.h"

namespace octavo {
namespace {

// How many formatting elements may be reopened in one fragment.
constexpr std::size_t kMaxReopenedElements = 100'000;
constexpr std::size_t kMaxCarriedElements = 100;
constexpr std::size_t kMaxUnfinishedTags = 8;

bool has_syntax(std::string_view name, HtmlSyntax::Flag flag) {
  return html_element(name).is(flag);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Elements that end where the next of their group begins.
std::string_view implied_group(std::string_view name) {
  if (name == "dd" || name == "dt") return "dd";
  if (name == "td" || name == "th") return "td";
  if (name == "tbody" || name == "thead" || name == "tfoot") return "tbody";
  for (const std::string_view alone : {"p", "li", "tr"}) {
    if (name == alone) return alone;
  }
  return {};
}

// What the walk over open elements needs to know of each, looked up once when it is opened.
struct OpenTag {
  std::string name;
  std::string_view group;
  bool is_formatting = false;
  bool ends_scope = false;
  bool is_seen_through = false;

  explicit OpenTag(std::string_view tag)
      : name(tag),
        group(implied_group(tag)),
        is_formatting(has_syntax(tag, HtmlSyntax::Formatting)),
        ends_scope(has_syntax(tag, HtmlSyntax::ScopeEnd)),
        is_seen_through(is_formatting || has_syntax(tag, HtmlSyntax::Phrasing)) {}
};

class HtmlCostLimiter {
 public:
  explicit HtmlCostLimiter(std::string_view html) : html_(html) { out_.reserve(html.size()); }

  std::string run() {
    while (at_ < html_.size()) step();
    return std::move(out_);
  }

 private:
  enum class Nesting { No, Yes };

  void step();
  void markup();
  void skip_past(std::string_view end);
  std::size_t tag_end(std::size_t from, std::size_t& attributes_end) const;
  void start_tag(const std::string& name, std::string_view tag);
  void end_tag(const std::string& name);
  bool is_name_at(std::size_t offset, std::string_view name) const;
  std::size_t element_end(std::string_view name, Nesting nesting) const;
  void remove_element(const std::string& name, Nesting nesting);
  void comment();
  void unfinished_tag();
  void remove_open(std::size_t index);
  void close_down_to(std::size_t size);
  void close_implied(std::string_view name);
  bool is_stray_table_part(std::string_view name) const;
  void close_open_element(std::string_view name);
  void start_formatting(const std::string& name);
  void end_formatting(std::string_view name);
  void count_reopened_formatting();

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<OpenTag> open_;
  std::size_t open_tables_ = 0;
  std::size_t dropped_ = 0;              // start tags left out since open_ was full
  std::vector<std::string> formatting_;  // the parser's list of active formatting elements
  std::size_t reopened_ = 0;
  std::size_t carried_ = 0;
  bool formatting_is_dropped_ = false;
  bool comments_have_ends_ = true;
  std::size_t unfinished_tags_ = 0;
  std::vector<std::string> unclosed_;  // elements to remove that have no end tag in the rest, which is searched once only
};

void HtmlCostLimiter::step() {
  const std::size_t bracket = std::min(html_.find('<', at_), html_.size());
  out_ += html_.substr(at_, bracket - at_);
  at_ = bracket;
  if (at_ < html_.size()) markup();
}

void HtmlCostLimiter::skip_past(std::string_view end) {
  const std::size_t found = html_.find(end, at_);
  at_ = found == std::string_view::npos ? html_.size() : found + end.size();
}

// The offset after the tag's '>', quotes respected; npos when there is none.
std::size_t HtmlCostLimiter::tag_end(std::size_t from, std::size_t& attributes_end) const {
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

void HtmlCostLimiter::markup() {
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
    if (end == std::string_view::npos) return unfinished_tag();
    at_ = end;
    return is_end ? end_tag(name) : start_tag(name, html_.substr(begin, std::min(attributes_end, end) - begin));
  }
  if (html_.substr(at_).starts_with("<!--")) {
    at_ += 2;
    // "<!-->" and "<!--->" are whole comments.
    if (html_.substr(at_).starts_with("-->") || html_.substr(at_).starts_with("--->")) return skip_past(">");
    return comment();
  }
  const char next = name_begin < html_.size() ? html_[name_begin] : ' ';
  if (!is_end && next != '!' && next != '?') {
    out_ += "&lt;";
    ++at_;
    return;
  }
  skip_past(">");  // a declaration or a bogus comment
}

// A parser drops such a tag with all that follows. Here it is shown, as it was hardly meant as a tag; but each attempt reads to
// the end of the text, so their number is limited.
void HtmlCostLimiter::unfinished_tag() {
  if (++unfinished_tags_ > kMaxUnfinishedTags) {
    at_ = html_.size();
    return;
  }
  out_ += "&lt;";
  ++at_;
}

// A comment without an end would hide the rest, too; its opener is dropped instead. After the first such one, none has an end.
void HtmlCostLimiter::comment() {
  const std::size_t end = comments_have_ends_ ? html_.find("-->", at_) : std::string_view::npos;
  comments_have_ends_ = end != std::string_view::npos;
  at_ = comments_have_ends_ ? end + 3 : at_ + 2;  // past "--"
}

// Whether a tag of that name, at its "<" or "</", begins at `offset`.
bool HtmlCostLimiter::is_name_at(std::size_t offset, std::string_view name) const {
  if (offset + name.size() >= html_.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(html_[offset + i]) != name[i]) return false;
  }
  const char after = html_[offset + name.size()];
  return is_space(after) || after == '/' || after == '>';
}

// The offset after the end tag that belongs to the element whose start tag ends at at_; npos without one.
std::size_t HtmlCostLimiter::element_end(std::string_view name, Nesting nesting) const {
  std::size_t open = 1;
  for (std::size_t at = at_; (at = html_.find('<', at)) != std::string_view::npos;) {
    const bool is_end = at + 1 < html_.size() && html_[at + 1] == '/';
    at += is_end ? 2 : 1;
    if ((!is_end && nesting == Nesting::No) || !is_name_at(at, name)) continue;
    std::size_t unused = 0;
    const std::size_t end = tag_end(at + name.size(), unused);
    if (end == std::string_view::npos) return end;
    at = end;
    if (is_end && --open == 0) return end;
    if (!is_end && html_[end - 2] != '/') ++open;
  }
  return std::string_view::npos;
}

// Everything up to the end tag vanishes. Without an end tag only the start tag does: a browser would swallow the rest of the
// document, but here the rest is somebody's text.
void HtmlCostLimiter::remove_element(const std::string& name, Nesting nesting) {
  if (std::find(unclosed_.begin(), unclosed_.end(), name) != unclosed_.end()) return;
  const std::size_t end = element_end(name, nesting);
  if (end == std::string_view::npos) {
    unclosed_.push_back(name);
  } else {
    at_ = end;
  }
}

void HtmlCostLimiter::remove_open(std::size_t index) {
  if (open_[index].name == "table") --open_tables_;
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
}

// Formatting that a block's end closes goes on after it, at worst one level deeper each time. Beyond a limit it ends there.
void HtmlCostLimiter::close_down_to(std::size_t size) {
  while (open_.size() > size) {
    const OpenTag& tag = open_.back();
    if (tag.is_formatting && ++carried_ > kMaxCarriedElements) {
      ((out_ += "</") += tag.name) += '>';
      end_formatting(tag.name);
    }
    remove_open(open_.size() - 1);
  }
}

// What the parser closes by itself when `name` begins.
void HtmlCostLimiter::close_implied(std::string_view name) {
  const std::string_view group = implied_group(name);
  const bool is_part = has_syntax(name, HtmlSyntax::TablePart) && name != "table";
  const bool is_item = group == "li" || group == "dd";
  bool looks_for_paragraph = has_syntax(name, HtmlSyntax::Block) || name == "table" || name == "hr" || name == "form";
  for (std::size_t i = open_.size(); i-- > 0;) {
    const OpenTag& open = open_[i];
    if (!group.empty() && open.group == group) return close_down_to(i);
    if (looks_for_paragraph && open.group == "p") {
      close_down_to(i);
      if (!is_item) return;
      looks_for_paragraph = false;
      continue;
    }
    if (is_part ? open.name == "table" : open.ends_scope || open.name == "button") return;
    if (is_item && !open.is_seen_through) return;
  }
}

// Outside of a table the parser ignores them, so they must not count as open either.
bool HtmlCostLimiter::is_stray_table_part(std::string_view name) const {
  if (name == "table" || !has_syntax(name, HtmlSyntax::TablePart)) return false;
  return open_tables_ == 0;
}

// Only what the parser certainly closes is taken from the count; else unclosed nesting could hide behind ignored end tags.
void HtmlCostLimiter::close_open_element(std::string_view name) {
  const bool is_block = has_syntax(name, HtmlSyntax::Block);
  const bool is_part = has_syntax(name, HtmlSyntax::TablePart);
  for (std::size_t i = open_.size(); i-- > 0;) {
    const std::string& open = open_[i].name;
    if (open == name) {
      if (is_block || is_part) close_down_to(i + 1);
      return remove_open(i);
    }
    if (is_part ? open == "table" : open_[i].ends_scope) return;
    if (name == "li" && (open == "ul" || open == "ol")) return;
    if (name == "p" && open == "button") return;
  }
}

// A parser keeps at most three equal elements ("Noah's Ark clause"); those without attributes are equal.
void HtmlCostLimiter::start_formatting(const std::string& name) {
  const std::ptrdiff_t limit = name == "a" ? 1 : 3;
  const bool may_differ = name == "code";
  if (may_differ || std::count(formatting_.begin(), formatting_.end(), name) < limit) formatting_.push_back(name);
}

void HtmlCostLimiter::end_formatting(std::string_view name) {
  const auto found = std::find(formatting_.rbegin(), formatting_.rend(), name);
  if (found != formatting_.rend()) formatting_.erase(std::next(found).base());
}

void HtmlCostLimiter::count_reopened_formatting() {
  reopened_ += formatting_.size();
  if (reopened_ <= kMaxReopenedElements) return;
  for (; !formatting_.empty(); formatting_.pop_back()) ((out_ += "</") += formatting_.back()) += '>';
  formatting_is_dropped_ = true;
}

// `tag` is cut before the attributes in excess, and then lacks its '>'.
void HtmlCostLimiter::start_tag(const std::string& name, std::string_view tag) {
  if (has_syntax(name, HtmlSyntax::RawText)) return remove_element(name, Nesting::No);
  if (has_syntax(name, HtmlSyntax::Foreign)) {
    const bool is_whole = tag.ends_with("/>");
    return is_whole ? void() : remove_element(name, Nesting::Yes);
  }
  if (name == "plaintext" || name == "isindex") return;  // obsolete, and each with rules of its own
  const bool is_formatting = has_syntax(name, HtmlSyntax::Formatting);
  if (is_formatting && formatting_is_dropped_) return;
  if (is_stray_table_part(name)) return;
  if (!is_formatting) count_reopened_formatting();
  if (name == "a") close_open_element(name);  // links do not nest
  if (name == "hr") close_implied(name);
  if (!has_syntax(name, HtmlSyntax::Void)) {
    close_implied(name);
    if (open_.size() >= kMaxOpenTags) {
      ++dropped_;
      return;
    }
    open_.emplace_back(name);
    if (name == "table") ++open_tables_;
    if (is_formatting) start_formatting(name);
  }
  // Only the address of a link and the language of code are of use.
  if (is_formatting && name != "a" && name != "code") {
    ((out_ += '<') += name) += '>';
  } else {
    out_ += tag;
    if (tag.back() != '>') out_ += '>';
  }
}

void HtmlCostLimiter::end_tag(const std::string& name) {
  if (has_syntax(name, HtmlSyntax::RawText) || has_syntax(name, HtmlSyntax::Foreign) || is_stray_table_part(name)) return;
  const bool is_formatting = has_syntax(name, HtmlSyntax::Formatting);
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

std::string limit_html_parse_cost(std::string_view html) {
  return HtmlCostLimiter(html).run();
}

}  // namespace octavo
