/**
 * Whether Spin takes a file's path from an artifact: relative, of normal parts, with "/" between them. A backslash or a
 * drive is refused too, since they lead elsewhere on other machines.
 */
export function isPortablePath(path: string): boolean {
  const isPlain = path !== "" && !/[\\\0]/.test(path) && !/^[A-Za-z]:/.test(path);
  return isPlain && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
