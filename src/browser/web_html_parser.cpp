// The HTML parser of the browser: the answer is a flat list of nodes in document order, which is built into a tree here.
#include "browser/web_html_parser.h"

#include <algorithm>

#include "browser/imports.h"
#include "core/base/json.h"

namespace octavo {
namespace {

// A row of the answer is [depth, text] or [depth, tag, [name, value, ...]]; the body's children have depth 1.
HtmlNode node_from_row(const Json& row) {
  HtmlNode node;
  if (row.size() == 2) {
    node.text = std::string(row.at(1).string());
    return node;
  }
  node.tag = std::string(row.at(1).string());
  const Json attributes = row.at(2);
  for (std::size_t i = 0; i + 1 < attributes.size(); i += 2) {
    node.attributes.emplace_back(attributes.at(i).string(), attributes.at(i + 1).string());
  }
  return node;
}

// `open` is the path from the body to the last node added. A vector of children may move its nodes, but only those after the
// last one on the path are added, so what is on the path stays.
void add_row(std::vector<HtmlNode*>& open, const Json& row) {
  const auto depth = static_cast<std::size_t>(std::clamp<std::int64_t>(row.at(0).integer(1), 1, kMaxHtmlDepth - 1));
  open.resize(std::min(depth, open.size()));
  open.push_back(&open.back()->children.emplace_back(node_from_row(row)));
}

}  // namespace

HtmlNode WebHtmlParser::parse_fragment(std::string_view html) {
  HtmlNode body;
  body.tag = "body";
  std::string answer(octavojs_parse_html(html.data(), html.size()), '\0');
  octavojs_take_answer(answer.data());
  const Result<Json> rows = Json::parse(answer, "html");
  if (!rows.ok()) return body;
  std::vector<HtmlNode*> open{&body};
  for (std::size_t i = 0; i < rows.value().size(); ++i) add_row(open, rows.value().at(i));
  return body;
}

}  // namespace octavo
