// What the tags of site builders become: Markdown, and HTML where Markdown has no syntax for it.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

struct TagFigure {
  std::string image;
  std::string alt;
  std::string title;
  std::string caption;  // Markdown
  std::string credit;   // Markdown
  std::string credit_url;
  std::string link;
  std::string width;
  std::string height;
};

std::string figure_markup(const TagFigure& figure);

std::string fenced_code(const std::string& language, std::string_view code);

// [Label](url): a link in place of another site's player or card, without a request to that site.
std::string link_card(std::string_view label, const std::string& url);

// The card of a video, named by its title where it has one; empty where the id cannot be one.
std::string youtube_card(const std::string& id, const std::string& title, const std::string& start = {});
std::string vimeo_card(const std::string& id, const std::string& title);
// "user" may be empty, `file` too.
std::string gist_card(const std::string& user, const std::string& id, const std::string& file);

// Letters, digits, '-' and '_', as all such ids are.
bool is_plain_id(std::string_view text);

}  // namespace octavo
