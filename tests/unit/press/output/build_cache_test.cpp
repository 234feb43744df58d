// Stored entries are found again; damaged files are forgotten.
#include "press/output/build_cache.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

TEST(BuildCache, KeepsWhatWasUsed) {
  const TemporaryFolder folder;
  const Sha256 a = BuildCache::key("x", {"a"});
  const Sha256 b = BuildCache::key("x", {"b"});
  {
    BuildCache cache = BuildCache::load(folder / "deep/cache");
    EXPECT_FALSE(cache.find(a));
    cache.store(a, std::string("1\0", 2));
    cache.store(b, "2");
    cache.save();
  }
  {
    BuildCache cache = BuildCache::load(folder / "deep/cache");
    EXPECT_EQ(cache.find(a), std::string("1\0", 2));
    cache.save();
  }
  BuildCache cache = BuildCache::load(folder / "deep/cache");
  EXPECT_TRUE(cache.find(a));
  EXPECT_FALSE(cache.find(b)) << "not used by the build before";
}

TEST(BuildCache, LibrariesLoadedByABuildDoNotMakeItAnotherProgram) {
  const TemporaryFolder folder;
  const Sha256 a = BuildCache::key("x", {"a"});
  BuildCache cache = BuildCache::load(folder / "cache");
  cache.store(a, "1");
  ASSERT_EQ(dlopen("libcrypt.so.1", RTLD_NOW | RTLD_NOLOAD), nullptr) << "take one that is not loaded yet";
  ASSERT_NE(dlopen("libcrypt.so.1", RTLD_NOW), nullptr);
  cache.save();
  EXPECT_EQ(BuildCache::load(folder / "cache").find(a), "1");
}

TEST(BuildCache, KeysTellPartsApart) {
  EXPECT_NE(BuildCache::key("x", {"ab", "c"}), BuildCache::key("x", {"a", "bc"}));
  EXPECT_NE(BuildCache::key("x", {"a"}), BuildCache::key("y", {"a"}));
  EXPECT_NE(BuildCache::key("x", {"a"}), BuildCache::key("x", {"a", ""}));
}

TEST(BuildCache, DamagedFilesAreForgotten) {
  const TemporaryFolder folder;
  const Sha256 a = BuildCache::key("x", {"a"});
  BuildCache cache = BuildCache::load(folder / "cache");
  cache.store(a, "value");
  cache.save();
  const std::string whole = folder.read("cache");
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    folder.write("cache", std::string_view(whole).substr(0, length));
    EXPECT_FALSE(BuildCache::load(folder / "cache").find(a)) << length;
  }
  for (std::size_t at = 0; at < whole.size(); at += 5) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    folder.write("cache", damaged);
    EXPECT_FALSE(BuildCache::load(folder / "cache").find(a)) << at;
  }
  folder.write("cache", whole);
  EXPECT_TRUE(BuildCache::load(folder / "cache").find(a));
}

TEST(BuildCache, ValuesOfSeveralTexts) {
  std::string packed;
  pack_text(packed, "");
  pack_text(packed, std::string(70000, 'x'));
  std::string_view rest = packed;
  EXPECT_EQ(unpack_text(rest), "");
  EXPECT_EQ(unpack_text(rest), std::string(70000, 'x'));
  EXPECT_TRUE(rest.empty());
  EXPECT_FALSE(unpack_text(rest));
  rest = std::string_view(packed).substr(0, packed.size() - 1);
  EXPECT_TRUE(unpack_text(rest));
  EXPECT_FALSE(unpack_text(rest));
}

}  // namespace
}  // namespace octavo
