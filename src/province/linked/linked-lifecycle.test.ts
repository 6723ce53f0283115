import assert from "node:assert/strict";
import { test } from "node:test";
import type { DossierState } from "#province/dossiers/index.ts";
import type { LinkedStand, PartStand } from "./linked.ts";
import { type Move, nextMoves } from "./linked-lifecycle.ts";

const part = (code: string, more: Partial<PartStand> = {}): PartStand => ({
  code,
  waitsFor: code === "birth" ? [] : ["birth"],
  opened: code === "birth",
  state: "filed",
  ending: null,
  resultSigned: false,
  hold: code === "birth" ? null : "waits-for-part",
  endedBecause: null,
  elsewhere: false,
  released: false,
  withdrawalTold: false,
  ...more,
});
const READY = { state: "result-ready", resultSigned: true } as const;
const RETURNED = { state: "returned", ending: "returned", resultSigned: true } as const;
const REFUSED = { state: "stopped", ending: "refused" } as const;
const OPEN = { opened: true, hold: null } as const;
const HELD = { opened: true, hold: "returned-together" } as const;
const ENDED = { state: "stopped", ending: "stopped", hold: null, endedBecause: "birth" } as const;

const words = (moves: readonly Move[]) =>
  moves.map((move) => (move.kind === "follow" ? `follow ${move.to}` : `${move.kind} ${move.part}`)).join(", ");

const TABLE: readonly [
  title: string,
  whole: DossierState,
  together: boolean,
  birth: Partial<PartStand>,
  residence: Partial<PartStand>,
  insurance: Partial<PartStand>,
  moves: string,
][] = [
  ["filed: nothing to do", "filed", false, {}, {}, {}, ""],
  ["the first part is received", "filed", false, { state: "received" }, {}, {}, "follow received"],
  ["the first part is worked on", "received", false, { state: "processing" }, {}, {}, "follow processing"],
  ["a supplement of one part is that part's own", "processing", false, { state: "supplement-requested" }, {}, {}, ""],
  [
    "the birth is decided: both others go on, side by side",
    "processing",
    false,
    READY,
    {},
    {},
    "open residence, open insurance, follow processing",
  ],
  ["as they come: nobody returns for the officer", "processing", false, READY, OPEN, OPEN, "follow processing"],
  [
    "together: one is ready, the others are not",
    "processing",
    true,
    { ...READY, hold: "returned-together" },
    HELD,
    { ...HELD, ...READY },
    "follow processing",
  ],
  [
    "together: the last one is ready",
    "processing",
    true,
    { ...READY, hold: "returned-together" },
    { ...HELD, ...READY },
    { ...HELD, ...READY },
    "release birth, release residence, release insurance, follow result-ready",
  ],
  [
    "together: released ones are returned, also those that a killed process left",
    "result-ready",
    true,
    RETURNED,
    { ...OPEN, ...READY },
    { ...HELD, ...READY },
    "return residence, release insurance, follow result-ready",
  ],
  [
    "all are returned",
    "processing",
    false,
    RETURNED,
    { ...OPEN, ...RETURNED },
    { ...OPEN, ...RETURNED },
    "follow returned",
  ],
  [
    "the birth is refused: what needs it ends with it",
    "processing",
    false,
    REFUSED,
    {},
    {},
    "end residence, end insurance",
  ],
  ["the birth is refused and the others have ended", "processing", false, REFUSED, ENDED, ENDED, "follow stopped"],
  [
    "the birth was not taken",
    "filed",
    false,
    { state: "declined", ending: "declined" },
    {},
    {},
    "end residence, end insurance",
  ],
  [
    "not taken, the others ended",
    "filed",
    false,
    { state: "declined", ending: "declined" },
    ENDED,
    ENDED,
    "follow declined",
  ],
  [
    "the residence is refused: the insurance goes on",
    "processing",
    false,
    RETURNED,
    { ...OPEN, ...REFUSED },
    { ...OPEN, state: "processing" },
    "follow processing",
  ],
  [
    "together, one refused: the rest is given when it is ready",
    "processing",
    true,
    { ...READY, hold: "returned-together" },
    { ...HELD, ...REFUSED },
    { ...HELD, ...READY },
    "release birth, release insurance, follow result-ready",
  ],
  [
    "one refused, the rest returned: a result came of it",
    "processing",
    false,
    RETURNED,
    { ...OPEN, ...REFUSED },
    { ...OPEN, ...RETURNED },
    "follow returned",
  ],
  [
    "the whole is withdrawn: every part that can be",
    "withdrawn",
    false,
    { state: "received" },
    {},
    {},
    "withdraw birth, withdraw residence, withdraw insurance",
  ],
  [
    "withdrawn part by part",
    "processing",
    false,
    { state: "withdrawn", ending: "withdrawn" },
    {},
    {},
    "end residence, end insurance",
  ],
  [
    "elsewhere: told to open, and nothing heard yet",
    "processing",
    false,
    RETURNED,
    { elsewhere: true, opened: true, hold: null, state: null },
    { ...OPEN, state: "received" },
    "follow processing",
  ],
  [
    "elsewhere, together: told to release once",
    "processing",
    true,
    RETURNED,
    { elsewhere: true, opened: true, hold: null, released: true, ...READY },
    { ...HELD, ...READY },
    "release insurance, follow result-ready",
  ],
  [
    "elsewhere, withdrawn before it was opened: nobody there is told",
    "withdrawn",
    false,
    { state: "withdrawn", ending: "withdrawn" },
    { elsewhere: true, opened: false, hold: null, state: null },
    { state: "withdrawn", ending: "withdrawn" },
    "end residence",
  ],
];

test("what follows from where the parts stand", () => {
  for (const [title, state, together, birth, residence, insurance, moves] of TABLE) {
    const parts = [part("birth", birth), part("residence", residence), part("insurance", insurance)];
    const signed = parts.some(({ resultSigned }) => resultSigned);
    // A whole that already knows of the signature moves only when its state does.
    const stand: LinkedStand = {
      state,
      together,
      resultSigned: moves.includes(`follow ${state}`) ? !signed : signed,
      parts,
    };
    assert.equal(words(nextMoves(stand)), moves, title);
  }
});

test("a linked filing comes to an end whatever its parts do", () => {
  const ends: readonly Partial<PartStand>[] = [RETURNED, REFUSED, { state: "withdrawn", ending: "withdrawn" }];
  for (const birth of ends)
    for (const residence of [...ends, ENDED])
      for (const insurance of [...ends, ENDED]) {
        const parts = [
          part("birth", birth),
          part("residence", { ...OPEN, ...residence }),
          part("insurance", { ...OPEN, ...insurance }),
        ];
        const [move] = nextMoves({ state: "processing", together: true, resultSigned: false, parts });
        assert.ok(move?.kind === "follow" && move.ending !== null, JSON.stringify([birth, residence, insurance]));
      }
});
