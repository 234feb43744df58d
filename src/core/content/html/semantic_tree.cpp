// Chooses the HTML elements that mean a Document.
#include "core/content/html/semantic_tree.h"

#include <algorithm>

#include "core/content/document/hanging_punctuation.h"
#include "core/content/html/html_elements.h"
#include "core/content/html/semantic_inlines.h"

namespace octavo {
namespace {

constexpr std::string_view kTableLabel = "Table";
constexpr std::string_view kTaskDoneLabel = "Done";
constexpr std::string_view kTaskOpenLabel = "Not done";

constexpr std::string_view kAlignNames[] = {"", "left", "center", "right"};

// ---- Attributes ------------------------------------------------------------------------------------------------------

void set_unless_empty(Element& element, std::string_view name, std::string_view value) {
  if (!value.empty()) element.set(std::string(name), std::string(value));
}

// The word that names the language to highlighters: the first one of the info string.
std::string code_language_class(std::string_view info) {
  constexpr std::string_view kPrefix = "language-";
  const std::string_view word = info.substr(0, std::min(info.find_first_of(" \t\n"), info.size()));
  if (word.empty()) return {};
  return word.starts_with(kPrefix) ? std::string(word) : std::string(kPrefix) + std::string(word);
}

// Header cells of a row of the body head that row, not a column.
void set_row_scope(Element& row) {
  for (Element& cell : row.children) {
    for (auto& [name, value] : cell.attributes) {
      if (name == "scope") value = "row";
    }
  }
}

// ---- Fields ----------------------------------------------------------------------------------------------------------

struct FieldElement {
  std::string_view name;
  std::string_view type;
  std::string_view autocomplete;
};
constexpr FieldElement kFieldElements[] = {{"name", "text", "name"}, {"email", "email", "email"}, {"website", "url", "url"}};

// The element that a person types into, or a check box.
Element field_element(const Block& block) {
  const bool is_text = block.start > 1;
  Element field = Element::of_tag(is_text ? "textarea" : "input");
  field.set("id", "octavo-" + block.info).set("data-own-text", "set");
  if (block.variant == Variant::Check) {
    field.set("type", "checkbox");
  } else if (!is_text) {
    for (const FieldElement& known : kFieldElements) {
      if (known.name != block.info) continue;
      field.set("type", std::string(known.type)).set("autocomplete", std::string(known.autocomplete));
    }
  }
  if (block.is_required) field.set("aria-required", "true");
  if (block.is_invalid) field.set("aria-invalid", "true").set("aria-describedby", std::string(kFieldProblemId));
  return field;
}

// ---- Blocks ----------------------------------------------------------------------------------------------------------

struct SectionElement {
  std::string_view tag;
  bool has_class;  // where the tag alone does not tell the role
  std::string_view id;
};

SectionElement section_element(Role role) {
  switch (role) {
    case Role::None:
      return {"div", false, ""};
    case Role::Banner:
      return {"header", true, ""};
    case Role::Navigation:
      return {"nav", false, ""};
    case Role::Contents:
      return {"nav", true, ""};
    case Role::Main:
      return {"main", false, "main"};
    case Role::Article:
      return {"article", false, ""};
    case Role::ArticleHeader:
      return {"header", true, ""};
    case Role::Complementary:
      return {"aside", false, ""};
    case Role::ContentInfo:
      return {"footer", false, ""};
    case Role::Reactions:
      return {"section", true, ""};
    case Role::Reply:
      return {"section", true, "reply"};
    case Role::Endnotes:
      return {"section", true, ""};
    case Role::Comments:
      return {"section", true, "comments"};
    case Role::Comment:
      return {"article", true, ""};
    case Role::Page:
    case Role::Prose:
    case Role::PostList:
    case Role::Alert:
    case Role::Preferences:
    case Role::Replies:
    case Role::Composer:
    case Role::Toolbar:
      return {"div", true, ""};
  }
  return {"div", false, ""};
}

class TreeBuilder {
 public:
  explicit TreeBuilder(const SemanticOptions& options) : options_(options), is_plain_(options.plain_commonmark) {}

  Element build(const Block& block, const Block* parent);

