// Puts the style sheet's vertical lengths on whole device pixels and its fonts on half CSS pixels, as layout does: at a ratio of 1.25 a line
// of 30 CSS pixels is 38 device pixels high, not 37.5. At whole ratios and the standard text size nothing changes.

import { STANDARD_FONT_SIZE as STANDARD_REM } from '#constants';

// The properties that Scale::vertical() in src/core/layout/line/inline_style.cpp rounds.
const VERTICAL = ['line-height', '--space', 'padding-top', 'padding-bottom', 'padding-block-start', 'padding-block-end'];
// Engines cut or round lengths to a 64th of a pixel. Without this a line could lose one, and a thousand lines sixteen pixels. It is
// less than half a 64th, because rounding would add one otherwise.
const SAFE_PART = 0.005;

// Pure: the CSS length for `css` pixels at a text size. Rounded as in C++: in single precision, halves away from zero.
/** @type {(css: number, dpr: number, textScale?: number) => number} */
export function onGrid(css, dpr, textScale = 1) {
  const scale = Math.fround(Math.fround(dpr) * Math.fround(textScale));
  const device = Math.sign(css) * Math.round(Math.fround(Math.abs(css) * scale));
  const exact = css * textScale;
  return device === exact * dpr ? exact : (device + Math.sign(device) * SAFE_PART) / dpr;
}

// Pure: a font's size in CSS pixels, in steps that every engine's canvas knows: Firefox rounds sizes between them, below 64 pixels.
// As Scale::font() in C++. Half a step goes up with a little to spare, because C++ and JavaScript could disagree about exact halves.
/** @type {(css: number, textScale: number) => number} */
export function onFontGrid(css, textScale) {
  return Math.floor(css * textScale * 2 + 0.51) / 2;
}

/** @type {(dpr: number) => number} */
export function hairline(dpr) {
  const device = Math.max(1, Math.floor(dpr));
  return device === dpr ? 1 : (device + SAFE_PART) / dpr;
}

export class DeviceGrid {
  /** @type {CSSStyleDeclaration[]} */
  #pixels = []; // they say how large a device pixel is
  /** @type {{ style: CSSStyleDeclaration, property: string, css: number, isText: boolean, isHairline: boolean }[]} */
  #lengths = []; // as the sheets had them before the first fit()
  /** @type {{ style: CSSStyleDeclaration, css: number }[]} */
  #fonts = []; // likewise
  #dpr = 0; // of the last fit()
  #textScale = 0;

  /** @param {Iterable<CSSStyleSheet>} sheets */
  constructor(sheets) {
    for (const sheet of sheets) this.#collect(sheet.cssRules);
  }

  // Fits all lengths to a device-pixel ratio and the reader's text size (1 = standard). Nothing is written when both are as before:
  // setting a rule, even to the value it has, makes the browser compute the style of every element.
  /** @type {(dpr: number, textScale: number) => void} */
  fit(dpr, textScale) {
    if (dpr === this.#dpr && textScale === this.#textScale) return;
    this.#dpr = dpr;
    this.#textScale = textScale;
    for (const { style, property, css, isText, isHairline } of this.#lengths) {
      const fitted = isHairline ? hairline(dpr) : onGrid(css, dpr, isText ? textScale : 1);
      style.setProperty(property, `${fitted}px`, style.getPropertyPriority(property));
    }
    for (const { style, css } of this.#fonts) style.fontSize = `${onFontGrid(css, textScale)}px`;
    for (const style of this.#pixels) style.setProperty('--device-pixel', `${1 / dpr}px`);
  }

  /** @type {(rules: CSSRuleList) => void} */
  #collect(rules) {
    for (const rule of rules) {
      if ('cssRules' in rule) this.#collect(/** @type {CSSGroupingRule} */ (rule).cssRules);
      if ('style' in rule) this.#collectStyle(/** @type {CSSStyleRule} */ (rule).style);
    }
  }

  /** @type {(style: CSSStyleDeclaration) => void} */
  #collectStyle(style) {
    if (style.getPropertyValue('--device-pixel') !== '') this.#pixels.push(style);
    const font = /^([\d.]+)rem$/.exec(style.fontSize);
    if (font !== null) this.#fonts.push({ style, css: Number(font[1]) * STANDARD_REM });
    for (const property of VERTICAL) this.#collectLength(style, property, false);
    // The height of <hr>, which is Scale::hairline() in layout. Engines themselves cut borders to device pixels.
    if (style.height === '1px') this.#collectLength(style, 'height', true);
  }

  /** @type {(style: CSSStyleDeclaration, property: string, isHairline: boolean) => void} */
  #collectLength(style, property, isHairline) {
    const match = /^(\d*\.?\d+)(px|rem)$/.exec(style.getPropertyValue(property).trim());
    if (match === null || Number(match[1]) === 0) return;
    const isText = match[2] === 'rem';
    this.#lengths.push({ style, property, css: Number(match[1]) * (isText ? STANDARD_REM : 1), isText, isHairline });
  }
}
