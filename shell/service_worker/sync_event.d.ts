// The event of Background Sync (https://wicg.github.io/background-sync/spec/), which TypeScript's own declarations lack.

export interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

declare global {
  interface ServiceWorkerGlobalScopeEventMap {
    sync: SyncEvent;
  }
}
