// The document tree: what an article, a comment or a whole page says and means, with no trace of how it was written or will be
// drawn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

// ---- Inline content ------------------------------------------------------------------------------------------------

// What a stretch of text is; elements.def says which members of a Span belong to each.
enum class InlineKind : std::uint8_t {
#define INLINE(kind, ...) kind,
#define INLINE_AS(kind, ...) kind,
#include "core/content/document/elements.def"
};
inline constexpr InlineKind kLastInlineKind = InlineKind::Token;

// The text that an Image covers: U+FFFC OBJECT REPLACEMENT CHARACTER. Authors may type it too, so the character alone does not
// mean that there is a span.
inline constexpr std::string_view kObjectReplacement = "\xEF\xBF\xBC";

// What a piece of program text is; it decides the color and nothing else.
enum class TokenClass : std::uint8_t { Keyword, Name, String, Number, Comment };

// How a Link is related to notes.
enum class NoteLink : std::uint8_t {
  None,
  Reference,  // leads to a note
  Back,       // leads from a note to where it is referred to; alt is its accessible name
};

// A stretch of an InlineText. Spans are sorted by begin; of spans that begin together the outer one comes first. They
// nest properly: two spans are disjoint or one contains the other.
struct Span {
  InlineKind kind = InlineKind::Emphasis;
  std::uint32_t begin = 0;  // byte offsets into InlineText::text
  std::uint32_t end = 0;
  std::string url;
  std::string title;
  std::string alt;          // Image: plain text. Button, Link: the accessible name where it differs from the label
  std::string anchor;       // Link: element id in HTML, for the ways back from notes
  std::uint32_t width = 0;  // Image: CSS pixels; 0 = unknown
  std::uint32_t height = 0;
  std::uint32_t file_width = 0;            // Image: pixels of the file, where there are variants
  std::uint32_t variant_count = 0;         // Image: how many of kImageVariantWidths there are
  bool pressed = false;                    // Button: state of a toggle
  bool is_toggle = false;                  // Button
  bool is_disabled = false;                // Button
  bool is_current = false;                 // Link: the page that is being shown (aria-current)
  TokenClass token = TokenClass::Keyword;  // Token
  NoteLink note = NoteLink::None;
  bool is_untrusted = false;  // Link: put there by somebody whom the site does not vouch for
};

// The text of one paragraph-like block: valid UTF-8, entities and escapes already decoded.
struct InlineText {
  std::string text;
  std::vector<Span> spans;

  bool empty() const { return text.empty(); }
};

// ---- Blocks ----------------------------------------------------------------------------------------------------------

// What a block is; elements.def says which members of a Block belong to each.
enum class BlockKind : std::uint8_t {
#define BLOCK(kind, ...) kind,
#define BLOCK_AS(kind, ...) kind,
#include "core/content/document/elements.def"
};
inline constexpr BlockKind kLastBlockKind = BlockKind::Field;

enum class Align : std::uint8_t { Default, Left, Center, Right };
enum class TaskState : std::uint8_t { None, Open, Done };

// Landmarks and groupings of a page (WAI-ARIA 1.2 landmark roles where there is one).
enum class Role : std::uint8_t {
  None,        // a plain grouping
  Page,        // root of a page
  Banner,      // header
  Navigation,  // nav
  Main,
  Article,        // one post, or one entry in a list
  ArticleHeader,  // title and byline of a post
  Prose,          // the article's own content
  PostList,       // a list of entries
  Complementary,  // aside
  ContentInfo,    // footer
  Reactions,      // likes
  Reply,          // "Leave a Reply"
  Alert,          // something failed; announced
  Preferences,    // a group of buttons: text size, theme
  Endnotes,       // the notes of a post
  Contents,       // its table of contents (nav)
  Comments,       // what was said about a post
  Comment,        // one of them
  Replies,        // the answers to it
  Composer,       // the fields and buttons of a reply
  Toolbar,        // a group of small buttons
};

// What a paragraph or heading is for, where its kind does not tell; decides its style (a class name in HTML).
enum class Variant : std::uint8_t {
  Body,
  SiteTitle,
  Tagline,
  Menu,  // a row of links
  Byline,
  EntryTitle,
  EntrySummary,
  Tags,
  Label,  // small heading-like text ("Links")
  Notice,
  FinePrint,
  Actions,      // a row of buttons
  Placeholder,  // the reply field before it is opened
  Check,        // a Field that is a check box
  Problem,      // an error in what was typed; announced
};

struct Block {
  BlockKind kind = BlockKind::Paragraph;
  Variant variant = Variant::Body;
  Role role = Role::None;
  std::uint8_t level = 0;
  Align align = Align::Default;
  TaskState task = TaskState::None;
  bool ordered = false;
  bool tight = false;
  bool is_header = false;
  bool is_required = false;  // Field
  bool is_invalid = false;   // Field
  std::uint32_t start = 1;
  std::uint32_t id = 0;   // pre-order number, set by number_blocks(); 0 is the root
  std::string anchor;     // element id in HTML; headings get one from their text
  std::string language;   // BCP 47; empty = inherited
  std::string direction;  // "ltr", "rtl" or empty = from the text (UAX #9, P2 and P3)
  std::string label;      // accessible name of a Section
  std::string info;  // CodeBlock: the whole info string; Field: its name, "text", "name", "email", "website", or of a check box
  InlineText inlines;
  std::vector<Block> children;
};

// ---- Document --------------------------------------------------------------------------------------------------------

struct Document {
  Block root;  // a Section
};

// Numbers all blocks in pre-order; returns how many there are.
std::uint32_t number_blocks(Document& document);

// All text a reader would see, blocks separated by '\n', images as their alternative text. The same for page, feed and search.
std::string plain_text(const Document& document);
enum class NoteText : std::uint8_t { Keep, LeaveOut };  // note numbers do not belong in headings quoted elsewhere
std::string plain_text(const InlineText& inlines, NoteText notes = NoteText::Keep);

// Words for reading time and counts: runs of letters or digits; each CJK ideograph, kana or hangul syllable counts as one.
std::uint32_t count_words(std::string_view text);

// Stable text for golden tests: one line per block and span, children indented by two blanks.
std::string dump_document(const Document& document);

// Names as dumps and class names spell them ("paragraph", "site-title", "banner").
std::string_view block_kind_name(BlockKind kind);
std::string_view inline_kind_name(InlineKind kind);
std::string_view variant_name(Variant variant);
std::string_view role_name(Role role);

// How runs of code (code_tokens.h) and class names spell a token: k, t, s, m, c.
inline constexpr std::string_view kTokenLetters = "ktsmc";  // in the order of TokenClass
constexpr char token_letter(TokenClass token) {
  return kTokenLetters[static_cast<std::size_t>(token)];
}

// The look of an inline kind; style_rules.cpp says what it is.
enum class InlineLook : std::uint8_t {
  Plain,
  Italic,
  Bold,
  Struck,
  Underlined,
  Code,
  Marked,
  Small,
  Subscript,
  Superscript,
  Link,
  Button,
  Token,
  Count,
};
InlineLook inline_look(InlineKind kind);

}  // namespace octavo
