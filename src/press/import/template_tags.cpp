// One pass each; lines of fenced code are copied as they are.
#include "press/import/template_tags.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/content/semantic_tree.h"
#include "press/front_matter_value.h"

namespace octavo {

namespace {

// Calls `text` for what stands outside of fenced code, and copies the code.
std::string outside_of_code(std::string_view markdown, const std::function<std::string(std::string_view)>& text) {
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
      out += text(markdown.substr(piece, begin - piece));
      piece = begin;
      fence = first;
      fence_size = run;
    } else if (fence != 0 && first == fence && run >= fence_size && trimmed(line.substr(run)).empty()) {
      out += markdown.substr(piece, next - piece);
      piece = next;
      fence = 0;
    }
    begin = next;
  }
  const std::string_view rest = markdown.substr(piece);
  return out + (fence == 0 ? text(rest) : std::string(rest));
}

struct Tag {
  std::string name;
  std::vector<std::string> positional;
  std::map<std::string, std::string> named;
  bool is_end = false;
  bool is_self_closing = false;

  std::string get(const std::string& key, std::size_t position) const {
    const auto found = named.find(key);
    if (found != named.end()) return found->second;
    return position < positional.size() && named.empty() ? positional[position] : std::string();
  }
};

Tag parse_tag(std::string_view inside) {
  Tag tag;
  inside = trimmed(inside);
  if (inside.starts_with('/')) {
    tag.is_end = true;
    inside = trimmed(inside.substr(1));
  }
  if (inside.ends_with('/')) {
    tag.is_self_closing = true;
    inside = trimmed(inside.substr(0, inside.size() - 1));
  }
  const auto word = [&inside]() {
    std::string out;
    if (!inside.empty() && (inside.front() == '"' || inside.front() == '`' || inside.front() == '\'')) {
      const char quote = inside.front();
      std::size_t i = 1;
      for (; i < inside.size() && inside[i] != quote; ++i) {
        if (inside[i] == '\\' && quote == '"' && i + 1 < inside.size()) ++i;
        out += inside[i];
      }
      inside.remove_prefix(std::min(i + 1, inside.size()));
      return out;
    }
    while (!inside.empty() && std::string_view(" \t\n=").find(inside.front()) == std::string_view::npos) {
      out += inside.front();
      inside.remove_prefix(1);
    }
    return out;
  };
  tag.name = word();
  while (!(inside = trimmed(inside)).empty()) {
    std::string value = word();
    if (inside.starts_with('=')) {
      inside.remove_prefix(1);
      tag.named[lower_ascii(value)] = word();
    } else if (value.empty()) {
      inside.remove_prefix(1);
    } else {
      tag.positional.push_back(std::move(value));
    }
  }
  return tag;
}

std::string fenced(const std::string& language, std::string_view code) {
  std::string fence = "```";
  while (code.find(fence) != std::string_view::npos) fence += '`';
  while (code.starts_with('\n')) code.remove_prefix(1);
  std::string out = fence + language + "\n" + std::string(code);
  if (!out.ends_with('\n')) out += '\n';
  return out + fence;
}

std::string link(const std::string& url) {
  return "<" + url + ">";
}

// ---- Hugo ------------------------------------------------------------------------------------------------------------------

std::string hugo_figure(const Tag& tag) {
  std::string image = "<img src=\"" + escape_html(tag.get("src", 0)) + "\" alt=\"" + escape_html(tag.get("alt", 9)) + "\"";
  for (const char* size : {"width", "height"}) {
    if (const std::string value = tag.get(size, 9); !value.empty())
      image += " " + std::string(size) + "=\"" + escape_html(value) + "\"";
  }
  image += ">";
  if (const std::string target = tag.get("link", 9); !target.empty())
    image = "<a href=\"" + escape_html(target) + "\">" + image + "</a>";
  std::string caption = escape_html(tag.get("title", 9));
  const std::string text = escape_html(tag.get("caption", 9));
  if (!caption.empty()) caption = "<strong>" + caption + "</strong>" + (text.empty() ? "" : " ");
  caption += text;
  const std::string credit = escape_html(tag.get("attr", 9));
  if (!credit.empty()) caption += (caption.empty() ? "" : " ") + credit;
  return "<figure>" + image + (caption.empty() ? "" : "<figcaption>" + caption + "</figcaption>") + "</figure>";
}

class HugoReader {
 public:
  explicit HugoReader(const TemplateTags& tags) : tags_(tags) {}

