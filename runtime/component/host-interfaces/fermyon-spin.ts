import type { HostInterfaces } from "./types.ts";

export const fermyonSpin: HostInterfaces = {
  "fermyon:spin/key-value": {
    types: {
      store: "resource",
      error: "variant { store-table-full, no-such-store, access-denied, other(string) }",
    },
    functions: {
      "[static]store.open": "func(string) -> result<store, error>",
      "[method]store.get": "func(borrow<store>, string) -> result<option<list<u8>>, error>",
      "[method]store.set": "func(borrow<store>, string, list<u8>) -> result<_, error>",
      "[method]store.delete": "func(borrow<store>, string) -> result<_, error>",
      "[method]store.exists": "func(borrow<store>, string) -> result<bool, error>",
      "[method]store.get-keys": "func(borrow<store>) -> result<list<string>, error>",
    },
  },
  "fermyon:spin/variables": {
    types: {
      error: "variant { invalid-name(string), undefined(string), provider(string), other(string) }",
    },
    functions: {
      get: "func(string) -> result<string, error>",
    },
  },
};
