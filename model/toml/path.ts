/** Property paths as text: `component.api.files[0].source`; a key that is no plain word is quoted as JSON quotes it. */

export function pathTo(path: string, key: string): string {
  const part = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? part : `${path}.${part}`;
}

export function pathAt(path: string, index: number): string {
  return `${path}[${index}]`;
}
