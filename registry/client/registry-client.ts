import type { Reference } from "../../model/artifact/index.ts";
import type { Access } from "../auth/index.ts";
import { type Credential, findCredential } from "../credentials/index.ts";
import {
  createExchange,
  defaultRetryPolicy,
  discard,
  type Exchange,
  type RetryPolicy,
} from "../http/index.ts";
import { baseUrl } from "./address.ts";
import { Connection } from "./connection.ts";
import { Repository } from "./repository.ts";

export interface RegistryOptions {
  /** Default: what this machine keeps, by `findCredential`. `undefined` as an answer is anonymous. */
  credential?: (registry: string) => Promise<Credential | undefined>;
  /** True: plain HTTP. Default: only for this machine's own addresses. */
  insecure?: boolean;
  /** PEM of authorities that are trusted besides the usual ones. */
  ca?: string;
  retry?: Partial<RetryPolicy>;
  /** Upload in parts of this size, for proxies that take no large bodies. Default: as a whole, and in parts after 413. */
  chunkBytes?: number;
  signal?: AbortSignal;
}

/** The registries of one piece of work: connections and tokens are shared, and closed at its end. */
export class RegistryClient {
  readonly #options: RegistryOptions;
  readonly #exchange: Exchange;
  readonly #connections = new Map<string, Connection>();

  constructor(options: RegistryOptions = {}) {
    this.#options = options;
    this.#exchange = createExchange(options.ca === undefined ? {} : { ca: options.ca });
  }

  repository({ registry, repository }: Reference, access: Access): Repository {
    const connection = this.#connection(registry);
    return new Repository({ connection, registry, repository, access, chunkBytes: this.#options.chunkBytes });
  }

  /** Whether the registry answers, and takes the credentials where it wants some. */
  async check(registry: string): Promise<void> {
    await discard(
      await this.#connection(registry).send({ method: "GET", target: "", scopes: [], expect: [200] }),
    );
  }

  async close(): Promise<void> {
    this.#exchange.close();
  }

  #connection(registry: string): Connection {
    const known = this.#connections.get(registry);
    if (known !== undefined) return known;
    const { credential = foundCredential, insecure, retry, signal } = this.#options;
    const connection = new Connection({
      base: baseUrl(registry, insecure),
      exchange: this.#exchange,
      policy: { ...defaultRetryPolicy, ...retry },
      credential: () => credential(registry),
      ...(signal === undefined ? {} : { signal }),
    });
    this.#connections.set(registry, connection);
    return connection;
  }
}

async function foundCredential(registry: string): Promise<Credential | undefined> {
  return (await findCredential(registry))?.credential;
}
