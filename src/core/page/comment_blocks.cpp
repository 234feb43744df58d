// Bylines, anchors and links of comments.
#include "core/page/comment_blocks.h"

#include <algorithm>

#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

bool is_id_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

// Numbers that follow a name in Hebrew or Arabic would be drawn into it; a mark keeps them where they are. Those scripts and all
// beyond them begin with this byte.
std::string_view mark_after(std::string_view name) {
  const bool may_be_rtl = std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xD6; });
  return may_be_rtl ? "\u200E" : "";
}

void adapt_untrusted_block(Block& block) {
  mark_untrusted_links(block.inlines);
  // The page's own headings end at level 3.
  if (block.kind == BlockKind::Heading) block.level = static_cast<std::uint8_t>(std::min(block.level + 3, 6));
  for (Block& child : block.children) adapt_untrusted_block(child);
}

}  // namespace

std::string comment_anchor(std::string_view id) {
  const bool is_plain = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), is_id_character);
  return is_plain ? "comment-" + std::string(id) : std::string();
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string hours_and_minutes(DateTime time) {
  const std::int64_t minutes = (time.unix_seconds + time.offset_minutes * 60) / 60 % (24 * 60);
  return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string time_text(DateTime time, std::int32_t zone_minutes) {
  time.offset_minutes = zone_minutes;
  return long_date(time) + ", " + hours_and_minutes(time);
}

std::string_view author_or_anonymous(std::string_view author) {
  return author.empty() ? Text::kAnonymous : author;
}

Block make_comment(std::string_view id, std::string_view author) {
  Block block = make_section(Role::Comment, fill_in(Text::kPermalink, {author_or_anonymous(author)}));
  block.anchor = comment_anchor(id);
  return block;
}

Block build_byline(const Byline& of) {
  const std::string_view author = author_or_anonymous(of.author);
  LineBuilder line;
  if (of.website.empty()) {
    line.text(author);
  } else {
    line.link(author, std::string(of.website));
  }
  line.text(mark_after(author));
  if (of.is_own) line.text(" (").text(Text::kYou).text(")");
  bool is_time_link = false;
  if (of.created) {
    line.text(" · ");
    const std::string label = time_text(*of.created, of.zone_minutes);
    const std::string anchor = comment_anchor(of.id);
    is_time_link = !anchor.empty();
    if (is_time_link) {
      line.link(label, "#" + anchor);
    } else {
      line.text(label);
    }
  }
  if (of.is_edited) line.text(" · ").text(Text::kEdited);
  if (!of.answered_id.empty()) {
    const std::string label = fill_in(Text::kInReplyTo, {author_or_anonymous(of.answered_author)});
    line.text(" · ").link(label, "#" + comment_anchor(of.answered_id));
  }
  InlineText inlines = line.take();
  mark_untrusted_links(inlines);
  if (is_time_link) {
    const auto link = std::find_if(inlines.spans.begin(), inlines.spans.end(),
                                   [](const Span& span) { return span.kind == InlineKind::Link && span.url.starts_with('#'); });
    Span time;
    time.kind = InlineKind::Time;
    time.begin = link->begin;
    time.end = link->end;
    time.url = format_rfc3339(*of.created);
    inlines.spans.insert(link + 1, std::move(time));
  }
  Block byline = make_paragraph(Variant::Byline, std::move(inlines));
  byline.direction = "ltr";  // as the dates are, whatever script the name is in
  return byline;
}

void mark_untrusted_links(InlineText& inlines) {
  for (Span& span : inlines.spans) span.is_untrusted = span.kind == InlineKind::Link && !span.url.starts_with('#');
}

void append_untrusted_blocks(Block& parent, Document document) {
  for (Block& block : document.root.children) {
    adapt_untrusted_block(block);
    parent.children.push_back(std::move(block));
  }
}

}  // namespace octavo
