// Markdown to Document: md4c's events become blocks and spans.
#include "core/content/markdown/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/content/html/html_entity.h"
#include "core/content/markdown/figures.h"
#include "core/content/markdown/footnotes.h"
#include "core/content/markdown/markdown_input.h"
#include "core/content/markdown/markdown_parse_cost.h"

namespace octavo {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
// Below this depth no list or quote opens, so that a table (table, row, cell) inside a list item still fits kMaxBlockDepth.
constexpr std::size_t kMaxContainerDepth = kMaxBlockDepth - 4;

std::string attribute_text(const MD_ATTRIBUTE& attribute, HtmlParser* html_parser) {
  std::string out;
  for (std::size_t i = 0; attribute.text != nullptr && attribute.substr_offsets[i] < attribute.size; ++i) {
    const std::string_view part(attribute.text + attribute.substr_offsets[i],
                                attribute.substr_offsets[i + 1] - attribute.substr_offsets[i]);
    switch (attribute.substr_types[i]) {
      case MD_TEXT_NULLCHAR:
        out += kReplacement;
        break;
      case MD_TEXT_ENTITY:
        append_entity(part, html_parser, out);
        break;
      default:
        out += part;
        break;
    }
  }
  return out;
}

// ---- Building --------------------------------------------------------------------------------------------------------

// A pipe in a table's cell is escaped even within code (GFM, example 200); md4c leaves the backslash in the code.
void append_code(std::string_view code, bool in_cell, std::string& out) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool is_escape = in_cell && code[i] == '\\' && i + 1 < code.size() && code[i + 1] == '|';
    if (!is_escape) out += code[i];
  }
}

class DocumentBuilder {
 public:
  // `notes` are the labels to which text may refer.
  DocumentBuilder(const FootnoteLabels& notes, HtmlParser* html_parser) : notes_(notes), html_parser_(html_parser) {
    stack_.emplace_back();
    stack_.back().kind = BlockKind::Section;
  }

  void enter_block(MD_BLOCKTYPE type, const void* detail);
  void leave_block(MD_BLOCKTYPE type);
  void enter_span(MD_SPANTYPE type, const void* detail);
  void leave_span(MD_SPANTYPE type);
  void add_text(MD_TEXTTYPE type, std::string_view text);

  Document take() {
    close_implicit_paragraph();
    OCTAVO_ASSERT(stack_.size() == 1);
    return Document{std::move(stack_.back())};
  }

 private:
  Block& open(BlockKind kind) {
    Block& block = stack_.emplace_back();
    block.kind = kind;
    return block;
  }
  void close() {
    Block block = std::move(stack_.back());
    stack_.pop_back();
    stack_.back().children.push_back(std::move(block));
  }

  void enter_container(MD_BLOCKTYPE type, const void* detail);
  void enter_item(const MD_BLOCK_LI_DETAIL& detail);
  void enter_cell(MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL& detail);
  void close_implicit_paragraph();
  InlineText& inlines();
  void add_span(InlineKind kind, std::uint32_t begin);
  void close_span();
  void close_spans();
  void add_alt_text(MD_TEXTTYPE type, std::string_view text);
  void add_raw_html(std::string_view text);
  void add_prose(std::string_view text);
  std::size_t add_note_reference(std::string_view text);

  const FootnoteLabels& notes_;
  std::size_t note_references_ = 0;
  HtmlParser* html_parser_;
  std::vector<Block> stack_;        // open blocks, the root first
  std::vector<std::uint8_t> kept_;  // per open list, item and quote: whether it has a block on the stack
  bool in_implicit_paragraph_ = false;
  bool in_table_head_ = false;
  struct OpenSpan {
    MD_SPANTYPE type;
    int index;  // into the block's spans, or -1 for a dropped one
  };
  std::vector<OpenSpan> open_spans_;
  int image_span_ = -1;  // the outermost open image
  std::size_t image_depth_ = 0;
};

// Items of tight lists have no paragraph of their own in md4c; here text is always in a leaf block.
void DocumentBuilder::close_implicit_paragraph() {
  if (!in_implicit_paragraph_) return;
  in_implicit_paragraph_ = false;
  close();
}

InlineText& DocumentBuilder::inlines() {
  switch (stack_.back().kind) {
    case BlockKind::Section:
    case BlockKind::Quote:
    case BlockKind::List:
    case BlockKind::ListItem:
      in_implicit_paragraph_ = true;
      return open(BlockKind::Paragraph).inlines;
    default:
      return stack_.back().inlines;
  }
}

