// One canvas pixel is one pixel of the screen, at every device-pixel ratio and scroll position.
import { after, before, test } from 'node:test';
import { launchChromium } from './support/chromium.mjs';
import { startShellSite } from './support/shell_site.mjs';
import { ReaderPage } from './reader_page.mjs';

let site;
before(async () => {
  site = await startShellSite();
});
after(() => site.stop());

for (const ratio of [1, 1.25, 1.5, 2, 2.625, 3]) {
  test(`exact at ratio ${ratio}`, async () => {
    // The real ratio of the browser; an emulated one does not go through the compositor's rounding.
    const browser = await launchChromium([`--force-device-scale-factor=${ratio}`, '--window-size=803,701']);
    try {
      const page = await browser.newPage({ viewport: null });
      const reader = new ReaderPage(page, site.url);
      await reader.open('posts/long/');
      await reader.settle();
      await reader.expectCanvasExact();
      for (const y of [777, 4321, 12000]) {
        await page.evaluate((top) => window.scrollTo(0, top), y);
        await reader.settle();
        await reader.expectCanvasExact();
      }
    } finally {
      await browser.close();
    }
  });
}
