// The part of a WebSocket that the connection uses, so that tests can stand in for it.
export interface Socket {
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export type OpenSocket = (url: string, protocols: string[]) => Socket;

export const openBrowserSocket: OpenSocket = (url, protocols) => new WebSocket(url, protocols);
