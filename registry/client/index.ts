export { RegistryClient, type RegistryOptions } from "./registry-client.ts";
export type { Repository } from "./repository.ts";
export type { BlobSource } from "./upload.ts";
