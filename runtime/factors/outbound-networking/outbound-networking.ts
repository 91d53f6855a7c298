import { type AllowedHost, defaultPort, parseAllowedHost } from "../../../model/capability/allowed-hosts.ts";
import { expandServiceChaining } from "../../../model/capability/service-chaining.ts";
import { type Destination, destinationOf, isHostAllowed } from "../../../model/capability/match-host.ts";
import { describeError } from "../../../model/errors/index.ts";
import type { Refusal } from "../denials/denials.ts";
import type { AppVariables } from "../variables/app-variables.ts";

export interface OutboundNetworkingContext {
  component: string;
  /** `allowed_outbound_hosts`, templates included. */
  allowedHosts: readonly string[];
  /** Ids of the app's components: what `*.spin.internal` stands for. */
  componentIds: readonly string[];
  variables: AppVariables;
  refuse: (refusal: Refusal) => void;
  log: (line: string) => void;
}

/** Decides for one instance where it may connect to; the entries are resolved at the first question. */
export class OutboundNetworking {
  readonly #context: OutboundNetworkingContext;
  #rules: readonly AllowedHost[] | undefined;

  constructor(context: OutboundNetworkingContext) {
    this.#context = context;
  }

  /** Whether `url` is allowed; a refusal is recorded. A URL that names no destination is refused. */
  isAllowed(url: string, witInterface: string): boolean {
    const destination = destinationOf(url);
    this.#rules ??= this.#resolve();
    if (destination !== undefined && isHostAllowed(this.#rules, destination)) return true;
    this.#context.refuse({
      component: this.#context.component,
      interface: witInterface,
      ...(destination === undefined
        ? { target: "a malformed URL", grant: "nothing" }
        : describeDestination(destination)),
    });
    return false;
  }

  #resolve(): readonly AllowedHost[] {
    try {
      const rules = this.#context.allowedHosts
        .map((entry) => this.#context.variables.resolve(entry).trim())
        .filter((entry) => !["", "http://", "https://"].includes(entry))
        .map((entry) => parseAllowedHost(entry));
      return expandServiceChaining(rules, this.#context.componentIds);
    } catch (error) {
      // An entry that cannot be read may have been meant to narrow nothing: all is refused rather than guessed.
      const { component, log } = this.#context;
      log(`allowed_outbound_hosts of component "${component}" cannot be resolved: ${describeError(error)}`);
      return [];
    }
  }
}

function describeDestination({ scheme, host, port }: Destination): Pick<Refusal, "target" | "grant"> {
  if (host === undefined)
    return { target: `${scheme}://self`, grant: `allowedOutboundHosts: ["${scheme}://self"]` };
  const name = host.includes(":") ? `[${host}]` : host;
  const origin = `${scheme}://${name}`;
  const isDefault = port === undefined || port === defaultPort(scheme);
  return {
    target: port === undefined ? origin : `${origin}:${port}`,
    grant: `allowedOutboundHosts: ["${isDefault ? origin : `${origin}:${port}`}"]`,
  };
}
