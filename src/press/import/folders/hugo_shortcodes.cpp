// One pass; lines of fenced code are copied, with escaped shortcodes as they are meant to be seen.
#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/content/html/semantic_tree.h"
#include "press/import/folders/template_markup.h"
#include "press/import/folders/template_tags.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

struct Shortcode {
  std::string name;
  std::vector<std::string> positional;
  std::map<std::string, std::string> named;
  bool is_end = false;

  // Hugo takes parameters either by place or by name.
  std::string get(const std::string& key, std::size_t position = std::string::npos) const {
    const auto found = named.find(key);
    if (found != named.end()) return found->second;
    return position < positional.size() && named.empty() ? positional[position] : std::string();
  }
};

std::string take_word(std::string_view& inside) {
  std::string out;
  if (!inside.empty() && std::string_view("\"`'").find(inside.front()) != std::string_view::npos) {
    const char quote = inside.front();
    std::size_t i = 1;
    for (; i < inside.size() && inside[i] != quote; ++i) {
      if (inside[i] == '\\' && quote == '"' && i + 1 < inside.size()) ++i;
      out += inside[i];
    }
    inside.remove_prefix(std::min(i + 1, inside.size()));
    return out;
  }
  const std::size_t end = std::min(inside.find_first_of(" \t\r\n="), inside.size());
  out = inside.substr(0, end);
  inside.remove_prefix(end);
  return out;
}

Shortcode parse_shortcode(std::string_view inside) {
  Shortcode code;
  inside = trimmed(inside);
  if (inside.starts_with('/')) {
    code.is_end = true;
    inside = trimmed(inside.substr(1));
  }
  if (inside.ends_with(" /")) inside = trimmed(inside.substr(0, inside.size() - 1));
  code.name = take_word(inside);
  while (!(inside = trimmed(inside)).empty()) {
    std::string value = take_word(inside);
    if (inside.starts_with('=')) {
      inside.remove_prefix(1);
      code.named[ascii_lowercase(value)] = take_word(inside);
    } else if (!value.empty()) {
      code.positional.push_back(std::move(value));
    }
  }
  return code;
}

// A shortcode as it is written: {{< ... >}} or {{% ... %}}.
struct WrittenTag {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view inside;
};

std::optional<WrittenTag> find_tag(std::string_view text, std::size_t from) {
  const std::size_t begin = std::min(text.find("{{<", from), text.find("{{%", from));
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view closing = text[begin + 2] == '<' ? ">}}" : "%}}";
  const std::size_t end = text.find(closing, begin + 3);
  if (end == std::string_view::npos) return std::nullopt;
  return WrittenTag{begin, end + closing.size(), text.substr(begin + 3, end - begin - 3)};
}

// {{</* name */>}} shows a shortcode instead of calling it.
bool is_escaped(const WrittenTag& tag) {
  const std::string_view inside = trimmed(tag.inside);
  return inside.size() >= 4 && inside.starts_with("/*") && inside.ends_with("*/");
}

std::string shown(std::string_view text, const WrittenTag& tag) {
  const std::string_view inside = trimmed(tag.inside);
  std::string out(text.substr(tag.begin, 3));
  out += inside.substr(2, inside.size() - 4);
  return out += text.substr(tag.end - 3, 3);
}

TagFigure figure_of(const Shortcode& code) {
  return {code.get("src", 0),   code.get("alt"),  code.get("title"), code.get("caption"), code.get("attr"),
          code.get("attrlink"), code.get("link"), code.get("width"), code.get("height")};
}

class ShortcodeReader {
 public:
  ShortcodeReader(std::string_view whole, const TemplateTags& tags) : whole_(whole), tags_(tags) {}

  // `text` is a part of the whole.
  std::string read(std::string_view text) {
    std::string out;
    while (const std::optional<WrittenTag> tag = find_tag(text, 0)) {
      out += text.substr(0, tag->begin);
      const std::string_view written = text.substr(tag->begin, tag->end - tag->begin);
      std::string_view rest = text.substr(tag->end);
      out += is_escaped(*tag) ? shown(text, *tag) : read_tag(parse_shortcode(tag->inside), written, rest);
      text = rest;
    }
    return out += text;
  }

  // In code, no shortcode is called.
  static std::string read_code(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (auto tag = find_tag(text, 0); tag; tag = find_tag(text, tag->end)) {
      if (!is_escaped(*tag)) continue;
      (out += text.substr(done, tag->begin - done)) += shown(text, *tag);
      done = tag->end;
    }
    return out += text.substr(done);
  }

