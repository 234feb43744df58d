// How alike two images of text are: structural similarity (SSIM) of their gray values, in windows of 8 pixels.

// `first` and `second` are PNG files of one size; `boxes` {x, y, width, height} in their pixels. Returns a number for each box.
export async function similarityIn(page, first, second, boxes) {
  const viewer = await page.context().newPage();
  try {
    return await viewer.evaluate(compare, [first.toString('base64'), second.toString('base64'), boxes]);
  } finally {
    await viewer.close();
  }
}

async function compare([first, second, boxes]) {
  const WINDOW = 8;
  const [C1, C2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  const grayOf = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { width: image.width, at: (x, y) => (data[4 * (y * image.width + x)] * 299 + data[4 * (y * image.width + x) + 1] * 587 + data[4 * (y * image.width + x) + 2] * 114) / 1000 };
  };
  const [a, b] = [await grayOf(first), await grayOf(second)];
  const ssimAt = (left, top) => {
    let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
    for (let y = top; y < top + WINDOW; ++y) {
      for (let x = left; x < left + WINDOW; ++x) {
        const [p, q] = [a.at(x, y), b.at(x, y)];
        sumA += p;
        sumB += q;
        squaresA += p * p;
        squaresB += q * q;
        products += p * q;
      }
    }
    const n = WINDOW * WINDOW;
    const [meanA, meanB] = [sumA / n, sumB / n];
    const [varianceA, varianceB] = [squaresA / n - meanA * meanA, squaresB / n - meanB * meanB];
    const covariance = products / n - meanA * meanB;
    return ((2 * meanA * meanB + C1) * (2 * covariance + C2)) / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  };
  return boxes.map(({ x, y, width, height }) => {
    let [sum, count] = [0, 0];
    for (let top = y; top + WINDOW <= y + height; top += 2) {
      for (let left = x; left + WINDOW <= x + width; left += 4) {
        sum += ssimAt(left, top);
        ++count;
      }
    }
    return sum / count;
  });
}
