// Reads posts of the previous output.
#include "press/publish/former_post.h"

#include "core/base/url.h"
#include "core/content/document/image_variants.h"

namespace octavo {

namespace {

void keep_image(const ImageInfo& image, OutputFolder& output) {
  if (!is_relative_url(image.url)) return;
  const std::string path = decode_percent(image.url);
  output.keep_previous(path);
  for (std::uint32_t i = 0; i < image.variant_count && i < kImageVariantWidths.size(); ++i) {
    output.keep_previous(image_variant_url(path, kImageVariantWidths[i]));
  }
}

}  // namespace

std::optional<Post> keep_former_post(const std::string& slug, OutputFolder& output) {
  const std::optional<std::string> path = output.previous_hashed_file("bundle/posts/" + slug, "json");
  if (!path) return std::nullopt;
  const Result<std::string> text = output.read_previous(*path);
  if (!text) return std::nullopt;
  Result<Post> post = parse_post(*text, *path);
  if (!post || post->summary.slug != slug) return std::nullopt;
  if (post->summary.image) keep_image(*post->summary.image, output);
  for (const auto& [spelling, image] : post->images) keep_image(image, output);
  for (const auto& [spelling, link] : post->links) output.keep_previous(decode_percent(link));
  return std::move(*post);
}

}  // namespace octavo
