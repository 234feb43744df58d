// From headings to a nested list.
#include "core/page/table_of_contents.h"

#include <algorithm>
#include <span>
#include <vector>

#include "core/page/page_blocks.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

constexpr std::size_t kMostEntries = 60;  // a list beyond it would be an article of its own

struct Entry {
  std::uint8_t level = 0;
  std::string text;
  std::string_view anchor;
};

// Headings within quotations, lists and notes are not parts of the post.
void collect_entries(const Block& block, std::vector<Entry>& entries) {
  for (const Block& child : block.children) {
    if (child.kind == BlockKind::Section && child.role == Role::None) collect_entries(child, entries);
    if (child.kind != BlockKind::Heading || child.anchor.empty()) continue;
    std::string text = clean_text(plain_text(child.inlines, NoteText::LeaveOut));
    if (!text.empty()) entries.push_back({child.level, std::move(text), child.anchor});
  }
}

// Keeps the two upper levels, or only the first where both are too many and the first is enough.
void keep_upper_levels(std::vector<Entry>& entries) {
  std::uint8_t top = UINT8_MAX;
  for (const Entry& entry : entries) top = std::min(top, entry.level);
  const auto is_below = [&](int depth) { return [=](const Entry& entry) { return entry.level > top + depth; }; };
  std::erase_if(entries, is_below(1));
  const auto lower = static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), is_below(0)));
  const bool is_long = entries.size() > kMaxContentsEntries;
  if (is_long && entries.size() - lower >= kMinContentsEntries) std::erase_if(entries, is_below(0));
}

Block build_list(std::span<const Entry> entries) {
  Block list;
  list.kind = BlockKind::List;
  list.tight = true;
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && entries[end].level > entries[i].level) ++end;
    LineBuilder line;
    line.link(entries[i].text, "#" + std::string(entries[i].anchor));
    Block item;
    item.kind = BlockKind::ListItem;
    item.children.push_back(make_paragraph(Variant::Body, line.take()));
    if (end > i + 1) item.children.push_back(build_list(entries.subspan(i + 1, end - i - 1)));
    list.children.push_back(std::move(item));
    i = end;
  }
  return list;
}

}  // namespace

Block build_table_of_contents(const Block& prose) {
  Block contents = make_section(Role::Contents, Strings::kContents);
  std::vector<Entry> entries;
  collect_entries(prose, entries);
  if (entries.size() < kMinContentsEntries) return contents;
  keep_upper_levels(entries);
  if (entries.size() > kMostEntries) return contents;
  contents.children.push_back(make_paragraph(Variant::Label, Strings::kContents));
  contents.children.push_back(build_list(entries));
  return contents;
}

}  // namespace octavo
