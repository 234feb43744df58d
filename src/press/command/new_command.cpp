// `octavo new`: creates the first files of a site, or a draft. It never touches existing files.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/base/json.h"
#include "core/base/url.h"
#include "press/command/commands.h"
#include "press/source/post_address.h"
#include "press/source/site_settings.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

Error new_error(const fs::path& path, const std::string& reason) {
  return {ErrorCode::Unreadable, reason, path.string()};
}

// Fails when the file exists.
Status create_file(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return new_error(path.parent_path(), "The folder cannot be created: " + error.message() + ".");
  std::FILE* file = std::fopen(path.c_str(), "wbx");
  if (file == nullptr) {
    return new_error(path, errno == EEXIST ? "This file already exists and is left as it is."
                                           : "The file cannot be created: " + std::string(std::strerror(errno)) + ".");
  }
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool is_closed = std::fclose(file) == 0;
  if (!is_written || !is_closed) return new_error(path, "The file cannot be written; is the disk full?");
  return Unit{};
}

// A TOML basic string.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
  }
  return out + '"';
}

std::string post_text(const std::string& title, DateTime now, bool is_draft) {
  std::string text = "+++\ntitle = " + toml_text(title) + "\ndate = " + format_rfc3339(now) + "\n";
  if (is_draft) text += "draft = true\n";
  return text + "+++\n\n";
}

int report_created(const Status& status, const fs::path& created, Report report) {
  VerbOutcome outcome;
  if (status) {
    outcome.summary = created.generic_string();
    outcome.members = [&](JsonWriter& json) { json.key("created").value(created.generic_string()); };
  } else {
    outcome.error = status.error();
  }
  return report_outcome(outcome, Diagnostics(), report);
}

Status create_site(const fs::path& folder, DateTime now) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return new_error(folder, "The folder is not empty; a new site needs an empty one.");
  }
  const fs::path name = folder.lexically_normal().has_filename() ? folder.lexically_normal().filename()
                                                                 : folder.lexically_normal().parent_path().filename();
  const std::string settings = "title = " + toml_text(name.empty() || name == "." ? "A blog" : name.string()) +
                               "\ndescription = \"\"\nlanguage = \"en\"\n"
                               "# Where the site will be: feeds, link previews and the sitemap need it.\n"
                               "home_page_url = \"\"\n";
  if (Status status = create_file(folder / kSettingsFileName, settings); !status) return status;
  return create_file(
      folder / "content" / "hello.md",
      post_text("Hello", now, false) + "The first post. Write Markdown here, and look at it with `octavo serve`.\n");
}

}  // namespace

int run_new_site(const fs::path& folder, DateTime now, Report report) {
  return report_created(create_site(folder, now), folder, report);
}

int run_new_post(const std::string& title, const fs::path& site, DateTime now, Report report) {
  std::error_code error;
  const fs::path content = fs::is_directory(site / "content", error) ? site / "content" : site;
  const std::string slug = slug_from_text(title);
  if (slug.empty() || !is_usable_slug(slug)) {
    return report_created(Status(new_error(title, "The title needs letters or digits and must not be too long.")), {}, report);
  }
  const fs::path file = content / (slug + ".md");
  if (!fs::is_directory(content, error)) {
    return report_created(Status(new_error(content, "There is no such folder; create one with `octavo new site`.")), {}, report);
  }
  return report_created(create_file(file, post_text(title, now, true)), file, report);
}

}  // namespace octavo
