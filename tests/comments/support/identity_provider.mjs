// A certified OpenID provider (npm: oidc-provider) on this machine, with people who sign in by typing their name.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const FACE = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="32" fill="teal"/></svg>';

export class IdentityProvider {
  #server;

  // It has an address from here on, and answers after serve().
  static async listen() {
    const identity = new IdentityProvider();
    identity.#server = createServer().listen(0, 'localhost');
    await once(identity.#server, 'listening');
    identity.issuer = `http://localhost:${identity.#server.address().port}`;
    return identity;
  }

  // `client` as oidc-provider takes it.
  serve(client) {
    const provider = new Provider(this.issuer, {
      clients: [client],
      cookies: { keys: ['a key of this test only'] },
      claims: { openid: ['sub'], profile: ['name', 'picture', 'website'], email: ['email'] },
      conformIdTokenClaims: true,
      pkce: { required: () => true },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({
          sub: id,
          name: `${id} of ${this.issuer.split(':').at(-1)}`,
          email: `${id}@mail.example`,
          website: 'https://ann.example/',
          // Eve's avatar is on another host.
          picture: id === 'eve' ? 'https://elsewhere.example/face.svg' : `${this.issuer}/face.svg`,
        }),
      }),
    });
    // The built-in pages are for development, and so is this provider.
    const answer = provider.callback();
    this.#server.on('request', (request, response) => {
      if (request.url !== '/face.svg') return answer(request, response);
      return response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(FACE);
    });
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

// What a person does at the provider's pages: name, password, consent.
export async function signInAtProvider(page, name) {
  await page.fill('input[name=login]', name);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.click('button[type=submit]');
}
