// Shortcodes and block comments are turned into the HTML that WordPress would have made of them.
#include "press/import/wordpress/wordpress_markup.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/base/json.h"
#include "core/content/html/semantic_tree.h"
#include "press/import/wordpress/wordpress_paragraphs.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

constexpr int kMaxReusableDepth = 4;  // a reusable block may hold itself

// ---- Shortcodes ----------------------------------------------------------------------------------------------------------

struct Shortcode {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string_view content;  // between [name] and [/name]
  bool has_content = false;
  bool has_assignments = false;
  std::size_t size = 0;  // in all
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

void read_attributes(std::string_view text, Shortcode& shortcode) {
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\n\r"), text.size()));
    const std::size_t name_end = std::min(text.find_first_of("= \t\n\r"), text.size());
    const std::string name = ascii_lowercase(text.substr(0, name_end));
    text.remove_prefix(name_end);
    if (!text.starts_with('=')) {
      if (!name.empty()) shortcode.attributes.emplace(name, "");
      continue;
    }
    text.remove_prefix(1);
    std::string_view value;
    if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
      const std::size_t end = std::min(text.find(text.front(), 1), text.size());
      value = text.substr(1, end - 1);
      text.remove_prefix(std::min(end + 1, text.size()));
    } else {
      value = text.substr(0, std::min(text.find_first_of(" \t\n\r"), text.size()));
      text.remove_prefix(value.size());
    }
    shortcode.has_assignments = true;
    shortcode.attributes.emplace(name, value);
  }
}

// "[name a="b"]content[/name]" at the beginning of `rest`.
std::optional<Shortcode> shortcode_at(std::string_view rest) {
  Shortcode shortcode;
  std::size_t at = 1;
  while (at < rest.size() && is_name_character(rest[at])) ++at;
  shortcode.name = ascii_lowercase(rest.substr(1, at - 1));
  if (shortcode.name.empty() || (rest[1] >= '0' && rest[1] <= '9')) return std::nullopt;
  char quote = 0;
  const std::size_t attributes_begin = at;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ']') {
      break;
    } else if (c == '[' || c == '<') {
      return std::nullopt;
    }
  }
  if (at >= rest.size()) return std::nullopt;
  const char first = rest[attributes_begin];
  if (first != ']' && first != ' ' && first != '/' && first != '\n' && first != '=') return std::nullopt;
  std::string_view attributes = rest.substr(attributes_begin, at - attributes_begin);
  const bool is_closed = attributes.ends_with('/');
  if (is_closed) attributes.remove_suffix(1);
  read_attributes(attributes, shortcode);
  shortcode.size = at + 1;
  const std::string end_tag = "[/" + std::string(rest.substr(1, attributes_begin - 1)) + "]";
  const std::size_t end = is_closed ? std::string_view::npos : rest.find(end_tag, shortcode.size);
  if (end != std::string_view::npos) {
    shortcode.has_content = true;
    shortcode.content = rest.substr(shortcode.size, end - shortcode.size);
    shortcode.size = end + end_tag.size();
  }
  return shortcode;
}

std::string attribute_of(const Shortcode& shortcode, const std::string& name) {
  const auto found = shortcode.attributes.find(name);
  return found == shortcode.attributes.end() ? std::string() : found->second;
}

std::vector<std::string> numbers_of(std::string_view list) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t begin = list.find_first_of("0123456789", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(list.find_first_not_of("0123456789", begin), list.size());
    numbers.emplace_back(list.substr(begin, end - begin));
    at = end;
  }
  return numbers;
}

std::string link_paragraph(std::string_view url) {
  const std::string escaped = escape_html(trimmed(url));
  return "\n\n<p><a href=\"" + escaped + "\">" + escaped + "</a></p>\n\n";
}

