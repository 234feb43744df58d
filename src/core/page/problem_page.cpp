// Pages as Documents: what is shown when something is missing, has failed or is still loading.
#include "core/base/url.h"
#include "core/page/page.h"
#include "core/page/page_action.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

// An address is quoted on the not-found page; a longer one is more likely a trick than a mistake.
constexpr std::size_t kMaxQuotedAddress = 120;

InlineText home_link(const Frame& frame) {
  LineBuilder line;
  line.link(Strings::kGoHome, page_reference(frame.path, ""));
  return line.take();
}

std::string not_found_text(std::string_view path) {
  const std::string address = clean_text(decode_percent(path));
  // One static page serves every missing address, so it cannot name the address.
  if (address.empty() || address == "404.html" || address.size() > kMaxQuotedAddress) return std::string(Strings::kNotFoundHere);
  return fill_in(Strings::kNotFoundAt, {address});
}

}  // namespace

Page build_not_found_page(const SiteInfo& site, std::string_view path) {
  const Frame frame{site, std::string(path), {}};
  Block alert = make_section(Role::Alert);
  alert.children.push_back(make_heading(1, Variant::Body, Strings::kNotFound));
  alert.children.push_back(make_paragraph(Variant::Body, not_found_text(path)));
  alert.children.push_back(make_paragraph(Variant::Body, Strings::kNotFoundAdvice));
  alert.children.push_back(make_paragraph(Variant::Body, home_link(frame)));
  Block main = make_section(Role::Main);
  main.children.push_back(std::move(alert));
  return build_framed_page(frame, Strings::kNotFound, {}, std::move(main));
}

Page build_error_page(const SiteInfo& site, std::string_view path, const Error& error, Retry retry) {
  const Frame frame{site, std::string(path), {}};
  Block alert = make_section(Role::Alert);
  alert.children.push_back(make_heading(1, Variant::Body, Strings::kCannotShow));
  alert.children.push_back(make_paragraph(Variant::Body, clean_text(error.message)));
  if (const std::string where = clean_text(error.where); !where.empty()) {
    alert.children.push_back(make_paragraph(Variant::FinePrint, where));
  }
  if (retry == Retry::Offer) {
    Span button;
    button.url = page_action_name(PageAction::Retry);
    LineBuilder actions;
    actions.button(Strings::kTryAgain, std::move(button));
    alert.children.push_back(make_paragraph(Variant::Actions, actions.take()));
  }
  alert.children.push_back(make_paragraph(Variant::Body, home_link(frame)));
  Block main = make_section(Role::Main);
  main.children.push_back(std::move(alert));
  return build_framed_page(frame, Strings::kCannotShow, {}, std::move(main));
}

Page build_loading_page(const SiteInfo& site, std::string_view path) {
  const Frame frame{site, std::string(path), {}};
  Block main = make_section(Role::Main);
  main.children.push_back(make_heading(1, Variant::Label, Strings::kLoading));
  return build_framed_page(frame, Strings::kLoading, {}, std::move(main));
}

}  // namespace octavo
