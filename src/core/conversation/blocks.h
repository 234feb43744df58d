// Pieces that the thread and the form of a conversation have in common.
#pragma once

#include <string>
#include <string_view>

#include "core/conversation/conversation_view.h"
#include "core/page/page_frame.h"

namespace octavo {

// What somebody wrote, through the allow-list.
void append_comment_body(Block& parent, std::string_view source, std::string_view type, bool has_images, HtmlParser& parser);

// `name` is the accessible name where it differs from the label.
void append_button(LineBuilder& line, std::string_view label, ConversationAction action, std::string_view name = {});
void append_toggle(LineBuilder& line, std::string_view label, ConversationAction action, bool is_pressed,
                   std::string_view name = {});

// The buttons of what is not done; it is edited where it was written.
InlineText record_actions(const OutboxRecord& record, const ThreadRef& here);

// form_blocks.cpp
Block build_reply_form(const ConversationView& view, HtmlParser& parser);

}  // namespace octavo
