import { SpinError } from "../model/errors/index.ts";
import { ContentCache } from "./content-cache.ts";

export interface RemoteComponent {
  /** http(s) URL; redirects are followed, and the digest judges what came. */
  url: string;
  /** `sha256:<hex>` that the bytes must have. */
  digest: string;
}

export interface FetchOptions {
  cache?: ContentCache;
  signal?: AbortSignal;
}

/** No component comes near this; it bounds what a hostile server can make us write. */
const maximumBytes = 512 * 1024 * 1024;
const timeoutMs = 300_000;

/** The bytes of a component that a URL and a digest name, from the cache when they came before. */
export async function fetchComponent(remote: RemoteComponent, options: FetchOptions = {}): Promise<Buffer> {
  const { url, digest } = remote;
  const { cache = new ContentCache(), signal } = options;
  const cached = await cache.read(digest);
  if (cached !== undefined) return cached;
  const deadline = AbortSignal.timeout(timeoutMs);
  const body = await request(url, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
  try {
    await cache.write(digest, body, maximumBytes);
  } catch (error) {
    throw at(url, error);
  }
  return (await cache.read(digest)) ?? lost(url);
}

async function request(url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw new SpinError("ERR_SPIN_REGISTRY_UNREACHABLE", `${url} did not answer: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  if (!response.ok || response.body === null) {
    throw new SpinError(
      "ERR_SPIN_REGISTRY_STATUS",
      `${url} answered ${response.status} ${response.statusText}.`,
    );
  }
  return response.body;
}

function at(url: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const { code, message } = error as SpinError;
  return code.startsWith("ERR_SPIN_") ? new SpinError(code, `${url}: ${message}`, { cause: error }) : error;
}

function lost(url: string): never {
  throw new SpinError(
    "ERR_SPIN_REGISTRY_DIGEST",
    `What came from ${url} was lost from the cache folder at once.`,
  );
}

/** fetch() says only "fetch failed"; the cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
}
