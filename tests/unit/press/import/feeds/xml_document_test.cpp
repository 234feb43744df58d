// XML: namespaces, text, markup, places and limits.
#include "press/import/feeds/xml_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/utf8.h"

namespace octavo {
namespace {

XmlElement read(std::string_view text) {
  Diagnostics diagnostics;
  const auto document = parse_xml(text, "a.xml", diagnostics);
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().text());
  return document.ok() ? document->root : XmlElement();
}

TEST(XmlDocument, NamespacesAreKnownByTheirAddressWhateverThePrefix) {
  const XmlElement root =
      read("<r xmlns:q='http://wordpress.org/export/1.1/' xmlns='http://www.w3.org/2005/Atom'><q:a>1</q:a><b>2</b></r>");
  EXPECT_EQ(root.name, "atom:r");
  EXPECT_EQ(root.child_text("wp:a"), "1");
  EXPECT_EQ(root.child_text("atom:b"), "2");
}

TEST(XmlDocument, CdataSectionsAreOneText) {
  EXPECT_EQ(read("<r>a<![CDATA[<b>]]]]><![CDATA[>]]>&amp;</r>").content(), "a<b>]]>&");
}

TEST(XmlDocument, ReferencesToWhatIsNoCharacterAreReplacementCharacters) {
  const XmlElement root = read("<r a='&#xD800;'>x&#xDFFF;y&#1114112;</r>");
  EXPECT_TRUE(is_valid_utf8(root.attribute("a")) && is_valid_utf8(root.content()));
  EXPECT_EQ(root.content().substr(0, 4), "x\uFFFD");
  EXPECT_NE(root.content().find("y"), std::string::npos);
}

TEST(XmlDocument, MarkupInsideComesBackAsMarkup) {
  EXPECT_EQ(read("<r xmlns:h='http://www.w3.org/1999/xhtml'><h:p a='&quot;'>x &lt; <h:br/></h:p></r>").inner_markup(),
            "<p a=\"&quot;\">x &lt; <br></p>");
}

TEST(XmlDocument, ElementsKnowTheirPlace) {
  const XmlElement root = read("<?xml version='1.0'?>\n<r>\n  <a/>\n</r>");
  ASSERT_NE(root.child("a"), nullptr);
  EXPECT_EQ(root.child("a")->line, 3u);
  EXPECT_EQ(root.child("a")->column, 3u);
}

TEST(XmlDocument, EntitiesThatNobodyDefinedStayAsWritten) {
  EXPECT_EQ(read("<r>&nbsp;&x;</r>").content(), "&nbsp;&x;");
}

TEST(XmlDocument, Utf16IsRead) {
  std::string text("\xFF\xFE", 2);
  for (const char c : std::string("<r>ok</r>")) text.append({c, '\0'});
  EXPECT_EQ(read(text).content(), "ok");
}

TEST(XmlDocument, WhatIsNotXmlIsAnError) {
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_xml("plain text", "a", diagnostics).ok());
  EXPECT_FALSE(parse_xml("", "a", diagnostics).ok());
  EXPECT_FALSE(parse_xml("<r><a></r>", "a", diagnostics).ok());
}

}  // namespace
}  // namespace octavo