std::string caption_figure(const Shortcode& shortcode) {
  std::string_view content = shortcode.content;
  std::string caption = attribute_of(shortcode, "caption");
  if (caption.empty()) {
    // The image, perhaps within a link, comes first; what follows is the caption.
    const std::size_t image = content.find("<img");
    std::size_t end = image == std::string_view::npos ? std::string_view::npos : content.find('>', image);
    if (end == std::string_view::npos) return std::string(content);
    ++end;
    const std::string_view rest = content.substr(end);
    if (const std::string_view after = trimmed(rest); after.starts_with("</a>")) end += rest.find("</a>") + 4;
    caption = trimmed(content.substr(end));
    content = content.substr(0, end);
  }
  std::string out = "\n\n<figure>" + std::string(trimmed(content));
  if (!caption.empty()) out += "<figcaption>" + caption + "</figcaption>";
  return out + "</figure>\n\n";
}

std::string code_block(const Shortcode& shortcode) {
  std::string language = attribute_of(shortcode, "language");
  if (language.empty()) language = attribute_of(shortcode, "lang");
  std::string out = "\n\n<pre><code";
  if (!language.empty()) out += " class=\"language-" + escape_html(language) + "\"";
  std::string_view code = shortcode.content;
  if (code.starts_with('\n')) code.remove_prefix(1);
  // WordPress stores the code of these with its angle brackets already escaped, or not: both mean the same.
  std::string escaped;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool is_entity = code[i] == '&' && code.substr(i, 8).find(';') != std::string_view::npos;
    escaped += is_entity ? "&" : escape_html(code.substr(i, 1));
  }
  return out + ">" + escaped + "</code></pre>\n\n";
}

class ShortcodeReader {
 public:
  explicit ShortcodeReader(const WordpressSources& sources) : sources_(sources) {}

  std::string read(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t next = std::min(text.find_first_of("[<"), text.size());
      out += text.substr(0, next);
      text.remove_prefix(next);
      if (text.empty()) break;
      std::size_t used = 1;
      if (text.front() == '<') {
        used = verbatim_size(text);
        out += text.substr(0, used);
      } else if (text.starts_with("[[")) {
        const std::size_t end = text.find("]]");
        used = end == std::string_view::npos ? 1 : end + 2;
        out += end == std::string_view::npos ? text.substr(0, 1) : text.substr(1, used - 2);
      } else if (const std::optional<Shortcode> shortcode = shortcode_at(text)) {
        used = shortcode->size;
        out += html_of(*shortcode, text.substr(0, used));
      } else {
        out += '[';
      }
      text.remove_prefix(used);
    }
    return out;
  }

 private:
  // Code is skipped, and so are tags.
  static std::size_t verbatim_size(std::string_view text) {
    for (const std::string_view name : {"pre", "code", "script", "style"}) {
      if (!text.substr(1).starts_with(name) || text.size() < name.size() + 2 || is_name_character(text[name.size() + 1]))
        continue;
      const std::size_t end = text.find("</" + std::string(name));
      return end == std::string_view::npos ? text.size() : end + name.size() + 2;
    }
    if (text.starts_with("<!--")) return std::min(text.find("-->"), text.size() - 3) + 3;
    const bool is_tag = text.size() > 1 && (is_name_character(text[1]) || text[1] == '/');
    const std::size_t end = text.find('>');
    return is_tag && end != std::string_view::npos ? end + 1 : 1;
  }

  std::string html_of(const Shortcode& shortcode, std::string_view written) {
    const std::string& name = shortcode.name;
    if (name == "caption" || name == "wp_caption") return caption_figure(shortcode);
    if (name == "gallery") return gallery(shortcode);
    if (name == "embed" && shortcode.has_content) return link_paragraph(shortcode.content);
    if (name == "code" || name == "sourcecode") {
      if (shortcode.has_content) return code_block(shortcode);
    }
    if (name == "audio" || name == "video" || name == "youtube" || name == "vimeo") {
      const std::string url = media_address(shortcode);
      sources_.not_converted("player [" + name + "]" + (url.empty() ? "" : ", kept as a link"));
      if (!url.empty()) return link_paragraph(url);
      return {};
    }
    if (name == "playlist") {
      sources_.not_converted("shortcode [playlist]");
      return {};
    }
    // A word in brackets is only that, unless it looks like a shortcode.
    if (shortcode.has_content || shortcode.has_assignments) sources_.not_converted("shortcode [" + name + "], left as text");
    if (!shortcode.has_content) return std::string(written);
    const std::size_t begin = static_cast<std::size_t>(shortcode.content.data() - written.data());
    return std::string(written.substr(0, begin)) + read(shortcode.content) +
           std::string(written.substr(begin + shortcode.content.size()));
  }

  static std::string media_address(const Shortcode& shortcode) {
    if (const std::string_view inside = trimmed(shortcode.content); inside.starts_with("http")) return std::string(inside);
    for (const char* key : {"src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv"}) {
      if (const std::string url = attribute_of(shortcode, key); url.starts_with("http")) return url;
    }
    for (const auto& [key, value] : shortcode.attributes) {
      if (value.starts_with("http")) return value;
      if (value.empty() && key.starts_with("http")) return key;
    }
    return {};
  }

  std::string gallery(const Shortcode& shortcode) {
    std::string list = attribute_of(shortcode, "ids");
    if (list.empty()) list = attribute_of(shortcode, "include");
    const std::vector<GalleryImage> images = sources_.gallery(numbers_of(list));
    if (images.empty()) sources_.not_converted("shortcode [gallery] without images in the export");
    std::string out = "\n\n";
    for (const GalleryImage& image : images) {
      out += "<figure><img src=\"" + escape_html(image.url) + "\" alt=\"" + escape_html(image.alt) + "\">";
      if (!image.caption.empty()) out += "<figcaption>" + image.caption + "</figcaption>";
      out += "</figure>\n\n";
    }
    return out;
  }

  const WordpressSources& sources_;
};

