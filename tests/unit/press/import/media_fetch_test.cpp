// Fetching images: forbidden addresses, redirects, the content, and the whole import with them.
#include "press/import/media_fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <thread>

#include "press/import/import_site.h"
#include "press/publish/build_site.h"
#include "support/fake_http_client.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kPng = std::string("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x02\0\0\0\x03\x08\x06\0\0\0", 29);

IncomingResponse reply(int status, std::string body, const std::string& location = {}) {
  IncomingResponse made;
  made.status = status;
  made.body = std::move(body);
  if (!location.empty()) made.headers.emplace_back("location", location);
  return made;
}

class Fetch : public testing::Test {
 protected:
  Fetch() {
    hooks.resolve = [this](const std::string& host) {
      resolved.push_back(host);
      const auto found = hosts.find(host);
      return found == hosts.end() ? std::vector<std::string>() : found->second;
    };
    hosts = {{"old.example", {"93.184.216.34"}},
             {"cdn.example", {"2606:4700::1111", "1.1.1.1"}},
             {"inside.example", {"10.0.0.7"}},
             {"mixed.example", {"1.1.1.1", "127.0.0.1"}}};
  }
  std::string error_of(const std::string& url) {
    const Result<FetchedImage> result = MediaFetch(client, hooks).fetch(url);
    return result ? "fetched" : result.error().message;
  }

  FakeHttpClient client;
  MediaFetch::NetworkHooks hooks;
  std::map<std::string, std::vector<std::string>> hosts;
  std::vector<std::string> resolved;
};

TEST_F(Fetch, ConnectsToTheAddressThatWasLookedAt) {
  client.answers["http://old.example/a%20b.png?x=1"] = reply(200, kPng);
  const Result<FetchedImage> result = MediaFetch(client, hooks).fetch("http://old.example/a b.png?x=1#top");
  ASSERT_TRUE(result.ok()) << result.error().text();
  EXPECT_EQ(result->extension, "png");
  EXPECT_EQ(result->bytes, kPng);
  ASSERT_THAT(client.asked, SizeIs(1));
  EXPECT_EQ(client.asked[0].connect_to, "93.184.216.34");
  EXPECT_EQ(client.asked[0].max_answer, 32u * 1024 * 1024);
  EXPECT_EQ(client.asked[0].max_seconds, 60);
}

TEST_F(Fetch, AsksNobodyWhoIsNotOnThePublicInternet) {
  EXPECT_THAT(error_of("http://inside.example/a.png"), HasSubstr("public internet"));
  EXPECT_THAT(error_of("http://mixed.example/a.png"), HasSubstr("public internet")) << "one bad address is enough";
  EXPECT_THAT(error_of("http://unknown.example/a.png"), HasSubstr("no address"));
  for (const char* url : {"ftp://old.example/a.png", "file:///etc/passwd", "//old.example/a.png", "https://u:p@old.example/a.png",
                          "http:///a.png", "data:image/png;base64,AA"}) {
    EXPECT_THAT(error_of(url), HasSubstr("not an http or https address")) << url;
  }
  EXPECT_THAT(client.asked, IsEmpty());
}

TEST_F(Fetch, TheSystemsResolverIsGuardedToo) {
  const MediaFetch fetch(client, {});
  for (const char* url : {"http://127.0.0.1/a.png", "http://localhost/a.png", "http://2130706433/a.png", "http://0x7f.1/a.png",
                          "http://[::1]/a.png", "http://[::ffff:127.0.0.1]/a.png", "http://169.254.169.254/latest/meta-data"}) {
    EXPECT_FALSE(fetch.fetch(url).ok()) << url;
  }
  EXPECT_THAT(client.asked, IsEmpty());
}

