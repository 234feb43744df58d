// Examines what the browser shows. The image is decoded by the browser itself, in a page of its own.

// For the region `box` (CSS pixels of the window): the share of pixels that differ from the first one, or the mean brightness.
export async function inkIn(page, box, what = 'ink') {
  const clip = { x: Math.floor(box.x), y: Math.floor(box.y), width: Math.ceil(box.width), height: Math.ceil(box.height) };
  const png = await page.screenshot({ clip });
  const viewer = await page.context().newPage();
  try {
    return await viewer.evaluate(measure, [png.toString('base64'), what]);
  } finally {
    await viewer.close();
  }
}

async function measure([base64, what]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (what === 'brightness') sum += (data[i] + data[i + 1] + data[i + 2]) / 765;
    else sum += Math.abs(data[i] - data[0]) + Math.abs(data[i + 1] - data[1]) + Math.abs(data[i + 2] - data[2]) > 96 ? 1 : 0;
  }
  return sum / (data.length / 4);
}
