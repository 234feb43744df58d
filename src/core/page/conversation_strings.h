// Every sentence of the conversation below a post, in one table; why a comment was refused is said in comments/refusal.cpp.
#pragma once

#include <string_view>

namespace octavo {

struct ConversationStrings {
  // The thread
  static constexpr std::string_view kComments = "Comments";
  static constexpr std::string_view kNoReplies = "No replies yet";
  static constexpr std::string_view kOneReply = "1 Reply";
  static constexpr std::string_view kReplies = "{} Replies";
  static constexpr std::string_view kNoNewerReplies = "No newer replies yet";
  static constexpr std::string_view kOneNewerReply = "1 newer reply";
  static constexpr std::string_view kNewerReplies = "{} newer replies";
  static constexpr std::string_view kLoading = "Loading the conversation…";
  static constexpr std::string_view kTryAgain = "Try again";
  static constexpr std::string_view kAsOf = "As of {}. The comment server cannot be reached at the moment.";
  static constexpr std::string_view kMore = "More comments";
  static constexpr std::string_view kLoadingMore = "Loading…";
  static constexpr std::string_view kEarlierComments = "Earlier comments";
  static constexpr std::string_view kOneEarlierReply = "1 earlier reply";
  static constexpr std::string_view kEarlierReplies = "{} earlier replies";
  static constexpr std::string_view kNewestFirst = "Newest first";
  static constexpr std::string_view kAnonymous = "Anonymous";
  static constexpr std::string_view kYou = "you";
  static constexpr std::string_view kInReplyTo = "in reply to {}";
  static constexpr std::string_view kEdited = "edited";
  static constexpr std::string_view kDeleted = "This comment was deleted.";
  static constexpr std::string_view kReply = "Reply";
  static constexpr std::string_view kReplyToName = "Reply to {}";
  static constexpr std::string_view kPermalink = "Comment by {}";

  // The form
  static constexpr std::string_view kLeaveAReply = "Leave a Reply";
  static constexpr std::string_view kCancelReply = "Cancel reply";
  static constexpr std::string_view kClosed = "Comments are closed on this page.";
  static constexpr std::string_view kSignInOnly = "Only people who are signed in can comment here.";
  static constexpr std::string_view kWrittenElsewhere = "This page only shows the comments; write yours at {}.";
  static constexpr std::string_view kSignInWith = "Log in with";
  static constexpr std::string_view kConnecting = "Connecting to {} …";
  static constexpr std::string_view kCancel = "Cancel";
  static constexpr std::string_view kSignedIn = "{}, signed in with {}";
  static constexpr std::string_view kLogOut = "Log Out";
  static constexpr std::string_view kChange = "Change";
  static constexpr std::string_view kSignedInAs = "Signed in as {}.";
  static constexpr std::string_view kLoggedOut = "Logged out.";
  static constexpr std::string_view kSignInDeclined = "You are not signed in: you declined at {}. Your text is kept.";
  static constexpr std::string_view kSignInFailed =
      "You are not signed in: {} could not be reached or did not answer as it should. Your text is kept.";
  static constexpr std::string_view kModerated = "Comments appear after the owner of this blog has approved them.";
  static constexpr std::string_view kComment = "Comment";
  static constexpr std::string_view kName = "Name";
  static constexpr std::string_view kEmail = "E-mail (not shown to anyone)";
  static constexpr std::string_view kWebsite = "Website";
  static constexpr std::string_view kOptional = "{}, optional";
  static constexpr std::string_view kRemember = "Keep my name, e-mail and website in this browser for next time";
  static constexpr std::string_view kPrivacy = "What happens to what I write";
  static constexpr std::string_view kFormatting = "Formatting";
  static constexpr std::string_view kBold = "Bold";
  static constexpr std::string_view kItalic = "Italic";
  static constexpr std::string_view kLink = "Link";
  static constexpr std::string_view kQuote = "Quote";
  static constexpr std::string_view kCode = "Code";
  static constexpr std::string_view kList = "List";
  static constexpr std::string_view kPreview = "Preview";
  static constexpr std::string_view kNothingToPreview = "Nothing written yet.";
  static constexpr std::string_view kSend = "Post Comment";
  static constexpr std::string_view kNotKept =
      "This browser keeps nothing for this site at the moment, so your text is lost when the page is closed. Copy it to be "
      "safe.";
  static constexpr std::string_view kLost =
      "This browser has cleared what it kept for this site: drafts or unsent comments that were here are gone.";
  static constexpr std::string_view kOtherText =
      "Another window of this browser has written here, too: “{}” Both texts are kept.";
  static constexpr std::string_view kAddOther = "Add the other text to mine";
  static constexpr std::string_view kBusy = "You are already writing a comment here. Send or discard it first.";

