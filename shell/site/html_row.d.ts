// Parsed HTML as the page passes it to the programs.

// An element or a text of parsed HTML, in document order.
export type HtmlRow = [depth: number, text: string] | [depth: number, tag: string, attributes: string[]];
export type ParseHtml = (html: string) => HtmlRow[];
