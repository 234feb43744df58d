// Every sentence that a person reads in the reader, in one table. "{}" is replaced by a value.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace octavo {

struct Strings {
  // Frame
  static constexpr std::string_view kUntitledSite = "Home";
  static constexpr std::string_view kMenu = "Menu";
  static constexpr std::string_view kSidebar = "Sidebar";
  static constexpr std::string_view kLinks = "Links";
  static constexpr std::string_view kTags = "Tags";
  static constexpr std::string_view kFeed = "Feed";
  static constexpr std::string_view kMadeWith = "Made with Octavo";
  static constexpr std::string_view kWindowTitle = "{} – {}";

  // Preferences
  static constexpr std::string_view kTextSize = "Text size";
  static constexpr std::string_view kTheme = "Theme";
  static constexpr std::string_view kThemeSystem = "System";
  static constexpr std::string_view kThemeLight = "Light";
  static constexpr std::string_view kThemeSepia = "Sepia";
  static constexpr std::string_view kThemeDark = "Dark";
  static constexpr std::string_view kPreferenceChosen = "{}: {}";

  // Lists
  static constexpr std::string_view kPosts = "Posts";
  static constexpr std::string_view kNumberedPage = "{}, page {} of {}";
  static constexpr std::string_view kArchive = "Archive";
  // By kind of group.
  static constexpr std::string_view kGroupHeadings[] = {"Posts tagged “{}”", "Posts of {}", "Posts by {}", "Series “{}”"};
  static constexpr std::string_view kGroups[] = {"Tags", "Years", "Authors", "Series"};
  static constexpr std::string_view kOnePost = "1 post";
  static constexpr std::string_view kPostCount = "{} posts";
  static constexpr std::string_view kNoPosts = "There are no posts here.";
  static constexpr std::string_view kPages = "Pages";
  static constexpr std::string_view kNewerPosts = "Newer posts";
  static constexpr std::string_view kOlderPosts = "Older posts";

  // Posts
  static constexpr std::string_view kUntitledPost = "Untitled post";
  static constexpr std::string_view kLongDate = "{} {} {}";  // day, month, year
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  static constexpr std::string_view kReadingTime = "{} min read";
  static constexpr std::string_view kTaggedWith = "Tagged ";
  static constexpr std::string_view kContents = "Contents";
  static constexpr std::string_view kMorePosts = "More posts";
  static constexpr std::string_view kOlderPost = "Previous: ";
  static constexpr std::string_view kNewerPost = "Next: ";
  static constexpr std::string_view kRelatedPost = "Related: ";
  static constexpr std::string_view kSeriesPart = "Part {} of {} of ";

  // Likes
  static constexpr std::string_view kLikes = "Likes";
  static constexpr std::string_view kLike = "Like";
  static constexpr std::string_view kNoLikes = "Be the first to like this.";
  static constexpr std::string_view kOneLike = "One blogger likes this.";
  static constexpr std::string_view kManyLikes = "{} bloggers like this.";
  static constexpr std::string_view kYouLike = "You like this.";
  static constexpr std::string_view kYouAndOneLike = "You and one other blogger like this.";
  static constexpr std::string_view kYouAndManyLike = "You and {} other bloggers like this.";
  static constexpr std::string_view kLikeTakenBack = "You no longer like this.";

  // Replies
  static constexpr std::string_view kLeaveAReply = "Leave a Reply";
  static constexpr std::string_view kWriteAComment = "Write a comment…";
  static constexpr std::string_view kCommentsClosed = "Comments are closed on this page.";
  static constexpr std::string_view kCommentsAreLoaded = "The conversation is loaded when you reach it, which needs JavaScript.";

  // Offline
  static constexpr std::string_view kOffline = "Offline";
  static constexpr std::string_view kNothingSaved = "This browser keeps nothing of this blog on the device.";
  static constexpr std::string_view kShare = "Comment with a link";
  static constexpr std::string_view kShareNeedsScript = "To write a comment, open the post that it is about.";

  // Problems
  static constexpr std::string_view kLoading = "Loading…";
  static constexpr std::string_view kNotFound = "Page not found";
  static constexpr std::string_view kNotFoundHere = "There is no page at this address.";
  static constexpr std::string_view kNotFoundAt = "There is no page at “{}” on this blog.";
  static constexpr std::string_view kNotFoundAdvice =
      "The address may be mistyped, or the page may have been moved or taken down.";
  static constexpr std::string_view kGoHome = "Go to the newest posts";
  static constexpr std::string_view kCannotShow = "This page cannot be shown";
  static constexpr std::string_view kTryAgain = "Try again";
  static constexpr std::string_view kNetworkFailed =
      "The content could not be fetched. Check the connection, then try again; everything already opened stays readable.";
  static constexpr std::string_view kServerFailed =
      "The content could not be fetched: the server answered with status {}. Try again in a moment.";
  static constexpr std::string_view kPostFileMissing =
      "This post is listed but its file is missing. The blog may be in the middle of an update; try again in a moment.";
  static constexpr std::string_view kBundleFileMissing =
      "A file that this page needs is missing. The blog may be in the middle of an update; try again in a moment.";
  static constexpr std::string_view kHashMismatch =
      "The content does not match its expected hash; the site may be in the middle of an update. Try again in a moment.";
  static constexpr std::string_view kTooLarge = "The content is larger than this reader accepts.";
  static constexpr std::string_view kOtherPost = "The file of this post holds another post, “{}”.";
};

// `pattern` with each "{}" replaced by the next of `values`; missing values leave nothing.
inline std::string fill_in(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string out;
  const std::string_view* value = values.begin();
  while (true) {
    const std::size_t place = pattern.find("{}");
    out += pattern.substr(0, place);
    if (place == std::string_view::npos) return out;
    if (value != values.end()) out += *value++;
    pattern.remove_prefix(place + 2);
  }
}

}  // namespace octavo
