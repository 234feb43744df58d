// A WordPress export (WXR 1.0 to 1.2) as posts.
#pragma once

#include "core/base/result.h"
#include "press/import/common/import_context.h"
#include "press/import/feeds/xml_document.h"

namespace octavo {

bool is_wordpress_export(const XmlDocument& document);

// Keeps only what WordPress shows to everybody: status "publish" (or "inherit" of its parent), no password, date reached;
// of comments the approved ones. E-mail addresses and IP addresses of commenters are never read.
void read_wordpress_export(const XmlDocument& document, ImportContext& context);

}  // namespace octavo
