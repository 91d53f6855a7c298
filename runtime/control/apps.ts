import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { lockedAppDigest } from "../../model/locked-app/index.ts";
import { toAdminError } from "../admin/admin-error.ts";
import type { AppStatus, Denial, Deployment, HealthCheck, VariableEdit } from "../admin/protocol.ts";
import type { Blobs } from "./blobs.ts";
import { checkName, checkVariables, isSame } from "./deployment.ts";
import { describeApp } from "./describe-app.ts";
import { type Engine, whileItRuns } from "./engine.ts";
import { Problems } from "./problems.ts";
import { Queues } from "./queues.ts";
import type { DesiredApp, Store } from "./store.ts";

/** The apps of this host: what should run is in the store, what runs is in the engine, and this brings them together. */
export class Apps {
  readonly #store: Store;
  readonly #blobs: Blobs;
  readonly #engine: Engine;
  readonly #queues = new Queues();
  readonly #problems = new Problems((app) => this.#restore(app));

  constructor(store: Store, blobs: Blobs, engine: Engine) {
    this.#store = store;
    this.#blobs = blobs;
    this.#engine = engine;
  }

  list(): AppStatus[] {
    return this.#store.list().map((desired) => this.#describe(desired));
  }

  get(app: string): AppStatus {
    return this.#describe(this.#desired(app));
  }

