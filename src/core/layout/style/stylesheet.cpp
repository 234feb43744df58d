// The CSS of static pages and of the page layer, written from the same rules that layout reads.
#include "core/layout/style/stylesheet.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/base/assert.h"
#include "core/content/html/html_elements.h"
#include "core/layout/style/block_style.h"
#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

// What does not depend on the size class. "$name" is a number of the style table (part_values()), "$inlines" for the
// rules of inline content. Lengths in rem grow with the reader's text size, as those of layout do that are multiplied by
// Scale::text; lengths in px do not. :where() keeps every selector at specificity 0, so that order alone decides, as in
// block_style(). `--space` is the space before a block; it counts for every block but the first of its container.
constexpr std::string_view kStructure = R"css(*,*::before,*::after{box-sizing:border-box}
:where(*){--space:0px;--indent:0px}
:where(html){background:var(--page);color:var(--ink);text-size-adjust:100%;-webkit-text-size-adjust:100%;scrollbar-gutter:stable}:where(head){scroll-margin-top:1rem}
:where(body){margin:0;container-type:inline-size;text-rendering:geometricPrecision;font-synthesis-weight:auto;overflow-wrap:anywhere}
:where(h1,h2,h3,h4,h5,h6,p,ul,ol,dl,dd,figure,blockquote,pre,table){margin:0;padding:0}
:where(* + *){margin-top:var(--space)}
:where(a){color:inherit;text-underline-offset:.18em;text-decoration-thickness:max(1px,.06em)}
:where(a:hover){text-decoration-line:underline}
$inlines:where(ul,ol,dd,.check,.replies,blockquote){padding-inline-start:min(var(--indent),max(0px,100% - $least-column))}
:where(ul){list-style:disc}
:where(aside ul,.contents ul){list-style:none}
:where(li.task){list-style:none;position:relative}
:where(li.task>input){position:absolute;inset-inline-start:-1.4em;margin:0;top:.5em}
:where(li.task>input+*){margin-top:0}
:where(blockquote){position:relative}
:where(blockquote)::before{content:"";position:absolute;inset-block:0;inset-inline-start:0;width:$quote-bar;background:var(--accent)}
:where(.prose>.hang-1,blockquote>.hang-1){text-indent:max(-$single-hang,-$most-hang)}
:where(.prose>.hang-2,blockquote>.hang-2){text-indent:max(-$double-hang,-$most-hang)}
:where(hr){border:0;height:1px;background:var(--hairline)}
:where(pre){background:var(--surface);direction:ltr;text-align:left;unicode-bidi:isolate;border-radius:$code-block-radius;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}
:where(pre code){font:inherit;line-height:inherit;background:none;box-shadow:none}
:where(pre .k){color:var(--code-keyword)}
:where(pre .t){color:var(--code-name)}
:where(pre .s){color:var(--code-string)}
:where(pre .m){color:var(--code-number)}
:where(pre .c){color:var(--code-comment)}
:where(.table){overflow-x:auto}
:where(table){border-collapse:collapse;border-spacing:0;min-width:min-content}
:where(th,td){vertical-align:top;text-align:start;border-bottom:1px solid var(--hairline)}
:where(th){background:var(--surface)}
:where(th,td){overflow-wrap:break-word}
:where(summary){list-style:none;cursor:default}
a[role^=doc-]:not(:hover){text-decoration-line:none}
.align-left{text-align:left}.align-center{text-align:center}.align-right{text-align:right}
:where(img){max-width:100%;height:auto;vertical-align:bottom;color:var(--muted);-webkit-text-fill-color:currentcolor;white-space:normal}
:where(img:not([width])){width:100%;width:round(down,100%,16px);aspect-ratio:16/9;object-fit:scale-down;background:var(--surface)}
:where(img[width]:not([height])){aspect-ratio:16/9;object-fit:scale-down;background:var(--surface)}
:where(button){font:inherit;text-rendering:inherit;font-weight:$button-weight;line-height:$button-line;color:var(--ink);background:var(--page);border:0;box-shadow:inset 0 0 0 1px var(--hairline);border-radius:$button-radius;padding:$button-padding-y $button-padding-x;cursor:pointer}
:where(button:hover){box-shadow:inset 0 0 0 1px var(--muted)}
:where(button[aria-pressed=true]){color:var(--accent-ink);background:var(--accent);box-shadow:none}
:where(button:disabled){color:var(--muted);cursor:default}
:where(label){display:block}
:where(.field>:is(input,textarea)){display:block;width:100%;margin-top:$field-gap;padding:$field-padding-y .75rem;font:400 1.0625rem/$field-line var(--sans);color:var(--ink);background:var(--page);border:1px solid var(--muted);border-radius:$button-radius;resize:none}
:where([aria-invalid]){border-color:var(--danger)!important}
:where(.field-note){display:block;height:$field-note;margin-top:$field-gap;font:400 .875rem/$field-note var(--sans);color:var(--muted);overflow:hidden}
:where(.check){position:relative}
:where(.check>input){position:absolute;inset-inline-start:0;top:.125rem;width:1.125rem;height:1.125rem;margin:0;accent-color:var(--accent)}
:where(.check>label){margin-top:0}
:where(.menu a,.tags a){white-space:nowrap}
@container (max-width:$wrapping-links){:where(.menu a,.tags a){white-space:normal}}
:where([aria-current=page]){color:var(--heading)}
@media (forced-colors:active){:where(button){outline:1px solid;outline-offset:-1px}:where(button[aria-pressed=true]){forced-color-adjust:none;color:HighlightText;background:Highlight}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:2px}
:where(main):focus-visible{outline:none}
)css";

