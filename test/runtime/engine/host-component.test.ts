import { expect, test } from "@jest/globals";
import { parseInterface } from "../../../model/capability/interfaces.ts";
import { targets } from "../../../model/capability/target.ts";
import { hostImports, type Shared } from "../../../runtime/engine/host-component.ts";
import { LineSink } from "../../../runtime/wasi/cli/line-sink.ts";
import { Denials } from "../../../runtime/factors/denials/denials.ts";

test("an instance is given exactly the interfaces that the target table promises", () => {
  const component = {
    id: "c",
    digest: "",
    environment: {},
    variables: {},
    allowedOutboundHosts: [],
    keyValueStores: [],
  };
  const shared = { denials: new Denials(() => {}) } as unknown as Shared;
  const scope = { ended: new AbortController().signal, cancelled: new Promise<never>(() => {}) };
  const sink = new LineSink(() => {});
  const given = Object.keys(hostImports(component, shared, scope, sink, sink)).sort();
  const promised = targets["bundled-host"].imports.map((offer) => parseInterface(offer).name).sort();
  expect(given).toEqual(promised);
});
