/** Light and dark as the reader's system says. Severity is always written out; colour and shape only help the eye. */
export const style = `
:root { color-scheme: light dark; --paper: #f6f7f9; --card: #fff; --ink: #17202b; --soft: #526070; --line: #dde2e8; --link: #0b57b0;
  --critical: #a0104f; --high: #c2290a; --medium: #8a5a00; --low: #17697f; --info: #526070; --bar: #c9d8ee; --band: #eef1f5; }
@media (prefers-color-scheme: dark) { :root { --paper: #10151c; --card: #181f29; --ink: #e6ebf1; --soft: #a3b1c2; --line: #2c3644;
  --link: #8dbdff; --critical: #ff8dbc; --high: #ff9b80; --medium: #f2be5c; --low: #74cfe3; --info: #a3b1c2; --bar: #2b456b; --band: #1e2733; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
header, main, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 36px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.02em; }
h2 { font-size: 20px; margin: 40px 0 12px; letter-spacing: -0.01em; }
h3 { font-size: 17px; margin: 0; }
h4 { font-size: 14px; margin: 16px 0 4px; }
p { margin: 4px 0; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px 12px; }
.soft { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; padding: 0; margin: 14px 0 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 24px 0 0; }
.totals div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; display: flex; flex-direction: column-reverse; }
.totals dt { color: var(--soft); font-size: 13px; }
.totals dd { margin: 0; font-size: 26px; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.severity { display: inline-flex; align-items: baseline; gap: 6px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); } .info { color: var(--info); }
svg { display: block; } .severity svg { align-self: center; } .mark { fill: currentColor; } .mark path { stroke: var(--card); stroke-width: 1; }
.timeline { list-style: none; margin: 0; padding: 0; }
.timeline li, .axis { display: grid; grid-template-columns: minmax(170px, 290px) 1fr; gap: 16px; align-items: center; }
.timeline li { border-top: 1px solid var(--line); padding: 0; }
.timeline a { font-weight: 600; text-decoration: none; color: inherit; } .timeline a:hover { text-decoration: underline; }
.timeline .times { font-size: 13px; margin-left: 4px; }
.timeline .name { font-size: 14px; line-height: 1.35; }
.axis text, .many { font-size: 12px; fill: var(--soft); } .many { font-weight: 650; fill: var(--ink); }
.tick { stroke: var(--line); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; }
.scroll { overflow-x: auto; } .scroll td { min-width: 12ch; } .scroll td:first-child, .scroll code { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; font-size: 13px; white-space: nowrap; }
tbody th { font-weight: 500; overflow-wrap: anywhere; } tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: block; height: 4px; margin-top: 4px; } .bar rect { fill: var(--bar); }
.detection { margin: 0 0 16px; border-left: 4px solid currentColor; } .detection > * { color: var(--ink); }
.detection .head { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.sentences { padding-left: 40px; margin: 4px 0; overflow-wrap: anywhere; }
.steps { padding-left: 22px; margin: 4px 0; } .steps li { margin: 3px 0; }
details { border-top: 1px solid var(--line); } details[open] { padding-bottom: 12px; }
.guide { border: 0; margin: 8px 0; }
summary { cursor: pointer; padding: 8px 4px; overflow-wrap: anywhere; } summary:hover { background: var(--band); }
summary .when { font-variant-numeric: tabular-nums; font-weight: 600; margin-right: 10px; } summary .what { margin-left: 10px; color: var(--soft); overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 4px 0 12px; font-size: 14px; } .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
code { font: 13px ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: 13px; padding-top: 32px; padding-bottom: 48px; }
@media (max-width: 640px) { .timeline li, .axis { grid-template-columns: 1fr; gap: 2px; } .facts { grid-template-columns: 1fr; } }
@media print { details > * { display: block; } body { background: #fff; } }
`;
