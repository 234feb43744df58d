// The reader's state machine: Event in, new state and Effects out. No clock, no network, no screen.
//
// There is at most one pending navigation, the latest. After every event advance() asks what it still needs: what is missing is
// fetched, and once nothing is missing the page is shown. Answers are kept whoever asked for them, so a late one never changes
// the page but spares a fetch later.
#include "core/reader/reader.h"

#include <optional>
#include <set>
#include <utility>

#include "core/base/url.h"
#include "core/page/page_action.h"
#include "core/page/preferences.h"
#include "core/page/strings.h"
#include "core/reader/catalog.h"

namespace octavo {

namespace {

constexpr std::string_view kManifestUrl = "octavo.json";
constexpr std::string_view kLikePrefix = "like:";

struct Failure {
  ResourceRequest want;
  Error error;
};

struct Navigation {
  enum class Kind : std::uint8_t { Start, Link, History, Retry };
  Kind kind = Kind::Start;
  Route route;
  std::string path;  // canonical, with '#fragment'
  double scroll_y_css = 0;
};

enum class Shown : std::uint8_t { Content, NotFound, Failure };

Error error_from_failure(const ResourceRequest& want, const FetchFailed& failed) {
  Error error;
  error.where = want.reference.url;
  switch (failed.reason) {
    case FetchFailure::Network:
      error.code = ErrorCode::Unreadable;
      error.message = failed.status == 0 ? std::string(Strings::kNetworkFailed)
                                         : fill_in(Strings::kServerFailed, {std::to_string(failed.status)});
      break;
    case FetchFailure::NotFound:
      error.code = ErrorCode::NotFound;
      error.message = want.kind == ResourceRequest::Kind::PostBody ? Strings::kPostFileMissing : Strings::kBundleFileMissing;
      break;
    case FetchFailure::Mismatch:
      error.code = ErrorCode::Mismatch;
      error.message = Strings::kHashMismatch;
      break;
    case FetchFailure::TooLarge:
      error.code = ErrorCode::TooLarge;
      error.message = Strings::kTooLarge;
      break;
  }
  return error;
}

std::string canonical_path(const Route& route, std::string_view path) {
  return route.kind == Route::Kind::Unknown ? std::string(path) : route_path(route);
}

std::string_view path_without_fragment(std::string_view path) {
  return path.substr(0, path.find('#'));
}

bool is_same_page(Route a, Route b) {
  a.fragment.clear();
  b.fragment.clear();
  return a.kind != Route::Kind::Unknown && a == b;
}

}  // namespace

// ---- State ---------------------------------------------------------------------------------------------------------------

struct Reader::State {
  explicit State(HtmlParser* parser) : html_parser(parser), page(build_loading_page(SiteInfo(), "")) {}

  HtmlParser* html_parser;
  bool is_started = false;
  std::string bundle_url;

  Catalog catalog;
  std::optional<ResourceRequest> start_post;  // the post's file as the static page named it

  // What is under way.
  std::map<std::uint32_t, ResourceRequest> requests;
  std::uint32_t last_request = 0;
  std::optional<Navigation> pending;
  std::optional<Failure> failure;  // of the event that is being handled
  std::vector<Effect> effects;

  // What is shown.
  Page page;
  Shown shown = Shown::NotFound;
  std::optional<Navigation> current;
  std::string address;                     // of the session's history entry
  std::shared_ptr<const Post> shown_post;  // of a post page
  std::optional<Block> prebuilt;           // its prebuilt comments, once its conversation is there
  bool is_reload_due = false;              // the failure shown may come from an update of the site
  std::set<std::string> liked;             // slugs
  std::uint32_t other_likes = 0;           // of the post that is shown, as the comments server says
  Preferences preferences;

  void handle(const Started& event);
  void handle(const Fetched& event);
  void handle(const FetchFailed& event);
  void handle(const LinkFollowed& event);
  void handle(const HistoryMoved& event);
  void handle(const ActionInvoked& event);
  void handle(const ConversationChanged& event);

  void forget_failed_start();
  void navigate(Navigation navigation);
  void move_within_page(const Navigation& navigation);
  void advance();
  void advance_group();
  void advance_post();
  bool need(const ResourceRequests& missing);
  void fetch(ResourceRequest want);

  void show_list(const GroupInfo* tag);
  void show_post(std::shared_ptr<const Post> post);
  void show_not_found();
  void show_failure(const Error& error);
  void show(Page next, Shown kind);
  void fetch_hyphenation(std::string_view language);
  void fetch_hyphenation(const Block& block);

