import { join } from "node:path";
import type { Dispatcher } from "undici";
import { SpinError } from "../../model/errors/index.ts";
import type { Binding } from "../component/bound-component.ts";
import type { Denial } from "../admin/protocol.ts";
import { Denials } from "../factors/denials/denials.ts";
import { KeyValueFile } from "../factors/key-value/key-value-file.ts";
import { AppLogs, type OnLog } from "../factors/logs/app-logs.ts";
import { Listener } from "../triggers/http/listener.ts";
import type { MemoryBudget } from "./pool/memory-budget.ts";
import { probe } from "./probe.ts";
import { prepareRevision, type Revision } from "./revision.ts";
import type { EngineApp, EngineRevision } from "./protocol.ts";

export interface AppOptions {
  name: string;
  /** Holds the app's data and logs, by Spin's names: `sqlite_key_value.db`, `logs/`. */
  directory: string;
  /** Binaries, as `sha256/<hex>`. */
  blobsDir: string;
  /** What is made of them. */
  cacheDir: string;
  /** Told of each line of a guest's or the host's as it is logged. */
  onLog?: OnLog | undefined;
  dispatcher: Dispatcher;
  memory: MemoryBudget;
  /** By default each component has the one that fits. */
  binding?: Binding | undefined;
}

/** How long requests of a former revision, or of a removed app, may take to end. */
const drainDeadlineMs = 30_000;

interface Prepared {
  revision: Revision;
  variables: Record<string, string>;
  /** Until then it sees its own variables; afterwards, those of the app. */
  takeOver(): void;
}

/** An app of the engine: its revisions, its listener, and the data that outlives both. */
export class App {
  readonly #options: AppOptions;
  readonly #logs: AppLogs;
  readonly #denials: Denials;
  readonly #keyValue: KeyValueFile;
  readonly #prepared = new Map<number, Prepared>();
  readonly #draining = new Set<Promise<void>>();
  #listener: Listener | undefined;
  #listen: string | undefined;
  #active: { number: number; revision: Revision } | undefined;
  #values: Readonly<Record<string, string>> = {};

  constructor(options: AppOptions) {
    this.#options = options;
    const { directory, onLog } = options;
    this.#logs = new AppLogs(join(directory, "logs"), onLog);
    this.#denials = new Denials((line) => this.#logs.host(line));
    this.#keyValue = new KeyValueFile(join(directory, "sqlite_key_value.db"));
  }

  /** Makes a revision ready; nothing that runs changes. */
  async prepare(number: number, spec: EngineRevision): Promise<void> {
    const { blobsDir, cacheDir, dispatcher, binding, memory } = this.#options;
    let own: Readonly<Record<string, string>> | undefined = spec.variables;
    const revision = await prepareRevision(spec, {
      blobsDir,
      cacheDir,
      binding,
      values: () => own ?? this.#values,
      shared: {
        logs: this.#logs,
        denials: this.#denials,
        keyValue: this.#keyValue,
        dispatcher,
        memory,
        selfOrigin: () => this.#selfOrigin(),
      },
    });
    if (spec.health !== undefined) {
      await probe(revision, spec.health).catch((error: unknown) => {
        revision.close();
        throw error;
      });
    }
    this.#prepared.get(number)?.revision.close();
    this.#prepared.set(number, { revision, variables: spec.variables, takeOver: () => (own = undefined) });
  }

  /** Lets a prepared revision answer from now on; the former one ends what it has begun. Returns the bound address. */
  async activate(number: number): Promise<string> {
    const prepared = this.#prepared.get(number);
    if (prepared === undefined) {
      if (this.#active?.number === number && this.#listener !== undefined) return this.#listener.address;
      const message = `The app "${this.#options.name}" has no prepared revision ${number}.`;
      throw new SpinError("ERR_SPIN_RUNTIME_UNKNOWN_APP", message);
    }
    const { revision, variables } = prepared;
    const listener = await this.#listenFor(revision);
    for (const other of this.#prepared.values()) if (other !== prepared) other.revision.close();
    this.#prepared.clear();
    this.#values = variables;
    prepared.takeOver();
    if (this.#active?.number !== number) this.#denials.clear();
    const former = this.#active?.revision;
    this.#active = { number, revision };
    if (former !== undefined && former !== revision) this.#track(former.drain(drainDeadlineMs));
    return listener.address;
  }

  /** Replaces the values of the deployment; the next look-up sees them. */
  setVariables(values: Readonly<Record<string, string>>): void {
    this.#values = values;
  }

  denials(): Denial[] {
    return this.#denials.list();
  }

  /** `undefined` before the first activation. */
  status(): EngineApp | undefined {
    if (this.#active === undefined || this.#listener === undefined) return undefined;
    return { app: this.#options.name, revision: this.#active.number, address: this.#listener.address };
  }

  /** Stops listening and resolves when what was under way has ended; its data stays on disk. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    await Promise.all([
      listener?.close(drainDeadlineMs),
      this.#active?.revision.drain(drainDeadlineMs),
      ...this.#draining,
    ]);
    this.#keyValue.close();
    this.#logs.close();
  }

  /** The listener stays when the address asked for stays; else the new one is bound before the old one is let go. */
  async #listenFor(revision: Revision): Promise<Listener> {
    const serve = revision.serve.bind(revision);
    if (this.#listener !== undefined && [this.#listen, this.#listener.address].includes(revision.listen)) {
      this.#listener.serve = serve;
      return this.#listener;
    }
    const listener = await Listener.bind(revision.listen, serve);
    if (this.#listener !== undefined) this.#track(this.#listener.close(drainDeadlineMs));
    this.#listener = listener;
    this.#listen = revision.listen;
    return listener;
  }

  #selfOrigin(): string | undefined {
    const address = this.#listener?.address;
    if (address === undefined) return undefined;
    // A wildcard address is no destination.
    return `http://${address.replace(/^0\.0\.0\.0:/, "127.0.0.1:").replace(/^\[::\]:/, "[::1]:")}`;
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#draining.delete(tracked));
    this.#draining.add(tracked);
  }
}
