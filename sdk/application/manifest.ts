import { readFileSync } from "node:fs";
import { dirname, posix, relative, resolve, sep } from "node:path";
import type { ComponentDefinition, FileMount } from "../../model/definition.ts";
import { type Issue, SpinError } from "../../model/errors/index.ts";
import { type Manifest, partsOf } from "../../model/manifest/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import type { RouteArgs } from "../route.ts";
import type { ApplicationArgs, ApplicationComponentArgs } from "./args.ts";

/** The arguments of the application that a spin.toml declares; its paths become those of the program. */
export function argsOfManifest(path: string): { name: string; args: ApplicationArgs } {
  const { variables, components, routes, triggers = [], name, ...settings } = plain(partsOf(read(path)));
  const folder = relative(process.cwd(), dirname(resolve(path)))
    .split(sep)
    .join("/");
  return {
    name,
    args: {
      ...settings,
      variables: Object.fromEntries(variables.map(({ name: id, ...it }) => [id, it])),
      components: Object.fromEntries(
        components.map(({ id, ...it }) => [id, componentArgs(it, folder, path)]),
      ),
      routes: routes.map(({ id, route, ...it }): RouteArgs => {
        const where = typeof route === "object" ? { private: true as const } : { route };
        return { ...where, ...withId(id), ...it } as RouteArgs;
      }),
      triggers: triggers.map(({ id, ...it }) => ({ ...withId(id), ...it })),
    },
  };
}

/** Data of JSON as ordinary objects: those of a parsed text have no prototype, which Pulumi does not expect. */
function plain<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}

function withId(triggerId: string | undefined): { triggerId?: string } {
  return triggerId === undefined ? {} : { triggerId };
}

type Parts = Omit<ComponentDefinition, "id" | "digest" | "size" | "imports" | "exports">;

function componentArgs(
  { grants, source, build, ...it }: Parts,
  folder: string,
  file: string,
): ApplicationComponentArgs {
  const [grant] = grants;
  const from = (path: string): string => posix.join(folder, path);
  const { files = [], ...rights } = grant ?? {};
  return {
    ...(it as Partial<ApplicationComponentArgs>),
    source: typeof source === "string" ? from(source) : source,
    ...(build === undefined ? {} : { build: { ...build, workdir: from(build.workdir ?? ".") } }),
    ...rights,
    ...(files.length === 0 ? {} : { files: files.map((mount) => mountFrom(mount, folder, file)) }),
  };
}

/** A pattern is also where the files are in the guest: from another folder they would be elsewhere. */
function mountFrom(mount: FileMount, folder: string, file: string): FileMount {
  if (folder === "") return mount;
  if (typeof mount !== "string") return { ...mount, source: posix.join(folder, mount.source) };
  throw new SpinError("ERR_SPIN_APPLICATION_FILES", `${file} mounts "${mount}" from its own folder.`, {
    path: "files",
  });
}

function read(path: string): Manifest {
  const text = textOf(path);
  const { manifest, issues } = readManifest(text);
  const errors = issues.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (manifest !== undefined && first === undefined) return manifest;
  const lines = errors.map((found) => `\n  ${placeOf(found, path)}: ${found.message} ${found.hint}`).join("");
  throw new SpinError(first?.code ?? "ERR_SPIN_MANIFEST_FILE", `${path} has problems:${lines}`, {
    hint: "Correct all of them.",
  });
}

function placeOf({ position }: Issue, path: string): string {
  return position === undefined ? path : `${path}:${position.line}:${position.column}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SpinError("ERR_SPIN_MANIFEST_FILE", `${path} cannot be read.`, { cause });
  }
}
