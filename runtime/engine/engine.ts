import { join } from "node:path";
import { Agent } from "undici";
import { SpinError } from "../../model/errors/index.ts";
import type { Denial } from "../admin/protocol.ts";
import { App } from "./app.ts";
import type { Binding } from "../component/bound-component.ts";
import { defaultMemoryBudget } from "./limits.ts";
import { MemoryBudget } from "./pool/memory-budget.ts";
import type { EngineApp, EngineRevision } from "./protocol.ts";

/** All apps of a host. */
export class Engine {
  readonly #stateDir: string;
  readonly #binding: Binding | undefined;
  readonly #memory = new MemoryBudget(defaultMemoryBudget());
  readonly #apps = new Map<string, App>();
  // HTTP/1.1 only, as Spin's outgoing requests; the time limits are those of each request.
  readonly #dispatcher = new Agent({ allowH2: false, connect: { timeout: 0 } });

  constructor(stateDir: string, binding?: Binding) {
    this.#stateDir = stateDir;
    this.#binding = binding;
  }

  status(): EngineApp[] {
    return [...this.#apps.values()].flatMap((app) => app.status() ?? []);
  }

  async prepare(name: string, revision: number, spec: EngineRevision): Promise<void> {
    // The name becomes a folder.
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
      throw new SpinError("ERR_SPIN_RUNTIME_REQUEST", `"${name}" is no name of an app; expected kebab case.`);
    }
    const known = this.#apps.get(name);
    const app =
      known ??
      new App({
        name,
        directory: join(this.#stateDir, "apps", name),
        blobsDir: join(this.#stateDir, "blobs"),
        cacheDir: join(this.#stateDir, "cache"),
        dispatcher: this.#dispatcher,
        memory: this.#memory,
        binding: this.#binding,
      });
    try {
      await app.prepare(revision, spec);
    } catch (error) {
      if (known === undefined) await app.close();
      throw error;
    }
    this.#apps.set(name, this.#apps.get(name) ?? app);
  }

  async activate(name: string, revision: number): Promise<string> {
    return this.#app(name).activate(revision);
  }

  setVariables(name: string, values: Record<string, string>): void {
    this.#app(name).setVariables(values);
  }

  /** Empty for an app that does not run. */
  denials(name: string): Denial[] {
    return this.#apps.get(name)?.denials() ?? [];
  }

  /** Resolves also when there is no such app. */
  async remove(name: string): Promise<void> {
    const app = this.#apps.get(name);
    this.#apps.delete(name);
    await app?.close();
  }

  /** Drains all apps. */
  async close(): Promise<void> {
    await Promise.all([...this.#apps.keys()].map((name) => this.remove(name)));
    await this.#dispatcher.destroy();
  }

  #app(name: string): App {
    const app = this.#apps.get(name);
    if (app === undefined)
      throw new SpinError("ERR_SPIN_RUNTIME_UNKNOWN_APP", `The engine has no app "${name}".`);
    return app;
  }
}
