// Making elements.
#include "core/content/html/semantic_element.h"

namespace octavo {

Element Element::of_text(std::string text) {
  Element element;
  element.text = std::move(text);
  return element;
}

Element Element::of_tag(std::string tag) {
  Element element;
  element.tag = std::move(tag);
  return element;
}

Element& Element::set(std::string name, std::string value) {
  attributes.emplace_back(std::move(name), std::move(value));
  return *this;
}

}  // namespace octavo
