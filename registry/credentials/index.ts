export { findCredential } from "./find.ts";
export { eraseCredential, storeCredential } from "./store.ts";
export type { Credential } from "./types.ts";
