// Loaded first into the process of the policy pack: the engine starts it in a process group of its own, so it would outlive
// an engine that was killed. Whose child it was, the shell has written down: it may be another's by now.
const parent = Number(process.env.ENGINE_PID);
const end = () => {
  if (process.ppid !== parent) process.exit(1);
};
end();
setInterval(end, 500).unref();