 private:
  void add_attributes(Element& element, const Block& block, const Block* parent = nullptr) const;
  void add_kind_attributes(Element& element, const Block& block) const;
  static void add_section_attributes(Element& element, const Block& block);
  void add_inlines(Element& element, const InlineText& inlines, std::uint32_t block_id);
  void add_children(Element& element, const Block& block);
  void add_rows(Element& table, const Block& block);
  void add_item(Element& list, const Block& item, bool is_tight);
  void add_task(Element& item, const Block& block) const;
  Element build_table(Element table, const Block& block);
  Element build_field(Element paragraph, const Block& block);
  std::span<const SoftBreak> breaks_of(std::uint32_t block_id) const;

  const SemanticOptions& options_;
  bool is_plain_;
};

std::span<const SoftBreak> TreeBuilder::breaks_of(std::uint32_t block_id) const {
  const auto found = std::lower_bound(options_.breaks.begin(), options_.breaks.end(), block_id,
                                      [](const BlockBreaks& entry, std::uint32_t id) { return entry.block_id < id; });
  if (found == options_.breaks.end() || found->block_id != block_id) return {};
  return found->breaks;
}

void TreeBuilder::add_section_attributes(Element& element, const Block& block) {
  const SectionElement section = section_element(block.role);
  if (block.anchor.empty()) set_unless_empty(element, "id", section.id);
  if (section.has_class) element.set("class", std::string(role_name(block.role)));
  if (block.role == Role::Alert) element.set("role", "alert");
  if (block.role == Role::Preferences || block.role == Role::Composer || block.role == Role::Toolbar) {
    element.set("role", "group");
  }
  if (block.role == Role::Endnotes) element.set("role", "doc-endnotes");
  set_unless_empty(element, "aria-label", block.label);
}

void TreeBuilder::add_kind_attributes(Element& element, const Block& block) const {
  switch (block.kind) {
    case BlockKind::Section:
      add_section_attributes(element, block);
      break;
    case BlockKind::Paragraph:
    case BlockKind::Heading:
      if (block.variant != Variant::Body) element.set("class", std::string(variant_name(block.variant)));
      if (block.variant == Variant::Problem) element.set("role", "alert");
      break;
    case BlockKind::List:
      if (block.tight) element.set("class", "tight");
      break;
    case BlockKind::ListItem:
      if (block.task != TaskState::None) element.set("class", "task");
      break;
    case BlockKind::CodeBlock:
      element.set("tabindex", "0");
      break;
    case BlockKind::TableCell:
      if (block.is_header) element.set("scope", "col");
      if (block.align != Align::Default) {
        element.set("class", "align-" + std::string(kAlignNames[static_cast<std::size_t>(block.align)]));
      }
      break;
    case BlockKind::Details:
      element.set("open", "");
      break;
    case BlockKind::Field:
      element.set("class", block.variant == Variant::Check ? "check" : "field");
      break;
    default:
      break;
  }
}

void TreeBuilder::add_attributes(Element& element, const Block& block, const Block* parent) const {
  if (is_plain_) {
    // What md4c's own specification of the extensions shows.
    if (block.align != Align::Default) element.set("align", std::string(kAlignNames[static_cast<std::size_t>(block.align)]));
    if (block.task != TaskState::None) element.set("class", "task-list-item");
  } else {
    element.block_id = block.id;
    element.has_block_id = true;
    set_unless_empty(element, "id", block.anchor);
    add_kind_attributes(element, block);
    const HangingPunctuation mark = hanging_mark(block, parent);
    if (mark != HangingPunctuation::None) element.set("class", mark == HangingPunctuation::Single ? "hang-1" : "hang-2");
    set_unless_empty(element, "lang", block.language);
    set_unless_empty(element, "dir", block.direction);
  }
  if (block.kind == BlockKind::List && block.ordered && block.start != 1) element.set("start", std::to_string(block.start));
}

void TreeBuilder::add_inlines(Element& element, const InlineText& inlines, std::uint32_t block_id) {
  add_inline_elements(element, inlines, is_plain_ ? std::span<const SoftBreak>() : breaks_of(block_id), options_);
}

void TreeBuilder::add_rows(Element& table, const Block& block) {
  for (const Block& row : block.children) {
    const std::string_view part = row.is_header ? "thead" : "tbody";
    if (table.children.empty() || table.children.back().tag != part) {
      table.children.push_back(Element::of_tag(std::string(part)));
    }
    Element element = build(row, &block);
    if (!row.is_header) set_row_scope(element);
    table.children.back().children.push_back(std::move(element));
  }
}

void TreeBuilder::add_task(Element& item, const Block& block) const {
  Element box = Element::of_tag("input");
  const bool is_done = block.task == TaskState::Done;
  box.set("type", "checkbox");
  if (is_plain_) box.set("class", "task-list-item-checkbox");
  box.set("disabled", "");
  if (is_done) box.set("checked", "");
  if (!is_plain_) box.set("aria-label", std::string(is_done ? kTaskDoneLabel : kTaskOpenLabel));
  item.children.push_back(std::move(box));
}

// CommonMark leaves out the <p> of tight items. The page layer needs an element for every block, so elsewhere the list's class
// says that it is tight.
void TreeBuilder::add_item(Element& list, const Block& item, bool is_tight) {
  Element element = Element::of_tag("li");
  add_attributes(element, item);
  if (item.task != TaskState::None) add_task(element, item);
  const Block* previous = nullptr;
  for (const Block& child : item.children) {
    const bool follows_text = previous != nullptr && previous->kind == BlockKind::Paragraph;
    if (is_plain_ && is_tight && child.kind == BlockKind::Paragraph && !follows_text) {
      // The line end after a heading or a nested list comes from the writer.
      add_inlines(element, child.inlines, child.id);
    } else {
      element.children.push_back(build(child, &item));
    }
    previous = &child;
  }
  list.children.push_back(std::move(element));
}

void TreeBuilder::add_children(Element& element, const Block& block) {
  for (const Block& child : block.children) {
    if (block.kind == BlockKind::List && child.kind == BlockKind::ListItem) {
      add_item(element, child, block.tight);
    } else {
      element.children.push_back(build(child, &block));
    }
  }
}

// A table wider than the page scrolls on its own, with the keyboard too.
Element TreeBuilder::build_table(Element table, const Block& block) {
  add_rows(table, block);
  if (is_plain_) return table;
  Element wrapper = Element::of_tag("div");
  wrapper.set("class", "table").set("tabindex", "0").set("role", "group").set("aria-label", std::string(kTableLabel));
  wrapper.children.push_back(std::move(table));
  return wrapper;
}

// The program writes into the note what changes while a person types.
Element TreeBuilder::build_field(Element paragraph, const Block& block) {
  Element label = Element::of_tag("label");
  label.set("for", "octavo-" + block.info);
  add_inlines(label, block.inlines, block.id);
  paragraph.children.push_back(std::move(label));
  paragraph.children.push_back(field_element(block));
  if (block.start <= 1) return paragraph;
  Element note = Element::of_tag("span");
  note.set("class", "field-note").set("id", "octavo-" + block.info + "-note").set("data-own-text", "set");
  paragraph.children.push_back(std::move(note));
  return paragraph;
}

Element TreeBuilder::build(const Block& block, const Block* parent) {
  Element element = Element::of_tag(std::string(block_tag(block)));
  add_attributes(element, block, parent);
  switch (block.kind) {
    case BlockKind::Table:
      return build_table(std::move(element), block);
    case BlockKind::Field:
      return build_field(std::move(element), block);
    case BlockKind::CodeBlock: {
      Element code = Element::of_tag("code");
      set_unless_empty(code, "class", code_language_class(block.info));
      add_inlines(code, block.inlines, block.id);
      element.children.push_back(std::move(code));
      return element;
    }
    case BlockKind::RawHtml:
      if (is_plain_) {
        element.tag = "#raw";
        element.text = block.inlines.text;
        element.has_block_id = true;
        return element;
      }
      break;
    default:
      break;
  }
  add_inlines(element, block.inlines, block.id);
  add_children(element, block);
  return element;
}

}  // namespace

std::string_view block_tag(const Block& block) {
  static constexpr std::string_view kHeadings[] = {"h1", "h1", "h2", "h3", "h4", "h5", "h6"};
  switch (block.kind) {
    case BlockKind::Section:
      return section_element(block.role).tag;
    case BlockKind::Heading:
      return kHeadings[std::min<std::size_t>(block.level, 6)];
    case BlockKind::List:
      return block.ordered ? "ol" : block_kind_tag(block.kind);
    case BlockKind::TableCell:
      return block.is_header ? "th" : block_kind_tag(block.kind);
    default:
      return block_kind_tag(block.kind);
  }
}

Element build_semantic_tree(const Document& document, const SemanticOptions& options) {
  return TreeBuilder(options).build(document.root, nullptr);
}

}  // namespace octavo
