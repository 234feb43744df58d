// Shortcodes and Liquid that are plain content.
#include "press/import/folders/template_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace octavo {
namespace {

class Tags : public testing::Test {
 protected:
  Tags() {
    tags.address = [](const std::string& reference) { return reference == "known" ? std::string("/known.md") : std::string(); };
    tags.include = [](const std::string& name) -> std::optional<std::string> {
      if (name == "note.html") return "<p class=\"note\">{{ include.text }}</p>\n";
      if (name == "loop.html") return "{% for x in site.posts %}{{ x.title }}{% endfor %}";
      if (name == "player.html") return "<iframe src=\"https://tube.example/{{ include.id }}\"></iframe>";
      return std::nullopt;
    };
    tags.converted = [this] { ++converted; };
    tags.left = [this](const std::string& name, const std::string&, std::size_t offset) {
      left.push_back(name + " at " + std::to_string(offset));
    };
    tags.dropped = [this](const std::string& what, std::size_t) { left.push_back(what); };
  }
  std::string hugo(std::string_view text) { return without_hugo_shortcodes(text, tags); }
  std::string liquid(std::string_view text) { return without_liquid(text, tags); }

  TemplateTags tags;
  int converted = 0;
  std::vector<std::string> left;
};

TEST_F(Tags, AFigureOfHugoIsAImageWithACaption) {
  EXPECT_EQ(
      hugo("{{< figure src=\"a.png\" title=\"T\" caption=\"C & D\" link=\"/x\" >}}"),
      "<figure><a href=\"/x\"><img src=\"a.png\" alt=\"\"></a><figcaption><strong>T</strong> C &amp; D</figcaption></figure>");
  EXPECT_EQ(
      hugo("{{< figure src=\"a.png\" alt=\"A \\\"b\\\"\" width=\"300\" height=\"200\" caption=\"*so* [it](/y/)\" attr=\"Ann\" "
           "attrlink=\"https://ann.example/\" />}}"),
      "<figure><img src=\"a.png\" alt=\"A &quot;b&quot;\" width=\"300\" height=\"200\"><figcaption><em>so</em> <a "
      "href=\"/y/\">it</a> <a href=\"https://ann.example/\">Ann</a></figcaption></figure>");
  EXPECT_EQ(hugo("{{< figure src=\"<script>\" >}}"), "<figure><img src=\"&lt;script&gt;\" alt=\"\"></figure>");
  EXPECT_EQ(converted, 3);
  EXPECT_THAT(left, testing::IsEmpty());
}

TEST_F(Tags, PlayersAndCardsOfHugoBecomeLinks) {
  EXPECT_EQ(hugo("{{< youtube id=\"a_1\" title=\"Sea [1]\" >}} {{< youtube w7Ft2ymGmfc >}} {{< vimeo 22 >}}"),
            "[Sea \\[1\\] (YouTube)](https://www.youtube.com/watch?v=a_1) "
            "[Video on YouTube](https://www.youtube.com/watch?v=w7Ft2ymGmfc) [Video on Vimeo](https://vimeo.com/22)");
  EXPECT_EQ(hugo("{{< gist ann 5 \"a b.go\" >}} {{< gist ann 5 >}}"),
            "[Gist 5: a b.go](https://gist.github.com/ann/5#file-a-b-go) [Gist 5](https://gist.github.com/ann/5)");
  EXPECT_EQ(hugo("{{< x user=\"ann\" id=\"77\" >}} {{< tweet 78 >}} {{< instagram CxOWiQNP2MO >}}"),
            "[Post by ann on X](https://x.com/ann/status/77) [Post on X](https://x.com/i/status/78) "
            "[Image on Instagram](https://www.instagram.com/p/CxOWiQNP2MO/)");
  EXPECT_EQ(converted, 8);
  EXPECT_THAT(left, testing::IsEmpty());
}

TEST_F(Tags, CodeAddressesAndDetailsOfHugoBecomeContent) {
  EXPECT_EQ(hugo("{{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}!"), "```go\nx\n```!");
  EXPECT_EQ(hugo("[a]({{< ref \"known\" >}}) [b]({{% relref path=\"known\" %}})"), "[a](/known.md) [b](/known.md)");
  EXPECT_EQ(hugo("{{< details summary=\"A & b\" >}}\nSee {{< vimeo 1 >}}.\n{{< /details >}}"),
            "<details>\n<summary>A &amp; b</summary>\n\nSee [Video on Vimeo](https://vimeo.com/1).\n\n</details>");
  EXPECT_EQ(converted, 5);
  EXPECT_THAT(left, testing::IsEmpty());
}

TEST_F(Tags, HugosOtherShortcodesStayAndAreToldOf) {
  EXPECT_EQ(hugo("{{< box >}}text {{< vimeo 1 >}}{{< /box >}}"),
            "{{< box >}}text [Video on Vimeo](https://vimeo.com/1){{< /box >}}");
  EXPECT_EQ(hugo("{{< youtube \"x](javascript:y)\" >}}"), "{{< youtube \"x](javascript:y)\" >}}");
  EXPECT_EQ(hugo("see {{< ref \"gone\" >}}"), "see {{< ref \"gone\" >}}");
  EXPECT_THAT(left, testing::ElementsAre("box at 0", "youtube at 0", "ref at 4"));
  EXPECT_EQ(converted, 1);
}

TEST_F(Tags, CodeAndEscapedShortcodesAreShown) {
  EXPECT_EQ(hugo("```\n{{< figure src=\"a\" >}}\n```\n"), "```\n{{< figure src=\"a\" >}}\n```\n");
  EXPECT_EQ(hugo("~~~\n{{</* figure src=\"a\" */>}} {{%/* b */%}}\n~~~\n"), "~~~\n{{< figure src=\"a\" >}} {{% b %}}\n~~~\n");
  EXPECT_EQ(hugo("{{</* figure src=\"a\" */>}}"), "{{< figure src=\"a\" >}}");
  EXPECT_EQ(hugo("{{< never ends"), "{{< never ends");
  EXPECT_EQ(converted, 0);
}

TEST_F(Tags, LiquidOfJekyllBecomesContent) {
  EXPECT_EQ(liquid("{% highlight ruby %}\nputs 1\n{% endhighlight %}"), "```ruby\nputs 1\n```");
  EXPECT_EQ(liquid("{% raw %}{{ x }}{% endraw %} [a]({% post_url known %}) {{ site.baseurl }}/y {{ '/z' | relative_url }}"),
            "{{ x }} [a](/known.md) /y /z");
  EXPECT_EQ(liquid("a{% comment %}b{% endcomment %}c"), "ac");
  EXPECT_EQ(liquid("{% gist ann/5 x.rb %}"), "[Gist 5: x.rb](https://gist.github.com/ann/5#file-x-rb)");
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_EQ(converted, 7);
}

TEST_F(Tags, IncludesOfPlainMarkupImagesAndVideosBecomeContent) {
  EXPECT_EQ(liquid("{% include note.html text=\"a < b\" %}"), "<p class=\"note\">a &lt; b</p>");
  EXPECT_EQ(liquid("{% include figure popup=true image_path=\"/a.png\" alt=\"A\" caption='C' %}"),
            "<figure><img src=\"/a.png\" alt=\"A\"><figcaption>C</figcaption></figure>");
  EXPECT_EQ(liquid("{% include video id=\"w7\" provider=\"youtube\" %}"),
            "[Video on YouTube](https://www.youtube.com/watch?v=w7)");
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_EQ(converted, 3);
}

TEST_F(Tags, OtherLiquidStaysAndIsToldOf) {
  EXPECT_EQ(liquid("text\n{: .big}\n{% include x.html %}"), "text\n\n{% include x.html %}");
  EXPECT_EQ(liquid("{% include note.html text=page.title %}{% include loop.html %}"),
            "{% include note.html text=page.title %}{% include loop.html %}");
  EXPECT_EQ(liquid("{% include player.html id=\"1\" %} {{ page.title }}"), "{% include player.html id=\"1\" %} {{ page.title }}");
  EXPECT_THAT(left, testing::ElementsAre("attributes of kramdown", "include at 14", "include at 0", "include at 39",
                                         "include at 0", "{{ }} at 33"));
  EXPECT_EQ(converted, 0);
}

}  // namespace
}  // namespace octavo
