import type { IncomingMessage, ServerResponse } from "node:http";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { bindComponent } from "../component/bind.ts";
import type { Binding } from "../component/bound-component.ts";
import { AppVariables } from "../factors/variables/app-variables.ts";
import type { HttpComponent } from "../triggers/http/call-handler.ts";
import { callChained } from "../triggers/http/chain.ts";
import { HttpApp, type HttpRoute } from "../triggers/http/http-app.ts";
import { type HostedComponent, hostComponent, type Shared } from "./host-component.ts";
import { limitsOf } from "./limits.ts";
import { type RunnableApp, type RunnableComponent, parseLockedApp } from "./locked-app.ts";
import type { EngineRevision } from "./protocol.ts";

/** What revisions of an app have in common, whichever runs. */
export type AppShared = Omit<Shared, "variables" | "chain" | "componentIds">;

export interface PrepareOptions {
  blobsDir: string;
  cacheDir: string;
  /** By default each component has the one that fits. */
  binding?: Binding | undefined;
  shared: AppShared;
  /** The values that hold now; asked at each look-up. */
  values: () => Readonly<Record<string, string>>;
}

/** One version of an app, ready to answer. */
export class Revision {
  readonly listen: string;
  readonly #http: HttpApp;
  /** Lets the instances go. */
  readonly #close: () => void;
  /** One for each request under way. */
  readonly #requests = new Set<AbortController>();
  readonly #idle = new Set<() => void>();

  constructor(listen: string, http: HttpApp, close: () => void) {
    this.listen = listen;
    this.#http = http;
    this.#close = close;
  }

  /** Answers a request; never rejects. */
  async serve(request: IncomingMessage, response: ServerResponse, gone: AbortSignal): Promise<void> {
    const call = new AbortController();
    gone.addEventListener("abort", () => call.abort(), { once: true });
    this.#requests.add(call);
    try {
      await this.#http.handle(request, response, call.signal);
    } finally {
      this.#requests.delete(call);
      if (this.#requests.size === 0) for (const resolve of this.#idle) resolve();
    }
  }

  /** Lets the instances go; no request comes any more. */
  close(): void {
    this.#close();
  }

  /** Resolves when the requests under way are answered; at `deadlineMs` the rest are given up. */
  async drain(deadlineMs: number): Promise<void> {
    if (this.#requests.size === 0) return this.#close();
    const timer = setTimeout(() => this.#requests.forEach((call) => call.abort()), deadlineMs);
    await new Promise<void>((resolve) => {
      this.#idle.add(resolve);
    });
    clearTimeout(timer);
    this.#close();
  }
}

/**
 * Checks, loads and starts each component of a revision that a trigger leads to, once: what cannot run is said before
 * anything is switched. The codes are ERR_SPIN_RUNTIME_*.
 */
export async function prepareRevision(spec: EngineRevision, options: PrepareOptions): Promise<Revision> {
  const app = parseLockedApp(spec.lockedApp);
  const variables = new AppVariables(app.variables, options.values);
  checkVariables(new AppVariables(app.variables, () => spec.variables));
  const callable = new Map<string, HttpComponent>();
  const hosts: HostedComponent[] = [];
  const limits = limitsOf(spec.limits);
  const shared: Shared = {
    ...options.shared,
    componentIds: app.components.map(({ id }) => id),
    variables,
    chain: (id, request, signal) => callChained(callable.get(id), request, signal),
  };
  const close = (): void => hosts.forEach((hosted) => hosted.close());
  try {
    for (const component of triggered(app)) {
      const { id, digest } = component;
      const onFallback = (reason: string) =>
        options.shared.logs.host(`component "${id}" runs with jco: ${reason}`);
      const onLevel = (line: string) => options.shared.logs.host(`component "${id}" ${line}`);
      const bound = await bindComponent({
        ...options,
        id,
        digest,
        onFallback,
        limits: { ...limits, onLevel },
      });
      const hosted = hostComponent(component, bound, limits, shared);
      hosts.push(hosted);
      await tryOut(hosted);
      callable.set(component.id, hosted);
    }
  } catch (error) {
    close();
    throw error;
  }
  const http = new HttpApp(app, httpRoutes(app, callable), limits);
  return new Revision(spec.listen, http, close);
}

/** Components without a trigger are never loaded, so their binaries may need anything. */
function triggered({ components, triggers }: RunnableApp): RunnableComponent[] {
  const wanted = new Set(triggers.flatMap(({ target }) => ("component" in target ? [target.component] : [])));
  return components.filter(({ id }) => wanted.has(id));
}

function checkVariables(variables: AppVariables): void {
  const missing = variables.missing();
  if (missing.length === 0) return;
  const message = `No value for the required variable${missing.length === 1 ? "" : "s"} ${missing.join(", ")}.`;
  throw new SpinError("ERR_SPIN_RUNTIME_VARIABLES", message, { path: "variables" });
}

async function tryOut(component: HttpComponent): Promise<void> {
  try {
    const { release } = await component.acquire(new AbortController().signal);
    release(false);
  } catch (cause) {
    if (isSpinError(cause)) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new SpinError(
      "ERR_SPIN_RUNTIME_START",
      `The component "${component.id}" cannot be started: ${problem}`,
      { cause },
    );
  }
}

function httpRoutes({ triggers }: RunnableApp, callable: ReadonlyMap<string, HttpComponent>): HttpRoute[] {
  return triggers.flatMap(({ route, target }): HttpRoute[] => {
    if (route === undefined) return [];
    if ("staticResponse" in target) return [{ route, target }];
    const component = callable.get(target.component);
    return component === undefined ? [] : [{ route, target: { component } }];
  });
}
