// The interfaces of wit/api.wit as componentize-js binds them. A WIT error is thrown: an Error whose `payload` is the variant case.

declare module "fermyon:spin/key-value@2.0.0" {
  export class Store {
    static open(label: string): Store;
    get(key: string): Uint8Array | undefined;
    set(key: string, value: Uint8Array): void;
    delete(key: string): void;
    exists(key: string): boolean;
    getKeys(): string[];
  }
}

declare module "fermyon:spin/variables@2.0.0" {
  export function get(name: string): string;
}

/** The event that carries each request; TypeScript's worker library leaves it to service workers. */
declare function addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
