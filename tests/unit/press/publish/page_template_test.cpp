// Templates: what is filled in, what is escaped, what is reported.
#include "press/publish/page_template.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(PageTemplate, EscapesTextsButNotContent) {
  TemplateValues values;
  values.texts["title"] = "a \"b\" <c> & {{content}}";
  values.content = "<p>x</p>";
  values.head = "<link>";
  EXPECT_EQ(fill_template("<t a=\"{{title}}\">{{content}}{{head}}{{none}}{{open", values),
            "<t a=\"a &quot;b&quot; &lt;c&gt; &amp; {{content}}\"><p>x</p><link>{{open");
}

TEST(PageTemplate, UnknownNamesAndMissingContentAreReported) {
  TemplateValues values;
  values.texts["title"];
  Diagnostics diagnostics;
  check_template("{{title}}\n {{flavour}}", "page.html", values, diagnostics);
  ASSERT_EQ(diagnostics.items().size(), 2U);
  EXPECT_EQ(diagnostics.items()[0].text(), "page.html:2:2: warning: {{flavour}} is not a known name; it stays empty.");
  EXPECT_EQ(diagnostics.items()[1].severity, Severity::Error);
}

}  // namespace
}  // namespace octavo
