// Background Sync (https://wicg.github.io/background-sync/spec/), which TypeScript's own declarations lack.

export {};

declare global {
  interface ServiceWorkerRegistration {
    readonly sync?: { register(tag: string): Promise<void> };
  }
}
