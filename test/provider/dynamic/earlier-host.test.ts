/** A host that was started by an earlier version goes on running after an upgrade: it drops limits, and has none to tell. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Server } from "node:http";
import { join } from "node:path";
import { handle } from "../../../provider/dynamic/index.ts";
import type { AppStatus, Deployment } from "../../../runtime/admin/client.ts";
import { socketPath } from "../../../runtime/admin/paths.ts";
import { readJson, sendJson, serveSocket } from "../../../runtime/admin/socket-server.ts";
import { answerOf, deployment, TestHost } from "../../runtime/control/test-host.ts";
import { checked, created, stored } from "./handlers.ts";

jest.setTimeout(60_000);

const testHost = new TestHost();
const host = { stateDir: join(testHost.stateDir, "earlier") };
let server: Server;

/** The real host, without the one property. */
beforeAll(async () => {
  const client = await testHost.client();
  const early = ({ limits: _limits, ...status }: AppStatus): AppStatus => status;
  server = await serveSocket(socketPath(host.stateDir, "control"), async (request, response) => {
    if (request.method === "PUT") {
      const { limits: _limits, ...wanted } = (await readJson(request)) as Deployment;
      return sendJson(response, 200, early(await client.deploy("shop", wanted)));
    }
    if (request.url === "/v1/status") return sendJson(response, 200, await client.status());
    return sendJson(response, 200, early(await client.mustGetApp("shop")));
  });
});
afterAll(async () => {
  server.close();
  await testHost.remove();
});

test("a deployment with limits fails there and says what exists, one without goes on", async () => {
  const routes = [{ route: "/...", staticResponse: { statusCode: 200, headers: {}, body: "one" } }];
  const { outs: app } = await created("App", { name: "shop", routes });
  const inputs = { app: app["definition"], listen: deployment("").listen, host };
  const { id, outs } = await created("HostDeployment", inputs);
  const handlers = handle("spin:index:HostDeployment");
  expect((await handlers.read(id, stored(outs))).props).toEqual(outs);

  const limited = stored(await checked("HostDeployment", { ...inputs, limits: { queue: 0 } }, outs));
  const failure = await handlers.update(id, stored(outs), limited).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/knows no limits[^]*ERR_SPIN_HOST_REQUEST[^]*host stop/);
  const { props = {} } = await handlers.read(id, stored(outs));
  expect(props).not.toHaveProperty("limits");
  expect(await handlers.diff(id, stored(props), limited)).toMatchObject({ replaces: [] });
  expect(await answerOf(outs["url"])).toBe("one");
});