std::string length(float value, const char* unit) {
  char text[32];
  std::snprintf(text, sizeof text, "%.7g%s", static_cast<double>(value), unit);
  return text;
}

std::string pixels(float value) {
  return length(value, "px");
}

// The CSS of a length that grows with the text.
std::string rems(float css_pixels) {
  return css_pixels == 0 ? pixels(0) : length(css_pixels / kStandardFontSizeCss, "rem");
}

void append_palette(std::string& css, std::string_view selector, ThemeKind theme) {
  css += selector;
  css += '{';
  for (std::size_t i = 0; i < static_cast<std::size_t>(ColorRole::Count); ++i) {
    char text[16];
    std::snprintf(text, sizeof text, "#%06x", static_cast<unsigned>(palette(theme).colors[i] >> 8));
    css += "--";
    css += color_role_name(static_cast<ColorRole>(i));
    css += ':';
    css += text;
    css += ';';
  }
  const bool is_dark = theme == ThemeKind::Dark || theme == ThemeKind::DarkContrast;
  css += is_dark ? "color-scheme:dark}\n" : "color-scheme:light}\n";
}

void append_palettes(std::string& css, ThemeKind light, ThemeKind dark, ThemeKind sepia) {
  append_palette(css, ":root", light);
  css += "@media (prefers-color-scheme:dark){\n";
  append_palette(css, ":root:not([data-theme=light],[data-theme=sepia])", dark);
  css += "}\n";
  append_palette(css, ":root[data-theme=dark]", dark);
  append_palette(css, ":root[data-theme=sepia]", sepia);
}

std::string_view family_name(Family family) {
  return family == Family::Serif ? "var(--serif)" : family == Family::Sans ? "var(--sans)" : "var(--mono)";
}

void append_property(std::string& css, std::string_view name, std::string_view value) {
  css += name;
  css += ':';
  css += value;
  css += ';';
}

std::string color_variable(ColorRole role) {
  return "var(--" + std::string(color_role_name(role)) + ")";
}

void append_sizes(std::string& css, std::string_view name, const std::optional<Sizes>& sizes, SizeClass size) {
  if (sizes) append_property(css, name, rems(sizes->at(size)));
}

void append_color(std::string& css, ColorRole role) {
  append_property(css, "color", color_variable(role));
}

void append_rule(std::string& css, const StyleRule& rule, SizeClass size) {
  const StyleValues& values = rule.values;
  css += ":where(" + std::string(rule.selector) + "){";
  if (values.family) append_property(css, "font-family", family_name(*values.family));
  append_sizes(css, "font-size", values.font_size, size);
  append_sizes(css, "line-height", values.line_height, size);
  if (values.weight) append_property(css, "font-weight", std::to_string(*values.weight));
  if (values.italic) append_property(css, "font-style", *values.italic ? "italic" : "normal");
  append_sizes(css, "--space", values.space_before, size);
  if (values.color) append_color(css, *values.color);
  append_sizes(css, "padding-inline", values.padding_x, size);
  append_sizes(css, "padding-block", values.padding_y, size);
  append_sizes(css, "--indent", values.indent, size);
  css += "}\n";
  if (!values.link_color && !values.underline_links) return;
  css += ":where(:where(" + std::string(rule.selector) + ") a:not(:hover)){";
  if (values.link_color) append_color(css, *values.link_color);
  if (values.underline_links) append_property(css, "text-decoration-line", *values.underline_links ? "underline" : "none");
  css += "}\n";
}

