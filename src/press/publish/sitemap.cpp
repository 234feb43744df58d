// Writes sitemaps (sitemaps.org, protocol 0.9).
#include "press/publish/sitemap.h"

#include <algorithm>
#include <string_view>

#include "press/base/xml_text.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxEntriesPerSitemap = 50'000;  // the protocol's limit
constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kNamespace = " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

std::string sitemap_of(const SiteInfo& site, const SitemapEntry* begin, const SitemapEntry* end) {
  std::string out(kHead);
  (out += "<urlset") += kNamespace;
  for (const SitemapEntry* entry = begin; entry != end; ++entry) {
    out += "<url><loc>" + xml_text(absolute_url(site, entry->path)) + "</loc>";
    if (entry->modified) out += "<lastmod>" + format_rfc3339(*entry->modified) + "</lastmod>";
    out += "</url>\n";
  }
  return out + "</urlset>\n";
}

Status write_split_sitemap(const SiteInfo& site, const std::vector<SitemapEntry>& entries, OutputFolder& output) {
  std::string index(kHead);
  (index += "<sitemapindex") += kNamespace;
  for (std::size_t begin = 0; begin < entries.size(); begin += kMaxEntriesPerSitemap) {
    const std::size_t end = std::min(begin + kMaxEntriesPerSitemap, entries.size());
    const std::string name = "sitemap-" + std::to_string(begin / kMaxEntriesPerSitemap + 1) + ".xml";
    if (Status status = output.write(name, sitemap_of(site, &entries[begin], &entries[begin] + (end - begin))); !status) {
      return status;
    }
    index += "<sitemap><loc>" + xml_text(absolute_url(site, name)) + "</loc></sitemap>\n";
  }
  return output.write("sitemap.xml", index + "</sitemapindex>\n");
}

}  // namespace

Status write_sitemap(const SiteInfo& site, const std::vector<SitemapEntry>& entries, OutputFolder& output) {
  const bool has_own_robots = output.has("robots.txt");  // a static file
  std::string robots = "User-agent: *\nAllow: /\n";
  if (!site.home_page_url.empty()) {
    const bool is_split = entries.size() > kMaxEntriesPerSitemap;
    Status status = is_split ? write_split_sitemap(site, entries, output)
                             : output.write("sitemap.xml", sitemap_of(site, entries.data(), entries.data() + entries.size()));
    if (!status) return status;
    robots += "\nSitemap: " + absolute_url(site, "sitemap.xml") + "\n";
  }
  return has_own_robots ? Status(Unit{}) : output.write("robots.txt", robots);
}

}  // namespace octavo
