#!/usr/bin/env bash
# Fetches the pinned sources of Dear ImGui, md4c, FriBidi, libunibreak and cmark-gfm into build/sources, checked by SHA-256.
# They come from Debian's source packages, through the mirror that this system is configured for; the upstream repositories are
# the fallback after a suite has moved on, and must give the very same files. What upstream has not fixed yet is
# fixed by our own patches in tools/patches, applied in the order of their names. cmark-gfm is only read by tests, for its text
# of the GFM specification.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
sources=$root/build/sources
work=$root/build/fetch
stamp=$sources/.complete
patches=$root/tools/patches

# name | suite | archive | SHA-256 | upstream repository | tag | files that are compiled | SHA-256 over those
pins="
imgui|sid|imgui_1.92.2b+ds.orig.tar.xz|e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48|https://github.com/ocornut/imgui|v1.92.2b|imgui*.cpp imgui*.h imconfig.h imstb_*.h|0ffe024c7b6425252b988b1cdf839dab6af7ee113945c3bb32955009e549099e
md4c|sid|md4c_0.5.3.orig.tar.gz|bc2e3bf85e5e6235ee5246778d608048e0a572d9d84538e5ef9e7d4b59a28ad6|https://github.com/mity/md4c|release-0.5.3|src/*.c src/*.h|17c6f4644003780d3bf67e491a3e39935709e6bd2e14462ad9618f7e1452a8f4
fribidi|bookworm|fribidi_1.0.8.orig.tar.bz2|94c7b68d86ad2a9613b4dcffe7bbeb03523d63b5b37918bdf2e4ef34195c1e6c|https://github.com/fribidi/fribidi|v1.0.8|lib/*.c lib/*.h lib/*.i|53f618303e5c46d04128d900b60fba092f0a580c056b5cda86edcf24d25ba675
cmark-gfm|bookworm|cmark-gfm_0.29.0.gfm.6.orig.tar.gz|b17d86164c0822b5db3818780b44cb130ff30e9c6ec6a64f199b6d142684dba0|https://github.com/github/cmark-gfm|0.29.0.gfm.6|test/*.txt|bbee92ba0b1b960711a254cfa53cc07f17f998698ea1112554f44a3f6e935a51
libunibreak|trixie|libunibreak_6.1.orig.tar.gz|890674996168ef5ba143d80d49ab8b61594a4eb70198dcac76caf6e1bd264a41|https://github.com/adah1972/libunibreak|libunibreak_6_1|src/*.c src/*.h|95680abd2afd707b0355e1729cc7348394b627b29cf49cbb4340ea45a07ae8d1
"

pins_sum=$({ printf '%s' "$pins"; cd "$patches" && find . -name '*.patch' -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum; } |
  sha256sum | cut -d' ' -f1)
[ "$(cat "$stamp" 2>/dev/null || true)" = "$pins_sum" ] && exit 0
rm -f "$stamp"
mkdir -p "$sources" "$work"

# The address of the configured Debian mirror, derived rather than written down.
debian_mirror() {
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -E '/debian/?$' | head -n 1
}

# apt with lists and caches of its own, so that the system's configuration stays as it is.
apt_source() { # suite package
  local suite=$1 package=$2 mirror=$3 own=$work/apt-$1
  mkdir -p "$own/lists/partial" "$own/cache/archives/partial"
  printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$suite" > "$own/sources.list"
  local options=(-q -o "Dir::Etc::SourceList=$own/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$own/lists" -o "Dir::Cache=$own/cache" -o APT::Get::List-Cleanup=0 -o APT::Sandbox::User=root)
  [ -e "$own/updated" ] || { apt-get "${options[@]}" update && touch "$own/updated"; }
  (cd "$work" && apt-get "${options[@]}" source --download-only --tar-only "$package")
}

from_debian() { # name suite archive sum
  [ -f "$work/$3" ] || {
    command -v apt-get > /dev/null || return 1
    local mirror
    mirror=$(debian_mirror)
    [ -n "$mirror" ] && apt_source "$2" "$1" "$mirror" > "$work/$1.log" 2>&1
  } || return 1
  [ -f "$work/$3" ] || return 1
  echo "$4  $work/$3" | sha256sum --check --status || {
    echo "octavo: $3 does not have the pinned SHA-256; it is not used" >&2
    return 1
  }
  rm -rf "${sources:?}/$1" && mkdir -p "$sources/$1"
  tar -xf "$work/$3" -C "$sources/$1" --strip-components=1
}

from_upstream() { # name repository tag files sum
  rm -rf "${sources:?}/$1"
  git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$3" "$2" "$sources/$1" || return 1
  [ "$(files_sum "$sources/$1" "$4")" = "$5" ] || {
    echo "octavo: $2 at $3 does not have the pinned files; it is not used" >&2
    rm -rf "${sources:?}/$1"
    return 1
  }
}

# A build notices by its time that a file was patched, or that its patch is gone.
apply_patches() { # name
  local file
  find "$sources/$1" -type f -exec touch {} +
  for file in "$patches/$1"/*.patch; do
    [ -e "$file" ] || continue
    patch --directory="$sources/$1" --strip=1 --forward --fuzz=0 --no-backup-if-mismatch --quiet < "$file" || {
      echo "octavo: ${file#"$root"/} does not apply to the pinned source of $1" >&2
      return 1
    }
  done
}

files_sum() { # folder patterns
  # shellcheck disable=SC2086
  (cd "$1" && LC_ALL=C sha256sum $2 2>/dev/null | sha256sum | cut -d' ' -f1)
}

printf '%s\n' "$pins" | while IFS='|' read -r name suite archive sum repository tag files files_pin; do
  [ -n "$name" ] || continue
  echo "octavo: source of $name ($archive)"
  from_debian "$name" "$suite" "$archive" "$sum" || from_upstream "$name" "$repository" "$tag" "$files" "$files_pin" || {
    echo "octavo: neither Debian ($suite) nor $repository gave the source of $name; see $work/$name.log" >&2
    exit 1
  }
  apply_patches "$name"
done
printf '%s' "$pins_sum" > "$stamp"