TEST_F(Fetch, EachRedirectIsLookedAtAnew) {
  client.answers["http://old.example/a.png"] = reply(301, "", "https://cdn.example/x/b.png");
  client.answers["https://cdn.example/x/b.png"] = reply(302, "", "../c.png?v=2");
  client.answers["https://cdn.example/c.png?v=2"] = reply(200, kPng);
  EXPECT_EQ(error_of("http://old.example/a.png"), "fetched");
  ASSERT_THAT(client.asked, SizeIs(3));
  EXPECT_EQ(client.asked[1].connect_to, "2606:4700::1111");
  EXPECT_THAT(resolved, testing::ElementsAre("old.example", "cdn.example", "cdn.example"));
  for (const char* inside : {"http://inside.example/", "http://[::1]/", "//inside.example/x"}) {
    client.answers["http://old.example/a.png"] = reply(307, "", inside);
    EXPECT_NE(error_of("http://old.example/a.png"), "fetched") << inside;
    EXPECT_EQ(client.asked.back().url, "http://old.example/a.png") << inside;
  }
  client.answers["http://old.example/a.png"] = reply(302, "", "file:///etc/passwd");
  EXPECT_THAT(error_of("http://old.example/a.png"), HasSubstr("not an http or https address"));
}

TEST_F(Fetch, FollowsFiveRedirectsAndNoMore) {
  for (int i = 0; i < 10; ++i)
    client.answers["http://old.example/" + std::to_string(i)] = reply(302, "", "/" + std::to_string(i + 1));
  client.answers["http://old.example/10"] = reply(200, kPng);
  EXPECT_EQ(error_of("http://old.example/5"), "fetched");
  EXPECT_THAT(error_of("http://old.example/4"), HasSubstr("more than five redirects"));
}

TEST_F(Fetch, WhatCameIsToldByItsContent) {
  for (const char* body : {"<!DOCTYPE html>", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "", "PNG"}) {
    client.answers["http://old.example/a.png"] = reply(200, body);
    EXPECT_THAT(error_of("http://old.example/a.png"), HasSubstr("not a PNG")) << body;
  }
  client.answers["http://old.example/a.png"] = reply(404, kPng);
  EXPECT_THAT(error_of("http://old.example/a.png"), HasSubstr("404"));
  client.answers["http://old.example/a.php"] = reply(200, "\xFF\xD8\xFF\xE0 and so on");
  EXPECT_EQ(error_of("http://old.example/a.php"), "fetched");
}

TEST_F(Fetch, NamesAreSafeAndTellAddressesApart) {
  EXPECT_THAT(fetched_name("http://h/2010/Ein%20Bild.jpeg?w=1"), testing::MatchesRegex("Ein-Bild-[0-9a-f]{8}"));
  EXPECT_THAT(fetched_name("http://h/..%2f..%2fetc%2fpasswd%00.png"), testing::MatchesRegex("etc-passwd--[0-9a-f]{8}"));
  EXPECT_THAT(fetched_name("http://h/"), testing::MatchesRegex("image-[0-9a-f]{8}"));
  EXPECT_EQ(fetched_name("http://h/" + std::string(5000, 'a') + ".png").size(), 89U);
  EXPECT_NE(fetched_name("http://h/2010/a.png"), fetched_name("http://h/2011/a.png"));
}

// ---- The whole way, with a real server and the real client -------------------------------------------------------------------

