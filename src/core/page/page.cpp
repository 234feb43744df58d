// Pages as Documents: the list, a tag and a post.
#include "core/page/page.h"

#include <algorithm>
#include <iterator>

#include "core/base/url.h"
#include "core/comments/comment_adapter.h"
#include "core/page/page_action.h"
#include "core/page/page_frame.h"
#include "core/page/prebuilt_comments.h"
#include "core/page/strings.h"
#include "core/page/table_of_contents.h"

namespace octavo {

namespace {

constexpr std::uint32_t kWordsPerMinute = 220;

std::string post_title(const PostSummary& post) {
  std::string title = clean_text(post.title);
  return title.empty() ? std::string(Strings::kUntitledPost) : title;
}

// ---- Language: set only where a post differs from the page around it. --------------------------------------------------

void set_language(Block& block, const SiteInfo& site, const PostSummary& post) {
  const std::string language = clean_language(post.language);
  if (!language.empty() && language != clean_language(site.language)) block.language = language;
}

// A part of several blocks states its direction, for lists, tables and quotes; a single line finds its own.
void set_language_and_direction(Block& section, const SiteInfo& site, const PostSummary& post) {
  set_language(section, site, post);
  if (section.language.empty()) return;
  const std::string_view direction = language_direction(section.language);
  if (direction != language_direction(clean_language(site.language))) section.direction = direction;
}

// ---- Byline ------------------------------------------------------------------------------------------------------------

// An author's web page. Only absolute addresses, which mean the same on every page, are used.
std::string author_url(const SiteInfo& site, std::string_view name) {
  const auto known =
      std::find_if(site.authors.begin(), site.authors.end(), [&](const Author& author) { return author.name == name; });
  const bool has_url = known != site.authors.end() && !is_relative_url(known->url);
  return has_url ? known->url : std::string();
}

void append_author(LineBuilder& line, const Frame& frame, const std::string& name) {
  const std::string slug = group_slug(frame.groups, GroupInfo::Kind::Author, name);
  if (slug.empty()) {
    line.link(clean_text(name), author_url(frame.site, name));
  } else {
    append_group(line, frame, GroupInfo::Kind::Author, name, slug);
  }
}

void append_authors(LineBuilder& line, const Frame& frame, std::span<const std::string> names) {
  bool is_first = true;
  for (const std::string& name : names) {
    if (clean_text(name).empty()) continue;
    if (is_first) {
      line.separate(" · ");
    } else {
      line.text(", ");
    }
    is_first = false;
    append_author(line, frame, name);
  }
}

// Date · reading time · authors, as far as they are known.
InlineText build_byline(const Frame& frame, const PostSummary& post, std::uint32_t words, std::span<const std::string> authors) {
  LineBuilder line;
  if (post.published) line.time(long_date(*post.published), format_rfc3339(*post.published));
  if (words > 0) {
    const std::uint32_t minutes = words / kWordsPerMinute + (words % kWordsPerMinute != 0 ? 1 : 0);
    line.separate(" · ").text(fill_in(Strings::kReadingTime, {number_text(minutes)}));
  }
  append_authors(line, frame, authors);
  return line.take();
}

void push_unless_empty(std::vector<Block>& blocks, Variant variant, InlineText inlines) {
  if (!inlines.empty()) blocks.push_back(make_paragraph(variant, std::move(inlines)));
}

InlineText build_tags_line(const Frame& frame, std::span<const std::string> names) {
  LineBuilder tags;
  append_tags(tags, frame, names);
  if (tags.empty()) return {};
  LineBuilder line;
  line.text(Strings::kTaggedWith);
  append_tags(line, frame, names);
  return line.take();
}

// ---- List pages --------------------------------------------------------------------------------------------------------

std::uint32_t list_page_count(std::uint32_t total) {
  const std::uint32_t size = static_cast<std::uint32_t>(kPostsPerListPage);
  return std::max<std::uint32_t>(1, total / size + (total % size != 0 ? 1 : 0));
}

std::string list_address(const Route& route, std::uint32_t page) {
  const std::optional<GroupInfo::Kind> kind = group_kind(route);
  return kind ? group_path(*kind, route.slug, page) : list_path(page);
}

std::string post_count_text(std::uint32_t count) {
  return count == 1 ? std::string(Strings::kOnePost) : fill_in(Strings::kPostCount, {number_text(count)});
}

std::string list_heading(const Route& route, std::uint32_t total, const GroupInfo* group) {
  std::string heading(Strings::kPosts);
  if (group != nullptr) {
    heading = fill_in(Strings::kGroupHeadings[static_cast<std::size_t>(group->kind)], {clean_text(group->name)});
  }
  if (route.page <= 1) return heading;
  const std::uint32_t pages = std::max(list_page_count(total), route.page);
  return fill_in(Strings::kNumberedPage, {heading, number_text(route.page), number_text(pages)});
}

// How many posts there are, and the author's web page.
InlineText build_group_line(const SiteInfo& site, const GroupInfo& group, std::uint32_t total) {
  LineBuilder line;
  line.text(post_count_text(total));
  const std::string url = group.kind == GroupInfo::Kind::Author ? author_url(site, group.name) : std::string();
  if (!url.empty()) line.text(" · ").link(url, url);
  return line.take();
}

Block build_entry(const Frame& frame, const PostSummary& post) {
  Block entry = make_section(Role::Article);
  LineBuilder title;
  title.link(post_title(post), page_reference(frame.path, post_path(post.slug)));
  entry.children.push_back(make_heading(2, Variant::EntryTitle, title.take()));
  set_language(entry.children.back(), frame.site, post);
  push_unless_empty(entry.children, Variant::Byline, build_byline(frame, post, post.words, post.authors));
  if (const std::string summary = clean_text(post.summary); !summary.empty()) {
    entry.children.push_back(make_paragraph(Variant::EntrySummary, summary));
    set_language(entry.children.back(), frame.site, post);
  }
  push_unless_empty(entry.children, Variant::Tags, build_tags_line(frame, post.tags));
  return entry;
}

Block build_group_list(const Frame& frame, GroupInfo::Kind kind) {
  Block list;
  list.kind = BlockKind::List;
  list.tight = true;
  for (const GroupInfo& group : frame.groups) {
    if (group.kind != kind) continue;
    LineBuilder line;
    append_group(line, frame, kind, group.name, group.slug);
    line.text(" · ").text(post_count_text(group.count));
    Block item;
    item.kind = BlockKind::ListItem;
    item.children.push_back(make_paragraph(Variant::Body, line.take()));
    list.children.push_back(std::move(item));
  }
  return list;
}

Block build_entries(const Frame& frame, std::span<const PostSummary> rows) {
  Block list = make_section(Role::PostList);
  for (const PostSummary& post : rows) list.children.push_back(build_entry(frame, post));
  return list;
}

InlineText build_pager(const Frame& frame, const Route& route, std::uint32_t total) {
  LineBuilder pager;
  if (route.page > 1) {
    const std::uint32_t newer = std::min(route.page - 1, list_page_count(total));
    pager.link(Strings::kNewerPosts, page_reference(frame.path, list_address(route, newer)));
  }
  if (route.page < list_page_count(total)) {
    pager.separate(kMenuGap).link(Strings::kOlderPosts, page_reference(frame.path, list_address(route, route.page + 1)));
  }
  return pager.take();
}

// ---- Post pages --------------------------------------------------------------------------------------------------------

bool has_top_heading(const Block& block) {
  if (block.kind == BlockKind::Heading && block.level <= 1) return true;
  return std::any_of(block.children.begin(), block.children.end(), has_top_heading);
}

void lower_headings(Block& block) {
  if (block.kind == BlockKind::Heading) block.level = static_cast<std::uint8_t>(std::min(block.level + 1, 6));
  for (Block& child : block.children) lower_headings(child);
}

Block build_prose(const SiteInfo& site, const Post& post, Document content) {
  Block prose = make_section(Role::Prose);
  set_language_and_direction(prose, site, post.summary);
  // The post's title is the page's only heading of level 1.
  if (has_top_heading(content.root)) lower_headings(content.root);
  prose.children = std::move(content.root.children);
  return prose;
}

std::string neighbor_title(const Neighbor& neighbor) {
  const std::string title = clean_text(neighbor.title);
  return title.empty() ? std::string(Strings::kUntitledPost) : title;
}

void append_navigation_link(Block& navigation, const Frame& frame, std::string_view label, const Neighbor& neighbor,
                            std::string_view reason) {
  LineBuilder line;
  line.text(label).link(neighbor_title(neighbor), page_reference(frame.path, post_path(neighbor.slug))).text(reason);
  navigation.children.push_back(make_paragraph(Variant::Notice, line.take()));
}

// The tags that two posts share, as the reason why one names the other.
std::string reason_text(const RelatedPost& related) {
  std::string tags;
  for (const std::string& tag : related.shared_tags) tags += (tags.empty() ? "" : ", ") + clean_text(tag);
  return tags.empty() ? tags : " (" + tags + ")";
}

// Links to other posts, from the post's own file.
Block build_post_navigation(const Frame& frame, const Post& post) {
  Block navigation = make_section(Role::Navigation, Strings::kMorePosts);
  if (post.older) append_navigation_link(navigation, frame, Strings::kOlderPost, *post.older, {});
  if (post.newer) append_navigation_link(navigation, frame, Strings::kNewerPost, *post.newer, {});
  for (const RelatedPost& related : post.related) {
    append_navigation_link(navigation, frame, Strings::kRelatedPost, related.post, reason_text(related));
  }
  return navigation;
}

InlineText build_series_line(const Frame& frame, const SeriesPart& series) {
  LineBuilder line;
  line.text(fill_in(Strings::kSeriesPart, {number_text(series.part), number_text(series.count)}));
  append_group(line, frame, GroupInfo::Kind::Series, series.name, series.slug);
  return line.take();
}

std::string likes_text(const LikeState& likes) {
  const std::uint32_t others = likes.liked && likes.count > 0 ? likes.count - 1 : likes.count;
  const std::string count = number_text(others);
  if (likes.liked) {
    if (others == 0) return std::string(Strings::kYouLike);
    return others == 1 ? std::string(Strings::kYouAndOneLike) : fill_in(Strings::kYouAndManyLike, {count});
  }
  if (others == 0) return std::string(Strings::kNoLikes);
  return others == 1 ? std::string(Strings::kOneLike) : fill_in(Strings::kManyLikes, {count});
}

Block build_reactions(const LikeState& likes) {
  Block reactions = make_section(Role::Reactions, Strings::kLikes);
  Span button;
  button.url = page_action_name(PageAction::Like);
  button.is_toggle = true;
  button.pressed = likes.liked;
  LineBuilder actions;
  actions.button(Strings::kLike, std::move(button));
  reactions.children.push_back(make_paragraph(Variant::Actions, actions.take()));
  reactions.children.push_back(make_paragraph(Variant::FinePrint, likes_text(likes)));
  return reactions;
}

// Other engines have keys of their own, and not for every post.
bool has_own_engine(const SiteInfo& site) {
  return comment_engine(site.comments.engine) == CommentEngine::Octavo;
}

PageComments comments_on(const SiteInfo& site, const Post& post, const std::string& title) {
  const std::string& thread = has_own_engine(site) ? post.summary.slug : post.thread;
  if (post.is_page || thread.empty()) return {};
  const bool follows_prebuilt = !engine_has_prebuilt(site) && !post.comments.empty();
  return {site.comments.endpoint, site.comments.engine, site.comments.site, thread, title, follows_prebuilt};
}

Block build_reply(const PageComments& comments) {
  Block reply = make_section(Role::Reply, Strings::kLeaveAReply);
  reply.children.push_back(make_heading(2, Variant::Body, Strings::kLeaveAReply));
  if (comments.endpoint.empty()) {
    reply.children.push_back(make_paragraph(Variant::Notice, Strings::kCommentsClosed));
    return reply;
  }
  Span button;
  button.url = "reply";
  LineBuilder placeholder;
  placeholder.button(Strings::kWriteAComment, std::move(button));
  reply.children.push_back(make_paragraph(Variant::Placeholder, placeholder.take()));
  reply.children.push_back(make_paragraph(Variant::Notice, Strings::kCommentsAreLoaded));
  return reply;
}

// The first block with this role, in pre-order; null when there is none.
Block* find_role(Block& block, Role role) {
  if (block.role == role) return &block;
  for (Block& child : block.children) {
    if (Block* found = find_role(child, role)) return found;
  }
  return nullptr;
}

bool is_conversation(const Block& block) {
  return block.role == Role::Comments || block.role == Role::Reply;
}

}  // namespace

Page build_list_page(const SiteInfo& site, std::span<const PostSummary> rows, std::uint32_t total, const Route& route,
                     const GroupInfo* group, std::span<const GroupInfo> groups) {
  const Frame frame{site, list_address(route, route.page), groups};
  const std::string heading = list_heading(route, total, group);
  Block main = make_section(Role::Main);
  const bool is_home = group == nullptr && route.page <= 1;
  // On the home page the posts speak for themselves; elsewhere the heading says what the list is.
  main.children.push_back(make_heading(1, is_home ? Variant::Label : Variant::Body, heading));
  if (group != nullptr) main.children.push_back(make_paragraph(Variant::FinePrint, build_group_line(site, *group, total)));
  if (rows.empty()) {
    main.children.push_back(make_paragraph(Variant::Notice, Strings::kNoPosts));
  } else {
    main.children.push_back(build_entries(frame, rows));
  }
  if (InlineText pager = build_pager(frame, route, total); !pager.empty()) {
    Block pages = make_section(Role::Navigation, Strings::kPages);
    pages.children.push_back(make_paragraph(Variant::Menu, std::move(pager)));
    main.children.push_back(std::move(pages));
  }
  return build_framed_page(frame, is_home ? std::string_view() : std::string_view(heading), clean_text(site.description),
                           std::move(main));
}

Page build_archive_page(const SiteInfo& site, std::span<const GroupInfo> groups) {
  const Frame frame{site, std::string(kArchivePath), groups};
  Block main = make_section(Role::Main);
  main.children.push_back(make_heading(1, Variant::Body, Strings::kArchive));
  for (const GroupInfo::Kind kind : {GroupInfo::Kind::Year, GroupInfo::Kind::Series, GroupInfo::Kind::Author}) {
    Block list = build_group_list(frame, kind);
    if (list.children.empty()) continue;
    // The years need no heading: an archive is by years.
    const std::string_view heading = Strings::kGroups[static_cast<std::size_t>(kind)];
    if (main.children.size() > 1) main.children.push_back(make_heading(2, Variant::Body, heading));
    main.children.push_back(std::move(list));
  }
  if (main.children.size() == 1) main.children.push_back(make_paragraph(Variant::Notice, Strings::kNoPosts));
  return build_framed_page(frame, Strings::kArchive, clean_text(site.description), std::move(main));
}

Page build_post_page(const SiteInfo& site, std::span<const GroupInfo> groups, const Post& post, HtmlParser* html_parser,
                     const LikeState& likes) {
  const PostSummary& summary = post.summary;
  const Frame frame{site, post_path(summary.slug), groups};
  const std::string title = post_title(summary);
  Document content = build_post_content(post, html_parser);
  const std::uint32_t words = summary.words > 0 ? summary.words : count_words(plain_text(content));

  Block article = make_section(Role::Article);
  Block header = make_section(Role::ArticleHeader);
  header.children.push_back(make_heading(1, Variant::Body, title));
  set_language(header.children.back(), site, summary);
  const std::vector<std::string> authors = author_names(site, summary);
  // A page is neither news nor an opinion to like or answer.
  if (!post.is_page) push_unless_empty(header.children, Variant::Byline, build_byline(frame, summary, words, authors));
  if (post.series) header.children.push_back(make_paragraph(Variant::Byline, build_series_line(frame, *post.series)));
  article.children.push_back(std::move(header));
  Block prose = build_prose(site, post, std::move(content));
  if (Block contents = build_table_of_contents(prose); !contents.children.empty()) {
    set_language_and_direction(contents, site, summary);
    article.children.push_back(std::move(contents));
  }
  // An element without content would not keep the margins around it apart, which layout does.
  if (!prose.children.empty()) article.children.push_back(std::move(prose));
  push_unless_empty(article.children, Variant::Tags, build_tags_line(frame, summary.tags));
  const PageComments comments = comments_on(site, post, title);
  // Where nobody counts likes, nobody can give one.
  if (!post.is_page && has_own_engine(site)) article.children.push_back(build_reactions(likes));
  if (Block navigation = build_post_navigation(frame, post); !navigation.children.empty())
    article.children.push_back(std::move(navigation));
  if (Block known = prebuilt_comments(site, post, html_parser); !known.children.empty()) {
    article.children.push_back(std::move(known));
  }
  if (!post.is_page) article.children.push_back(build_reply(comments));

  Block main = make_section(Role::Main);
  main.children.push_back(std::move(article));
  Page page = build_framed_page(frame, title, clean_text(summary.summary), std::move(main));
  page.comments = comments;
  return page;
}

bool engine_has_prebuilt(const SiteInfo& site) {
  return !has_own_engine(site) || site.comments.prebuilt == PrebuiltPlace::Server;
}

Block prebuilt_comments(const SiteInfo& site, const Post& post, HtmlParser* html_parser) {
  const bool has_engine = !comments_on(site, post, {}).endpoint.empty();
  return build_prebuilt_comments(post.comments, has_engine ? PrebuiltThread::Earlier : PrebuiltThread::Whole, html_parser);
}

void set_conversation(Document& page, std::vector<Block> blocks, const LikeState& likes) {
  if (Block* reactions = find_role(page.root, Role::Reactions)) *reactions = build_reactions(likes);
  Block* main = find_role(page.root, Role::Main);
  Block* article = main == nullptr ? nullptr : find_role(*main, Role::Article);
  if (article != nullptr && !blocks.empty()) {
    auto& children = article->children;
    const auto at = std::find_if(children.begin(), children.end(), is_conversation) - children.begin();
    std::erase_if(children, is_conversation);
    children.insert(children.begin() + at, std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end()));
  }
  number_blocks(page);
}

}  // namespace octavo
