const { openQuickstart } = await import("/work/main/test/support/quickstart.ts");
const q = await openQuickstart();
const pause = (ms) => new Promise((r) => setTimeout(r, ms));
try {
  const r = await q.pulumi("up","--yes","--skip-preview"); if (r.exitCode) throw new Error(r.output);
  const host = await q.host();
  const answers = []; const bad = {}; let over = false;
  const caller = async () => { while (!over) try { const a = await q.fetch("/count"); if (a.status===200) answers.push(JSON.parse(a.body).visits); else { bad[a.status+a.body]=(bad[a.status+a.body]??0)+1; await pause(20);} } catch (e) { const c=e.cause?.code??e.message; bad[c]=(bad[c]??0)+1; await pause(20); } };
  const callers = Array.from({length:8}, caller);
  for (const who of [["controlPid"],["enginePid"],["controlPid","enginePid"],["enginePid"],["enginePid","controlPid"],["controlPid"],["controlPid","enginePid"]]) {
    await pause(300+Math.random()*700);
    let s; for (let i=0;i<400;i++){ try { s = await host.status(); if (s.enginePid) break; } catch {} await pause(50);}
    const t=Date.now();
    for (const w of who) process.kill(s[w], "SIGKILL");
    let ok=false; for (let i=0;i<600;i++){ try { if ((await q.fetch("/fact")).status===200) {ok=true;break;} } catch {} await pause(50);}
    let ok2=false; for (let i=0;i<600;i++){ try { if ((await host.status()).enginePid) {ok2=true;break;} } catch {} await pause(50);}
    console.log(who.join("+"), ok, ok2, Date.now()-t, "ms, answers", answers.length, "unique", new Set(answers).size, "max", Math.max(...answers));
    if (!ok || !ok2) { console.log("NOT BACK; starting by hand"); await q.host(); }
  }
  over = true; await Promise.all(callers);
  const f = JSON.parse((await q.fetch("/count")).body).visits;
  console.log({answers: answers.length, unique: new Set(answers).size, max: Math.max(...answers), final: f, bad});
} catch (e) { console.log(e); } finally { console.log("left", await q.dispose()); }
