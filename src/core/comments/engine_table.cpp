// The engines. Sources of each row: WordPress core 7.1, Jetpack's v1.1 endpoints, Isso 0.14 and later, Remark42 1.16, Mastodon's
// documentation, and assets/comments/openapi.json for Octavo's own contract.
#include "core/comments/engine_table.h"

#include <iterator>

namespace octavo {

namespace {

using Where = RefusalRule::Where;

constexpr RefusalRule kOctavoRules[] = {
    {"login-required", Refusal::LoginRequired},   {"session-expired", Refusal::SessionExpired},
    {"not-allowed", Refusal::NotAllowed},         {"thread-closed", Refusal::Closed},
    {"thread-unknown", Refusal::PostGone},        {"parent-unknown", Refusal::ParentGone},
    {"too-large", Refusal::TooLong, "text"},      {"duplicate", Refusal::Duplicate},
    {"idempotency-mismatch", Refusal::KeyReused}, {"wrong-host", Refusal::NotSetUp},
    {"edit-expired", Refusal::EditExpired},       {"comment-unknown", Refusal::CommentGone},
};

constexpr RefusalRule kWordPressRules[] = {
    {"rest_comment_login_required", Refusal::LoginRequired},
    {"rest_cookie_invalid_nonce", Refusal::SessionExpired},
    {"authorization_required", Refusal::LoginRequired},  // from here on some of WordPress.com
    {"unauthorized", Refusal::Closed},
    {"unknown_post", Refusal::PostGone},
    {"unknown_comment", Refusal::ParentGone},
    {"invalid_input", Refusal::Invalid},
    {"invalid_token", Refusal::SessionExpired},
    {"rest_comment_closed", Refusal::Closed},
    {"rest_comment_invalid_post_id", Refusal::PostGone},
    {"rest_comment_trash_post", Refusal::PostGone},
    {"rest_comment_draft_post", Refusal::PostGone},
    {"rest_cannot_read_post", Refusal::PostGone},
    {"rest_no_route", Refusal::NotSetUp},
    {"rest_comment_author_data_required", Refusal::NameAndEmailNeeded, "name"},
    {"rest_comment_content_invalid", Refusal::Empty, "text"},
    {"comment_author_column_length", Refusal::TooLong, "name"},
    {"comment_author_email_column_length", Refusal::TooLong, "email"},
    {"comment_author_url_column_length", Refusal::TooLong, "website"},
    {"comment_content_column_length", Refusal::TooLong, "text"},
    {"comment_duplicate", Refusal::Duplicate},
    {"comment_flood", Refusal::RateLimited, "", 15},
    {"rest_comment_failed_create", Refusal::ServerError, "", 30},
    // The fields that the REST framework itself has checked.
    {"author_email", Refusal::BadEmail, "email", 0, Where::Text},
    {"author_url", Refusal::BadWebsite, "website", 0, Where::Text},
    {"author_name", Refusal::BadName, "name", 0, Where::Text},
    {"duplicate comment", Refusal::Duplicate, "", 0, Where::Text},
    {"posting comments too quickly", Refusal::RateLimited, "", 15, Where::Text},
};

constexpr RefusalRule kIssoRules[] = {
    {"ratelimit", Refusal::RateLimited, "", 60},
    {"direct-reply", Refusal::ThreadFull},
    {"reply-to-self", Refusal::TooEarly, "", 900},
    {"require-email", Refusal::EmailNeeded, "email"},
    {"require-author", Refusal::NameNeeded, "name"},
    {"ratelimit exceeded", Refusal::RateLimited, "", 60, Where::Text},
    {"direct responses to", Refusal::ThreadFull, "", 0, Where::Text},
    {"edit time frame is still open", Refusal::TooEarly, "", 900, Where::Text},
    {"email address required", Refusal::EmailNeeded, "email", 0, Where::Text},
    {"author address required", Refusal::NameNeeded, "name", 0, Where::Text},
    {"author required", Refusal::NameNeeded, "name", 0, Where::Text},
    {"too short", Refusal::TooShort, "text", 0, Where::Text},
    {"text is too long", Refusal::TooLong, "text", 0, Where::Text},
    {"text is missing", Refusal::Empty, "text", 0, Where::Text},
    {"django-conform", Refusal::BadWebsite, "website", 0, Where::Text},
    {"parent must be", Refusal::ParentGone, "", 0, Where::Text},
    {"cannot create new thread", Refusal::NotSetUp, "", 0, Where::Text},
    {"csrf", Refusal::CookiesBlocked, "", 0, Where::Text},
};

// The engine's numbered codes (backend/app/rest/httperrors.go).
constexpr RefusalRule kRemarkRules[] = {
    {"1", Refusal::ParentGone}, {"2", Refusal::Unclear},     {"3", Refusal::NotAllowed}, {"4", Refusal::Invalid, "text"},
    {"5", Refusal::PostGone},   {"6", Refusal::NotSetUp},    {"7", Refusal::Blocked},    {"8", Refusal::Closed},
    {"9", Refusal::NotAllowed}, {"17", Refusal::NotAllowed}, {"18", Refusal::Invalid},   {"19", Refusal::Words, "text"},
    {"20", Refusal::Invalid},
};

constexpr CommentPaths kOctavoPaths = {"id",          "parent",         "author.name", "",
                                       "author.url",  "created",        "edited",      "body_html",
                                       "body_source", "reactions.like", "permalink"};
constexpr CommentPaths kWordPressPaths = {"id", "parent", "author_name", "", "author_url", "date_gmt", "", "content.rendered",
                                          "",   "",       "link"};
constexpr CommentPaths kWordPressComPaths = {"ID", "parent.ID", "author.name", "",           "author.URL", "date",
                                             "",   "content",   "raw_content", "like_count", "URL"};
constexpr CommentPaths kIssoPaths = {"id", "parent", "author", "", "website", "created", "modified", "text", "text", "likes", ""};
constexpr CommentPaths kRemarkPaths = {"id", "pid", "user.name", "", "", "time", "edit.time", "text", "orig", "score", ""};
constexpr CommentPaths kMastodonPaths = {"id",
                                         "in_reply_to_id",
                                         "account.display_name",
                                         "account.acct",
                                         "account.url",
                                         "created_at",
                                         "edited_at",
                                         "content",
                                         "",
                                         "favourites_count",
                                         "url"};

constexpr EngineTable octavo_table() {
  EngineTable table{CommentEngine::Octavo, "octavo"};
  table.list_url = "{e}threads/{t}/comments?limit=100&sort={o}&cursor={c}&since={n}";
  table.form_url = "{e}capabilities";
  table.create_url = "{e}threads/{t}/comments";
  table.reconcile_url = "{e}submissions/{k}";
  table.like_url = "{e}threads/{t}/reactions/like";
  table.comment_url = "{e}comments/{c}";
  table.oldest = "oldest";
  table.newest = "newest";
  table.list = "comments";
  table.created = "comment";
  table.total = "thread.count";
  table.paths = kOctavoPaths;
  table.error_code = "code";
  table.error_text = "detail";
  table.rules = kOctavoRules;
  table.reconcile = Reconcile::Ask;
  return table;
}

constexpr EngineTable word_press_table() {
  EngineTable table{CommentEngine::WordPress, "wordpress"};
  table.list_url = "{e}wp/v2/comments?post={t}&per_page=100&order={o}&page={c}";
  table.form_url = "{e}wp/v2/posts/{t}?_fields=comment_status";
  table.create_url = "{e}wp/v2/comments";
  table.oldest = "asc";
  table.newest = "desc";
  table.paths = kWordPressPaths;
  table.error_code = "code";
  table.error_text = "message";
  table.rules = kWordPressRules;
  // 409 comment_duplicate answers a resend, so nothing is stored twice.
  table.reconcile = Reconcile::Resend;
  table.has_html_names = true;
  return table;
}

constexpr EngineTable word_press_com_table() {
  EngineTable table = word_press_table();
  table.engine = CommentEngine::WordPressCom;
  table.name = "wordpress.com";
  table.list_url = "{e}sites/{s}/posts/{t}/replies/?number=100&order={o}&page={c}";
  table.form_url = "{e}sites/{s}/posts/{t}?fields=discussion,like_count,i_like";
  table.create_url = "{e}sites/{s}/posts/{t}/replies/new";
  table.reply_url = "{e}sites/{s}/comments/{c}/replies/new";
  table.reconcile_url = "{e}sites/{s}/posts/{t}/replies/?number=100&order=DESC&status=any";
  table.like_url = "{e}sites/{s}/posts/{t}/likes/";
  table.oldest = "ASC";
  table.newest = "DESC";
  table.list = "comments";
  table.total = "found";
  table.paths = kWordPressComPaths;
  table.error_code = "error";
  table.reconcile = Reconcile::Ask;
  return table;
}

constexpr EngineTable isso_table() {
  EngineTable table{CommentEngine::Isso, "isso"};
  table.list_url = "{e}?uri={t}&limit=100&sort={o}&offset={c}";
  table.form_url = "{e}config";
  table.more_form_url = "{e}info";
  table.create_url = "{e}new?uri={t}";
  table.reconcile_url = "{e}?uri={t}&plain=1&sort=newest";
  table.oldest = "oldest";
  table.newest = "newest";
  table.list = "replies";
  table.replies = "replies";
  table.total = "total_replies";
  table.paths = kIssoPaths;
  table.error_code = "reason";
  table.error_text = "message";
  table.rules = kIssoRules;
  table.reconcile = Reconcile::Ask;
  table.has_html_names = true;
  table.has_cookies = true;
  return table;
}

constexpr EngineTable remark_table() {
  EngineTable table{CommentEngine::Remark42, "remark42"};
  table.list_url = "{e}api/v1/find?site={s}&url={t}&format=plain&sort={o}time&limit=200&offset_id={c}";
  table.form_url = "{e}api/v1/config?site={s}";
  table.create_url = "{e}api/v1/comment?site={s}";
  table.reconcile_url = "{e}api/v1/find?site={s}&url={t}&format=plain&sort=-time";
  table.oldest = "%2B";
  table.newest = "-";
  table.list = "comments";
  table.node = "comment";
  table.replies = "replies";
  table.total = "info.count";
  table.paths = kRemarkPaths;
  table.error_code = "code";
  table.error_text = "error";
  table.rules = kRemarkRules;
  table.reconcile = Reconcile::Ask;
  table.has_cookies = true;
  return table;
}

constexpr EngineTable mastodon_table() {
  EngineTable table{CommentEngine::Mastodon, "mastodon"};
  table.list_url = "{e}api/v1/statuses/{t}/context";
  table.list = "descendants";
  table.paths = kMastodonPaths;
  table.error_text = "error";
  return table;
}

// In the order of CommentEngine.
constexpr EngineTable kTables[] = {octavo_table(), word_press_table(), word_press_com_table(),
                                   isso_table(),   remark_table(),     mastodon_table()};

}  // namespace

std::span<const EngineTable> engine_tables() {
  return kTables;
}

const EngineTable& engine_table(CommentEngine engine) {
  return engine_tables()[static_cast<std::size_t>(engine)];
}

std::optional<CommentEngine> comment_engine(std::string_view name) {
  for (const EngineTable& table : engine_tables()) {
    if (table.name == name || name.empty()) return table.engine;
  }
  return std::nullopt;
}

std::string_view comment_engine_name(CommentEngine engine) {
  return engine_table(engine).name;
}

}  // namespace octavo
