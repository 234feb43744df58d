// The painter with Dear ImGui and no GPU: what is drawn where, how the run atlas is filled, and when another frame is needed.
#include "ui/painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "imgui.h"
#include "ui/colors.h"
#include "ui/face_css.h"

namespace octavo {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr CanvasArea kArea{0, 800, 600};

struct DrawnQuad {
  PageTexture texture = 0;
  Rect rect;
  bool operator==(const DrawnQuad&) const = default;
};

// Records what a GPU would get.
class NullRenderer final : public Renderer {
 public:
  void attach() override { ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures; }
  void detach() override {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) texture->SetStatus(ImTextureStatus_Destroyed);
  }

  void render(ImDrawData& data) override {
    for (ImTextureData* texture : *data.Textures) accept(*texture);
    shapes.clear();
    words.clear();
    ++frames;
    draw_calls = 0;
    for (const ImDrawList* list : data.CmdLists) {
      for (const ImDrawCmd& command : list->CmdBuffer) read(*list, command);
    }
  }

  // A filled rectangle with straight corners of just this color and place.
  bool has_fill(const Rect& rect, Color color) const {
    for (const auto& [shape, shape_color] : shapes) {
      if (shape == rect && shape_color == packed_color(color)) return true;
    }
    return false;
  }

  int frames = 0;
  int draw_calls = 0;
  std::vector<std::pair<Rect, ImU32>> shapes;
  std::vector<DrawnQuad> words;

 private:
  static void accept(ImTextureData& texture) {
    if (texture.Status == ImTextureStatus_WantDestroy) texture.SetStatus(ImTextureStatus_Destroyed);
    if (texture.Status == ImTextureStatus_WantCreate) texture.SetTexID(9999);
    if (texture.Status == ImTextureStatus_WantCreate || texture.Status == ImTextureStatus_WantUpdates) {
      texture.SetStatus(ImTextureStatus_OK);
    }
  }

  void read(const ImDrawList& list, const ImDrawCmd& command) {
    ASSERT_EQ(command.UserCallback, nullptr);
    if (command.ElemCount == 0) return;
    ++draw_calls;
    for (unsigned i = 0; i + 5 < command.ElemCount; i += 6) {
      const ImDrawVert& first = list.VtxBuffer[static_cast<int>(list.IdxBuffer[static_cast<int>(command.IdxOffset + i)])];
      const ImDrawVert& third = list.VtxBuffer[static_cast<int>(list.IdxBuffer[static_cast<int>(command.IdxOffset + i + 2)])];
      const Rect rect{first.pos.x, first.pos.y, third.pos.x - first.pos.x, third.pos.y - first.pos.y};
      if (command.GetTexID() == 9999)
        shapes.emplace_back(rect, first.col);
      else
        words.push_back({command.GetTexID(), rect});
    }
  }
};

struct Batch {
  PageTexture page = 0;
  PageArea area;
  std::vector<std::string> texts;
  std::vector<RunPlacement> placements;
};

// Every byte is ten pixels wide, and ink extends two pixels on each side; "_" has none.
class RecordingRasterizer final : public RunRasterizer {
 public:
  std::int32_t max_page_size() override { return page_size; }
  PageTexture create_page(std::int32_t) override {
    live_pages.push_back(++last_page);
    return last_page;
  }
  void destroy_page(PageTexture page) override { std::erase(live_pages, page); }
  void measure_ink(std::span<const RunSource> sources, std::span<InkBox> boxes) override {
    ++measures;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const auto width = static_cast<std::int32_t>(sources[i].text.size()) * 10 + 4;
      boxes[i] = sources[i].text == "_" ? InkBox{} : InkBox{-2, -14, width, 18};
    }
  }
  void rasterize(PageTexture page, const PageArea& area, std::span<const RunSource> sources,
                 std::span<const RunPlacement> placements) override {
    Batch& batch = batches.emplace_back(Batch{page, area, {}, {placements.begin(), placements.end()}});
    for (const RunPlacement& placement : placements) {
      batch.texts.emplace_back(sources[placement.source].text);
      colors.push_back(sources[placement.source].color);
    }
  }

  std::int32_t page_size = 2048;
  PageTexture last_page = 0;
  int measures = 0;
  std::vector<PageTexture> live_pages;
  std::vector<Batch> batches;
  std::vector<Color> colors;
};