class ImageHost {
 public:
  ImageHost() {
    server_.Get("/a.png", [this](const httplib::Request& request, httplib::Response& response) {
      host_header = request.get_header_value("Host");
      response.set_content(kPng, "text/plain");
    });
    server_.Get("/moved.png", [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/a.png"); });
    server_.Get("/page.png",
                [](const httplib::Request&, httplib::Response& response) { response.set_content("<p>", "image/png"); });
    server_.Get("/endless.png", [](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider("image/png", [](std::size_t, httplib::DataSink& sink) {
        static const std::string kBlock(1 << 20, 'x');
        return sink.write(kBlock.data(), kBlock.size());
      });
    });
    port = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~ImageHost() {
    server_.stop();
    thread_.join();
  }

  std::string url(const std::string& path) const { return "http://images.example:" + std::to_string(port) + path; }

  int port = 0;
  std::string host_header;

 private:
  httplib::Server server_;
  std::thread thread_;
};

// The name means this machine, which the guard of the command would refuse.
MediaFetch::NetworkHooks here() {
  MediaFetch::NetworkHooks hooks;
  hooks.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  hooks.may_connect = [](std::string_view address) { return address == "127.0.0.1"; };
  return hooks;
}

TEST(FetchOverHttp, ImagesComeAndTheRestIsNamed) {
  ImageHost host;
  const std::unique_ptr<HttpClient> client = make_http_client();
  const MediaFetch fetch(*client, here());
  const Result<FetchedImage> moved = fetch.fetch(host.url("/moved.png"));
  ASSERT_TRUE(moved.ok()) << moved.error().text();
  EXPECT_EQ(moved->bytes, kPng);
  EXPECT_EQ(host.host_header, "images.example:" + std::to_string(host.port));
  EXPECT_FALSE(fetch.fetch(host.url("/endless.png")).ok()) << "over 32 MiB";
  EXPECT_FALSE(fetch.fetch(host.url("/page.png")).ok());
  EXPECT_FALSE(fetch.fetch(host.url("/gone.png")).ok());
  EXPECT_FALSE(MediaFetch(*client, {}).fetch("http://127.0.0.1:" + std::to_string(host.port) + "/a.png").ok());
}

TEST(FetchOverHttp, AnImportTakesImagesAlongAndTheBuildShowsThem) {
  ImageHost host;
  const std::unique_ptr<HttpClient> client = make_http_client();
  const MediaFetch fetch(*client, here());
  const TemporaryFolder folder;
  folder.write("blog/content/a.md", "+++\ntitle = \"A\"\ndate = 2020-01-01\n+++\n\n[![Shown](" + host.url("/moved.png") + ")](" +
                                        host.url("/a.png") + ")\n\n![Gone](" + host.url("/gone.png") + ")\n\n![Again](" +
                                        host.url("/a.png") + ")\n");
  ImportOptions options;
  options.source = folder / "blog";
  options.output = folder / "site";
  options.now = *parse_date_time("2026-11-25T00:00:00Z");
  Progress progress(Progress::Mode::Quiet);
  Diagnostics diagnostics;
  ASSERT_TRUE(import_site(options, diagnostics, progress).ok());
  EXPECT_FALSE(std::filesystem::exists(folder / "site/content/media")) << "nothing is asked for unless it is wanted";
  std::filesystem::remove_all(folder / "site");

  options.fetch = &fetch;
  const Result<ImportOutcome> outcome = import_site(options, diagnostics, progress);
  ASSERT_TRUE(outcome.ok()) << outcome.error().text();
  EXPECT_TRUE(outcome->report.adds_up());
  EXPECT_EQ(outcome->report.count("remote images").read, 3U);
  EXPECT_EQ(outcome->report.count("remote images").written, 2U);
  EXPECT_EQ(outcome->report.count("remote images").failed, 1U);
  EXPECT_THAT(folder.read("site/import-report.json"), HasSubstr("\"reason\": \"the answer is 404\""));

  BuildOptions build;
  build.site = folder / "site";
  build.output = folder / "public";
  build.now = options.now;
  Diagnostics of_build;
  ASSERT_TRUE(build_site(build, of_build, progress).ok());
  const std::string page = folder.read("public/posts/a/index.html");
  EXPECT_THAT(page, HasSubstr("<img src=\"../../media/moved-"));
  EXPECT_THAT(page, HasSubstr("<a href=\"../../media/a-"));
  EXPECT_THAT(page, HasSubstr(host.url("/gone.png")));
}

}  // namespace
}  // namespace octavo