void DocumentBuilder::enter_container(MD_BLOCKTYPE type, const void* detail) {
  kept_.push_back(stack_.size() <= kMaxContainerDepth);
  if (!kept_.back()) return;
  Block& block = open(type == MD_BLOCK_QUOTE ? BlockKind::Quote : BlockKind::List);
  if (type == MD_BLOCK_UL) {
    block.tight = static_cast<const MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0;
  } else if (type == MD_BLOCK_OL) {
    const auto& list = *static_cast<const MD_BLOCK_OL_DETAIL*>(detail);
    block.tight = list.is_tight != 0;
    block.ordered = true;
    block.start = list.start;
  }
}

void DocumentBuilder::enter_item(const MD_BLOCK_LI_DETAIL& detail) {
  const bool list_is_kept = kept_.back();
  kept_.push_back(list_is_kept);
  if (!list_is_kept) return;
  Block& item = open(BlockKind::ListItem);
  if (detail.is_task != 0) item.task = detail.task_mark == ' ' ? TaskState::Open : TaskState::Done;
}

void DocumentBuilder::enter_cell(MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL& detail) {
  Block& cell = open(BlockKind::TableCell);
  cell.is_header = type == MD_BLOCK_TH;
  switch (detail.align) {
    case MD_ALIGN_LEFT:
      cell.align = Align::Left;
      break;
    case MD_ALIGN_CENTER:
      cell.align = Align::Center;
      break;
    case MD_ALIGN_RIGHT:
      cell.align = Align::Right;
      break;
    default:
      break;
  }
}

void DocumentBuilder::enter_block(MD_BLOCKTYPE type, const void* detail) {
  close_spans();
  close_implicit_paragraph();
  switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_TBODY:
      break;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      enter_container(type, detail);
      break;
    case MD_BLOCK_LI:
      enter_item(*static_cast<const MD_BLOCK_LI_DETAIL*>(detail));
      break;
    case MD_BLOCK_HR:
      open(BlockKind::Rule);
      break;
    case MD_BLOCK_H:
      open(BlockKind::Heading).level = static_cast<std::uint8_t>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
      break;
    case MD_BLOCK_CODE:
      open(BlockKind::CodeBlock).info = attribute_text(static_cast<const MD_BLOCK_CODE_DETAIL*>(detail)->info, html_parser_);
      break;
    case MD_BLOCK_HTML:
      open(BlockKind::RawHtml);
      break;
    case MD_BLOCK_P:
      open(BlockKind::Paragraph);
      break;
    case MD_BLOCK_TABLE:
      open(BlockKind::Table);
      break;
    case MD_BLOCK_THEAD:
      in_table_head_ = true;
      break;
    case MD_BLOCK_TR:
      open(BlockKind::TableRow).is_header = in_table_head_;
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      enter_cell(type, *static_cast<const MD_BLOCK_TD_DETAIL*>(detail));
      break;
  }
}

void DocumentBuilder::leave_block(MD_BLOCKTYPE type) {
  close_spans();
  close_implicit_paragraph();
  switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_TBODY:
      break;
    case MD_BLOCK_THEAD:
      in_table_head_ = false;
      break;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
      if (kept_.back()) close();
      kept_.pop_back();
      break;
    default:
      close();
      break;
  }
}

void DocumentBuilder::add_span(InlineKind kind, std::uint32_t begin) {
  InlineText& target = inlines();
  Span span;
  span.kind = kind;
  span.begin = begin;
  span.end = static_cast<std::uint32_t>(target.text.size());
  target.spans.push_back(std::move(span));
}

InlineKind inline_kind(MD_SPANTYPE type) {
  switch (type) {
    case MD_SPAN_STRONG:
      return InlineKind::Strong;
    case MD_SPAN_A:
      return InlineKind::Link;
    case MD_SPAN_IMG:
      return InlineKind::Image;
    case MD_SPAN_CODE:
      return InlineKind::Code;
    case MD_SPAN_DEL:
      return InlineKind::Strikethrough;
    default:
      return InlineKind::Emphasis;
  }
}

void DocumentBuilder::enter_span(MD_SPANTYPE type, const void* detail) {
  if (image_depth_ > 0 || open_spans_.size() >= kMaxInlineDepth) {
    if (type == MD_SPAN_IMG && image_depth_ > 0) ++image_depth_;
    open_spans_.push_back({type, -1});
    return;
  }
  InlineText& target = inlines();
  open_spans_.push_back({type, static_cast<int>(target.spans.size())});
  add_span(inline_kind(type), static_cast<std::uint32_t>(target.text.size()));
  Span& span = target.spans.back();
  if (type == MD_SPAN_A) {
    span.url = attribute_text(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href, html_parser_);
    span.title = attribute_text(static_cast<const MD_SPAN_A_DETAIL*>(detail)->title, html_parser_);
  } else if (type == MD_SPAN_IMG) {
    span.url = attribute_text(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src, html_parser_);
    span.title = attribute_text(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->title, html_parser_);
    image_span_ = open_spans_.back().index;
    image_depth_ = 1;
    target.text += kObjectReplacement;
  }
}