// A page made by hand.
struct ListBuilder {
  DisplayList list;

  ListBuilder() {
    list.width = 800;
    list.height = 100'000;
    list.faces = {Face{}, Face{Family::Sans, 14, 700, false}};
    list.languages = {"en"};
  }

  DisplayItem& add(DisplayItem::Kind kind, const Rect& rect, ColorRole color = ColorRole::Ink) {
    DisplayItem& item = list.items.emplace_back();
    item.kind = kind;
    item.rect = rect;
    item.color = color;
    return item;
  }

  DisplayItem& word(std::string_view text, float x, float baseline, std::uint32_t target = 0) {
    TextRun run;
    run.text_begin = static_cast<std::uint32_t>(list.text.size());
    list.text += text;
    run.text_end = static_cast<std::uint32_t>(list.text.size());
    run.x = x;
    run.baseline = baseline;
    run.width = static_cast<float>(text.size()) * 10;
    DisplayItem& item = add(DisplayItem::Kind::Text, {x, baseline - 14, run.width, 20});
    item.index = static_cast<std::uint32_t>(list.runs.size());
    item.target = target;
    list.runs.push_back(run);
    return item;
  }

  // Returns its 1-based number.
  std::uint32_t target(HitTarget::Kind kind, const Rect& rect) {
    HitTarget& added = list.hit_targets.emplace_back();
    added.kind = kind;
    added.rects = {rect};
    return static_cast<std::uint32_t>(list.hit_targets.size());
  }

  std::uint32_t button(const Rect& rect, ColorRole color) {
    const std::uint32_t number = target(HitTarget::Kind::Button, rect);
    add(DisplayItem::Kind::Button, rect, color).index = number - 1;
    return number;
  }
};

class PainterTest : public ::testing::Test {
 protected:
  void show(const CanvasArea& area = kArea) {
    painter.set_area(area);
    painter.show(page.list, 1);
  }
  Repaint paint() { return painter.paint(now_ms += 16); }
  // Repeats until nothing changes; fails if that never happens.
  void paint_until_idle() {
    for (int i = 0; i < 10; ++i) {
      if (paint() == Repaint::NotNeeded) return;
    }
    ADD_FAILURE() << "still asks for frames after ten";
  }
  const Palette& light() const { return palette(ThemeKind::Light); }

  NullRenderer renderer;
  RecordingRasterizer rasterizer;
  Painter painter{renderer, rasterizer};
  ListBuilder page;
  double now_ms = 1000;
};

// ---- Shapes --------------------------------------------------------------------------------------------------------------

TEST_F(PainterTest, PageColorCoversTheCanvas) {
  show();
  paint();
  EXPECT_TRUE(renderer.has_fill({0, 0, 800, 600}, light()[ColorRole::Page]));
}

TEST_F(PainterTest, FillsStandOnWholePixelsBelowTheTopOfTheArea) {
  page.add(DisplayItem::Kind::Fill, {10.4F, 1000.6F, 20.2F, 0.3F}, ColorRole::Hairline);
  show({900, 800, 600});
  paint();
  EXPECT_TRUE(renderer.has_fill({10, 101, 21, 1}, light()[ColorRole::Hairline]));
}

TEST_F(PainterTest, StraightStrokesAreFourFills) {
  page.add(DisplayItem::Kind::Stroke, {10, 20, 100, 50}, ColorRole::Accent).thickness = 2;
  show();
  paint();
  const Color accent = light()[ColorRole::Accent];
  EXPECT_TRUE(renderer.has_fill({10, 20, 100, 2}, accent));
  EXPECT_TRUE(renderer.has_fill({10, 68, 100, 2}, accent));
  EXPECT_TRUE(renderer.has_fill({10, 22, 2, 46}, accent));
  EXPECT_TRUE(renderer.has_fill({108, 22, 2, 46}, accent));
}