// ---- Inline content

bool is_textual(HtmlMeaning meaning) {
  return meaning == HtmlMeaning::Inline || meaning == HtmlMeaning::Link || meaning == HtmlMeaning::Time;
}

// The elements of inline text for whose look `test` holds, as a selector.
template <typename Test>
std::string inline_selector(Test test) {
  std::string tags;
  for (const HtmlElement& element : html_elements()) {
    if (!is_textual(element.meaning) || !test(inline_look(element.inline_kind))) continue;
    (tags += tags.empty() ? "" : ",") += element.tag;
  }
  return tags.empty() ? tags : ":where(" + tags + ")";
}

std::string em(float value) {
  return length(value, "em");
}

// On the same half CSS pixels as Scale::font(), where the browser can round.
void append_inline_size(std::string& css, float size) {
  append_property(css, "font-size", em(size));
  append_property(css, "font-size", "round(" + em(size) + " + .005px,.5px)");
}

void append_shift(std::string& css, float up) {
  css += "vertical-align:baseline;position:relative;";
  append_property(css, "top", em(-up));
  const std::string rounded = "round(" + em(std::abs(up)) + ",var(--device-pixel))";
  append_property(css, "top", up > 0 ? "calc(-1*" + rounded + ")" : rounded);
}

void append_inline_background(std::string& css, ColorRole role) {
  const PartLengths& parts = style_table().parts;
  const std::string color = color_variable(role);
  append_property(css, "background", color);
  append_property(css, "border-radius", pixels(parts.inline_radius));
  append_property(css, "box-shadow",
                  em(-parts.background_overhang) + " 0 " + color + "," + em(parts.background_overhang) + " 0 " + color);
}

void append_inline_rule(std::string& css, const InlineRule& rule) {
  const std::string selector = inline_selector([&](InlineLook look) { return look == rule.look; });
  std::string body;
  if (rule.weight) append_property(body, "font-weight", std::to_string(*rule.weight));
  if (rule.is_italic) append_property(body, "font-style", "italic");
  if (rule.family) append_property(body, "font-family", family_name(*rule.family));
  if (rule.size != 1) append_inline_size(body, rule.size);
  if (rule.up != 0) append_shift(body, rule.up);
  if (rule.background) append_inline_background(body, *rule.background);
  if (rule.color) append_color(body, *rule.color);
  if (rule.is_underlined) append_property(body, "text-decoration-line", "underline");
  if (rule.is_struck) append_property(body, "text-decoration-line", "line-through");
  if (!selector.empty() && !body.empty()) css += selector + "{" + body + "}\n";
}

bool keeps_face(const InlineRule& rule) {
  return !rule.family && !rule.weight && !rule.is_italic && rule.size == 1;
}

std::string inline_rules() {
  const StyleTable& table = style_table();
  // The line's height is the block's alone.
  std::string css = inline_selector([](InlineLook) { return true; }) + "{line-height:0}\n";
  for (const InlineRule& rule : table.inlines) append_inline_rule(css, rule);
  // Layout measures the words of an element on their own. Naming a feature that is on anyway makes browsers shape them on their
  // own too, even in the face around them; otherwise "Tagged <a>typography</a>," is kerned across the end of the link.
  css += inline_selector([&](InlineLook look) { return keeps_face(table.rule(look)); }) + "{font-feature-settings:\"kern\"}\n";
  return css;
}

// ---- The structure

struct PartValue {
  std::string_view name;
  std::string value;
};

