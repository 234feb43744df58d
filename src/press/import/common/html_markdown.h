// Untrusted HTML as Markdown and as plain text, through the Document.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace octavo {

// Gets every address of a link; gives the one to write.
using AddressChange = std::function<std::string(const std::string& url)>;

// Image and link addresses stay as they are where `change` is empty.
std::string markdown_from_html(std::string_view html, const AddressChange& change = {});

// Text without markup, entities decoded, on one line.
std::string plain_text_from_html(std::string_view html);

}  // namespace octavo
