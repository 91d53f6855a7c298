import { afterEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Leash } from "../../../runtime/engine/leash.ts";

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(leash: Leash): Promise<() => Promise<IncomingMessage>> {
  server = createServer((_request, response) => leash.hold(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return async () => {
    const call = request({ port, host: "127.0.0.1" });
    call.on("error", () => {});
    call.end();
    const [response] = (await once(call, "response")) as [IncomingMessage];
    response.on("error", () => {});
    return response;
  };
}

const nextLoss = () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { promise, onLost: () => resolve("lost") };
};

test("a leash that breaks is a loss", async () => {
  const { promise, onLost } = nextLoss();
  const hold = await serve(new Leash(onLost));
  (await hold()).destroy();
  expect(await promise).toBe("lost");
});

test("a leash that is taken over in time is none, and neither is one let go", async () => {
  let losses = 0;
  const leash = new Leash(() => losses++);
  const hold = await serve(leash);
  const [first, second] = [await hold(), await hold()];
  first.destroy();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(losses).toBe(0);
  leash.release();
  await once(second.resume(), "end");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(losses).toBe(0);
});
