// Feeds as posts: RSS 2.0, Atom and JSON Feed.
#pragma once

#include <string>

#include "core/base/result.h"
#include "press/import/common/import_context.h"
#include "press/import/feeds/xml_document.h"

namespace octavo {

bool is_rss(const XmlDocument& document);
bool is_atom(const XmlDocument& document);

// A feed holds only what its site shows; dates in the future and drafts (RFC 5023, app:draft) are withheld too.
void read_rss(const XmlDocument& document, ImportContext& context);
void read_atom(const XmlDocument& document, ImportContext& context);

// An Error when the text is not a JSON Feed of version 1 or 1.1.
Status read_json_feed(const std::string& text, ImportContext& context);

}  // namespace octavo
