// Counts, and writes the receipt as JSON and as lines for a person.
#include "press/import/common/import_report.h"

#include <algorithm>

#include "core/base/json.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxPlaces = 20;  // of one thing that was not converted; the count is always whole

}  // namespace

void ImportReport::withheld(const std::string& kind, std::string reason, const ImportLocation& location, std::string id) {
  ++counts_[kind].withheld;
  withheld_.push_back({kind, std::move(reason), location, std::move(id)});
}

void ImportReport::failed(const std::string& kind, std::string reason, const ImportLocation& location, std::string id) {
  ++counts_[kind].failed;
  failed_.push_back({kind, std::move(reason), location, std::move(id)});
}

void ImportReport::not_converted(const std::string& what, const ImportLocation& location) {
  not_converted_[what].push_back(location);
}

void ImportReport::moved(std::string old_address, std::string new_address) {
  moved_.emplace_back(std::move(old_address), std::move(new_address));
}

void ImportReport::term(std::string kind, std::string name, std::string slug, std::string new_address) {
  terms_.push_back({std::move(kind), std::move(name), std::move(slug), std::move(new_address)});
}

ImportCount ImportReport::count(const std::string& kind) const {
  const auto found = counts_.find(kind);
  return found == counts_.end() ? ImportCount{} : found->second;
}

std::size_t ImportReport::not_converted_count() const {
  std::size_t count = 0;
  for (const auto& [what, places] : not_converted_) count += places.size();
  return count;
}

bool ImportReport::adds_up() const {
  return std::all_of(counts_.begin(), counts_.end(), [](const auto& entry) {
    const ImportCount& count = entry.second;
    return count.read == count.written + count.withheld + count.failed;
  });
}

bool ImportReport::has_failures() const {
  return !failed_.empty();
}

std::string ImportReport::json(const std::string& source, const std::string& format) const {
  JsonWriter json(JsonWriter::Layout::Indented);
  json.begin_object().key("version").value(1).key("source").value(source).key("format").value(format);
  json.key("counts").begin_object();
  for (const auto& [kind, count] : counts_) {
    json.key(kind).begin_object();
    json.key("read").value(static_cast<std::int64_t>(count.read)).key("written").value(static_cast<std::int64_t>(count.written));
    json.key("withheld").value(static_cast<std::int64_t>(count.withheld));
    json.key("failed").value(static_cast<std::int64_t>(count.failed)).end_object();
  }
  json.end_object();
  const auto write_fates = [&json](std::string_view name, const std::vector<Fate>& fates) {
    json.key(name).begin_array();
    for (const Fate& fate : fates) {
      json.begin_object().key("kind").value(fate.kind).key("reason").value(fate.reason).key("place").value(fate.location.text());
      json.member_unless_empty("id", fate.id).end_object();
    }
    json.end_array();
  };
  write_fates("withheld", withheld_);
  write_fates("failed", failed_);
  json.key("not_converted").begin_array();
  for (const auto& [what, places] : not_converted_) {
    json.begin_object().key("what").value(what).key("count").value(static_cast<std::int64_t>(places.size()));
    json.key("places").begin_array();
    for (std::size_t i = 0; i < std::min(places.size(), kMaxPlaces); ++i) json.value(places[i].text());
    json.end_array().end_object();
  }
  json.end_array();
  json.key("terms").begin_array();
  for (const Term& term : terms_) {
    json.begin_object().key("kind").value(term.kind).key("name").value(term.name).key("slug").value(term.slug);
    json.member_unless_empty("address", term.address).end_object();
  }
  json.end_array();
  json.key("addresses").begin_array();
  for (const auto& [from, to] : moved_) json.begin_object().key("old").value(from).key("new").value(to).end_object();
  json.end_array().end_object();
  return json.take() + "\n";
}

std::string ImportReport::summary() const {
  std::string out;
  for (const auto& [kind, count] : counts_) {
    out += kind + ": " + std::to_string(count.read) + " read, " + std::to_string(count.written) + " written";
    if (count.withheld > 0) {
      std::map<std::string, std::size_t> reasons;
      for (const Fate& fate : withheld_) {
        if (fate.kind == kind) ++reasons[fate.reason];
      }
      out += ", " + std::to_string(count.withheld) + " withheld (";
      bool is_first = true;
      for (const auto& [reason, number] : reasons) {
        out += (is_first ? "" : ", ") + std::to_string(number) + " " + reason;
        is_first = false;
      }
      out += ")";
    }
    if (count.failed > 0) out += ", " + std::to_string(count.failed) + " failed";
    out += "\n";
  }
  for (const auto& [what, places] : not_converted_)
    out += "not converted: " + what + ", " + std::to_string(places.size()) + "x\n";
  return out;
}

}  // namespace octavo