void DocumentBuilder::close_span() {
  const OpenSpan span = open_spans_.back();
  open_spans_.pop_back();
  if (span.type == MD_SPAN_IMG && image_depth_ > 0) --image_depth_;
  if (span.index < 0) return;
  InlineText& target = inlines();
  target.spans[static_cast<std::size_t>(span.index)].end = static_cast<std::uint32_t>(target.text.size());
}

// md4c nests its spans. If it ever does not, a span that is not open is ignored, and spans that are open inside end, too.
void DocumentBuilder::leave_span(MD_SPANTYPE type) {
  const auto is_it = [type](const OpenSpan& span) { return span.type == type; };
  const auto found = std::find_if(open_spans_.rbegin(), open_spans_.rend(), is_it);
  for (auto count = found == open_spans_.rend() ? 0 : found - open_spans_.rbegin() + 1; count > 0; --count) close_span();
}

// Only after such a fault is anything still open.
void DocumentBuilder::close_spans() {
  while (!open_spans_.empty()) close_span();
}

void DocumentBuilder::add_alt_text(MD_TEXTTYPE type, std::string_view text) {
  std::string& alt = inlines().spans[static_cast<std::size_t>(image_span_)].alt;
  switch (type) {
    case MD_TEXT_NULLCHAR:
      alt += kReplacement;
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      alt += ' ';
      break;
    case MD_TEXT_ENTITY:
      append_entity(text, html_parser_, alt);
      break;
    case MD_TEXT_HTML:
      break;
    default:
      alt += text;
      break;
  }
}

// md4c delivers one tag in several parts when it stretches over lines; adjacent parts are one span.
void DocumentBuilder::add_raw_html(std::string_view text) {
  InlineText& target = inlines();
  const auto begin = static_cast<std::uint32_t>(target.text.size());
  target.text += text;
  const bool continues =
      !target.spans.empty() && target.spans.back().kind == InlineKind::RawHtml && target.spans.back().end == begin;
  if (continues) {
    target.spans.back().end = static_cast<std::uint32_t>(target.text.size());
  } else {
    add_span(InlineKind::RawHtml, begin);
  }
}

// A bracket that was escaped comes as a part of its own, so it never begins a reference.
void DocumentBuilder::add_prose(std::string_view text) {
  for (std::size_t at = text.find("[^"); at != std::string_view::npos; at = text.find("[^", at)) {
    inlines().text += text.substr(0, at);
    text.remove_prefix(at);
    const std::size_t length = add_note_reference(text);
    text.remove_prefix(length);
    at = length == 0 ? 1 : 0;
  }
  inlines().text += text;
}

// The length of the reference at the start of `text`; 0, with nothing added, when there is no reference.
std::size_t DocumentBuilder::add_note_reference(std::string_view text) {
  const auto is_link = [](const OpenSpan& span) { return span.type == MD_SPAN_A; };
  if (open_spans_.size() + 2 > kMaxInlineDepth || std::any_of(open_spans_.begin(), open_spans_.end(), is_link)) return 0;
  const std::string label = footnote_label(text);
  const auto note = notes_.find(label);
  if (note == notes_.end() || note_references_ >= kMaxFootnoteReferences) return 0;
  ++note_references_;
  InlineText& target = inlines();
  const auto begin = static_cast<std::uint32_t>(target.text.size());
  const std::size_t length = label.size() + 3;
  target.text += text.substr(0, length);
  add_span(InlineKind::Superscript, begin);
  add_span(InlineKind::Link, begin);
  target.spans.back().width = static_cast<std::uint32_t>(note->second);
  target.spans.back().note = NoteLink::Reference;
  return length;
}

void DocumentBuilder::add_text(MD_TEXTTYPE type, std::string_view text) {
  if (image_depth_ > 0) return add_alt_text(type, text);
  InlineText& target = inlines();
  const auto begin = static_cast<std::uint32_t>(target.text.size());
  switch (type) {
    case MD_TEXT_NULLCHAR:
      target.text += kReplacement;
      break;
    case MD_TEXT_BR:
      target.text += '\n';
      add_span(InlineKind::HardBreak, begin);
      break;
    case MD_TEXT_SOFTBR:
      target.text += '\n';
      break;
    case MD_TEXT_ENTITY:
      append_entity(text, html_parser_, target.text);
      break;
    case MD_TEXT_HTML:
      if (stack_.back().kind == BlockKind::RawHtml) {
        target.text += text;
      } else {
        add_raw_html(text);
      }
      break;
    case MD_TEXT_CODE:
      append_code(text, stack_.back().kind == BlockKind::TableCell, target.text);
      break;
    case MD_TEXT_NORMAL:
      if (!notes_.empty()) return add_prose(text);
      target.text += text;
      break;
    default:
      target.text += text;
      break;
  }
}

