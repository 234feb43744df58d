// Shortcodes and Liquid that are plain content.
#include "press/import/template_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace octavo {
namespace {

class Tags : public testing::Test {
 protected:
  Tags() {
    tags.address = [](const std::string& reference) { return reference == "known" ? std::string("/known.md") : std::string(); };
    tags.not_carried = [this](const std::string& what) { lost.push_back(what); };
  }
  std::string hugo(std::string_view text) { return without_hugo_shortcodes(text, tags); }
  std::string liquid(std::string_view text) { return without_liquid(text, tags); }

  TemplateTags tags;
  std::vector<std::string> lost;
};

TEST_F(Tags, HugosOwnShortcodesBecomeContent) {
  EXPECT_EQ(
      hugo("{{< figure src=\"a.png\" title=\"T\" caption=\"C & D\" link=\"/x\" >}}"),
      "<figure><a href=\"/x\"><img src=\"a.png\" alt=\"\"></a><figcaption><strong>T</strong> C &amp; D</figcaption></figure>");
  EXPECT_EQ(hugo("{{< youtube id=\"a1\" >}} {{< vimeo 22 >}} {{< gist ann 5 >}}"),
            "<https://www.youtube.com/watch?v=a1> <https://vimeo.com/22> <https://gist.github.com/ann/5>");
  EXPECT_EQ(hugo("{{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}!"), "```go\nx\n```!");
  EXPECT_EQ(hugo("[a]({{< ref \"known\" >}}) [b]({{% relref path=\"known\" %}})"), "[a](/known.md) [b](/known.md)");
  EXPECT_THAT(lost, testing::IsEmpty());
}

TEST_F(Tags, HugosOtherShortcodesStayAndAreReported) {
  EXPECT_EQ(hugo("{{< box >}}text{{< /box >}}"), "{{< box >}}text{{< /box >}}");
  EXPECT_THAT(lost, testing::ElementsAre("shortcode box, left as text"));
}

TEST_F(Tags, CodeAndEscapedShortcodesAreShown) {
  EXPECT_EQ(hugo("```\n{{< figure src=\"a\" >}}\n```\n"), "```\n{{< figure src=\"a\" >}}\n```\n");
  EXPECT_EQ(hugo("{{</* figure src=\"a\" */>}}"), "{{< figure src=\"a\" >}}");
  EXPECT_EQ(hugo("{{< never ends"), "{{< never ends");
}

TEST_F(Tags, LiquidOfJekyllBecomesContent) {
  EXPECT_EQ(liquid("{% highlight ruby %}\nputs 1\n{% endhighlight %}"), "```ruby\nputs 1\n```");
  EXPECT_EQ(liquid("{% raw %}{{ x }}{% endraw %} [a]({% post_url known %}) {{ site.baseurl }}/y {{ '/z' | relative_url }}"),
            "{{ x }} [a](/known.md) /y /z");
  EXPECT_EQ(liquid("a{% comment %}b{% endcomment %}c"), "ac");
  EXPECT_THAT(lost, testing::IsEmpty());
  EXPECT_EQ(liquid("text\n{: .big}\n{% include x.html %}"), "text\n\n{% include x.html %}");
  EXPECT_THAT(lost, testing::ElementsAre("attributes of kramdown", "Liquid tag include, left as text"));
}

}  // namespace
}  // namespace octavo
