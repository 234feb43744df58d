// The atlas of shaped runs: every distinct word in its style is drawn once by the platform and kept on pages of pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ui/run_rasterizer.h"

namespace octavo {

// Side of a page; less where the GPU allows less. Four bytes a pixel: 16 MB.
inline constexpr std::int32_t kMaxPageSize = 2048;
// Pages kept from view to view. What one view needs is always kept, so a very large window may have more.
inline constexpr std::size_t kPageBudget = 4;
// Height of one batch, and so of the canvas on which the platform draws it.
inline constexpr std::int32_t kBatchHeight = 512;
// A run that is wider than this many pages is cut: no window shows more of one line.
inline constexpr std::int32_t kMaxPiecesPerRun = 8;

// A rectangle of a page that holds a run, or a slice of a long one. Texture coordinates are `area` over the page's size.
struct RunPiece {
  std::uint32_t page = 0;  // index, see RunAtlas::texture
  PageArea area;
  std::int32_t left = 0;  // from the pen to the area's corner
  std::int32_t top = 0;
};

struct AtlasRun {
  std::vector<RunPiece> pieces;  // empty for runs without ink
  bool is_measured = false;
};

// Counters for tests and for tuning.
struct AtlasStatistics {
  std::uint32_t runs = 0;
  std::uint32_t pages = 0;
  std::uint32_t batches = 0;  // transfers since the start
};

// One frame: begin_frame(), request() for every run to be shown, flush(), then the requested runs can be drawn.
class RunAtlas {
 public:
  explicit RunAtlas(RunRasterizer& rasterizer) : rasterizer_(rasterizer) {}
  ~RunAtlas();
  RunAtlas(const RunAtlas&) = delete;
  RunAtlas& operator=(const RunAtlas&) = delete;

  void begin_frame() { ++frame_; }

  // The run as the atlas knows it; its pieces are there after flush(). Valid until the next begin_frame(). `source` is copied.
  const AtlasRun& request(const RunSource& source);

  // Requested in this frame and not drawn yet, counted once per request.
  std::size_t missing_runs() const { return requested_.size(); }

  // Draws all missing runs, in as few batches as possible.
  void flush();

  PageTexture texture(std::uint32_t page) const { return pages_[page].texture; }
  std::int32_t page_size() const { return page_size_; }

  // Forgets everything: fonts have changed, or the GPU has lost its memory.
  void clear();

  AtlasStatistics statistics() const;

 private:
  struct Key {
    std::string text;
    std::string language;
    Face face;
    Direction direction;
    Color color;
    RunSource source() const { return {text, language, face, direction, color}; }
  };
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(const RunSource& source) const;
    std::size_t operator()(const Key& key) const { return (*this)(key.source()); }
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(const RunSource& a, const RunSource& b) const;
    bool operator()(const Key& a, const Key& b) const { return (*this)(a.source(), b.source()); }
    bool operator()(const Key& a, const RunSource& b) const { return (*this)(a.source(), b); }
    bool operator()(const RunSource& a, const Key& b) const { return (*this)(a, b.source()); }
  };
  // Rows of runs from top to bottom; the last row may have room left.
  struct Page {
    PageTexture texture = 0;  // 0 = free slot
    std::uint64_t last_frame = 0;
    std::int32_t shelf_x = 0;
    std::int32_t shelf_y = 0;
    std::int32_t shelf_height = 0;
    std::int32_t bottom = 0;  // of the last row
  };
  // A slice waiting for its place.
  struct Pending {
    AtlasRun* run = nullptr;
    std::uint32_t source = 0;
    InkBox box;
    bool needs_clip = false;
  };

  void measure_pending(std::vector<Pending>& pending);
  bool fits_open_shelf(const Page& page, const std::vector<Pending>& pending) const;
  std::uint32_t page_with_room(std::int32_t height);
  std::uint32_t make_page();
  void drop_page(std::uint32_t index);
  void trim_pages(std::size_t count);
  std::size_t place_batch(const std::vector<Pending>& pending, std::size_t first);
  void place_in_open_shelf(const std::vector<Pending>& pending);
  void finish_batch(std::uint32_t page, const PageArea& area, const std::vector<Pending>& pending,
                    std::vector<RunPlacement>& placements, std::size_t first);

  RunRasterizer& rasterizer_;
  std::unordered_map<Key, AtlasRun, KeyHash, KeyEqual> runs_;
  std::vector<Page> pages_;
  std::uint32_t current_page_ = 0;
  std::int32_t page_size_ = 0;  // 0 = not asked yet
  std::uint64_t frame_ = 0;
  std::uint32_t batches_ = 0;
  std::vector<std::pair<const Key*, AtlasRun*>> requested_;  // unmeasured ones of this frame
  std::vector<RunSource> sources_;                           // of the current flush
};

}  // namespace octavo
