// The sample blog with comments for people who have signed in with a real OpenID provider, on addresses of their own. Its pages may show the
// provider's avatars.
import { IdentityProvider } from '../../comments/support/identity_provider.mjs';
import { startCommentSite } from './comment_site.mjs';

const SECRET = 'a secret of this test only';

// Returns what startCommentSite() does, and {identity}.
export async function startSignInSite() {
  const identity = await IdentityProvider.listen();
  const site = await startCommentSite(
    (url) =>
      `anonymous = false\nown_url = "${url}"\n[[providers]]\nid = "example"\nlabel = "Example"\nissuer = "${identity.issuer}"\n` +
      `client_id = "blog"\nclient_secret = "${SECRET}"\n`,
    [identity.issuer],
  );
  identity.serve({ client_id: 'blog', client_secret: SECRET, redirect_uris: [`${site.api}auth/callback`] });
  return {
    ...site,
    identity,
    stop: async () => {
      await site.stop();
      await identity.stop();
    },
  };
}
