/** What the owner tells the store's process over the IPC channel. */
export interface OwnerMessage {
  readonly kind: 'start';
  readonly secret: string;
}

/** What the store's process tells its owner over the IPC channel. */
export type ServerMessage =
  | { readonly kind: 'ready'; readonly uri: string }
  | { readonly kind: 'locked'; readonly holder: { readonly pid: number; readonly since: string } }
  | { readonly kind: 'failed'; readonly reason: string };
