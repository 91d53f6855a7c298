/** What the locked application says of content: where it is, or what it is, or its digest. */
import { digestOf } from "../digest.ts";
import type { NormalComponent, ResolvedDependency } from "../manifest/normalize/index.ts";

export type ContentRef = {
  /** A URI, or a path relative to the application. */
  source?: string;
  /** Base64 of the standard alphabet without padding, as Spin reads it. */
  inline?: string;
  /** `sha256:<hex>` */
  digest?: string;
};

export type LockedFile = ContentRef & { path: string };

/** Finds content for the parts of a manifest that only name it. Each may throw a coded error. */
export interface ContentResolver {
  component(id: string, component: NormalComponent): ContentRef;
  /** The name is the dependency's own: it says the package where the dependency does not. */
  dependency(name: string, dependency: ResolvedDependency): ContentRef;
  /** What a component may read, in the order in which it is mounted. */
  files(id: string, component: NormalComponent): LockedFile[];
}

/** Content of at most this many bytes is written into the locked application itself (crates/oci/src/client.rs). */
export const inlineLimitBytes = 128;

export function contentRefOf(bytes: Uint8Array): ContentRef & { digest: string } {
  const digest = digestOf(bytes);
  if (bytes.length > inlineLimitBytes) return { digest };
  return { inline: Buffer.from(bytes).toString("base64").replaceAll("=", ""), digest };
}
