// The list of all files of one release, by which the service worker knows whether it has the whole release.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"
#include "press/publish/static_pages.h"

namespace octavo {

// Packs hold whole posts for readers who want them all: few requests, and compression finds what posts have in common. Posts are
// counted from the oldest, so a new one leaves all packs but the last as they are.
inline constexpr std::size_t kPostsPerPack = 1024;
static_assert(kPostsPerPack % kRowsPerFile == 0);

// Writes, when there is a reader,
//   bundle/release.<hash>.json            what a release consists of (assets/schemas/release.schema.json)
//   bundle/release-list-<n>.<hash>.json   slug and hash of the page, for each post of a part of the index
//   bundle/release-pack-<n>.<hash>.jsonl  the bytes of up to 1,024 posts' files, one a line, each 16 after their row file
// and in any case octavo.json, after everything else has been written.
Status write_release(const SitePages& pages, const std::vector<HyphenationFile>& hyphenation, BundleManifest manifest,
                     OutputFolder& output);

}  // namespace octavo
