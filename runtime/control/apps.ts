import { SpinError } from "../../model/errors/index.ts";
import { canonicalJson } from "../../model/json.ts";
import { lockedAppDigest } from "../../model/locked-app/index.ts";
import { kebabProblem } from "../../model/manifest/index.ts";
import type { AppStatus, Denial, Deployment, VariableEdit } from "../admin/protocol.ts";
import type { Blobs } from "./blobs.ts";
import type { Engine } from "./engine.ts";
import type { DesiredApp, Store } from "./store.ts";

/** The apps of this host: what should run is in the store, what runs is in the engine, and this brings them together. */
export class Apps {
  readonly #store: Store;
  readonly #blobs: Blobs;
  readonly #engine: Engine;
  /** Operations on one app follow each other. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(store: Store, blobs: Blobs, engine: Engine) {
    this.#store = store;
    this.#blobs = blobs;
    this.#engine = engine;
  }

  list(): AppStatus[] {
    return this.#store.list().map(statusOf);
  }

  get(app: string): AppStatus {
    return statusOf(this.#desired(app));
  }

  deploy(app: string, deployment: Deployment): Promise<AppStatus> {
    const problem = kebabProblem(app);
    if (problem !== undefined)
      throw new SpinError("ERR_SPIN_HOST_REQUEST", `The app's name "${app}" ${problem}.`);
    return this.#inTurn(app, async () => {
      const former = this.#store.get(app);
      if (former !== undefined && isDeployed(former, deployment)) return statusOf(former);
      const { lockedApp, listen, variables } = deployment;
      const revision = this.#store.nextRevision(app);
      // An address that was found for the same wish stays: URLs that people noted keep working.
      const bind = former?.listen === listen ? former.address : listen;
      await this.#engine.start();
      await this.#engine.prepare(app, revision, { lockedApp, listen: bind, variables });
      const address = await this.#engine.activate(app, revision);
      const desired: DesiredApp = {
        app,
        status: "running",
        revision,
        digest: lockedAppDigest(lockedApp),
        listen,
        address,
        lockedApp,
        variables,
      };
      this.#store.save(desired);
      await this.#blobs.collectGarbage(this.#store.referencedBlobs());
      return statusOf(desired);
    });
  }

  stop(app: string): Promise<AppStatus> {
    return this.#inTurn(app, async () => {
      const stopped: DesiredApp = { ...this.#desired(app), status: "stopped" };
      this.#store.save(stopped);
      await this.#engine.remove(app);
      return statusOf(stopped);
    });
  }

  start(app: string): Promise<AppStatus> {
    return this.#inTurn(app, async () => {
      const running: DesiredApp = { ...this.#desired(app), status: "running" };
      await this.#engine.start();
      const address = await this.#run(running);
      this.#store.save({ ...running, address });
      return statusOf({ ...running, address });
    });
  }

  setVariable(app: string, { name, value }: VariableEdit): Promise<AppStatus> {
    return this.#inTurn(app, async () => {
      const former = this.#desired(app);
      const declared = (former.lockedApp["variables"] ?? {}) as Record<string, unknown>;
      if (!Object.hasOwn(declared, name)) {
        throw new SpinError(
          "ERR_SPIN_HOST_VARIABLE",
          `The app "${app}" declares no variable "${name}", only ${Object.keys(declared).join(", ")}.`,
        );
      }
      const edited: DesiredApp = { ...former, variables: { ...former.variables, [name]: value } };
      this.#store.save(edited);
      if (edited.status === "running") await this.#engine.setVariables(app, edited.variables);
      return statusOf(edited);
    });
  }

  delete(app: string): Promise<void> {
    return this.#inTurn(app, async () => {
      this.#store.delete(app);
      await this.#engine.remove(app);
      await this.#blobs.collectGarbage(this.#store.referencedBlobs());
    });
  }

  async denials(app: string): Promise<Denial[]> {
    this.#desired(app);
    return this.#engine.denials(app);
  }

  /** Makes a fresh or adopted engine run what should run, and touches nothing that already does. */
  async reconcile(): Promise<void> {
    const { apps } = await this.#engine.status();
    const desired = this.#store.list().filter(({ status }) => status === "running");
    for (const { app } of apps) {
      if (!desired.some((wanted) => wanted.app === app)) await this.#engine.remove(app);
    }
    for (const wanted of desired) {
      if (apps.some(({ app, revision }) => app === wanted.app && revision === wanted.revision)) continue;
      // One app that cannot come back, its port taken meanwhile for example, must not keep the others away.
      await this.#run(wanted).catch((error: unknown) =>
        console.error(`"${wanted.app}" could not be brought back:`, error),
      );
    }
  }

  async #run({ app, revision, lockedApp, address, variables }: DesiredApp): Promise<string> {
    await this.#engine.prepare(app, revision, { lockedApp, listen: address, variables });
    return this.#engine.activate(app, revision);
  }

  #desired(app: string): DesiredApp {
    const desired = this.#store.get(app);
    if (desired === undefined) throw new SpinError("ERR_SPIN_HOST_NO_APP", `The host has no app "${app}".`);
    return desired;
  }

  #inTurn<T>(app: string, operation: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(app) ?? Promise.resolve();
    const turn = before.then(operation, operation);
    this.#queues.set(
      app,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

function isDeployed(former: DesiredApp, { lockedApp, listen, variables }: Deployment): boolean {
  return (
    former.status === "running" &&
    former.digest === lockedAppDigest(lockedApp) &&
    former.listen === listen &&
    canonicalJson(former.variables) === canonicalJson(variables)
  );
}

function statusOf({
  app,
  status,
  revision,
  digest,
  listen,
  address,
  variables,
  lockedApp,
}: DesiredApp): AppStatus {
  const declared = Object.entries((lockedApp["variables"] ?? {}) as Record<string, { secret?: boolean }>);
  const secretVariables = declared.filter(([, { secret }]) => secret === true).map(([name]) => name);
  return {
    app,
    status,
    revision,
    digest,
    url: `http://${address}/`,
    listen,
    address,
    variables,
    secretVariables,
  };
}