TEST_F(PainterTest, OnlyWhatTheAreaCoversIsDrawn) {
  page.add(DisplayItem::Kind::Fill, {0, 100, 50, 10}, ColorRole::Danger);
  page.add(DisplayItem::Kind::Fill, {0, 50'000, 50, 10}, ColorRole::Danger);
  page.word("above", 0, 120);
  page.word("below", 0, 50'020);
  show({49'900, 800, 600});
  paint();
  EXPECT_TRUE(renderer.has_fill({0, 100, 50, 10}, light()[ColorRole::Danger]));
  EXPECT_THAT(renderer.shapes, SizeIs(2));  // the page and the one
  ASSERT_THAT(rasterizer.batches, SizeIs(1));
  EXPECT_THAT(rasterizer.batches[0].texts, ElementsAre("below"));
}

TEST_F(PainterTest, ATallShapeIsDrawnInEverySlice) {
  page.add(DisplayItem::Kind::Fill, {0, 0, 30, 100'000}, ColorRole::Surface);
  show({70'000, 800, 600});
  paint();
  EXPECT_TRUE(renderer.has_fill({0, -70'000, 30, 100'000}, light()[ColorRole::Surface]));
}

TEST_F(PainterTest, BlocksThatThePageLayerShowsAreNotPainted) {
  page.add(DisplayItem::Kind::Fill, {0, 100, 50, 10}, ColorRole::Danger).block_id = 7;
  page.word("hidden", 0, 120).block_id = 7;
  page.word("painted", 0, 160).block_id = 8;
  const std::uint32_t link = page.target(HitTarget::Kind::Link, {0, 100, 60, 20});
  page.list.hit_targets[link - 1].block_id = 7;
  show();
  painter.hide_block(7);
  painter.set_focus(link);
  paint();
  EXPECT_THAT(renderer.shapes, SizeIs(1));  // the page
  ASSERT_THAT(rasterizer.batches, SizeIs(1));
  EXPECT_THAT(rasterizer.batches[0].texts, ElementsAre("painted"));
  // The next page has other blocks.
  show();
  paint();
  EXPECT_TRUE(renderer.has_fill({0, 100, 50, 10}, light()[ColorRole::Danger]));
}

TEST_F(PainterTest, NothingIsPaintedWithoutAPageOrAnArea) {
  EXPECT_EQ(paint(), Repaint::NotNeeded);
  painter.show(page.list, 1);
  EXPECT_EQ(paint(), Repaint::NotNeeded);
  EXPECT_EQ(renderer.frames, 0);
}

// ---- Words ---------------------------------------------------------------------------------------------------------------

TEST_F(PainterTest, WordsStandOnWholePixelsWithTheirInkAroundThePen) {
  page.word("abc", 10.4F, 50);
  page.word("d", 60.6F, 50);
  show();
  paint();
  EXPECT_THAT(renderer.words, ElementsAre(DrawnQuad{1, {8, 36, 34, 18}}, DrawnQuad{1, {59, 36, 14, 18}}));
}

TEST_F(PainterTest, AWordIsDrawnByThePlatformOnceAndReused) {
  for (int i = 0; i < 20; ++i) page.word("same", static_cast<float>(i) * 40, 50);
  show();
  paint();
  EXPECT_EQ(painter.atlas_statistics().runs, 1U);
  EXPECT_THAT(renderer.words, SizeIs(20));
  paint();
  EXPECT_EQ(rasterizer.measures, 1);
  EXPECT_THAT(rasterizer.batches, SizeIs(1));
}

TEST_F(PainterTest, ColorFaceAndDirectionMakeAnotherWord) {
  page.word("x", 0, 50);
  page.word("x", 20, 50).color = ColorRole::Link;
  page.word("x", 40, 50);
  page.list.runs.back().face = 1;
  page.word("x", 60, 50);
  page.list.runs.back().direction = Direction::RightToLeft;
  show();
  paint();
  EXPECT_EQ(painter.atlas_statistics().runs, 4U);
  EXPECT_THAT(rasterizer.colors, Contains(light()[ColorRole::Link]));
}

TEST_F(PainterTest, AllNewWordsAreTransferredAtOnceAndWithoutOverlap) {
  for (int i = 0; i < 200; ++i) page.word("word" + std::to_string(i), 0, static_cast<float>(i) * 2 + 50);
  show();
  paint();
  ASSERT_THAT(rasterizer.batches, SizeIs(1));
  const Batch& batch = rasterizer.batches[0];
  ASSERT_THAT(batch.placements, SizeIs(200));
  for (std::size_t i = 0; i < batch.placements.size(); ++i) {
    const InkBox& a = batch.placements[i].clip;
    EXPECT_LE(a.left + a.width, batch.area.width);
    EXPECT_LE(a.top + a.height, batch.area.height);
    for (std::size_t j = i + 1; j < batch.placements.size(); ++j) {
      const InkBox& b = batch.placements[j].clip;
      const bool apart =
          a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;
      EXPECT_TRUE(apart) << i << " and " << j;
    }
  }
}

TEST_F(PainterTest, WordsCanBeDrawnInPiecesBeforeTheFirstFrame) {
  EXPECT_FALSE(painter.draw_words(10));
  for (int i = 0; i < 25; ++i) page.word("word" + std::to_string(i), 0, static_cast<float>(i) * 2 + 50);
  page.word("far", 0, 5000);
  show();
  EXPECT_TRUE(painter.draw_words(10));
  EXPECT_TRUE(painter.draw_words(10));
  EXPECT_FALSE(painter.draw_words(10));
  EXPECT_FALSE(painter.draw_words(10));
  EXPECT_EQ(painter.atlas_statistics().runs, 25U);
  EXPECT_EQ(renderer.frames, 0);
  const std::size_t batches = rasterizer.batches.size();
  paint();
  EXPECT_THAT(rasterizer.batches, SizeIs(batches));
  EXPECT_THAT(renderer.words, SizeIs(25));
}

TEST_F(PainterTest, AFewWordsContinueTheLastRow) {
  page.word("first", 0, 50);
  page.word("second", 0, 5000);
  show();
  paint();
  show({4900, 800, 600});
  paint();
  ASSERT_THAT(rasterizer.batches, SizeIs(2));
  const PageArea& first = rasterizer.batches[0].area;
  const PageArea& second = rasterizer.batches[1].area;
  EXPECT_EQ(second.y, first.y);
  EXPECT_EQ(second.x, first.x + first.width);
}

TEST_F(PainterTest, AWordWithoutInkIsNotDrawn) {
  page.word("_", 0, 50);
  show();
  paint();
  EXPECT_THAT(rasterizer.batches, IsEmpty());
  EXPECT_THAT(renderer.words, IsEmpty());
}

TEST_F(PainterTest, AWordWiderThanAPageIsCutIntoSlices) {
  rasterizer.page_size = 256;
  page.word(std::string(50, 'w'), 100, 50);  // 504 pixels of ink
  show();
  paint();
  ASSERT_THAT(renderer.words, SizeIs(2));
  EXPECT_EQ(renderer.words[0].rect, (Rect{98, 36, 256, 18}));
  EXPECT_EQ(renderer.words[1].rect, (Rect{354, 36, 248, 18}));
  for (const Batch& batch : rasterizer.batches) {
    for (const RunPlacement& placement : batch.placements) EXPECT_TRUE(placement.needs_clip);
  }
}

TEST_F(PainterTest, ShapesAndWordsTakeOneDrawCallEach) {
  for (int i = 0; i < 50; ++i) {
    page.word("link" + std::to_string(i), 0, static_cast<float>(i) * 10);
    page.add(DisplayItem::Kind::Fill, {0, static_cast<float>(i) * 10, 40, 1}, ColorRole::Link);
  }
  show();
  paint();
  EXPECT_EQ(renderer.draw_calls, 2);
}

TEST_F(PainterTest, PagesBeyondTheBudgetAreDroppedLongestUnusedFirst) {
  rasterizer.page_size = 256;
  // Each screen has words enough for two pages of 256 by 256 pixels.
  for (int i = 0; i < 4000; ++i) page.word("w" + std::to_string(10'000 + i), 0, static_cast<float>(i) * 5 + 20);
  for (int screen = 0; screen < 30; ++screen) {
    show({static_cast<float>(screen) * 600, 800, 600});
    paint();
    EXPECT_LE(painter.atlas_statistics().pages, kPageBudget);
    EXPECT_EQ(rasterizer.live_pages.size(), painter.atlas_statistics().pages);
    for (const DrawnQuad& word : renderer.words) EXPECT_THAT(rasterizer.live_pages, Contains(word.texture));
  }
  EXPECT_GT(rasterizer.last_page, kPageBudget);
}

TEST_F(PainterTest, WhatOneViewNeedsIsKeptBeyondTheBudget) {
  rasterizer.page_size = 256;
  for (int i = 0; i < 600; ++i) page.word("w" + std::to_string(10'000 + i), 0, static_cast<float>(i) + 10);
  show();
  paint();
  EXPECT_GT(painter.atlas_statistics().pages, kPageBudget);
  EXPECT_THAT(renderer.words, SizeIs(600));
  paint();
  EXPECT_EQ(rasterizer.measures, 1);
}

TEST_F(PainterTest, ForgottenRunsAreDrawnAnew) {
  page.word("word", 0, 50);
  show();
  paint();
  painter.forget_runs();
  EXPECT_THAT(rasterizer.live_pages, IsEmpty());
  paint();
  EXPECT_THAT(rasterizer.batches, SizeIs(2));
  EXPECT_THAT(renderer.words, SizeIs(1));
}

TEST_F(PainterTest, ThemeChangesTheColors) {
  page.word("word", 0, 50);
  show();
  painter.set_theme(ThemeKind::Dark);
  paint();
  EXPECT_TRUE(renderer.has_fill({0, 0, 800, 600}, palette(ThemeKind::Dark)[ColorRole::Page]));
  EXPECT_THAT(rasterizer.colors, Each(palette(ThemeKind::Dark)[ColorRole::Ink]));
}

TEST_F(PainterTest, ALargePageHasMoreThan65536Vertices) {
  for (int i = 0; i < 20'000; ++i) page.word("w" + std::to_string(i % 50), static_cast<float>(i % 80) * 10, 300);
  show();
  paint();
  EXPECT_THAT(renderer.words, SizeIs(20'000));
}

// ---- Links and buttons -----------------------------------------------------------------------------------------------------

TEST_F(PainterTest, AButtonShowsThatThePointerIsOverItAndHoldsIt) {
  const Rect rect{100, 100, 80, 30};
  page.button(rect, ColorRole::Accent);
  show();
  paint_until_idle();
  const Color accent = light()[ColorRole::Accent];
  EXPECT_TRUE(renderer.has_fill(rect, accent));

  EXPECT_EQ(painter.handle_pointer(110, 110, PointerKind::Move), Repaint::Needed);
  paint_until_idle();
  const Color hovered = mixed_color(accent, light()[ColorRole::Ink], 0.1F);
  EXPECT_TRUE(renderer.has_fill(rect, hovered));

  EXPECT_EQ(painter.handle_pointer(110, 110, PointerKind::Down), Repaint::Needed);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill(rect, mixed_color(accent, light()[ColorRole::Ink], 0.2F)));

  EXPECT_EQ(painter.handle_pointer(110, 110, PointerKind::Up), Repaint::Needed);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill(rect, hovered));

  EXPECT_EQ(painter.handle_pointer(0, 0, PointerKind::Leave), Repaint::Needed);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill(rect, accent));
}

TEST_F(PainterTest, ThePointerIsWhereThePageIs) {
  const Rect rect{100, 5100, 80, 30};
  page.button(rect, ColorRole::Accent);
  show({5000, 800, 600});
  paint_until_idle();
  painter.handle_pointer(110, 5110, PointerKind::Move);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill({100, 100, 80, 30}, mixed_color(light()[ColorRole::Accent], light()[ColorRole::Ink], 0.1F)));
}

TEST_F(PainterTest, ADisabledButtonIsPaleAndDoesNotReact) {
  const Rect rect{100, 100, 80, 30};
  page.button(rect, ColorRole::Accent);
  page.list.hit_targets[0].is_disabled = true;
  show();
  paint_until_idle();
  painter.handle_pointer(110, 110, PointerKind::Move);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill(rect, mixed_color(light()[ColorRole::Accent], light()[ColorRole::Page], 0.5F)));
}

TEST_F(PainterTest, TheUnderlineOfAHoveredLinkGrows) {
  const std::uint32_t link = page.target(HitTarget::Kind::Link, {10, 36, 40, 20});
  page.word("link", 10, 50, link);
  page.add(DisplayItem::Kind::Fill, {10, 52, 40, 1}, ColorRole::Link).target = link;
  show();
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill({10, 52, 40, 1}, light()[ColorRole::Link]));
  painter.handle_pointer(20, 45, PointerKind::Move);
  paint_until_idle();
  EXPECT_TRUE(renderer.has_fill({10, 52, 40, 2}, light()[ColorRole::Link]));
}

TEST_F(PainterTest, MovesBesideTargetsNeedNoFrame) {
  page.button({100, 100, 80, 30}, ColorRole::Accent);
  show();
  paint_until_idle();
  EXPECT_EQ(painter.handle_pointer(500, 500, PointerKind::Move), Repaint::NotNeeded);
  EXPECT_EQ(painter.handle_pointer(510, 500, PointerKind::Down), Repaint::NotNeeded);
  EXPECT_EQ(painter.handle_pointer(510, 500, PointerKind::Up), Repaint::NotNeeded);
  painter.handle_pointer(110, 110, PointerKind::Move);
  paint_until_idle();
  EXPECT_EQ(painter.handle_pointer(112, 111, PointerKind::Move), Repaint::NotNeeded);
}

TEST_F(PainterTest, AQuickPressIsShownBeforeItsRelease) {
  const Rect rect{100, 100, 80, 30};
  page.button(rect, ColorRole::Accent);
  show();
  paint_until_idle();
  painter.handle_pointer(110, 110, PointerKind::Down);
  painter.handle_pointer(110, 110, PointerKind::Up);
  bool was_shown = false;
  for (int i = 0; i < 5; ++i) {
    paint();
    was_shown = was_shown || renderer.has_fill(rect, mixed_color(light()[ColorRole::Accent], light()[ColorRole::Ink], 0.2F));
  }
  EXPECT_TRUE(was_shown);
  paint_until_idle();
}

TEST_F(PainterTest, FocusIsARingAroundTheTarget) {
  page.button({100, 100, 80, 30}, ColorRole::Accent);
  show();
  paint();
  const std::size_t without = renderer.shapes.size();
  painter.set_focus(1);
  paint();
  EXPECT_GT(renderer.shapes.size(), without);
  const ImU32 focus_color = packed_color(light()[ColorRole::Focus]);
  EXPECT_TRUE(std::any_of(renderer.shapes.begin(), renderer.shapes.end(),
                          [focus_color](const auto& shape) { return shape.second == focus_color; }));
  painter.set_focus(0);
  paint();
  EXPECT_THAT(renderer.shapes, SizeIs(without));
}

TEST_F(PainterTest, FocusOnATargetOfAnotherPageIsIgnored) {
  show();
  painter.set_focus(7);
  EXPECT_EQ(paint(), Repaint::NotNeeded);
}

// ---- Fonts ---------------------------------------------------------------------------------------------------------------

TEST(FaceCss, IsAFontShorthand) {
  EXPECT_EQ(css_font({Family::Serif, 18.5F, 700, true}), "italic 700 18.5px " + std::string(family_stack(Family::Serif)));
  EXPECT_EQ(css_font({Family::Mono, 14, 400, false}), "400 14px " + std::string(family_stack(Family::Mono)));
}

TEST(Colors, ArePackedRedLowest) {
  EXPECT_EQ(packed_color(0x11223344), 0x44332211U);
}

}  // namespace
}  // namespace octavo
