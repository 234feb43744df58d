// The receipt of an import: everything read is written, withheld or failed, and what could not be converted is named.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "press/import/common/imported_site.h"

namespace octavo {

struct ImportCount {
  std::size_t read = 0;
  std::size_t written = 0;
  std::size_t withheld = 0;
  std::size_t failed = 0;
};

class ImportReport {
 public:
  // `kind` is "posts", "pages", "comments", "media", "tags" ... Each thing is counted once as read and once by its fate.
  void read(const std::string& kind, std::size_t count = 1) { counts_[kind].read += count; }
  void written(const std::string& kind, std::size_t count = 1) { counts_[kind].written += count; }
  // The report never has the title or address of anything that is not public: `id` is a number or the name of a file.
  void withheld(const std::string& kind, std::string reason, const ImportLocation& location, std::string id = {});
  void failed(const std::string& kind, std::string reason, const ImportLocation& location, std::string id = {});
  // Something within a post that is left out or stays as text.
  void not_converted(const std::string& what, const ImportLocation& location);
  void moved(std::string old_address, std::string new_address);
  void term(std::string kind, std::string name, std::string slug, std::string new_address);

  const std::map<std::string, ImportCount>& counts() const { return counts_; }
  ImportCount count(const std::string& kind) const;
  std::size_t not_converted_count() const;
  bool adds_up() const;
  bool has_failures() const;

  std::string json(const std::string& source, const std::string& format) const;
  // "48 posts written, 3 withheld (1 draft, ...)": a line per kind.
  std::string summary() const;

 private:
  struct Fate {
    std::string kind;
    std::string reason;
    ImportLocation location;
    std::string id;
  };
  struct Term {
    std::string kind;
    std::string name;
    std::string slug;
    std::string address;
  };

  std::map<std::string, ImportCount> counts_;
  std::vector<Fate> withheld_;
  std::vector<Fate> failed_;
  std::map<std::string, std::vector<ImportLocation>> not_converted_;
  std::vector<std::pair<std::string, std::string>> moved_;
  std::vector<Term> terms_;
};

}  // namespace octavo