  // What happens to a comment
  static constexpr std::string_view kSending = "Sending…";
  static constexpr std::string_view kQueued = "Not sent yet.";
  static constexpr std::string_view kNextTry = "{} Next try at {}.";
  static constexpr std::string_view kUnsure = "It may have arrived. The server is asked before it is sent again.";
  static constexpr std::string_view kUnsureDown =
      "The comment server cannot be reached. It may have arrived all the same: the server is asked before it is sent again.";
  static constexpr std::string_view kAsking =
      "Nobody knows whether this has arrived. Look above; if it is not there, send it again.";
  static constexpr std::string_view kHeld = "Received. It appears after the owner has approved it.";
  static constexpr std::string_view kHeldAlready =
      "The server has this comment already. If it is not above, it appears after the owner has approved it.";
  static constexpr std::string_view kHide = "Hide";
  static constexpr std::string_view kPublished = "Published.";
  static constexpr std::string_view kDelivered = "Already delivered.";
  static constexpr std::string_view kRefused = "Not accepted.";
  static constexpr std::string_view kTryNow = "Try now";
  static constexpr std::string_view kSendAgain = "Send again";
  static constexpr std::string_view kEdit = "Edit";
  static constexpr std::string_view kCopy = "Copy";
  static constexpr std::string_view kDiscard = "Discard";
  static constexpr std::string_view kCopied = "Copied.";
  static constexpr std::string_view kDiscarded = "Discarded.";

  // Own comments
  static constexpr std::string_view kEditOwn = "Edit your comment";
  static constexpr std::string_view kCancelEdit = "Cancel edit";
  static constexpr std::string_view kSave = "Save Changes";
  static constexpr std::string_view kSaving = "Saving…";
  static constexpr std::string_view kChanged = "Changed.";
  static constexpr std::string_view kNothingChanged = "Nothing was changed.";
  static constexpr std::string_view kEditableUntil = "You can edit this until {}.";
  static constexpr std::string_view kDelete = "Delete";
  static constexpr std::string_view kDeleteOwn = "Delete your comment";
  static constexpr std::string_view kReallyDelete = "Delete this comment for good?";
  static constexpr std::string_view kYesDelete = "Yes, delete it";
  static constexpr std::string_view kDeleting = "Deleting…";
  static constexpr std::string_view kDeletedNow = "Deleted.";
  static constexpr std::string_view kNotChanged = "The change has not arrived. It is kept here; save it again.";
  static constexpr std::string_view kNotChangedOffline =
      "Not saved: there is no network. The change is kept here; save it again.";
  static constexpr std::string_view kNotChangedBusy =
      "Not saved: the server asks you to wait. The change is kept here; save it again later.";
  static constexpr std::string_view kChangeUnsure =
      "The server does not answer, so nobody knows whether the change has arrived. It is kept here; save it again.";
  static constexpr std::string_view kNotDeleted = "The comment is still there. Try again.";
  static constexpr std::string_view kNotDeletedOffline = "Not deleted: there is no network. Try again.";
  static constexpr std::string_view kNotDeletedBusy = "Not deleted: the server asks you to wait. Try again later.";
  static constexpr std::string_view kDeletionUnsure =
      "The server does not answer, so nobody knows whether the comment is deleted. Try again.";

  // What is kept on this device
  static constexpr std::string_view kKept = "Drafts and comments kept here: {}";
  static constexpr std::string_view kDraftOf = "Draft on {}, {}";
  static constexpr std::string_view kCommentOf = "Comment on {}, {}";
  static constexpr std::string_view kOpen = "Open";
  static constexpr std::string_view kExport = "Export";
  static constexpr std::string_view kImport = "Import";
  static constexpr std::string_view kImported = "Imported. Drafts: {}, comments: {}.";
  static constexpr std::string_view kNotImported =
      "Nothing was imported: Export did not write that file, or this browser has no room for it.";
};

}  // namespace octavo
