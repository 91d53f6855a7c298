/** What to do next, after a start: look around, change, destroy. */
export function guide(url: string): string {
  return `
Look around   curl ${url}
              npm run pulumi -- stack
              npm run -s pulumi -- stack export
              npm run host -- denials quickstart      what was asked for and refused
              npm run host -- logs quickstart --follow
Change        edit examples/quickstart/index.ts or a component's source, then npm start
              npm run pulumi -- preview --diff        what that would change, by property
Another port  npm start -- --port 3001
Destroy       npm run stop                            destroys the stack and stops the host`;
}
