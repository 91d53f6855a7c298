/** Small manifests, and what is said of them: one line for each issue. */
import {
  type ContentResolver,
  type Issue,
  lockManifest,
  type LockOptions,
  normalizeManifest,
  parseManifest,
  readManifest,
} from "../../model/index.ts";
import { canonicalJson } from "../../model/json.ts";

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
export const head = 'spin_manifest_version = 2\n[application]\nname = "shop"\n';
const route = '[[trigger.http]]\nroute = "/..."\ncomponent = "web"\n';
const source = '[component.web]\nsource = "web.wasm"\n';

/** An application of one component, with these lines in its table. */
export const component = (lines: string): string => `${head}${route}${source}${lines}\n`;
/** The same with lines of the application. */
export const application = (lines: string): string => `${head}${lines}\n${route}${source}`;
/** The same with lines of the trigger. */
export const trigger = (lines: string): string => `${head}${route}${lines}\n${source}`;
/** The component, led to by these tables instead. */
export const tables = (lines: string): string => `${head}${lines}\n${source}`;

/** `error ERR_SPIN_… path` for each issue. */
export const found = (text: string): string[] => readManifest(text).issues.map(line);

export const line = ({ severity, code, path }: Issue): string => `${severity} ${code} ${path}`;

const content: ContentResolver = {
  component: (id) => ({ source: `file:///${id}` }),
  dependency: (_name, dependency) => ({ source: `file:///${canonicalJson(dependency)}` }),
  files: () => [],
};

export const normal = (text: string, profile?: string) => normalizeManifest(parseManifest(text), profile);

export const lock = (text: string, options: LockOptions = {}) =>
  lockManifest(normal(text, options.profile), content, options);
