// How long a page takes from navigation to its first paint, and to the reader's first painted frame.
import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';

export const FLAGS = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// Serves `site` on a free port; resolves with its address and a function that ends the server.
export async function serve(octavo, site) {
  const server = spawn(octavo, ['serve', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      const match = /http:\/\/[^\s]+/.exec(String(chunk));
      if (match) resolve(match[0]);
    };
    server.stdout.on('data', look);
    server.stderr.on('data', look);
    server.on('exit', (code) => reject(new Error(`octavo serve ended with ${code}`)));
  });
  return { address, stop: () => server.kill() };
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

export async function measurePage({ octavo, site, runs, javaScript }) {
  const server = await serve(octavo, site);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const first = [];
    const reader = [];
    let path = '';
    for (let i = 0; i < runs; ++i) {
      const context = await browser.newContext({ javaScriptEnabled: javaScript });
      const page = await context.newPage();
      await page.goto(server.address);
      path = path || (await page.locator('main article a').first().getAttribute('href'));
      await context.close();

      const fresh = await browser.newContext({ javaScriptEnabled: javaScript });
      const post = await fresh.newPage();
      await post.goto(new URL(path, server.address).href);
      if (javaScript) {
        await post.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0);
        reader.push(await post.evaluate(() => performance.getEntriesByName('octavo-painted')[0].startTime));
      }
      first.push(await firstPaint(fresh, post));
      await fresh.close();
    }
    return { path, firstPaint: Math.round(median(first)), readerPaint: reader.length ? Math.round(median(reader)) : undefined };
  } finally {
    await browser.close();
    server.stop();
  }
}

// Through the debugging protocol, since a page without JavaScript cannot be asked.
async function firstPaint(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  for (;;) {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    if (value('FirstMeaningfulPaint') > 0) return (value('FirstMeaningfulPaint') - value('NavigationStart')) * 1000;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