  /** Prepare, switch, record. When it fails at any point, the former revision answers on; the same again changes nothing. */
  deploy(app: string, deployment: Deployment): Promise<AppStatus> {
    checkName(app);
    return this.#queues.run(app, async () => {
      const former = this.#store.get(app);
      await this.#engine.start();
      const { lockedApp, listen, variables, limits = {}, owner = former?.owner ?? "" } = deployment;
      if (former !== undefined && isSame(former, deployment)) {
        const owned: DesiredApp = { ...former, owner };
        if (owner !== former.owner) this.#store.save(owned);
        return this.#resume(owned);
      }
      checkVariables(app, deployment);
      const revision = this.#store.nextRevision(app);
      // An address that was found for the same wish stays: URLs that people noted keep working.
      const address = former?.listen === listen ? former.address : listen;
      const digest = lockedAppDigest(lockedApp);
      const wanted: DesiredApp = {
        app,
        status: "running",
        revision,
        digest,
        listen,
        address,
        lockedApp,
        variables,
        limits,
        owner,
      };
      if (deployment.waitForReady === false) {
        this.#store.save(wanted);
        void this.#restore(app);
        return this.#describe(wanted);
      }
      try {
        wanted.address = await this.#switch(wanted, true, deployment.health);
        this.#store.save(wanted);
      } catch (error) {
        await this.#undo(app);
        throw error;
      }
      this.#problems.clear(app);
      await this.#blobs.collectGarbage(this.#store.referencedBlobs());
      return this.#describe(wanted);
    });
  }

  stop(app: string): Promise<AppStatus> {
    return this.#queues.run(app, async () => {
      const stopped: DesiredApp = { ...this.#desired(app), status: "stopped" };
      this.#store.save(stopped);
      this.#problems.clear(app);
      await whileItRuns(this.#engine.remove(app));
      return this.#describe(stopped);
    });
  }

  start(app: string): Promise<AppStatus> {
    return this.#queues.run(app, async () => {
      const desired = this.#desired(app);
      await this.#engine.start();
      return this.#resume(desired);
    });
  }

  setVariable(app: string, { name, value }: VariableEdit): Promise<AppStatus> {
    return this.#queues.run(app, async () => {
      const former = this.#desired(app);
      const variables = { ...former.variables, [name]: value };
      checkVariables(app, { ...former, variables });
      const edited: DesiredApp = { ...former, variables };
      this.#store.save(edited);
      if (edited.status === "running") await whileItRuns(this.#engine.setVariables(app, variables));
      return this.#describe(edited);
    });
  }

  delete(app: string, owner?: string): Promise<void> {
    return this.#queues.run(app, async () => {
      const found = this.#store.get(app)?.owner || undefined;
      if (owner !== undefined && found !== undefined && found !== owner) return;
      this.#store.delete(app);
      this.#problems.clear(app);
      await whileItRuns(this.#engine.remove(app));
      await this.#blobs.collectGarbage(this.#store.referencedBlobs());
    });
  }

  lockedApp(app: string): Deployment["lockedApp"] {
    return this.#desired(app).lockedApp;
  }

  /** Empty for an app that does not run: denials live with the engine. */
  async denials(app: string): Promise<Denial[]> {
    if (this.#desired(app).status === "stopped") return [];
    await this.#engine.start();
    return this.#engine.denials(app);
  }

  /** Makes a fresh or adopted engine run what should run, and touches nothing that already does. */
  async reconcile(): Promise<void> {
    const { apps } = await this.#engine.status();
    const names = new Set([...apps, ...this.#store.list()].map(({ app }) => app));
    await Promise.all([...names].map((app) => this.#restore(app)));
  }

  /** One app that cannot come back, its port taken meanwhile for example, must not keep the others away. */
  #restore(app: string): Promise<void> {
    return this.#queues.run(app, async () => {
      try {
        await this.#bring(app);
        this.#problems.clear(app);
      } catch (error) {
        this.#problems.add(app, toAdminError(error));
      }
    });
  }

  /** Makes the engine do what the store says of one app. */
  async #bring(app: string, mayMove = this.#problems.isLasting(app)): Promise<void> {
    const found = (await this.#engine.status()).apps.find((it) => it.app === app);
    const wanted = this.#store.get(app);
    if (wanted?.status !== "running") {
      if (found !== undefined) await this.#engine.remove(app);
    } else if (found?.revision === wanted.revision && found.address === wanted.address) {
      // An edit may have been stored just before a crash, and never said.
      await this.#engine.setVariables(app, wanted.variables);
    } else {
      const address = await this.#switch(wanted, mayMove);
      if (address !== wanted.address) this.#store.save({ ...wanted, address });
    }
  }

  async #resume(former: DesiredApp): Promise<AppStatus> {
    const { app, status } = former;
    if (status === "stopped") this.#store.save({ ...former, status: "running" });
    try {
      await this.#bring(app, true);
    } catch (error) {
      if (status === "stopped") this.#store.save(former);
      throw error;
    }
    this.#problems.clear(app);
    return this.get(app);
  }

  /** The bound address. `mayMove`: a port that was found free once, and is taken now, may be replaced by another. */
  async #switch(wanted: DesiredApp, mayMove: boolean, health?: HealthCheck): Promise<string> {
    const { app, revision, lockedApp, listen, address, variables, limits } = wanted;
    try {
      this.#checkAddress(app, address);
      await this.#engine.prepare(app, revision, {
        lockedApp,
        listen: address,
        variables,
        limits,
        ...(health && { health }),
      });
      return await this.#engine.activate(app, revision);
    } catch (error) {
      const isTaken = isSpinError(error) && error.code === "ERR_SPIN_RUNTIME_PORT_IN_USE";
      if (!isTaken || !mayMove || !listen.endsWith(":0") || address === listen) throw error;
      return this.#switch({ ...wanted, address: listen }, false, health);
    }
  }

  /** After a failed deployment: the engine holds what the store has, or nothing. */
  async #undo(app: string): Promise<void> {
    try {
      if (this.#store.get(app) === undefined) await this.#engine.remove(app);
      else await this.#bring(app, false);
    } catch (error) {
      console.error(`"${app}" could not be put back:`, error);
    }
  }

  /** The engine knows no names: to it, an app of this host is another process. */
  #checkAddress(app: string, address: string): void {
    const other = this.#store
      .list()
      .find((it) => it.app !== app && it.status === "running" && it.address === address);
    if (other === undefined) return;
    const message = `The app "${other.app}" of this host listens on ${address}.`;
    throw new SpinError("ERR_SPIN_RUNTIME_PORT_IN_USE", message, {
      path: "listen",
      hint: `Choose another port for "${app}"; port 0 asks for a free one.`,
    });
  }

  #describe(desired: DesiredApp): AppStatus {
    return describeApp(desired, this.#problems.get(desired.app), this.#store.history(desired.app));
  }

  #desired(app: string): DesiredApp {
    const desired = this.#store.get(app);
    if (desired === undefined) throw new SpinError("ERR_SPIN_HOST_NO_APP", `The host has no app "${app}".`);
    return desired;
  }
}
