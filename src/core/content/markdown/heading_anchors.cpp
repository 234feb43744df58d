// Element ids for headings, made from their text. Equal ones are numbered as GitHub, Hugo and Zola do it ("setup", "setup-1"), so
// that addresses of other generators go on leading to their place.
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "core/base/url.h"
#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

// Ids that the page itself uses (semantic_tree.cpp); a heading "Main" must not catch the link that skips to the content.
constexpr std::string_view kReservedAnchors[] = {"main", "reply"};

class AnchorNames {
 public:
  AnchorNames() {
    for (const std::string_view name : kReservedAnchors) used_.emplace(name);
  }
  void reserve(const Block& block) {
    if (!block.anchor.empty()) used_.insert(block.anchor);
    for (const Span& span : block.inlines.spans) {
      if (!span.anchor.empty()) used_.insert(span.anchor);
    }
    for (const Block& child : block.children) reserve(child);
  }
  void give(Block& block) {
    if (block.kind == BlockKind::Heading && block.anchor.empty())
      block.anchor = unused(slug_from_text(plain_text(block.inlines, NoteText::LeaveOut)));
    for (Block& child : block.children) give(child);
  }

 private:
  std::string unused(std::string slug) {
    if (slug.empty()) slug = "section";
    if (used_.insert(slug).second) return slug;
    std::size_t& number = last_number_[slug];
    std::string name;
    do {
      name = slug + "-" + std::to_string(++number);
    } while (!used_.insert(name).second);
    return name;
  }

  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, std::size_t> last_number_;  // so that a thousand equal headings stay linear
};

}  // namespace

void add_heading_anchors(Document& document) {
  AnchorNames names;
  names.reserve(document.root);
  names.give(document.root);
}

}  // namespace octavo