  std::string read(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t begin = std::min({text.find("{{<"), text.find("{{%"), text.size()});
      out += text.substr(0, begin);
      text.remove_prefix(begin);
      if (text.empty()) break;
      const char mark = text[2];
      const std::size_t end = text.find(std::string(1, mark == '<' ? '>' : '%') + "}}");
      if (end == std::string_view::npos) return out + std::string(text);
      std::string_view inside = text.substr(3, end - 3);
      const std::string_view written = text.substr(0, end + 3);
      text.remove_prefix(end + 3);
      // {{</* name */>}} shows a shortcode instead of calling it.
      if (inside.starts_with("/*") && inside.ends_with("*/")) {
        inside = inside.substr(2, inside.size() - 4);
        ((out += written.substr(0, 3)) += inside) += written.substr(end);
        continue;
      }
      const Tag tag = parse_tag(inside);
      out += html_of(tag, written, text);
    }
    return out;
  }

 private:
  // `rest` begins after the tag; one that has content takes it from there.
  std::string html_of(const Tag& tag, std::string_view written, std::string_view& rest) {
    if (tag.name == "figure") return hugo_figure(tag);
    if (tag.name == "ref" || tag.name == "relref") {
      const std::string address = tags_.address(tag.get("path", 0));
      if (address.empty()) tags_.not_carried("shortcode " + tag.name + " to a page that is not here");
      return address.empty() ? tag.get("path", 0) : address;
    }
    if (tag.name == "youtube") return link("https://www.youtube.com/watch?v=" + tag.get("id", 0));
    if (tag.name == "vimeo") return link("https://vimeo.com/" + tag.get("id", 0));
    if (tag.name == "gist" && tag.positional.size() >= 2)
      return link("https://gist.github.com/" + tag.positional[0] + "/" + tag.positional[1]);
    if (tag.name == "highlight") {
      if (const auto content = take_content("highlight", rest)) return fenced(tag.get("lang", 0), *content);
    }
    if (!tag.is_end) tags_.not_carried("shortcode " + tag.name + ", left as text");
    return std::string(written);
  }

  static std::optional<std::string> take_content(const std::string& name, std::string_view& rest) {
    for (std::size_t at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{", at + 2)) {
      const std::size_t end = rest.find("}}", at);
      if (end == std::string_view::npos || end < at + 4) return std::nullopt;
      const Tag tag = parse_tag(rest.substr(at + 3, end - at - 4));
      if (!tag.is_end || tag.name != name) continue;
      std::string content(rest.substr(0, at));
      rest.remove_prefix(end + 2);
      return content;
    }
    return std::nullopt;
  }

  const TemplateTags& tags_;
};

// ---- Liquid ----------------------------------------------------------------------------------------------------------------

class LiquidReader {
 public:
  explicit LiquidReader(const TemplateTags& tags) : tags_(tags) {}

  std::string read(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t begin = std::min({text.find("{%"), text.find("{{"), text.find("{:"), text.size()});
      out += text.substr(0, begin);
      text.remove_prefix(begin);
      if (text.empty()) break;
      const bool is_tag = text[1] == '%';
      const std::string_view closing = is_tag ? "%}" : text[1] == '{' ? "}}" : "}";
      const std::size_t end = text.find(closing, 2);
      const bool is_one_line =
          end != std::string_view::npos && (is_tag || text.substr(0, end).find('\n') == std::string_view::npos);
      if (!is_one_line) {
        out += text.substr(0, 2);
        text.remove_prefix(2);
        continue;
      }
      const std::string_view written = text.substr(0, end + closing.size());
      std::string_view inside = text.substr(2, end - 2);
      text.remove_prefix(written.size());
      if (closing == "}") {
        tags_.not_carried("attributes of kramdown");
        continue;
      }
      if (inside.starts_with('-')) inside.remove_prefix(1);
      if (inside.ends_with('-')) inside.remove_suffix(1);
      inside = trimmed(inside);
      out += is_tag ? read_tag(inside, written, text) : read_output(inside, written);
    }
    return out;
  }

 private:
  std::string read_tag(std::string_view inside, std::string_view written, std::string_view& rest) {
    const std::string name(inside.substr(0, std::min(inside.find_first_of(" \t\n"), inside.size())));
    const std::string argument(trimmed(inside.substr(name.size())));
    if (name == "raw" || name == "highlight" || name == "comment") {
      const std::string_view content = take_until("end" + name, rest);
      if (name == "comment") return {};
      if (name == "raw") return std::string(content);
      return fenced(argument.substr(0, argument.find(' ')), content);
    }
    if (name == "post_url" || name == "link") {
      const std::string address = tags_.address(argument);
      if (address.empty()) tags_.not_carried("Liquid " + name + " to a page that is not here");
      return address.empty() ? argument : address;
    }
    tags_.not_carried("Liquid tag " + name + ", left as text");
    return std::string(written);
  }

  std::string read_output(std::string_view inside, std::string_view written) {
    const std::string_view value = trimmed(inside.substr(0, inside.find('|')));
    if (value == "site.baseurl" || value == "site.url") return {};
    const bool is_text = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    if (is_text) return std::string(value.substr(1, value.size() - 2));
    tags_.not_carried("Liquid output, left as text");
    return std::string(written);
  }

  static std::string_view take_until(const std::string& end_name, std::string_view& rest) {
    for (std::size_t at = rest.find("{%"); at != std::string_view::npos; at = rest.find("{%", at + 2)) {
      const std::size_t end = rest.find("%}", at);
      if (end == std::string_view::npos) break;
      std::string_view inside = trimmed(rest.substr(at + 2, end - at - 2));
      while (inside.starts_with('-')) inside = trimmed(inside.substr(1));
      while (inside.ends_with('-')) inside = trimmed(inside.substr(0, inside.size() - 1));
      if (inside != end_name) continue;
      const std::string_view content = rest.substr(0, at);
      rest.remove_prefix(end + 2);
      return content;
    }
    const std::string_view all = rest;
    rest = {};
    return all;
  }

  const TemplateTags& tags_;
};

}  // namespace

std::string without_hugo_shortcodes(std::string_view markdown, const TemplateTags& tags) {
  if (markdown.find("{{") == std::string_view::npos) return std::string(markdown);
  return outside_of_code(markdown, [&tags](std::string_view text) { return HugoReader(tags).read(text); });
}

std::string without_liquid(std::string_view markdown, const TemplateTags& tags) {
  if (markdown.find('{') == std::string_view::npos) return std::string(markdown);
  // {% raw %} and {% highlight %} may hold fences of their own, and Liquid runs before Markdown: code is not left out here.
  return LiquidReader(tags).read(markdown);
}

}  // namespace octavo
