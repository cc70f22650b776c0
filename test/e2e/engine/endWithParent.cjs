// Loaded first into the process of the policy pack: the engine starts it in a process group of its own, so it would outlive
// an engine that was killed.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 500).unref();
