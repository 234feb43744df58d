// The sample blog with its comments at another engine, on another origin, which pages reach through a network that can be broken
// (fault_proxy.mjs).
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultProxy } from './fault_proxy.mjs';
import { copySample, startSite } from './sample_site.mjs';

// `settings(proxy)` is the [comments] table; `ids` are the engine's numbers of posts, by their slugs (whose front matter is TOML);
// `target` is the engine's origin. Returns {url, proxy, stop()}.
export async function startEngineSite({ settings, target, ids = {}, port }) {
  const proxy = await FaultProxy.start();
  proxy.target = target;
  try {
    const site = await startSite(async (work, url) => {
      const content = await copySample(work, url);
      await change(join(content, 'octavo.toml'), (text) => text.replace(/^\[comments\][^]*$/m, `[comments]\n${settings(proxy)}`));
      for (const [slug, id] of Object.entries(ids)) {
        await change(join(content, `content/${slug}.md`), (text) => text.replace(/^\+\+\+\n\n/m, `[comments]\nid = ${id}\n+++\n\n`));
      }
      return content;
    }, { port });
    const stop = async () => {
      await proxy.stop();
      await site.stop();
    };
    return { ...site, proxy, stop };
  } catch (error) {
    await proxy.stop();
    throw error;
  }
}

async function change(file, edit) {
  const before = await readFile(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${file}: nothing to change`);
  await writeFile(file, after);
}
