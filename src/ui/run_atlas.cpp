// The run atlas: rows of runs on square pages, filled in batches, dropped page by page.
#include "ui/run_atlas.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "core/base/assert.h"

namespace octavo {
namespace {

// Rows of a few heights instead of many waste less and keep runs of one face together.
constexpr std::int32_t kHeightStep = 4;

std::int32_t row_height(const InkBox& box) {
  return (box.height + kHeightStep - 1) / kHeightStep * kHeightStep;
}

std::size_t mix(std::size_t seed, std::size_t value) {
  return seed ^ (value + 0x9E3779B9U + (seed << 6U) + (seed >> 2U));
}

auto face_order(const Face& face) {
  return std::tuple(face.size, face.weight, face.family, face.italic);
}

// Tallest first, and runs of one style together, since a change of font costs the platform more than a word.
bool placed_before(const RunSource& a, const InkBox& a_box, const RunSource& b, const InkBox& b_box) {
  if (row_height(a_box) != row_height(b_box)) return row_height(a_box) > row_height(b_box);
  if (a.face != b.face) return face_order(a.face) < face_order(b.face);
  if (a.language != b.language) return a.language < b.language;
  if (a.direction != b.direction) return a.direction < b.direction;
  if (a.color != b.color) return a.color < b.color;
  return a.text < b.text;
}

}  // namespace

std::size_t RunAtlas::KeyHash::operator()(const RunSource& source) const {
  const std::hash<std::string_view> hash;
  std::size_t seed = hash(source.text);
  seed = mix(seed, hash(source.language));
  seed = mix(seed, std::hash<float>()(source.face.size));
  seed = mix(seed, source.face.weight * 16U + static_cast<std::size_t>(source.face.family) * 4U + (source.face.italic ? 2U : 0U) +
                       static_cast<std::size_t>(source.direction));
  return mix(seed, source.color);
}

bool RunAtlas::KeyEqual::operator()(const RunSource& a, const RunSource& b) const {
  return a.color == b.color && a.direction == b.direction && a.face == b.face && a.text == b.text && a.language == b.language;
}

RunAtlas::~RunAtlas() {
  clear();
}

const AtlasRun& RunAtlas::request(const RunSource& source) {
  auto found = runs_.find(source);
  if (found == runs_.end()) {
    Key key{std::string(source.text), std::string(source.language), source.face, source.direction, source.color};
    found = runs_.emplace(std::move(key), AtlasRun{}).first;
  }
  AtlasRun& run = found->second;
  if (!run.is_measured) requested_.emplace_back(&found->first, &run);
  for (const RunPiece& piece : run.pieces) pages_[piece.page].last_frame = frame_;
  return run;
}

void RunAtlas::flush() {
  if (requested_.empty()) return;
  if (page_size_ == 0) page_size_ = std::min(kMaxPageSize, rasterizer_.max_page_size());
  std::vector<Pending> pending;
  measure_pending(pending);
  if (!pending.empty()) {
    std::sort(pending.begin(), pending.end(), [this](const Pending& a, const Pending& b) {
      if (a.source == b.source) return a.box.left < b.box.left;
      return placed_before(sources_[a.source], a.box, sources_[b.source], b.box);
    });
    if (current_page_ < pages_.size() && fits_open_shelf(pages_[current_page_], pending)) {
      place_in_open_shelf(pending);
    } else {
      for (std::size_t next = 0; next < pending.size();) next = place_batch(pending, next);
    }
    trim_pages(kPageBudget);
  }
  requested_.clear();
  sources_.clear();
}

// Asks for the ink of all new runs and cuts those that are wider than a page into slices.
void RunAtlas::measure_pending(std::vector<Pending>& pending) {
  std::vector<AtlasRun*> runs;
  for (const auto& [key, run] : requested_) {
    if (run->is_measured) continue;  // asked for twice in this frame
    run->is_measured = true;
    runs.push_back(run);
    sources_.push_back(key->source());
  }
  std::vector<InkBox> boxes(sources_.size());
  rasterizer_.measure_ink(sources_, boxes);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    InkBox box = boxes[i];
    if (box.width <= 0 || box.height <= 0) continue;
    const bool is_cut = box.width > page_size_ || box.height > page_size_;
    box.height = std::min(box.height, page_size_);
    const std::int32_t end = box.left + std::min(box.width, page_size_ * kMaxPiecesPerRun);
    for (std::int32_t left = box.left; left < end; left += page_size_) {
      const InkBox slice{left, box.top, std::min(page_size_, end - left), box.height};
      pending.push_back({runs[i], static_cast<std::uint32_t>(i), slice, is_cut});
    }
  }
}

bool RunAtlas::fits_open_shelf(const Page& page, const std::vector<Pending>& pending) const {
  if (page.texture == 0) return false;
  std::int32_t room = page_size_ - page.shelf_x;
  for (const Pending& item : pending) {
    room -= item.box.width;
    if (room < 0 || item.box.height > page.shelf_height) return false;
  }
  return true;
}

