// Finding lone images.
#include "core/content/markdown/figures.h"

#include <utility>
#include <vector>

namespace octavo {
namespace {

// The image's span, null when the paragraph holds anything else.
Span* lone_titled_image(Block& block) {
  // The text alone proves nothing: an author may have typed U+FFFC, and then no span covers it.
  std::vector<Span>& spans = block.inlines.spans;
  if (block.kind != BlockKind::Paragraph || block.inlines.text != kObjectReplacement || spans.empty()) return nullptr;
  Span& last = spans.back();
  return last.kind == InlineKind::Image && !last.title.empty() ? &last : nullptr;
}

}  // namespace

void make_figures(Block& block) {
  for (Block& child : block.children) make_figures(child);
  Span* image = lone_titled_image(block);
  if (image == nullptr) return;
  Block caption;
  caption.kind = BlockKind::Caption;
  caption.inlines.text = std::exchange(image->title, {});
  Block figure;
  figure.kind = BlockKind::Figure;
  figure.children.push_back(std::move(block));
  figure.children.push_back(std::move(caption));
  block = std::move(figure);
}

}  // namespace octavo
