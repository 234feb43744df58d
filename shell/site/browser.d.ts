// What some browsers have and TypeScript's own declarations lack.

export {};

// https://w3c.github.io/trusted-types/: results are not strings, but are allowed wherever such strings are.
interface TrustedTypePolicy {
  createHTML(markup: string): string;
  createScriptURL(url: string): string;
}

declare global {
  var trustedTypes:
    | { createPolicy(name: string, rules: { createHTML?(markup: string): string; createScriptURL?(url: string): string }): TrustedTypePolicy }
    | undefined;

  interface Navigator {
    readonly connection?: { readonly saveData: boolean; readonly effectiveType: string };
  }
}
