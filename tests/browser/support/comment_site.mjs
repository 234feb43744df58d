// The sample blog with comments: built by `octavo build`, served with the real comments server, which pages reach through a network
// that can be broken (fault_proxy.mjs).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultProxy } from './fault_proxy.mjs';
import { copySample, startSite } from './sample_site.mjs';

const NO_LIMITS = 'per_minute = 0\nper_hour = 0\nmin_gap_seconds = 0\nrequests_per_minute = 0\nreactions_per_network = 0\nmin_seconds = 0\n';

// Returns {url, api, proxy, data: the folder of the comments, stop()}. `settings` is added to comments.toml, or gives that for the site's address;
// `imageHosts` are those of octavo.toml.
export async function startCommentSite(settings = '', imageHosts = []) {
  const proxy = await FaultProxy.start();
  let data = '';
  try {
    const site = await startSite(async (work, url) => {
      data = join(work, 'site-comments');
      await mkdir(data);
      await writeFile(join(data, 'comments.toml'), `${NO_LIMITS}origins = ["${url.slice(0, -1)}"]\n${typeof settings === 'function' ? settings(url) : settings}`);
      proxy.target = url;
      return copySample(work, url, { endpoint: `${proxy.url}_comments/v1/`, imageHosts });
    });
    return {
      ...site,
      proxy,
      data,
      api: `${site.url}_comments/v1/`,
      stop: async () => {
        await proxy.stop();
        await site.stop();
      },
    };
  } catch (error) {
    await proxy.stop();
    throw error;
  }
}
