// Classic markup: where paragraphs and breaks come from.
#include "press/import/wordpress/wordpress_paragraphs.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(WordpressParagraphs, EmptyLinesAreParagraphsAndLineEndsBreaks) {
  EXPECT_EQ(html_from_classic_markup("one\r\ntwo\r\n\r\nthree"), "<p>one<br>\ntwo</p>\n<p>three</p>\n");
  EXPECT_EQ(html_from_classic_markup("one\n \t\n\n\ntwo"), "<p>one</p>\n<p>two</p>\n");
  EXPECT_EQ(html_from_classic_markup("one<br />\ntwo"), "<p>one<br />\ntwo</p>\n");
}

TEST(WordpressParagraphs, BlocksAreNotWrappedButContainersHoldParagraphs) {
  EXPECT_EQ(html_from_classic_markup("before\n<h2>Title</h2>\nafter"), "<p>before</p>\n<h2>Title</h2><p>after</p>\n");
  EXPECT_EQ(html_from_classic_markup("<blockquote>a\n\nb</blockquote>"), "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>");
  EXPECT_EQ(html_from_classic_markup("<ul>\n<li>a</li>\n<li>b</li>\n</ul>"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
}

TEST(WordpressParagraphs, CodeIsKeptAsItStands) {
  EXPECT_EQ(html_from_classic_markup("<pre>a\n\n<b>b</b>\n</pre>"), "<pre>a\n\n<b>b</b>\n</pre>");
}

TEST(WordpressParagraphs, AnAddressAloneBecomesALink) {
  EXPECT_EQ(html_from_classic_markup("https://a.example/x?y"),
            "<p><a href=\"https://a.example/x?y\">https://a.example/x?y</a></p>\n");
}

TEST(WordpressParagraphs, WhatNeverEndsIsText) {
  EXPECT_EQ(html_from_classic_markup("1 < 2 <b"), "<p>1 < 2 <b</p>\n");
  EXPECT_EQ(html_from_classic_markup("</div></div>text"), "</div></div><p>text</p>\n");
}

}  // namespace
}  // namespace octavo
