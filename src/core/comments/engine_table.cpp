// The engines. Sources of each row: WordPress core 7.1, Jetpack's v1.1 endpoints, Isso 0.14 and later, Remark42 1.16, Mastodon's
// documentation, and assets/comments/openapi.json for Octavo's own contract.
#include "core/comments/engine_table.h"

#include <iterator>

namespace octavo {

namespace {

using Where = RefusalRule::Where;

constexpr RefusalRule kOctavoRules[] = {
    {.signal = "login-required", .reason = Refusal::LoginRequired},
    {.signal = "session-expired", .reason = Refusal::SessionExpired},
    {.signal = "not-allowed", .reason = Refusal::NotAllowed},
    {.signal = "thread-closed", .reason = Refusal::Closed},
    {.signal = "thread-unknown", .reason = Refusal::PostGone},
    {.signal = "parent-unknown", .reason = Refusal::ParentGone},
    {.signal = "too-large", .reason = Refusal::TooLong, .field = FormField::Text},
    {.signal = "duplicate", .reason = Refusal::Duplicate},
    {.signal = "idempotency-mismatch", .reason = Refusal::KeyReused},
    {.signal = "wrong-host", .reason = Refusal::NotSetUp},
    {.signal = "edit-expired", .reason = Refusal::EditExpired},
    {.signal = "comment-unknown", .reason = Refusal::CommentGone},
};

constexpr RefusalRule kWordPressRules[] = {
    {.signal = "rest_comment_login_required", .reason = Refusal::LoginRequired},
    {.signal = "rest_cookie_invalid_nonce", .reason = Refusal::SessionExpired},
    {.signal = "authorization_required", .reason = Refusal::LoginRequired},  // from here on some of WordPress.com
    {.signal = "unauthorized", .reason = Refusal::Closed},
    {.signal = "unknown_post", .reason = Refusal::PostGone},
    {.signal = "unknown_comment", .reason = Refusal::ParentGone},
    {.signal = "invalid_input", .reason = Refusal::Invalid},
    {.signal = "invalid_token", .reason = Refusal::SessionExpired},
    {.signal = "rest_comment_closed", .reason = Refusal::Closed},
    {.signal = "rest_comment_invalid_post_id", .reason = Refusal::PostGone},
    {.signal = "rest_comment_trash_post", .reason = Refusal::PostGone},
    {.signal = "rest_comment_draft_post", .reason = Refusal::PostGone},
    {.signal = "rest_cannot_read_post", .reason = Refusal::PostGone},
    {.signal = "rest_no_route", .reason = Refusal::NotSetUp},
    {.signal = "rest_comment_author_data_required", .reason = Refusal::NameAndEmailNeeded, .field = FormField::Name},
    {.signal = "rest_comment_content_invalid", .reason = Refusal::Empty, .field = FormField::Text},
    {.signal = "comment_author_column_length", .reason = Refusal::TooLong, .field = FormField::Name},
    {.signal = "comment_author_email_column_length", .reason = Refusal::TooLong, .field = FormField::Email},
    {.signal = "comment_author_url_column_length", .reason = Refusal::TooLong, .field = FormField::Website},
    {.signal = "comment_content_column_length", .reason = Refusal::TooLong, .field = FormField::Text},
    {.signal = "comment_duplicate", .reason = Refusal::Duplicate},
    {.signal = "comment_flood", .reason = Refusal::RateLimited, .wait_s = 15},
    {.signal = "rest_comment_failed_create", .reason = Refusal::ServerError, .wait_s = 30},
    // The fields that the REST framework itself has checked.
    {.signal = "author_email", .reason = Refusal::BadEmail, .field = FormField::Email, .where = Where::Text},
    {.signal = "author_url", .reason = Refusal::BadWebsite, .field = FormField::Website, .where = Where::Text},
    {.signal = "author_name", .reason = Refusal::BadName, .field = FormField::Name, .where = Where::Text},
    {.signal = "duplicate comment", .reason = Refusal::Duplicate, .where = Where::Text},
    {.signal = "posting comments too quickly", .reason = Refusal::RateLimited, .wait_s = 15, .where = Where::Text},
};

constexpr RefusalRule kIssoRules[] = {
    {.signal = "ratelimit", .reason = Refusal::RateLimited, .wait_s = 60},
    {.signal = "direct-reply", .reason = Refusal::ThreadFull},
    {.signal = "reply-to-self", .reason = Refusal::TooEarly, .wait_s = 900},
    {.signal = "require-email", .reason = Refusal::EmailNeeded, .field = FormField::Email},
    {.signal = "require-author", .reason = Refusal::NameNeeded, .field = FormField::Name},
    {.signal = "ratelimit exceeded", .reason = Refusal::RateLimited, .wait_s = 60, .where = Where::Text},
    {.signal = "direct responses to", .reason = Refusal::ThreadFull, .where = Where::Text},
    {.signal = "edit time frame is still open", .reason = Refusal::TooEarly, .wait_s = 900, .where = Where::Text},
    {.signal = "email address required", .reason = Refusal::EmailNeeded, .field = FormField::Email, .where = Where::Text},
    {.signal = "author address required", .reason = Refusal::NameNeeded, .field = FormField::Name, .where = Where::Text},
    {.signal = "author required", .reason = Refusal::NameNeeded, .field = FormField::Name, .where = Where::Text},
    {.signal = "too short", .reason = Refusal::TooShort, .field = FormField::Text, .where = Where::Text},
    {.signal = "text is too long", .reason = Refusal::TooLong, .field = FormField::Text, .where = Where::Text},
    {.signal = "text is missing", .reason = Refusal::Empty, .field = FormField::Text, .where = Where::Text},
    {.signal = "django-conform", .reason = Refusal::BadWebsite, .field = FormField::Website, .where = Where::Text},
    {.signal = "parent must be", .reason = Refusal::ParentGone, .where = Where::Text},
    {.signal = "cannot create new thread", .reason = Refusal::NotSetUp, .where = Where::Text},
    {.signal = "csrf", .reason = Refusal::CookiesBlocked, .where = Where::Text},
};

// The engine's numbered codes (backend/app/rest/httperrors.go).
constexpr RefusalRule kRemarkRules[] = {
    {.signal = "1", .reason = Refusal::ParentGone}, {.signal = "2", .reason = Refusal::Unclear},
    {.signal = "3", .reason = Refusal::NotAllowed}, {.signal = "4", .reason = Refusal::Invalid, .field = FormField::Text},
    {.signal = "5", .reason = Refusal::PostGone},   {.signal = "6", .reason = Refusal::NotSetUp},
    {.signal = "7", .reason = Refusal::Blocked},    {.signal = "8", .reason = Refusal::Closed},
    {.signal = "9", .reason = Refusal::NotAllowed}, {.signal = "17", .reason = Refusal::NotAllowed},
    {.signal = "18", .reason = Refusal::Invalid},   {.signal = "19", .reason = Refusal::Words, .field = FormField::Text},
    {.signal = "20", .reason = Refusal::Invalid},
};

constexpr CommentPaths kOctavoPaths = {
    .id = "id",
    .parent = "parent",
    .author = "author.name",
    .website = "author.url",
    .created = "created",
    .edited = "edited",
    .body = "body_html",
    .source = "body_source",
    .likes = "reactions.like",
    .link = "permalink",
};
constexpr CommentPaths kWordPressPaths = {
    .id = "id",
    .parent = "parent",
    .author = "author_name",
    .website = "author_url",
    .created = "date_gmt",
    .body = "content.rendered",
    .link = "link",
};
constexpr CommentPaths kWordPressComPaths = {
    .id = "ID",
    .parent = "parent.ID",
    .author = "author.name",
    .website = "author.URL",
    .created = "date",
    .body = "content",
    .source = "raw_content",
    .likes = "like_count",
    .link = "URL",
};
constexpr CommentPaths kIssoPaths = {
    .id = "id",
    .parent = "parent",
    .author = "author",
    .website = "website",
    .created = "created",
    .edited = "modified",
    .body = "text",
    .source = "text",
    .likes = "likes",
};
constexpr CommentPaths kRemarkPaths = {
    .id = "id",
    .parent = "pid",
    .author = "user.name",
    .created = "time",
    .edited = "edit.time",
    .body = "text",
    .source = "orig",
    .likes = "score",
};
constexpr CommentPaths kMastodonPaths = {
    .id = "id",
    .parent = "in_reply_to_id",
    .author = "account.display_name",
    .author_or = "account.acct",
    .website = "account.url",
    .created = "created_at",
    .edited = "edited_at",
    .body = "content",
    .likes = "favourites_count",
    .link = "url",
};

constexpr EngineTable kOctavo = {
    .engine = CommentEngine::Octavo,
    .name = "octavo",
    .list_url = "{e}threads/{t}/comments?limit=100&sort={o}&cursor={c}&since={n}",
    .form_url = "{e}capabilities",
    .create_url = "{e}threads/{t}/comments",
    .reconcile_url = "{e}submissions/{k}",
    .like_url = "{e}threads/{t}/reactions/like",
    .comment_url = "{e}comments/{c}",
    .oldest = "oldest",
    .newest = "newest",
    .list = "comments",
    .created = "comment",
    .total = "thread.count",
    .paths = kOctavoPaths,
    .error_code = "code",
    .error_text = "detail",
    .rules = kOctavoRules,
    .reconcile = Reconcile::Ask,
    .has_guests = true,
};

constexpr EngineTable kWordPress = {
    .engine = CommentEngine::WordPress,
    .name = "wordpress",
    .list_url = "{e}wp/v2/comments?post={t}&per_page=100&order={o}&page={c}",
    .form_url = "{e}wp/v2/posts/{t}?_fields=comment_status",
    .create_url = "{e}wp/v2/comments",
    .oldest = "asc",
    .newest = "desc",
    .paths = kWordPressPaths,
    .error_code = "code",
    .error_text = "message",
    .rules = kWordPressRules,
    // 409 comment_duplicate answers a resend, so nothing is stored twice.
    .reconcile = Reconcile::Resend,
    .has_html_names = true,
    .has_guests = true,
};

constexpr EngineTable kWordPressCom = {
    .engine = CommentEngine::WordPressCom,
    .name = "wordpress.com",
    .list_url = "{e}sites/{s}/posts/{t}/replies/?number=100&order={o}&page={c}",
    .form_url = "{e}sites/{s}/posts/{t}?fields=discussion,like_count,i_like",
    .create_url = "{e}sites/{s}/posts/{t}/replies/new",
    .reply_url = "{e}sites/{s}/comments/{c}/replies/new",
    .reconcile_url = "{e}sites/{s}/posts/{t}/replies/?number=100&order=DESC&status=any",
    .like_url = "{e}sites/{s}/posts/{t}/likes/",
    .oldest = "ASC",
    .newest = "DESC",
    .list = "comments",
    .total = "found",
    .paths = kWordPressComPaths,
    .error_code = "error",
    .error_text = "message",
    .rules = kWordPressRules,
    .reconcile = Reconcile::Ask,
    .has_html_names = true,
};

constexpr EngineTable kIsso = {
    .engine = CommentEngine::Isso,
    .name = "isso",
    .list_url = "{e}?uri={t}&limit=100&sort={o}&offset={c}",
    .form_url = "{e}config",
    .more_form_url = "{e}info",
    .create_url = "{e}new?uri={t}",
    .reconcile_url = "{e}?uri={t}&plain=1&sort=newest",
    .oldest = "oldest",
    .newest = "newest",
    .list = "replies",
    .replies = "replies",
    .total = "total_replies",
    .paths = kIssoPaths,
    .error_code = "reason",
    .error_text = "message",
    .rules = kIssoRules,
    .reconcile = Reconcile::Ask,
    .has_html_names = true,
    .has_cookies = true,
    .has_guests = true,
    .keeps_two_levels = true,
};

constexpr EngineTable kRemark = {
    .engine = CommentEngine::Remark42,
    .name = "remark42",
    .list_url = "{e}api/v1/find?site={s}&url={t}&format=plain&sort={o}time&limit=200&offset_id={c}",
    .form_url = "{e}api/v1/config?site={s}",
    .create_url = "{e}api/v1/comment?site={s}",
    .reconcile_url = "{e}api/v1/find?site={s}&url={t}&format=plain&sort=-time",
    .oldest = "%2B",
    .newest = "-",
    .list = "comments",
    .node = "comment",
    .replies = "replies",
    .total = "info.count",
    .paths = kRemarkPaths,
    .error_code = "code",
    .error_text = "error",
    .rules = kRemarkRules,
    .reconcile = Reconcile::Ask,
    .has_cookies = true,
};

constexpr EngineTable kMastodon = {
    .engine = CommentEngine::Mastodon,
    .name = "mastodon",
    .list_url = "{e}api/v1/statuses/{t}/context",
    .list = "descendants",
    .paths = kMastodonPaths,
    .error_text = "error",
};

// In the order of CommentEngine.
constexpr EngineTable kTables[] = {kOctavo, kWordPress, kWordPressCom, kIsso, kRemark, kMastodon};

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