  void retry();
  void toggle_like();
  void choose(std::string_view action);
  void show_same();
  LikeState likes_of(const std::string& slug) const;
};

// ---- Events --------------------------------------------------------------------------------------------------------------

void Reader::State::handle(const Started& event) {
  // A restart forgets everything but the count, so late answers to earlier requests stay unknown.
  const std::uint32_t request = last_request;
  State fresh(html_parser);
  fresh.last_request = request;
  *this = std::move(fresh);

  is_started = true;
  bundle_url = event.bundle_url.empty() ? std::string(kManifestUrl) : event.bundle_url;
  for (const auto& [key, value] : event.local_store) {
    if (key.starts_with(kLikePrefix) && !value.empty()) liked.insert(key.substr(kLikePrefix.size()));
    preferences.set(key, value);
  }
  Navigation navigation;
  navigation.route = parse_route(event.path);
  navigation.path = canonical_path(navigation.route, event.path);
  address = navigation.path;
  page = build_loading_page(catalog.site(), path_without_fragment(navigation.path));
  const Route& route = navigation.route;
  if (route.kind == Route::Kind::Post && !event.post_url.empty()) {
    start_post =
        ResourceRequest{ResourceRequest::Kind::PostBody, route.slug, 0, FileReference{event.post_url, event.post_integrity}};
  }
  pending = std::move(navigation);
  advance();
  // The post's file is asked for at once, beside the manifest: one round trip less.
  if (start_post) fetch(*start_post);
}

void Reader::State::handle(const Fetched& event) {
  const auto request = requests.find(event.request);
  if (request == requests.end()) return;
  const ResourceRequest want = std::move(request->second);
  requests.erase(request);
  const Status taken = catalog.take(want, event.bytes);
  if (!taken) failure = Failure{want, taken.error()};
  forget_failed_start();
  advance();
}

void Reader::State::handle(const FetchFailed& event) {
  const auto request = requests.find(event.request);
  if (request == requests.end()) return;
  failure = Failure{std::move(request->second), {}};
  requests.erase(request);
  failure->error = error_from_failure(failure->want, event);
  forget_failed_start();
  advance();
}

void Reader::State::handle(const LinkFollowed& event) {
  Navigation navigation;
  navigation.kind = Navigation::Kind::Link;
  navigation.route = parse_route(event.path);
  navigation.path = canonical_path(navigation.route, event.path);
  navigate(std::move(navigation));
}

void Reader::State::handle(const HistoryMoved& event) {
  Navigation navigation;
  navigation.kind = Navigation::Kind::History;
  navigation.route = parse_route(event.path);
  navigation.path = canonical_path(navigation.route, event.path);
  navigation.scroll_y_css = event.scroll_y_css;
  address = navigation.path;  // the browser is there already
  navigate(std::move(navigation));
}

void Reader::State::handle(const ActionInvoked& event) {
  const std::optional<PageAction> action = page_action_from_name(event.action);
  if (action == PageAction::Like) toggle_like();
  if (action == PageAction::Retry) retry();
  if (!action) choose(event.action);
}

void Reader::State::handle(const ConversationChanged& event) {
  if (!shown_post || event.page != page.path) return;
  const std::string& slug = shown_post->summary.slug;
  other_likes = event.likes - (liked.contains(slug) && event.likes > 0 ? 1 : 0);
  std::vector<Block> blocks = event.blocks;
  if (!event.has_thread || !engine_has_prebuilt(catalog.site())) {
    if (!prebuilt) prebuilt = prebuilt_comments(catalog.site(), *shown_post, html_parser);
    if (!prebuilt->children.empty()) blocks.insert(blocks.begin(), *prebuilt);
  }
  set_conversation(page.document, std::move(blocks), likes_of(slug));
  show_same();
}

// A file that the static page names but that cannot be loaded may be of an older release; the index knows the newer one.
void Reader::State::forget_failed_start() {
  if (start_post && failure && failure->want.is_same(*start_post)) start_post.reset();
}

// ---- Navigation ----------------------------------------------------------------------------------------------------------

void Reader::State::navigate(Navigation navigation) {
  pending.reset();  // the latest wins
  if (navigation.kind == Navigation::Kind::Link && navigation.route.kind == Route::Kind::Unknown) {
    // A file or a page made by hand. An address with a scheme or a host is not a path, and not for the core to open.
    if (is_relative_url(navigation.path)) effects.push_back(OpenAddress{navigation.path});
    return;
  }
  if (current && shown == Shown::Content && is_same_page(current->route, navigation.route)) {
    move_within_page(navigation);
    return;
  }
  pending = std::move(navigation);
  advance();
}

void Reader::State::move_within_page(const Navigation& navigation) {
  ShowPage moved;
  if (navigation.kind == Navigation::Kind::History) {
    moved.scroll_y_css = navigation.scroll_y_css;
  } else {
    moved.fragment = navigation.route.fragment;
    moved.keep_scroll = !moved.fragment.empty();
    // As in any browser, a link to where the reader is adds no entry.
    if (address != navigation.path) effects.push_back(PushAddress{navigation.path});
  }
  address = navigation.path;
  current = navigation;
  effects.push_back(std::move(moved));
}

void Reader::State::advance() {
  if (pending && need(catalog.missing_for_site(bundle_url))) {
    switch (pending->route.kind) {
      case Route::Kind::List:
        show_list(nullptr);
        break;
      case Route::Kind::Archive:
        show(build_archive_page(catalog.site(), catalog.groups()), Shown::Content);
        break;
      case Route::Kind::Tag:
      case Route::Kind::Year:
      case Route::Kind::Author:
      case Route::Kind::Series:
        advance_group();
        break;
      case Route::Kind::Post:
        advance_post();
        break;
      case Route::Kind::Unknown:
        show_not_found();
        break;
    }
  }
  failure.reset();
}

void Reader::State::advance_group() {
  if (const GroupInfo* group = catalog.find_group(pending->route)) {
    show_list(group);
  } else {
    show_not_found();
  }
}

void Reader::State::advance_post() {
  const std::string slug = pending->route.slug;
  if (std::shared_ptr<const Post> post = catalog.find_post(slug)) {
    show_post(std::move(post));
  } else if (const std::optional<ResourceRequest> listed = catalog.missing_for_post(slug)) {
    need({*listed});
  } else if (start_post && start_post->slug == slug) {
    need({*start_post});
  } else if (const ResourceRequests rows = catalog.missing_to_find(slug); !rows.empty()) {
    need(rows);
  } else if (const ResourceRequests parts = catalog.missing_parts(); parts.empty()) {
    show_not_found();
  } else if (pending->kind == Navigation::Kind::Link) {
    // The post's own static page is one request; the remaining parts may be many.
    effects.push_back(OpenAddress{pending->path});
    pending.reset();
  } else {
    need(parts);
  }
}

// True when nothing is missing; otherwise it is under way now, or the failure of some of it is on the page.
bool Reader::State::need(const ResourceRequests& missing) {
  for (const ResourceRequest& each : missing) {
    if (failure && failure->want.is_same(each)) {
      show_failure(failure->error);
      return false;
    }
    if (each.reference.url.empty()) {
      FetchFailed without_file;
      without_file.reason = FetchFailure::NotFound;
      show_failure(error_from_failure(each, without_file));
      return false;
    }
  }
  for (const ResourceRequest& each : missing) fetch(each);
  return missing.empty();
}

void Reader::State::fetch(ResourceRequest want) {
  for (const auto& [request, under_way] : requests) {
    if (under_way.is_same(want)) return;
  }
  const std::uint32_t request = ++last_request;
  effects.push_back(Fetch{request, want.reference.url, want.reference.integrity});
  requests.emplace(request, std::move(want));
}

// ---- Pages ---------------------------------------------------------------------------------------------------------------

void Reader::State::show_list(const GroupInfo* tag) {
  const Route& route = pending->route;
  const std::uint64_t first = (route.page - std::uint64_t{1}) * kPostsPerListPage;
  if (!need(catalog.missing_for_rows(tag, first, kPostsPerListPage))) return;
  const std::vector<PostSummary> rows = catalog.rows(tag, first, kPostsPerListPage);
  if (rows.empty() && route.page > 1) {
    show_not_found();
    return;
  }
  show(build_list_page(catalog.site(), rows, catalog.total(tag), route, tag, catalog.groups()), Shown::Content);
}

void Reader::State::show_post(std::shared_ptr<const Post> post) {
  show(build_post_page(catalog.site(), catalog.groups(), *post, html_parser, likes_of(post->summary.slug)), Shown::Content);
  shown_post = std::move(post);
  prebuilt.reset();
}

void Reader::State::show_not_found() {
  show(build_not_found_page(catalog.site(), path_without_fragment(pending->path)), Shown::NotFound);
}

void Reader::State::show_failure(const Error& error) {
  // What is missing or different from its hash may have been replaced: trying again then starts from octavo.json.
  is_reload_due = error.code != ErrorCode::Unreadable;
  catalog.keep_old_release();
  show(build_error_page(catalog.site(), path_without_fragment(pending->path), error, Retry::Offer), Shown::Failure);
}

// Ends the pending navigation with this page.
void Reader::State::show(Page next, Shown kind) {
  const Navigation navigation = *std::exchange(pending, std::nullopt);
  page = std::move(next);
  mark_preferences(page.document.root, preferences, catalog.site().theme);
  shown = kind;
  shown_post.reset();
  other_likes = 0;
  ShowPage effect;
  effect.is_failure = kind == Shown::Failure;
  switch (navigation.kind) {
    case Navigation::Kind::Start:
      // The static page of this address is shown already, scrolled by the browser and perhaps by the reader.
      effect.keep_scroll = true;
      break;
    case Navigation::Kind::Link:
    case Navigation::Kind::Retry:
      effect.fragment = navigation.route.fragment;
      break;
    case Navigation::Kind::History:
      effect.scroll_y_css = navigation.scroll_y_css;
      break;
  }
  if (navigation.kind == Navigation::Kind::Link && address != navigation.path) effects.push_back(PushAddress{navigation.path});
  address = navigation.path;
  current = navigation;
  effects.push_back(std::move(effect));
  if (navigation.kind != Navigation::Kind::Start) effects.push_back(Announce{page.title});
  fetch_hyphenation(page.language);
  fetch_hyphenation(page.document.root);
}

// This page's lines may stay without hyphens; the next page's will have them.
void Reader::State::fetch_hyphenation(std::string_view language) {
  if (std::optional<ResourceRequest> patterns = catalog.missing_hyphenation(language)) fetch(std::move(*patterns));
}

void Reader::State::fetch_hyphenation(const Block& block) {
  fetch_hyphenation(block.language);
  for (const Block& child : block.children) fetch_hyphenation(child);
}

// ---- Actions -------------------------------------------------------------------------------------------------------------

void Reader::State::retry() {
  if (!current || shown != Shown::Failure) return;
  if (is_reload_due) catalog.expect_new_release();
  is_reload_due = false;
  Navigation again = *current;
  if (again.kind != Navigation::Kind::History) again.kind = Navigation::Kind::Retry;
  pending = std::move(again);
  advance();
}

LikeState Reader::State::likes_of(const std::string& slug) const {
  LikeState likes;
  likes.liked = liked.contains(slug);
  likes.count = other_likes + (likes.liked ? 1 : 0);
  return likes;
}

void Reader::State::toggle_like() {
  if (!shown_post) return;
  const std::string& slug = shown_post->summary.slug;
  const bool is_liked = liked.erase(slug) == 0;
  if (is_liked) liked.insert(slug);
  effects.push_back(StoreItem{std::string(kLikePrefix) + slug, is_liked ? "1" : ""});
  set_conversation(page.document, {}, likes_of(slug));
  show_same();
  effects.push_back(Announce{std::string(is_liked ? Strings::kYouLike : Strings::kLikeTakenBack)});
}

void Reader::State::choose(std::string_view action) {
  const PreferenceChoice choice = preference_choice(action);
  if (choice.key.empty()) return;
  preferences.set(choice.key, choice.value);
  const std::string_view kept = choice.key == kThemeKey ? choice.value : preferences.text_size;
  effects.push_back(StoreItem{std::string(choice.key), std::string(kept)});
  effects.push_back(ApplyPreferences{preferences.theme_on(catalog.site().theme), std::string(preferences.text_size)});
  if (current) show_same();
  const std::string_view group = choice.key == kThemeKey ? Strings::kTheme : Strings::kTextSize;
  effects.push_back(Announce{fill_in(Strings::kPreferenceChosen, {group, choice.label})});
}

// The page that is shown, with another state of its buttons.
void Reader::State::show_same() {
  mark_preferences(page.document.root, preferences, catalog.site().theme);
  ShowPage effect;
  effect.keep_scroll = true;
  effects.push_back(std::move(effect));
}

// ---- Reader --------------------------------------------------------------------------------------------------------------

Reader::Reader(HtmlParser* html_parser) : state_(std::make_unique<State>(html_parser)) {}
Reader::~Reader() = default;

std::vector<Effect> Reader::update(const Event& event) {
  if (!state_->is_started && !std::holds_alternative<Started>(event)) return {};
  std::visit([this](const auto& each) { state_->handle(each); }, event);
  return std::exchange(state_->effects, {});
}

const Page& Reader::page() const {
  return state_->page;
}

std::span<const HyphenationPatterns> Reader::hyphenation() const {
  return state_->catalog.hyphenation();
}

std::string Reader::dump() const {
  constexpr std::string_view kShownNames[] = {"content", "not found", "failure"};
  const State& state = *state_;
  std::string out = "address " + state.address + "\n";
  out += "page " + state.page.path + " \"" + state.page.title + "\" " +
         std::string(state.current ? kShownNames[static_cast<std::size_t>(state.shown)] : "loading") + "\n";
  if (state.pending) out += "pending " + state.pending->path + "\n";
  for (const auto& [request, want] : state.requests)
    out += "request " + std::to_string(request) + " " + want.reference.url + "\n";
  out += state.catalog.dump();
  for (const std::string& slug : state.liked) out += "liked " + slug + "\n";
  if (state.preferences.theme) (out += "theme ") += std::string(theme_name(*state.preferences.theme)) + "\n";
  if (!state.preferences.text_size.empty()) (out += "text size ") += std::string(state.preferences.text_size) + "\n";
  return out;
}

}  // namespace octavo
