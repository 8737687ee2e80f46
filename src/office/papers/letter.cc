#include "office/papers/letter.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "base/check.h"
#include "base/date.h"
#include "office/papers/letter_check.h"
#include "office/papers/qr.h"
#include "office/papers/shorten.h"

/// Pango breaks the text into lines; Flow puts the lines on pages; Drawing draws the pages once their number is known.
/// Lengths are in points (1/72 inch) from the top left corner. Floating point is for drawing only.
namespace koshi::papers {
namespace {

constexpr double kMillimetre = 72.0 / 25.4;
constexpr double kPageWidth = 210 * kMillimetre;
constexpr double kPageHeight = 297 * kMillimetre;
constexpr double kMargin = 20 * kMillimetre;
constexpr double kBottom = kPageHeight - 25 * kMillimetre;  // of the text; the footer stands below
constexpr double kFooterTop = kPageHeight - 18 * kMillimetre;
constexpr double kTextWidth = kPageWidth - 2 * kMargin;
constexpr double kLabelWidth = kTextWidth * 0.36;
constexpr double kGap = 4 * kMillimetre;
constexpr double kQrSide = 42 * kMillimetre;  // with its quiet zone
constexpr double kQrLeft = kPageWidth - kMargin - kQrSide;
constexpr double kPageNumberWidth = 20 * kMillimetre;
constexpr const char* kFont = "DejaVu Sans";
constexpr size_t kShownMaxBytes = 200;  // of a text, in a message

struct Style {
  int size;  ///< points
  bool bold;
  double grey;    ///< 0 is black
  double before;  ///< space above, in points
};

constexpr Style kIssuer{10, false, 0.25, 0};
constexpr Style kTitle{15, true, 0, 14};
constexpr Style kHeading{11, true, 0, 14};
constexpr Style kBody{10, false, 0, 7};
constexpr Style kLabel{10, false, 0.25, 5};
constexpr Style kGround{10, true, 0, 8};
constexpr Style kDetail{10, false, 0, 2};
constexpr Style kSmall{8, false, 0.25, 0};
constexpr Style kCaption{8, false, 0.25, 14};

template <typename T>
struct Unref {
  void operator()(T* object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, Unref<T>>;
using Layout = Object<PangoLayout>;
using Attributes = std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)>;
using Description = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using Options = std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)>;
using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Cairo = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

Description font_of(const Style& style) {
  Description font(pango_font_description_new(), &pango_font_description_free);
  pango_font_description_set_family(font.get(), kFont);
  pango_font_description_set_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

/// Text into layouts of one font, with nothing taken from the screen or the user's settings.
class Typesetter {
 public:
  static Result<Typesetter> create(const std::string& language);
  Result<Layout> set(const std::string& text, const Style& style, double width) const;

 private:
  Result<void> expect_font(const Style& style) const;

  Object<PangoFontMap> fonts_;
  Object<PangoContext> context_;
};

Result<Typesetter> Typesetter::create(const std::string& language) {
  Typesetter out;
  // A map of its own: the bytes do not depend on what was set before, and threads share nothing.
  out.fonts_.reset(pango_cairo_font_map_new());
  out.context_.reset(pango_font_map_create_context(out.fonts_.get()));
  pango_cairo_context_set_resolution(out.context_.get(), 72);
  const Options options(cairo_font_options_create(), &cairo_font_options_destroy);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(out.context_.get(), options.get());
  pango_context_set_round_glyph_positions(out.context_.get(), FALSE);
  pango_context_set_language(out.context_.get(), pango_language_from_string(language.c_str()));
  TRY_DO(out.expect_font(kBody));
  TRY_DO(out.expect_font(kTitle));
  return out;
}

/// Fontconfig would silently give another font, which may lack letters and would change the bytes.
Result<void> Typesetter::expect_font(const Style& style) const {
  const Description wanted = font_of(style);
  const Object<PangoFont> font(pango_font_map_load_font(fonts_.get(), context_.get(), wanted.get()));
  const Description found(font ? pango_font_describe(font.get()) : pango_font_description_new(), &pango_font_description_free);
  const char* family = pango_font_description_get_family(found.get());
  const bool same = family != nullptr && std::string_view(family) == kFont &&
                    pango_font_description_get_weight(found.get()) == pango_font_description_get_weight(wanted.get());
  if (!same) return fail("the font DejaVu Sans is not installed; install the package fonts-dejavu-core");
  return {};
}

Result<Layout> Typesetter::set(const std::string& text, const Style& style, double width) const {
  Layout layout(pango_layout_new(context_.get()));
  const Description font = font_of(style);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  const Attributes attributes(pango_attr_list_new(), &pango_attr_list_unref);
  pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
    return fail("the font has no sign for a letter of this text; write it in Cyrillic or Latin letters: " + shorten(text, kShownMaxBytes));
  }
  return layout;
}

struct PlacedLine {
  PangoLayoutLine* line = nullptr;  ///< of a layout that Flow keeps
  double x = 0;
  double baseline = 0;
  double grey = 0;
};

/// What belongs together on a page, for readers that speak.
struct Block {
  const char* tag = "P";
  std::vector<PlacedLine> lines;
};

struct Page {
  std::vector<Block> blocks;
};

struct Column {
  double x;
  double width;
  const std::string* text;
  Style style;
};

/// The lines of a layout, with their heights and the places of their baselines.
struct LineBox {
  PangoLayoutLine* line;
  double height;
  double ascent;
};

std::vector<LineBox> lines_of(PangoLayout* layout) {
  std::vector<LineBox> out;
  PangoLayoutIter* at = pango_layout_get_iter(layout);
  do {
    PangoRectangle box;
    pango_layout_iter_get_line_extents(at, nullptr, &box);
    const int ascent = pango_layout_iter_get_baseline(at) - box.y;
    out.push_back({pango_layout_iter_get_line_readonly(at), pango_units_to_double(box.height), pango_units_to_double(ascent)});
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
  return out;
}

class Flow {
 public:
  explicit Flow(const Typesetter& typesetter) : typesetter_(typesetter) {}

  /// Columns side by side, line by line; `keep` is the space that must be left below the first lines.
  Result<void> columns(const char* tag, std::vector<Column> columns, double keep = 0);
  Result<void> text(const char* tag, const std::string& text, const Style& style, double indent = 0, double keep = 0);
  /// What follows stands beside the code, until `below`.
  void beside_code() { width_ = kTextWidth - kQrSide - kGap; }
  void below_code();

  std::vector<Page> pages{1};

 private:
  struct SetColumn {
    double x;
    double grey;
    std::vector<LineBox> lines;
  };

  Result<std::vector<SetColumn>> set(const std::vector<Column>& columns);
  Result<void> break_page();

  const Typesetter& typesetter_;
  std::vector<Layout> layouts_;
  double y_ = kMargin;
  double width_ = kTextWidth;
};

Result<std::vector<Flow::SetColumn>> Flow::set(const std::vector<Column>& columns) {
  std::vector<SetColumn> out;
  for (const Column& column : columns) {
    TRY(layout, typesetter_.set(*column.text, column.style, column.width));
    out.push_back({column.x, column.style.grey, lines_of(layout.get())});
    layouts_.push_back(std::move(layout));
  }
  return out;
}

Result<void> Flow::break_page() {
  if (pages.size() == kLetterMaxPages) return fail("the letter has more than " + std::to_string(kLetterMaxPages) + " pages; divide it");
  pages.emplace_back();
  y_ = kMargin;
  return {};
}

double height_at(const auto& columns, size_t line) {
  double height = 0;
  for (const auto& column : columns) {
    if (line < column.lines.size()) height = std::max(height, column.lines[line].height);
  }
  return height;
}

Result<void> Flow::columns(const char* tag, std::vector<Column> given, double keep) {
  TRY(columns, set(given));
  size_t count = 0;
  for (const SetColumn& column : columns) count = std::max(count, column.lines.size());
  if (y_ > kMargin) y_ += given.front().style.before;
  // A first line alone at the foot of a page is not left there.
  const double first = height_at(columns, 0) + (count > 1 ? height_at(columns, 1) : 0) + keep;
  if (y_ + first > kBottom) TRY_DO(break_page());
  // A block for each column, so that a label and its value are read out as two.
  const auto begin_blocks = [&] {
    for (size_t i = 0; i < columns.size(); ++i) pages.back().blocks.push_back({.tag = tag, .lines = {}});
    return pages.back().blocks.size() - columns.size();
  };
  size_t block = begin_blocks();
  for (size_t line = 0; line < count; ++line) {
    const double height = height_at(columns, line);
    if (y_ + height > kBottom) {
      TRY_DO(break_page());
      block = begin_blocks();
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      const SetColumn& column = columns[i];
      if (line >= column.lines.size()) continue;
      const LineBox& box = column.lines[line];
      pages.back().blocks[block + i].lines.push_back({.line = box.line, .x = column.x, .baseline = y_ + box.ascent, .grey = column.grey});
    }
    y_ += height;
  }
  return {};
}

Result<void> Flow::text(const char* tag, const std::string& text, const Style& style, double indent, double keep) {
  if (text.empty()) return {};
  return columns(tag, {{.x = kMargin + indent, .width = width_ - indent, .text = &text, .style = style}}, keep);
}

void Flow::below_code() {
  if (pages.size() == 1) y_ = std::max(y_, kMargin + kQrSide);
  width_ = kTextWidth;
}

Result<void> fill(Flow& flow, const Letter& letter) {
  constexpr double kIndent = 5 * kMillimetre;
  constexpr double kKeep = 30;  // two lines below a heading
  if (letter.qr) flow.beside_code();
  TRY_DO(flow.text("P", letter.issuer, kIssuer));
  TRY_DO(flow.text("H1", letter.title, kTitle, 0, kKeep));
  if (letter.qr) {
    TRY_DO(flow.text("P", letter.qr_caption, kCaption));
    flow.below_code();
  }
  for (const std::string& text : letter.paragraphs) TRY_DO(flow.text("P", text, kBody));
  for (const LetterRow& row : letter.rows) {
    TRY_DO(flow.columns("P", {{.x = kMargin, .width = kLabelWidth - kGap, .text = &row.label, .style = kLabel},
                              {.x = kMargin + kLabelWidth, .width = kTextWidth - kLabelWidth, .text = &row.value, .style = kBody}}));
  }
  TRY_DO(flow.text("H2", letter.grounds_title, kHeading, 0, kKeep));
  int number = 0;
  for (const LetterGround& ground : letter.grounds) {
    TRY_DO(flow.text("P", std::to_string(++number) + ". " + ground.ground, kGround));
    TRY_DO(flow.text("P", ground.article, kDetail, kIndent));
    TRY_DO(flow.text("P", ground.explanation, kDetail, kIndent));
  }
  for (const std::string& text : letter.closing) TRY_DO(flow.text("P", text, kBody));
  return {};
}

std::string format_time(int64_t seconds) {
  constexpr int64_t kDay = 86'400;
  const int64_t days = (seconds >= 0 ? seconds : seconds - kDay + 1) / kDay;
  const int64_t rest = seconds - days * kDay;
  std::array<char, 32> time{};
  std::snprintf(time.data(), time.size(), "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                static_cast<int>(rest % 60));
  return format_date(Date{static_cast<int32_t>(days)}) + time.data();
}

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

class Drawing {
 public:
  Drawing(const Letter& letter, const std::string& created);

  Result<void> footer(const Typesetter& typesetter, size_t page, size_t pages);
  void blocks(const Page& page);
  void qr(const QrMatrix& matrix);
  void end_page() { cairo_show_page(cairo_.get()); }
  Result<std::string> finish();

 private:
  void line(const PlacedLine& placed);

  const Letter& letter_;
  std::string bytes_;
  Surface surface_;
  Cairo cairo_;
};

Drawing::Drawing(const Letter& letter, const std::string& created)
    : letter_(letter),
      surface_(cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, kPageWidth, kPageHeight), &cairo_surface_destroy),
      cairo_(cairo_create(surface_.get()), &cairo_destroy) {
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, letter.title.c_str());
  if (!letter.issuer.empty()) cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_AUTHOR, letter.issuer.c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "Köshi");
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
}

void Drawing::line(const PlacedLine& placed) {
  cairo_set_source_rgb(cairo_.get(), placed.grey, placed.grey, placed.grey);
  cairo_move_to(cairo_.get(), placed.x, placed.baseline);
  pango_cairo_show_layout_line(cairo_.get(), placed.line);
}

void Drawing::blocks(const Page& page) {
  for (const Block& block : page.blocks) {
    cairo_tag_begin(cairo_.get(), block.tag, nullptr);
    for (const PlacedLine& placed : block.lines) line(placed);
    cairo_tag_end(cairo_.get(), block.tag);
  }
}

Result<void> Drawing::footer(const Typesetter& typesetter, size_t page, size_t pages) {
  TRY(number, typesetter.set(std::to_string(page) + " / " + std::to_string(pages), kSmall, kPageNumberWidth));
  pango_layout_set_alignment(number.get(), PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb(cairo_.get(), kSmall.grey, kSmall.grey, kSmall.grey);
  cairo_move_to(cairo_.get(), kPageWidth - kMargin - kPageNumberWidth, kFooterTop);
  pango_cairo_show_layout(cairo_.get(), number.get());
  TRY(text, typesetter.set(letter_.footer, kSmall, kTextWidth - kPageNumberWidth - kGap));
  pango_layout_set_ellipsize(text.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_height(text.get(), -2);  // lines
  cairo_move_to(cairo_.get(), kMargin, kFooterTop);
  pango_cairo_show_layout(cairo_.get(), text.get());
  return {};
}

void Drawing::qr(const QrMatrix& matrix) {
  const double module = kQrSide / (matrix.side + 2 * kQrQuietModules);
  cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
  for (int row = 0; row < matrix.side; ++row) {
    for (int column = 0; column < matrix.side; ++column) {
      if (!matrix.dark(row, column)) continue;
      const int begin = column;
      while (column + 1 < matrix.side && matrix.dark(row, column + 1)) ++column;
      cairo_rectangle(cairo_.get(), kQrLeft + (begin + kQrQuietModules) * module, kMargin + (row + kQrQuietModules) * module,
                      (column + 1 - begin) * module, module);
    }
  }
  cairo_fill(cairo_.get());
}

Result<std::string> Drawing::finish() {
  const cairo_status_t drawn = cairo_status(cairo_.get());
  cairo_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t written = cairo_surface_status(surface_.get());
  const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (status != CAIRO_STATUS_SUCCESS) return fail(std::string("the letter could not be drawn: ") + cairo_status_to_string(status));
  return std::move(bytes_);
}

}  // namespace

Result<std::string> render_letter(const Letter& letter, int64_t created) {
  TRY_DO(check_letter(letter));
  constexpr int64_t kDay = 86'400;
  if (created < kFirstDate.days * kDay || created >= (kLastDate.days + int64_t{1}) * kDay) return fail("the letter has no possible date");
  std::optional<QrMatrix> code;
  if (letter.qr) {
    TRY(matrix, make_qr(*letter.qr));
    code = std::move(matrix);
  }
  TRY(typesetter, Typesetter::create(letter.language));
  Flow flow(typesetter);
  TRY_DO(fill(flow, letter));
  Drawing drawing(letter, format_time(created));
  for (size_t page = 0; page < flow.pages.size(); ++page) {
    drawing.blocks(flow.pages[page]);
    if (code && page == 0) drawing.qr(*code);
    TRY_DO(drawing.footer(typesetter, page + 1, flow.pages.size()));
    drawing.end_page();
  }
  return drawing.finish();
}

}  // namespace koshi::papers