// A few new words (a link that was touched, a line that scrolled in) continue the last row.
void RunAtlas::place_in_open_shelf(const std::vector<Pending>& pending) {
  Page& page = pages_[current_page_];
  PageArea area{page.shelf_x, page.shelf_y, 0, 0};
  std::vector<RunPlacement> placements;
  for (const Pending& item : pending) {
    const InkBox clip{area.width, 0, item.box.width, item.box.height};
    placements.push_back({item.source, clip.left - item.box.left, -item.box.top, clip, item.needs_clip});
    area.width += item.box.width;
    area.height = std::max(area.height, item.box.height);
  }
  page.shelf_x += area.width;
  finish_batch(current_page_, area, pending, placements, 0);
}

// Fills a band of new rows across the page and returns the index of the first run that did not fit.
std::size_t RunAtlas::place_batch(const std::vector<Pending>& pending, std::size_t first) {
  const std::uint32_t index = page_with_room(pending[first].box.height);
  Page& page = pages_[index];
  const std::int32_t room = std::min(page_size_ - page.bottom, std::max(kBatchHeight, pending[first].box.height));
  std::vector<RunPlacement> placements;
  std::int32_t x = 0;
  std::int32_t row_top = 0;
  std::int32_t row_bottom = pending[first].box.height;
  PageArea area{0, page.bottom, 0, 0};
  std::size_t next = first;
  for (; next < pending.size(); ++next) {
    const InkBox& box = pending[next].box;
    if (x + box.width > page_size_) {
      if (row_bottom + box.height > room) break;
      x = 0;
      row_top = row_bottom;
    }
    row_bottom = std::max(row_bottom, row_top + box.height);
    if (row_bottom > room) break;
    const InkBox clip{x, row_top, box.width, box.height};
    placements.push_back({pending[next].source, x - box.left, row_top - box.top, clip, pending[next].needs_clip});
    x += box.width;
    area.width = std::max(area.width, x);
    area.height = std::max(area.height, row_bottom);
  }
  OCTAVO_ASSERT(next > first);
  page.shelf_x = x;
  page.shelf_y = page.bottom + row_top;
  page.shelf_height = area.height - row_top;
  page.bottom += area.height;
  finish_batch(index, area, pending, placements, first);
  return next;
}

void RunAtlas::finish_batch(std::uint32_t page, const PageArea& area, const std::vector<Pending>& pending,
                            std::vector<RunPlacement>& placements, std::size_t first) {
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const Pending& item = pending[first + i];
    const InkBox& clip = placements[i].clip;
    item.run->pieces.push_back(
        {page, {area.x + clip.left, area.y + clip.top, clip.width, clip.height}, item.box.left, item.box.top});
  }
  pages_[page].last_frame = frame_;
  ++batches_;
  rasterizer_.rasterize(pages_[page].texture, area, sources_, placements);
}

// The current page while it has room, otherwise a new one in place of the least recently used.
std::uint32_t RunAtlas::page_with_room(std::int32_t height) {
  if (current_page_ < pages_.size()) {
    const Page& page = pages_[current_page_];
    if (page.texture != 0 && page.bottom + height <= page_size_) return current_page_;
  }
  trim_pages(kPageBudget - 1);
  current_page_ = make_page();
  return current_page_;
}

std::uint32_t RunAtlas::make_page() {
  auto slot = std::find_if(pages_.begin(), pages_.end(), [](const Page& page) { return page.texture == 0; });
  if (slot == pages_.end()) slot = pages_.emplace(pages_.end());
  *slot = Page{};
  slot->texture = rasterizer_.create_page(page_size_);
  slot->last_frame = frame_;
  return static_cast<std::uint32_t>(slot - pages_.begin());
}

// Pages of this frame stay even if they exceed the budget.
void RunAtlas::trim_pages(std::size_t count) {
  while (statistics().pages > count) {
    const auto oldest = std::min_element(pages_.begin(), pages_.end(), [](const Page& a, const Page& b) {
      return std::tuple(a.texture == 0, a.last_frame) < std::tuple(b.texture == 0, b.last_frame);
    });
    if (oldest->last_frame == frame_) return;
    drop_page(static_cast<std::uint32_t>(oldest - pages_.begin()));
  }
}

void RunAtlas::drop_page(std::uint32_t index) {
  std::erase_if(runs_, [index](const auto& entry) {
    const std::vector<RunPiece>& pieces = entry.second.pieces;
    return std::any_of(pieces.begin(), pieces.end(), [index](const RunPiece& piece) { return piece.page == index; });
  });
  rasterizer_.destroy_page(pages_[index].texture);
  pages_[index] = Page{};
}

void RunAtlas::clear() {
  for (const Page& page : pages_) {
    if (page.texture != 0) rasterizer_.destroy_page(page.texture);
  }
  pages_.clear();
  runs_.clear();
  requested_.clear();
  current_page_ = 0;
}

AtlasStatistics RunAtlas::statistics() const {
  const auto pages = std::count_if(pages_.begin(), pages_.end(), [](const Page& page) { return page.texture != 0; });
  return {static_cast<std::uint32_t>(runs_.size()), static_cast<std::uint32_t>(pages), batches_};
}

}  // namespace octavo