 private:
  // `rest` begins after the tag; one that has content takes it from there.
  std::string read_tag(const Shortcode& code, std::string_view written, std::string_view& rest) {
    const std::optional<std::string> content = content_of(code, rest);
    if (content) {
      tags_.converted();
      return *content;
    }
    // The closing tag of a shortcode that stays in the text stays, too.
    if (!code.is_end) {
      tags_.left(code.name, is_reference(code) ? "leads to a page that is not here" : "is a shortcode that Octavo does not know",
                 static_cast<std::size_t>(written.data() - whole_.data()));
    }
    return std::string(written);
  }

  static bool is_reference(const Shortcode& code) { return code.name == "ref" || code.name == "relref"; }

  std::optional<std::string> content_of(const Shortcode& code, std::string_view& rest) {
    if (code.is_end) return std::nullopt;
    if (code.name == "figure" && !code.get("src", 0).empty()) return figure_markup(figure_of(code));
    if (is_reference(code)) return unless_empty(tags_.address(code.get("path", 0)));
    if (code.name == "youtube") return unless_empty(youtube_card(code.get("id", 0), code.get("title"), code.get("start")));
    if (code.name == "vimeo") return unless_empty(vimeo_card(code.get("id", 0), code.get("title")));
    if (code.name == "gist") return unless_empty(gist_card(code.get("user", 0), code.get("id", 1), code.get("file", 2)));
    if (code.name == "x" || code.name == "tweet" || code.name == "twitter") return post_on_x(code);
    if (code.name == "instagram" && is_plain_id(code.get("id", 0)))
      return link_card("Image on Instagram", "https://www.instagram.com/p/" + code.get("id", 0) + "/");
    if (code.name == "highlight") {
      if (const auto content = take_content("highlight", rest)) return fenced_code(code.get("lang", 0), *content);
    }
    if (code.name == "details") {
      if (const auto content = take_content("details", rest)) return details(code, *content);
    }
    return std::nullopt;
  }

  static std::optional<std::string> unless_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }

  static std::optional<std::string> post_on_x(const Shortcode& code) {
    const bool is_id_alone = code.named.empty() && code.positional.size() == 1;
    const std::string user = is_id_alone ? "i" : code.get("user", 0);
    const std::string id = is_id_alone ? code.positional[0] : code.get("id", 1);
    if (!is_plain_id(user) || !is_plain_id(id)) return std::nullopt;
    return link_card(is_id_alone ? "Post on X" : "Post by " + user + " on X", "https://x.com/" + user + "/status/" + id);
  }

  std::string details(const Shortcode& code, std::string_view content) {
    const std::string summary = code.get("summary", 0);
    return "<details>\n<summary>" + escape_html(summary.empty() ? "Details" : summary) + "</summary>\n\n" +
           std::string(trimmed(read(content))) + "\n\n</details>";
  }

  static std::optional<std::string_view> take_content(std::string_view name, std::string_view& rest) {
    for (auto tag = find_tag(rest, 0); tag; tag = find_tag(rest, tag->end)) {
      const Shortcode code = parse_shortcode(tag->inside);
      if (!code.is_end || code.name != name) continue;
      const std::string_view content = rest.substr(0, tag->begin);
      rest.remove_prefix(tag->end);
      return content;
    }
    return std::nullopt;
  }

  std::string_view whole_;
  const TemplateTags& tags_;
};

}  // namespace

std::string without_hugo_shortcodes(std::string_view markdown, const TemplateTags& tags) {
  if (markdown.find("{{") == std::string_view::npos) return std::string(markdown);
  ShortcodeReader reader(markdown, tags);
  std::string out;
  std::size_t piece = 0;
  char fence = 0;
  std::size_t fence_size = 0;
  for (std::size_t begin = 0; begin < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
    std::string_view line = markdown.substr(begin, end - begin);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const char first = line.empty() ? '\0' : line.front();
    std::size_t run = 0;
    while (run < line.size() && line[run] == first) ++run;
    const std::size_t next = std::min(end + 1, markdown.size());
    if (fence == 0 && (first == '`' || first == '~') && run >= 3) {
      out += reader.read(markdown.substr(piece, begin - piece));
      piece = begin;
      fence = first;
      fence_size = run;
    } else if (fence != 0 && first == fence && run >= fence_size && trimmed(line.substr(run)).empty()) {
      out += ShortcodeReader::read_code(markdown.substr(piece, next - piece));
      piece = next;
      fence = 0;
    }
    begin = next;
  }
  const std::string_view rest = markdown.substr(piece);
  return out + (fence == 0 ? reader.read(rest) : ShortcodeReader::read_code(rest));
}

}  // namespace octavo
