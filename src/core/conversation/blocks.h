// Blocks that the thread and the form of a conversation have in common.
#pragma once

#include <string>
#include <string_view>

#include "core/comments/comment_content.h"
#include "core/conversation/conversation_view.h"
#include "core/page/page_frame.h"

namespace octavo {

// The text of a comment, reduced to what comments may contain.
void append_comment_body(Block& parent, std::string_view source, SourceType type, CommentImages images, HtmlParser& parser);
CommentImages images_in(const CommentForm& form);

// `name` is the accessible name where it differs from the label.
void append_button(LineBuilder& line, std::string_view label, ConversationAction action, std::string_view name = {});
void append_toggle(LineBuilder& line, std::string_view label, ConversationAction action, bool is_pressed,
                   std::string_view name = {});

// The buttons of a record that is not done. It is edited on the page where it was written.
InlineText record_actions(const OutboxRecord& record, const ThreadRef& here);

// form_blocks.cpp
Block build_reply_form(const ConversationView& view, HtmlParser& parser);

}  // namespace octavo