// ---- Blocks ----------------------------------------------------------------------------------------------------------------

struct BlockComment {
  std::string name;  // "core/" left out
  Json attributes;
  bool is_end = false;
  bool is_void = false;
  std::size_t size = 0;
};

// <!-- wp:name {"json": 1} --> at the beginning of `rest`.
std::optional<BlockComment> block_comment_at(std::string_view rest) {
  if (!rest.starts_with("<!--")) return std::nullopt;
  const std::size_t end = rest.find("-->");
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view inside = trimmed(rest.substr(4, end - 4));
  BlockComment comment;
  comment.size = end + 3;
  if (inside.starts_with("/wp:")) {
    comment.is_end = true;
    inside.remove_prefix(1);
  }
  if (!inside.starts_with("wp:")) return std::nullopt;
  inside.remove_prefix(3);
  if (inside.ends_with('/')) {
    comment.is_void = true;
    inside.remove_suffix(1);
  }
  const std::size_t name_end = std::min(inside.find_first_of(" \t\n"), inside.size());
  comment.name = inside.substr(0, name_end);
  if (comment.name.starts_with("core/")) comment.name.erase(0, 5);
  const std::string_view json = trimmed(inside.substr(name_end));
  if (Result<Json> attributes = Json::parse(json.empty() ? "{}" : json, "block"); attributes) comment.attributes = *attributes;
  return comment;
}

// Blocks that WordPress renders when the page is shown: their HTML is not in the export.
constexpr auto kDynamicBlocks = std::to_array<std::string_view>(
    {"archives", "calendar", "categories", "latest-comments", "latest-posts", "loginout", "navigation", "page-list", "query",
     "rss", "search", "site-logo", "site-title", "tag-cloud", "social-links", "comments", "post-comments-form", "template-part"});

class BlockReader {
 public:
  BlockReader(const WordpressSources& sources, int depth) : sources_(sources), depth_(depth) {}

