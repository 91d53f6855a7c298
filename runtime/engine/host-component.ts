/** Puts a component, its grants and the host functions together: what a trigger calls. */
import type { Dispatcher } from "undici";
import type { BoundComponent } from "../component/bound-component.ts";
import type { Denials } from "../factors/denials/denials.ts";
import { keyValueImports } from "../factors/key-value/index.ts";
import type { KeyValueFile } from "../factors/key-value/key-value-file.ts";
import type { AppLogs } from "../factors/logs/app-logs.ts";
import type { ChainRequest } from "../factors/outbound-http/chain.ts";
import { outboundHttp } from "../factors/outbound-http/outbound-http.ts";
import { OutboundNetworking } from "../factors/outbound-networking/outbound-networking.ts";
import type { AppVariables } from "../factors/variables/app-variables.ts";
import { variablesImports } from "../factors/variables/index.ts";
import type { HttpComponent } from "../triggers/http/call-handler.ts";
import { LineSink } from "../wasi/cli/line-sink.ts";
import { wasiImports } from "../wasi/index.ts";
import type { HostImports } from "../wasi/offer.ts";
import type { RequestScope } from "../wasi/request-scope.ts";
import type { ComponentLimits } from "./limits.ts";
import type { RunnableComponent } from "./locked-app.ts";
import { CurrentRequest } from "./pool/current-request.ts";
import { InstancePool } from "./pool/instance-pool.ts";
import type { MemoryBudget } from "./pool/memory-budget.ts";

/** What the components of a revision share. */
export interface Shared {
  componentIds: readonly string[];
  variables: AppVariables;
  logs: AppLogs;
  denials: Denials;
  keyValue: KeyValueFile;
  dispatcher: Dispatcher;
  /** `http://127.0.0.1:3000` */
  selfOrigin: () => string | undefined;
  chain: ChainRequest;
  /** Of all instances of the host. */
  memory: MemoryBudget;
}

/** A component that a trigger can call, with its instances. */
export interface HostedComponent extends HttpComponent {
  /** No more requests will come. */
  close(): void;
}

export function hostComponent(
  component: RunnableComponent,
  bound: BoundComponent,
  limits: ComponentLimits,
  shared: Shared,
): HostedComponent {
  const { id } = component;
  const pool = new InstancePool(id, limits, shared.memory, async () => {
    const stdout = new LineSink((line) => shared.logs.guest(id, "stdout", line));
    const stderr = new LineSink((line) => shared.logs.guest(id, "stderr", line));
    const request = new CurrentRequest();
    const instance = await bound.instantiate(hostImports(component, shared, request, stdout, stderr));
    return {
      instance,
      request,
      begin: (signal: AbortSignal) => request.begin(signal),
      end: () => {
        request.end();
        stdout.end();
        stderr.end();
      },
    };
  });
  return {
    id,
    acquire: async (signal) => {
      const { entry, release } = await pool.acquire(signal);
      return { handler: entry.instance, cancelled: entry.request.cancelled, release };
    },
    close: () => pool.close(),
    onFailure: (error) => shared.logs.host(`component "${id}" failed: ${describeTrap(error)}`),
  };
}

/** Every interface that an instance is given, by name without version. */
export function hostImports(
  { id, environment, variables, allowedOutboundHosts, keyValueStores }: RunnableComponent,
  shared: Shared,
  scope: RequestScope,
  stdout: LineSink,
  stderr: LineSink,
): HostImports {
  const refuse = shared.denials.record.bind(shared.denials);
  const networking = new OutboundNetworking({
    component: id,
    allowedHosts: allowedOutboundHosts,
    componentIds: shared.componentIds,
    variables: shared.variables,
    refuse,
    log: (line) => shared.logs.host(line),
  });
  const { dispatcher, selfOrigin, chain } = shared;
  return {
    ...wasiImports({
      scope,
      environment,
      stdout,
      stderr,
      send: outboundHttp({ networking, dispatcher, selfOrigin, chain }),
      onSocketRefused: (witInterface, target) =>
        refuse({
          component: id,
          interface: witInterface,
          target,
          grant: "nothing: this host gives out no sockets",
        }),
    }),
    ...keyValueImports({ component: id, granted: keyValueStores, file: shared.keyValue, refuse }),
    ...variablesImports({ component: id, templates: variables, variables: shared.variables, refuse }),
  };
}

function describeTrap(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
