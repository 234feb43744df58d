// Vertical lengths of the style sheet on whole device pixels and fonts on half CSS pixels, as layout has them: at a ratio of 1.25 a line
// of 30 CSS pixels is 38 device pixels high, not 37.5. At whole ratios and the standard text size nothing changes.

import { STANDARD_FONT_SIZE as STANDARD_REM } from '#constants';

// What Scale::vertical() in src/core/layout/line/inline_style.cpp rounds, as the style sheet spells it.
const VERTICAL = ['line-height', '--space', 'padding-top', 'padding-bottom', 'padding-block-start', 'padding-block-end'];
// Engines cut or round lengths to a 64th of a pixel; without this a line could lose one, and a thousand lines sixteen pixels. Less
// than half a 64th, or rounding would add one.
const SAFE_PART = 0.005;

// Pure: the CSS length that stands for `css` pixels at a text size. Rounded as in C++: in single precision, halves away from zero.
export function onGrid(css, dpr, textScale = 1) {
  const scale = Math.fround(Math.fround(dpr) * Math.fround(textScale));
  const device = Math.sign(css) * Math.round(Math.fround(Math.abs(css) * scale));
  const exact = css * textScale;
  return device === exact * dpr ? exact : (device + Math.sign(device) * SAFE_PART) / dpr;
}

// Pure: a font's size in CSS pixels, on steps that every engine's canvas knows: Firefox rounds what lies between them, below 64 pixels.
// As Scale::font() in C++; a hair more than a half goes up, or the halves would depend on who calculates.
export function onFontGrid(css, textScale) {
  return Math.floor(css * textScale * 2 + 0.51) / 2;
}

export function hairline(dpr) {
  const device = Math.max(1, Math.floor(dpr));
  return device === dpr ? 1 : (device + SAFE_PART) / dpr;
}

export class DeviceGrid {
  #pixels = []; // styles that say how large a device pixel is
  #lengths = []; // {style, property, css, isText, isHairline} of the sheets as they came
  #fonts = []; // {style, css} likewise
  #dpr = 0; // as fitted last
  #textScale = 0;

  constructor(sheets) {
    for (const sheet of sheets) this.#collect(sheet.cssRules);
  }

  // Fits all lengths to a device-pixel ratio and the reader's text size (1 = standard). A window that has another size only changes
  // neither, and a rule that is written anew, even as it was, costs the style of every element.
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

  #collect(rules) {
    for (const rule of rules) {
      if (rule.cssRules?.length > 0) this.#collect(rule.cssRules);
      if (rule.style === undefined) continue;
      if (rule.style.getPropertyValue('--device-pixel') !== '') this.#pixels.push(rule.style);
      const font = /^([\d.]+)rem$/.exec(rule.style.fontSize);
      if (font !== null) this.#fonts.push({ style: rule.style, css: Number(font[1]) * STANDARD_REM });
      for (const property of VERTICAL) this.#keep(rule.style, property, false);
      // The height of <hr>, which is Scale::hairline() in layout. Borders are cut to such by the engines themselves.
      if (rule.style.height === '1px') this.#keep(rule.style, 'height', true);
    }
  }

  #keep(style, property, isHairline) {
    const match = /^(\d*\.?\d+)(px|rem)$/.exec(style.getPropertyValue(property).trim());
    if (match === null || Number(match[1]) === 0) return;
    const isText = match[2] === 'rem';
    this.#lengths.push({ style, property, css: Number(match[1]) * (isText ? STANDARD_REM : 1), isText, isHairline });
  }
}