// ---- md4c --------------------------------------------------------------------------------------------------------------

DocumentBuilder& builder_of(void* userdata) {
  return *static_cast<DocumentBuilder*>(userdata);
}

MD_PARSER make_parser(Dialect dialect) {
  MD_PARSER parser{};
  if (dialect == Dialect::Gfm) {
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS;
  }
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* userdata) {
    builder_of(userdata).enter_block(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* userdata) {
    builder_of(userdata).leave_block(type);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* userdata) {
    builder_of(userdata).enter_span(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* userdata) {
    builder_of(userdata).leave_span(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* userdata) {
    builder_of(userdata).add_text(type, std::string_view(text, size));
    return 0;
  };
  return parser;
}

void parse_with(const MD_PARSER& parser, std::string_view text, void* userdata) {
  const int failed = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, userdata);
  OCTAVO_ASSERT(failed == 0);  // only an exhausted heap can fail: the callbacks never do
}

Document build_document(std::string_view text, Dialect dialect, const FootnoteLabels& notes, HtmlParser* html_parser) {
  DocumentBuilder builder(notes, html_parser);
  parse_with(make_parser(dialect), text, &builder);
  return builder.take();
}

// Where md4c finds code blocks and raw HTML. It hands their text over line by line, in place.
class VerbatimScan {
 public:
  explicit VerbatimScan(std::string_view text) : text_(text) {}

  VerbatimRanges run() {
    MD_PARSER parser = make_parser(Dialect::Gfm);
    parser.enter_block = [](MD_BLOCKTYPE type, void*, void* userdata) {
      return scan_of(userdata).is_verbatim_ = is_verbatim(type), 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void* userdata) { return scan_of(userdata).is_verbatim_ = false, 0; };
    parser.enter_span = parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE, const MD_CHAR* text, MD_SIZE size, void* userdata) {
      return scan_of(userdata).add(text, size), 0;
    };
    parse_with(parser, text_, this);
    return std::move(ranges_);
  }

 private:
  static VerbatimScan& scan_of(void* userdata) { return *static_cast<VerbatimScan*>(userdata); }
  static bool is_verbatim(MD_BLOCKTYPE type) { return type == MD_BLOCK_CODE || type == MD_BLOCK_HTML; }

  void add(const char* part, std::size_t size) {
    const std::less<const char*> before;
    if (!is_verbatim_ || before(part, text_.data()) || !before(part, text_.data() + text_.size())) return;
    const auto begin = static_cast<std::uint32_t>(part - text_.data());
    ranges_.emplace_back(begin, begin + static_cast<std::uint32_t>(size));
  }

  std::string_view text_;
  bool is_verbatim_ = false;
  VerbatimRanges ranges_;
};

// Returns nothing when the text has no footnotes.
std::optional<Document> parse_with_footnotes(std::string_view text, std::string_view file, Diagnostics& diagnostics,
                                             HtmlParser* html_parser) {
  if (!may_have_footnotes(text)) return std::nullopt;
  const FootnotedMarkdown moved = move_footnotes_to_front(text, VerbatimScan(text).run(), file, diagnostics);
  if (moved.labels.empty() || limit_markdown_parse_cost(moved.text).changes > 0) return std::nullopt;
  Document document = build_document(moved.text, Dialect::Gfm, moved.labels, html_parser);
  if (!number_footnotes(document, moved.labels, file, diagnostics)) return std::nullopt;
  return document;
}

}  // namespace

Document parse_markdown(std::string_view markdown, Dialect dialect, std::string_view file, Diagnostics& diagnostics,
                        HtmlParser* html_parser) {
  std::string text = normalize_markdown(markdown, file, diagnostics);
  LimitedMarkdown limited = limit_markdown_parse_cost(text);
  std::optional<Document> document;
  if (limited.changes > 0) {
    diagnostics.warn(std::string(file), 0, 0,
                     "The text nests too deeply or its tables are too large; part of it is shown as plain text.");
    text = std::move(limited.text);
  } else if (dialect == Dialect::Gfm) {
    document = parse_with_footnotes(text, file, diagnostics, html_parser);
  }
  if (!document) document = build_document(text, dialect, {}, html_parser);
  if (dialect == Dialect::Gfm) make_figures(document->root);
  return std::move(*document);
}

Document parse_markdown(std::string_view markdown, Dialect dialect, HtmlParser* html_parser) {
  Diagnostics ignored;
  return parse_markdown(markdown, dialect, {}, ignored, html_parser);
}

}  // namespace octavo
