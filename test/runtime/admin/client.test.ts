import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SpinError } from "../../../model/errors/index.ts";
import { connect, hasHostState, HostClient } from "../../../runtime/admin/client.ts";
import { requestJson } from "../../../runtime/admin/socket-client.ts";
import { sendJson, serveSocket } from "../../../runtime/admin/socket-server.ts";

const folder = mkdtempSync(join(tmpdir(), "client-"));
const socket = join(folder, "control.sock");
let server: Server | undefined;
let serve: RequestListener;

/** A host that misbehaves, which a real one does not on command. */
beforeEach(async () => {
  server = createServer((request, response) => serve(request, response));
  await new Promise<void>((resolve) => server?.listen(socket, resolve));
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("the client of the host", () => {
  test("says that none runs, and starts none unasked", async () => {
    await new Promise((resolve) => server?.close(resolve));
    expect(await connect({ stateDir: folder })).toBeUndefined();
    expect(hasHostState(folder)).toBe(false);
    await expect(new HostClient(folder).listApps()).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_NOT_RUNNING",
      message: expect.stringContaining(folder),
    });
  });

  test("tells an app that is gone from a host that fails", async () => {
    const client = new HostClient(folder);
    const error = { code: "ERR_SPIN_HOST_NO_APP", fault: "user", message: "gone", hint: "" };
    serve = (_request, response) => sendJson(response, 404, { error });
    expect(await client.getApp("shop")).toBeUndefined();
    serve = (_request, response) =>
      sendJson(response, 500, { error: { ...error, code: "ERR_SPIN_HOST_ENGINE" } });
    await expect(client.getApp("shop")).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_ENGINE",
      message: "gone",
    });
  });

  test("keeps message, hint and path of a host's error, also of one with a later code", async () => {
    const error = {
      code: "ERR_SPIN_HOST_FUTURE",
      fault: "user",
      message: "found",
      hint: "do",
      path: "listen",
    };
    serve = (_request, response) => sendJson(response, 422, { error });
    await expect(new HostClient(folder).listApps()).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_INTERNAL",
      message: "found",
      hint: "do",
      path: "listen",
    });
  });

  test.each([
    ["before the answer", (response: { destroy(): void }) => response.destroy()],
    [
      "in the middle of the answer",
      (response: { write(text: string): void; destroy(): void }) => {
        response.write('{"app":');
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])("says that the connection broke %s", async (_when, breakOff) => {
    serve = (_request, response) => breakOff(response);
    const failure = { code: "ERR_SPIN_HOST_CONNECTION", fault: "remote" };
    await expect(new HostClient(folder).getApp("shop")).rejects.toMatchObject(failure);
  });

  test("gives up on a host that does not answer, and when it is told to", async () => {
    serve = () => undefined;
    const waiting = requestJson({ socket, method: "GET", path: "/v1/apps", timeoutMs: 30 });
    await expect(waiting).rejects.toMatchObject({ code: "ERR_SPIN_HOST_TIMEOUT" });
    const abort = new AbortController();
    const aborted = new HostClient(folder, abort.signal).listApps();
    const reason = new SpinError("ERR_SPIN_HOST_REQUEST", "enough");
    abort.abort(reason);
    await expect(aborted).rejects.toBe(reason);
  });
});

describe("a socket of the host", () => {
  test("is for this user alone, and takes over one whose process died", async () => {
    const { statSync, writeFileSync } = await import("node:fs");
    const path = join(folder, "served.sock");
    writeFileSync(path, "");
    const served = await serveSocket(path, async (_request, response) => sendJson(response, 200, "here"));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await requestJson({ socket: path, method: "GET", path: "/" })).toBe("here");
    await new Promise((resolve) => served.close(resolve));
  });
});
