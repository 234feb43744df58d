// Types of allowed_markup.js, which is made from the table of elements.

export function isAllowedTag(tag: string): boolean;
// `baseUrl` is what relative addresses are resolved against.
export function isAllowedAttribute(tag: string, name: string, value: string, baseUrl: string): boolean;