  // `is_classic` tells for each piece between comments whether it is outside all blocks.
  std::string read(std::string_view text) {
    std::string out;
    std::vector<std::string> open;
    std::size_t last = 0;
    for (std::size_t at = text.find("<!--"); at != std::string_view::npos; at = text.find("<!--", at + 1)) {
      const std::optional<BlockComment> comment = block_comment_at(text.substr(at));
      if (!comment) continue;
      add_piece(text.substr(last, at - last), open, out);
      last = at + comment->size;
      if (comment->is_end) {
        while (!open.empty()) {
          const bool is_it = open.back() == comment->name;
          open.pop_back();
          if (is_it) break;
        }
        language_.clear();
        continue;
      }
      begin(*comment, out);
      if (!comment->is_void) open.push_back(comment->name);
    }
    add_piece(text.substr(last), open, out);
    return out;
  }

 private:
  void begin(const BlockComment& comment, std::string& out) {
    const bool is_dynamic = std::find(kDynamicBlocks.begin(), kDynamicBlocks.end(), comment.name) != kDynamicBlocks.end();
    if (is_dynamic) {
      sources_.not_converted("block " + comment.name);
    } else if (comment.name == "block") {
      add_reusable(comment, out);
    } else if (comment.name == "more" || comment.name == "nextpage") {
      if (comment.name == "nextpage") out += "<hr>";
    } else if (comment.name == "code" || comment.name == "preformatted" || comment.name.find("code") != std::string::npos) {
      language_ = comment.attributes.get("language").string();
    } else if (comment.is_void && comment.name != "spacer" && comment.name != "separator") {
      sources_.not_converted("block " + comment.name);
    }
  }

  void add_reusable(const BlockComment& comment, std::string& out) {
    const Json reference = comment.attributes.get("ref");
    const std::string id = reference.is_number() ? std::to_string(reference.integer()) : std::string(reference.string());
    const std::string content = depth_ < kMaxReusableDepth ? sources_.reusable_block(id) : std::string();
    if (content.empty()) {
      sources_.not_converted("reusable block that is not public or not in the export");
      return;
    }
    out += BlockReader(sources_, depth_ + 1).read(content);
  }

  void add_piece(std::string_view piece, const std::vector<std::string>& open, std::string& out) {
    if (trimmed(piece).empty()) {
      out += piece;
      return;
    }
    const std::string html = ShortcodeReader(sources_).read(piece);
    const std::string block = open.empty() ? std::string() : open.back();
    if (open.empty() || block == "freeform" || block == "shortcode") {
      out += html_from_classic_markup(html);
    } else if (block == "embed" || block.starts_with("core-embed/")) {
      out += embed(html);
    } else if (!language_.empty() && html.find("<pre") != std::string::npos) {
      // Only the comment has the language.
      out += "<div class=\"language-" + escape_html(language_) + "\">" + html + "</div>";
    } else {
      out += html;
    }
  }

  // The address is plain text between two <div>.
  static std::string embed(const std::string& html) {
    const std::size_t begin = html.find("http");
    if (begin == std::string::npos || html.find("<a ") != std::string::npos || html.find("<iframe") != std::string::npos)
      return html;
    const std::size_t end = std::min(html.find_first_of(" \t\n<", begin), html.size());
    const std::string url = html.substr(begin, end - begin);
    return html.substr(0, begin) + "<p><a href=\"" + url + "\">" + url + "</a></p>" + html.substr(end);
  }

  const WordpressSources& sources_;
  int depth_;
  std::string language_;
};

}  // namespace

std::string html_from_wordpress(std::string_view content, const WordpressSources& sources) {
  for (const std::string_view lost : {"<iframe", "<object", "<embed", "<script", "<form", "<video", "<audio"}) {
    for (std::size_t at = content.find(lost); at != std::string_view::npos; at = content.find(lost, at + 1)) {
      sources.not_converted("element " + std::string(lost) + ">");
    }
  }
  const bool has_blocks = content.find("<!-- wp:") != std::string_view::npos;
  if (has_blocks) return BlockReader(sources, 0).read(content);
  return html_from_classic_markup(ShortcodeReader(sources).read(content));
}

}  // namespace octavo
