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

const quickly = { attempts: 4, firstWaitMs: 1, longestWaitMs: 5, longestRetryAfterMs: 1_000 };
const quickClient = (): HostClient => new HostClient(folder, undefined, quickly);

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
    await expect(quickClient().getApp("shop")).rejects.toMatchObject(failure);
  });

  test("asks again when an answer got lost, or when who answers asks for patience", async () => {
    const asked: string[] = [];
    serve = ({ method }, response) => {
      asked.push(String(method));
      if (asked.length === 1) response.destroy();
      else if (asked.length === 2) response.writeHead(503, { "retry-after": "0" }).end();
      else response.writeHead(204).end();
    };
    await quickClient().deleteApp("shop");
    expect(asked).toEqual(["DELETE", "DELETE", "DELETE"]);
  });

  test("asks no more after as many attempts as it has, nor for longer than it is willing to wait", async () => {
    let asked = 0;
    let patience = "0";
    serve = (_request, response) => {
      asked++;
      response.writeHead(429, { "retry-after": patience }).end();
    };
    const failure = { code: "ERR_SPIN_HOST_ANSWER", hint: expect.stringContaining("run it again later") };
    await expect(quickClient().listApps()).rejects.toMatchObject(failure);
    expect(asked).toBe(quickly.attempts);
    patience = "3600";
    await expect(quickClient().listApps()).rejects.toMatchObject(failure);
    expect(asked).toBe(quickly.attempts + 1);
  });

  test.each([
    [404, "text/html", "<h1>secret</h1>"],
    [404, "application/json", ""],
    [200, "application/json", ""],
    [200, "application/json", "{"],
    [200, "text/html", "{}"],
    [301, "application/json", "{}"],
    [500, "application/json", '{"error":"secret"}'],
  ])("takes no %d (%s) with the body %j for an app, nor for one that is gone", async (status, type, body) => {
    serve = (_request, response) => response.writeHead(status, { "content-type": type }).end(body);
    const error = await quickClient()
      .getApp("shop")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "ERR_SPIN_HOST_ANSWER",
      message: `GET /v1/apps/shop was answered with ${status} (${type}), which is not how a host answers.`,
    });
    expect(String(error)).not.toContain("secret");
  });

  test("names the properties of an answer that has another form", async () => {
    serve = (_request, response) => sendJson(response, 200, { app: "shop", status: "asleep", variables: 1 });
    await expect(quickClient().getApp("shop")).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_ANSWER",
      message: expect.stringMatching(/status: .*; revision: .*variables: /),
    });
  });

  test("gives up on an answer that stops in the middle", async () => {
    serve = (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).write("{");
    const waiting = requestJson({ socket, method: "GET", path: "/v1/apps", timeoutMs: 50 });
    await expect(waiting).rejects.toMatchObject({ code: "ERR_SPIN_HOST_TIMEOUT" });
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
