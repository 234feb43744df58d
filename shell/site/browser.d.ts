// What some browsers have and TypeScript's own declarations lack.

export {};

// https://w3c.github.io/trusted-types/: the results are no strings, but stand wherever a string of their kind may.
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
