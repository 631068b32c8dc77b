"""The style of the notebook fragment: scoped to `.aval`, light or dark as the reader's system is, and narrow where the cell is narrow."""

from __future__ import annotations

import re

_SOURCE = """
.aval { --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --paper: #fff; --yes: #116329; --no: #b3261e; --odd: #8250df; --link: #0a5f8a;
  container-type: inline-size; max-width: 76rem; padding: 1rem 1.2rem; color: var(--ink); background: var(--paper);
  font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 8px; text-align: left; }
@media (prefers-color-scheme: dark) { .aval { --ink: #e6edf3; --soft: #9aa5b1; --line: #30363d; --paper: #0d1117;
  --yes: #56d364; --no: #ff8178; --odd: #d2a8ff; --link: #79c0ff; } }
.aval h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .3rem; color: inherit; }
.aval h3 { font-size: 1rem; margin: 1.3rem 0 .3rem; padding-top: .5rem; border-top: 1px solid var(--line); color: inherit; }
.aval small { font-weight: normal; color: var(--soft); }
.aval p { margin: .15rem 0; }
.aval .headline { font-size: 1.05rem; margin: .6rem 0 .2rem; }
.aval .l1 { margin-left: 0; } .aval .l2 { margin-left: 1.2rem; } .aval .l3 { margin-left: 2.4rem; }
.aval table { width: 100%; border-collapse: collapse; margin: .3rem 0; background: none; font-size: inherit; table-layout: fixed; }
.aval tr { background: none; border: 0; }
.aval th, .aval td { padding: .3rem .8rem .3rem 0; border: 0; text-align: left; vertical-align: top; font-weight: normal;
  white-space: normal; }
.aval tbody tr { border-bottom: 1px solid var(--line); }
.aval thead th { color: var(--soft); font-size: .85em; }
.aval col:nth-child(1) { width: 34%; } .aval col:nth-child(2) { width: 17%; } .aval col:nth-child(3) { width: 12%; }
.aval section ~ section thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.aval tr.l1 th { padding-left: 1.2rem; }
.aval .pair { display: flex; gap: .2rem 1rem; padding-left: 1.2rem; } .aval .pair > span:first-child { flex: 0 0 13rem; }
.aval ul { list-style: none; margin: .2rem 0 .2rem .3rem; padding: 0 0 0 .8rem; border-left: 1px solid var(--line); }
.aval section > ul { border: 0; margin: 0; padding: 0; }
.aval li { margin: .45rem 0; } .aval li > p { margin: .05rem 0 .05rem 1.2rem; }
.aval li > p.l1 { margin-left: 2.4rem; }
.aval footer { margin-top: 1.2rem; padding-top: .5rem; border-top: 1px solid var(--line); font-size: .9em; }
.aval .bold { font-weight: 600; } .aval .dim { color: var(--soft); } .aval .italic { font-style: italic; }

.aval .green { color: var(--yes); } .aval .red { color: var(--no); } .aval .magenta { color: var(--odd); }
.aval .cyan { color: var(--link); }
@container (max-width: 640px) {
  .aval thead { display: none; } .aval table, .aval tbody, .aval tr, .aval th, .aval td { display: block; width: auto; }
  .aval tbody tr { padding: .4rem 0; } .aval tbody th, .aval tbody td { padding: 0; } .aval tbody td:empty { display: none; }
  .aval tr.l1 { padding-left: 1rem; } .aval tr.l1 th { padding-left: 0; }
  .aval td:nth-child(2), .aval td:nth-child(3) { display: inline-block; margin-right: 1rem; } .aval td:nth-child(3) { color: var(--soft); }
  .aval .pair { display: block; } .aval .pair > span { display: block; } .aval .pair > span:last-child { padding-left: 1rem; }
  .aval .l2 { margin-left: .8rem; } .aval .l3 { margin-left: 1.6rem; } .aval ul { margin-left: 0; padding-left: .5rem; }
}
"""

STYLE = re.sub(r"\s+", " ", _SOURCE).strip()
"""the whole style sheet in one line"""
