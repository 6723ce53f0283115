import {
  PDF,
  PdfArray,
  PdfBool,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from "@libpdf/core";

/**
 * What a later revision changed in a signed document, compared object by object from the catalog down. Allowed: further
 * signature fields with their marks on pages, and validation data (DSS). Everything else is a change of what was signed
 * (the incremental saving, shadow and evil annotation attacks of Ruhr University Bochum).
 */
export type RevisionProblem =
  | "changed-after-signing"
  | "unreadable-revision"
  | "duplicate-object"
  | "unreferenced-object";

// Far above any real document; a crafted one must not hold the process.
const MAX_STEPS = 400_000;

interface Side {
  readonly pdf: PDF;
  readonly resolve: (object: PdfObject | undefined) => PdfObject | undefined;
}

type Pair = readonly [before: PdfObject | undefined, after: PdfObject | undefined];

/** Problems of everything that `whole` holds after its first `length` bytes, which are the signed revision. */
export async function laterRevisionProblems(whole: Uint8Array, length: number): Promise<RevisionProblem[]> {
  let before: Side;
  let after: Side;
  try {
    before = await open(whole.subarray(0, length));
    after = await open(whole);
  } catch {
    // A parser that cannot read it is the finding; which sentence it threw does not matter.
    return ["unreadable-revision"];
  }
  const problems = new Set<RevisionProblem>(appendedObjectProblems(whole.subarray(length), after));
  if (!sameDocument(before, after)) problems.add("changed-after-signing");
  return [...problems];
}

async function open(bytes: Uint8Array): Promise<Side> {
  const pdf = await PDF.load(bytes);
  // A file whose cross references had to be guessed reads differently in every viewer.
  if (pdf.recoveredViaBruteForce) throw new Error("broken cross references");
  const resolve = (object: PdfObject | undefined): PdfObject | undefined => {
    let current = object;
    for (let depth = 0; current instanceof PdfRef; depth += 1) {
      if (depth > 8) throw new Error("a chain of references");
      current = pdf.context.resolve(current) ?? undefined;
    }
    return current;
  };
  return { pdf, resolve };
}

function sameDocument(before: Side, after: Side): boolean {
  const seen = new Set<string>();
  const queue: Pair[] = [[before.pdf.getCatalog(), after.pdf.getCatalog()]];
  const catalogs: Pair = queue[0] ?? [undefined, undefined];
  queue.push([before.pdf.context.info.trailer.get("Info"), after.pdf.context.info.trailer.get("Info")]);
  for (let steps = 0; queue.length > 0; steps += 1) {
    if (steps > MAX_STEPS) return false;
    const [first, second] = queue.pop() ?? [undefined, undefined];
    if (first instanceof PdfRef && second instanceof PdfRef) {
      const key = `${first.toString()}|${second.toString()}`;
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const pair: Pair = [before.resolve(first), after.resolve(second)];
    if (pair[0] instanceof PdfDict && pair[1] instanceof PdfDict) {
      const children = compareDictionaries(pair[0], pair[1], pair[0] === catalogs[0], before, after);
      if (!children) return false;
      queue.push(...children);
    } else if (pair[0] instanceof PdfArray && pair[1] instanceof PdfArray) {
      if (pair[0].length !== pair[1].length) return false;
      for (let index = 0; index < pair[0].length; index += 1) queue.push([pair[0].at(index), pair[1].at(index)]);
    } else if (!sameScalar(pair[0], pair[1])) return false;
  }
  return true;
}

/** The pairs still to compare, or undefined when the dictionaries differ in a way that is not allowed. */
function compareDictionaries(a: PdfDict, b: PdfDict, catalog: boolean, before: Side, after: Side): Pair[] | undefined {
  const type = a.getName("Type")?.value;
  const ignored = new Set<string>();
  const pairs: Pair[] = [];
  const appendable = (key: string, container: PdfDict, later: PdfDict): boolean => {
    const list = comparePrefix(before.resolve(container.get(key)), after.resolve(later.get(key)), after);
    if (list) pairs.push(...list);
    ignored.add(key);
    return list !== undefined;
  };
  if (catalog) {
    for (const key of ["DSS", "Extensions"]) ignored.add(key);
    if (!a.has("AcroForm") && b.has("AcroForm")) {
      const form = after.resolve(b.get("AcroForm"));
      if (!(form instanceof PdfDict) || !onlySignatures(form.get("Fields"), after)) return undefined;
      ignored.add("AcroForm");
    }
  } else if (type === "Page" && !appendable("Annots", a, b)) return undefined;
  else if (isForm(a, before)) {
    ignored.add("SigFlags");
    if (!appendable("Fields", a, b)) return undefined;
  } else if (a.getName("FT")?.value === "Sig" && !a.has("V")) {
    for (const key of ["V", "AP", "F"]) ignored.add(key);
  }
  if (a instanceof PdfStream !== b instanceof PdfStream) return undefined;
  if (a instanceof PdfStream && b instanceof PdfStream && Buffer.compare(a.data, b.data) !== 0) return undefined;
  const keys = new Set([...a.keys(), ...b.keys()].map((key) => key.value));
  for (const key of keys) if (!ignored.has(key)) pairs.push([a.get(key), b.get(key)]);
  return pairs;
}

function isForm(dictionary: PdfDict, side: Side): boolean {
  return side.resolve(side.pdf.getCatalog().get("AcroForm")) === dictionary;
}

/** Everything that stood in the list must still stand there, first and in order; what follows must be signatures. */
function comparePrefix(a: PdfObject | undefined, b: PdfObject | undefined, after: Side): Pair[] | undefined {
  const old = a instanceof PdfArray ? a.toArray() : [];
  const now = b instanceof PdfArray ? b.toArray() : [];
  if (now.length < old.length) return undefined;
  if (!onlySignatures(new PdfArray(now.slice(old.length)), after)) return undefined;
  return old.map((item, index) => [item, now[index]] as const);
}

function onlySignatures(list: PdfObject | undefined, side: Side): boolean {
  const items = side.resolve(list);
  if (items === undefined) return true;
  if (!(items instanceof PdfArray)) return false;
  return items.toArray().every((item) => {
    const field = side.resolve(item);
    return (
      field instanceof PdfDict &&
      field.getName("FT")?.value === "Sig" &&
      !field.has("Kids") &&
      !field.has("A") &&
      !field.has("AA")
    );
  });
}

function sameScalar(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  if (a instanceof PdfName) return b instanceof PdfName && a.value === b.value;
  if (a instanceof PdfNumber) return b instanceof PdfNumber && a.value === b.value;
  if (a instanceof PdfString) return b instanceof PdfString && Buffer.compare(a.bytes, b.bytes) === 0;
  if (a instanceof PdfBool) return b instanceof PdfBool && a.value === b.value;
  return a?.type === b?.type && (a === undefined || a.type === "null");
}

/** Objects of the appended bytes that are written twice in them, or that nothing in the document refers to. */
function appendedObjectProblems(tail: Uint8Array, side: Side): RevisionProblem[] {
  const problems = new Set<RevisionProblem>();
  const reachable = reachableObjects(side);
  for (const revision of Buffer.from(tail)
    .toString("latin1")
    .split(/%%EOF[\r\n]*/)) {
    const seen = new Set<number>();
    for (const match of revision.matchAll(/(?:^|[\r\n])\s*(\d{1,10}) \d{1,5} obj\b([\s\S]{0,200})/g)) {
      const objectNumber = Number(match[1]);
      if (seen.has(objectNumber)) problems.add("duplicate-object");
      seen.add(objectNumber);
      // Cross-reference and object streams are the file's own bookkeeping; nothing refers to them.
      const bookkeeping = /\/Type\s*\/(XRef|ObjStm)\b/.test(match[2] ?? "");
      if (!bookkeeping && !reachable.has(objectNumber)) problems.add("unreferenced-object");
    }
  }
  return [...problems];
}

function reachableObjects(side: Side): Set<number> {
  const found = new Set<number>();
  const trailer = side.pdf.context.info.trailer;
  const queue: (PdfObject | undefined)[] = [trailer.get("Root"), trailer.get("Info")];
  for (let steps = 0; queue.length > 0 && steps < MAX_STEPS; steps += 1) {
    const item = queue.pop();
    if (item instanceof PdfRef) {
      if (found.has(item.objectNumber)) continue;
      found.add(item.objectNumber);
    }
    const object = side.resolve(item);
    if (object instanceof PdfDict) for (const [, value] of object) queue.push(value);
    else if (object instanceof PdfArray) queue.push(...object.toArray());
  }
  return found;
}
