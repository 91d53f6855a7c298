import { isSpinError, SpinError } from "../model/errors/index.ts";
import { ContentCache } from "./content-cache.ts";
import { reasonOf, shown } from "./http/index.ts";

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
  const { digest } = remote;
  const { cache = new ContentCache(), signal } = options;
  const url = addressOf(remote.url);
  const cached = await cache.read(digest);
  if (cached !== undefined) return cached;
  const deadline = AbortSignal.timeout(timeoutMs);
  const body = await request(url, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
  try {
    await cache.write(digest, body, maximumBytes);
  } catch (error) {
    throw isSpinError(error)
      ? new SpinError(error.code, `${shown(url)}: ${error.message}`, { cause: error })
      : error;
  }
  return (await cache.read(digest)) ?? lost(url);
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new SpinError("ERR_SPIN_REGISTRY_URL", "The address of the component is no URL of http or https.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new SpinError(
      "ERR_SPIN_REGISTRY_URL",
      `The address ${shown(url)} has a user or a password before its host.`,
    );
  }
  return url;
}

async function request(url: URL, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw unreachable(`${shown(url)} did not answer: ${reasonOf(error)}.`, error);
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const answer = `${response.status} ${response.statusText}`.trim();
    throw new SpinError("ERR_SPIN_REGISTRY_STATUS", `${shown(url)} answered ${answer}.`);
  }
  return whole(response.body);
}

/** The chunks of a body; one that breaks off is an error of the address, not of the cache. */
async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unreachable(`The answer broke off: ${reasonOf(error)}.`, error);
  }
}

function unreachable(message: string, cause: unknown): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_UNREACHABLE", message, { cause });
}

function lost(url: URL): never {
  throw new SpinError(
    "ERR_SPIN_REGISTRY_DIGEST",
    `What came from ${shown(url)} was lost from the cache folder at once.`,
  );
}