// Longer names before those that they begin with.
std::vector<PartValue> part_values() {
  const PartLengths& parts = style_table().parts;
  return {{"inlines", inline_rules()},
          {"least-column", rems(kLeastColumnCss)},
          {"wrapping-links", rems(kWrappingLinksCss)},
          {"quote-bar", pixels(parts.quote_bar_width)},
          {"single-hang", em(parts.single_mark_hang)},
          {"double-hang", em(parts.double_mark_hang)},
          {"most-hang", pixels(kMostHangCss)},
          {"code-block-radius", pixels(parts.code_block_radius)},
          {"button-radius", pixels(parts.button_radius)},
          {"button-weight", std::to_string(style_table().rule(InlineLook::Button).weight.value_or(400))},
          {"button-line", rems(parts.button_line)},
          {"button-padding-x", "min(" + rems(parts.button_padding_x) + "," + length(100 * kMostButtonPadding, "%") + ")"},
          {"button-padding-y", rems(parts.button_padding_y)},
          {"field-gap", rems(parts.field_gap)},
          {"field-line", rems(parts.field_line)},
          {"field-padding-y", rems(parts.field_padding_y)},
          {"field-note", rems(parts.field_note)}};
}

void append_structure(std::string& css) {
  const std::vector<PartValue> values = part_values();
  std::string_view rest = kStructure;
  for (std::size_t at = 0; (at = rest.find('$')) != std::string_view::npos;) {
    css += rest.substr(0, at);
    rest.remove_prefix(at + 1);
    const auto part =
        std::find_if(values.begin(), values.end(), [&](const PartValue& value) { return rest.starts_with(value.name); });
    OCTAVO_ASSERT(part != values.end());
    css += part->value;
    rest.remove_prefix(part->name.size());
  }
  css += rest;
}

// ---- The page

// Centered, and where the browser can round, on the whole CSS pixel that layout begins on.
std::string centered(float text, float gutter) {
  const std::string width = "(" + rems(text) + " + " + pixels(2 * gutter) + ")";
  return "max-width:calc" + width + ";margin-inline:auto;margin-left:max(0px,round(down,(100% - " + width + ")/2,1px))";
}

void append_page_geometry(std::string& css, SizeClass size) {
  const PageMetrics metrics = page_metrics(size);
  css += ":where(.page){padding-inline:" + pixels(metrics.gutter) + ";" + centered(metrics.measure, metrics.gutter) + "}\n";
}

// Large text may leave no room beside the article; then the sidebar follows below it.
void append_sidebar_geometry(std::string& css) {
  const PageMetrics metrics = page_metrics(SizeClass::Desktop);
  const float content = metrics.measure + metrics.sidebar_gap + metrics.sidebar_width;
  css += "@container (min-width:" + pixels(kDesktopMinWidthCss) + ") and (min-width:calc(" + rems(content) + " + " +
         pixels(2 * metrics.gutter) + ")){\n:where(.page:has(> aside)){" + centered(content, metrics.gutter) +
         ";display:grid;grid-template-columns:minmax(0,1fr) " + rems(metrics.sidebar_width) +
         ";column-gap:" + rems(metrics.sidebar_gap) + "}\n";
  css +=
      ":where(.page > header,.page > footer){grid-column:1/-1}\n:where(.page > main){grid-column:1}\n:where(.page > "
      "aside){grid-column:2}\n}\n";
}

void append_size_class(std::string& css, SizeClass size) {
  for (const StyleRule& rule : style_table().rules) append_rule(css, rule, size);
  append_page_geometry(css, size);
}

}  // namespace

std::string build_stylesheet() {
  std::string css;
  css += ":root{--device-pixel:1px;--serif:" + std::string(family_stack(Family::Serif)) +
         ";--sans:" + std::string(family_stack(Family::Sans)) + ";--mono:" + std::string(family_stack(Family::Mono)) + "}\n";
  append_palettes(css, ThemeKind::Light, ThemeKind::Dark, ThemeKind::Sepia);
  css += "@media (prefers-contrast:more){\n";
  append_palettes(css, ThemeKind::LightContrast, ThemeKind::DarkContrast, ThemeKind::LightContrast);
  css += "}\n";
  for (const int size : kTextSizes) {
    const std::string percent = std::to_string(size);
    if (size != 100) css += ":root[data-text-size=\"" + percent + "\"]{font-size:" + percent + "%}\n";
  }
  append_structure(css);
  append_size_class(css, SizeClass::Phone);
  css += "@container (min-width:" + pixels(kTabletMinWidthCss) + "){\n";
  append_size_class(css, SizeClass::Tablet);
  css += "}\n@container (min-width:" + pixels(kDesktopMinWidthCss) + "){\n";
  append_size_class(css, SizeClass::Desktop);
  css += "}\n";
  append_sidebar_geometry(css);
  return css;
}

}  // namespace octavo
