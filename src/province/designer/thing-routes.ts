/** Pages of single things of a working copy: edit, add, move, delete. */
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { sayNext } from "#province/admin/index.ts";
import { differencesOf } from "#province/catalogue/index.ts";
import { changeCopy, saveThing } from "./change-copy.ts";
import {
  type Content,
  isKind,
  type Kind,
  movedThing,
  type Place,
  placeName,
  thingAt,
  thingsOf,
  withNewThing,
  withoutThing,
} from "./content.ts";
import { type Asked, asked, copyFramed, copyOf, editorOf, type Room } from "./designer-room.ts";
import { inputsOf } from "./field-inputs.ts";
import type { Inputs } from "./field-values.ts";
import { messages } from "./messages.ts";
import { freshId, isFitId, newThing } from "./new-things.ts";
import { designerPaths } from "./pages/designer-paths.ts";
import { addPage, thingPage, type ThingPageProps } from "./pages/thing-page.ts";

export function thingRoutes(room: Room): void {
  const at = "/quan-tri/thu-tuc/:code/soan";
  room.site.get(
    `${at}/muc/:kind/:id`,
    asked(room, (now) => showThing(now)),
  );
  room.site.post(`${at}/muc/:kind/:id`, asked(room, save));
  room.site.get(
    `${at}/them`,
    asked(room, (now) => showAdd(now)),
  );
  room.site.post(`${at}/them`, asked(room, add));
  room.site.post(`${at}/viec`, asked(room, act));
}

function placeOf({ request }: Asked): Place {
  const { kind, id } = request.params as { kind: string; id: string };
  if (!isKind(kind)) throw new AppError("not-found", { message: "no such kind of thing" });
  return { kind, id };
}

interface Refused extends Pick<ThingPageProps, "errors" | "conflict"> {
  readonly inputs: Inputs;
}

async function showThing(now: Asked, refused?: Refused): Promise<unknown> {
  const place = placeOf(now);
  const copy = await copyOf(now);
  const thing = thingAt(copy, place);
  if (!thing) throw new AppError("not-found", { message: "no such thing in the copy" });
  const framed = copyFramed(now, copy);
  const shown = refused ?? { inputs: inputsOf(place.kind, thing), errors: [] };
  return sendPage(
    now.reply,
    thingPage({ ...framed, content: copy, place, thing, ...shown }),
    refused?.conflict ? 409 : refused ? 422 : 200,
  );
}

async function save(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const place = placeOf(now);
  const copy = await copyOf(now);
  const inputs = formValues(request);
  const typed = formText(inputs, "revision");
  const revision = /^\d{1,6}$/.test(typed) ? Number(typed) : copy.revision;
  const saved = await saveThing(room, copy.code, editorOf(now), { place, revision, inputs, lang: request.lang });
  const t = messages[request.lang];
  if (!saved.ok) {
    if (saved.reason === "invalid") return showThing(now, { inputs, errors: saved.errors });
    if (saved.reason === "conflict")
      return showThing(now, {
        inputs,
        errors: [],
        conflict: { by: saved.by, differences: differencesOf(saved.now, saved.yours) },
      });
    throw new AppError("not-found", { message: "the thing is gone" });
  }
  sayNext(request, saved.changed ? t.said.saved : t.said.unchanged);
  return seeOther(reply, designerPaths.thing(copy.code, place));
}

interface Adding {
  readonly kind: Kind;
  readonly parent: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

async function showAdd(now: Asked, refused?: Adding): Promise<unknown> {
  const copy = await copyOf(now);
  const { loai, trong } = now.request.query as Record<string, unknown>;
  const kind = refused?.kind ?? (typeof loai === "string" && isKind(loai) && loai !== "procedure" ? loai : undefined);
  if (!kind) throw new AppError("not-found", { message: "no such kind of thing" });
  const parent = refused?.parent ?? (typeof trong === "string" ? trong.slice(0, 100) : "");
  const page = addPage({
    ...copyFramed(now, copy),
    kind,
    parent,
    typed: refused?.typed ?? {},
    errors: refused?.errors ?? [],
  });
  return sendPage(now.reply, page, refused ? 422 : 200);
}

async function add(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const t = messages[request.lang];
  const values = formValues(request);
  const kind = formText(values, "loai");
  if (!isKind(kind) || kind === "procedure") throw new AppError("not-found", { message: "no such kind of thing" });
  const parent = formText(values, "trong").slice(0, 100);
  const typed = Object.fromEntries(
    ["tenVi", "tenEn", "ma"].map((name) => [name, cleanText(formText(values, name).slice(0, 1_000))]),
  ) as Record<"tenVi" | "tenEn" | "ma", string>;
  const errors = addErrors(kind, parent, typed, copy, t);
  if (errors.length > 0) return showAdd(now, { kind, parent, typed, errors });
  let made = "";
  await changeCopy(room, copy.code, editorOf(now), `${kind}:+`, (content) => {
    const id = kind === "basis" ? typed.ma : freshId(content, kind, typed.ma, typed.tenVi);
    const next = withNewThing(
      content,
      kind,
      newThing(kind, id, { vi: typed.tenVi, en: typed.tenEn }, room.today()),
      parent,
    );
    made = placeIdOf(next, kind, id);
    return next;
  });
  sayNext(request, t.said.added);
  return seeOther(reply, designerPaths.thing(copy.code, { kind, id: made }));
}

/** Numbered things stand at the end of their list. */
function placeIdOf(content: Content, kind: Kind, id: string): string {
  if (kind === "form") return "-";
  return kind === "time" || kind === "basis" || kind === "step" ? String(thingsOf(content, kind).length - 1) : id;
}

function addErrors(
  kind: Kind,
  parent: string,
  typed: Readonly<Record<"tenVi" | "tenEn" | "ma", string>>,
  copy: Content,
  t: (typeof messages)["vi"],
): PageError[] {
  const errors: PageError[] = [];
  const named = kind !== "time";
  if (named && typed.tenVi === "") errors.push({ field: "tenVi", message: t.wrong.name });
  const coded = kind !== "time" && kind !== "step" && kind !== "basis";
  const taken = coded && typed.ma !== "" && freshId(copy, kind, typed.ma, "") !== typed.ma;
  if ((coded && typed.ma !== "" && (taken || !isFitId(kind, typed.ma))) || (kind === "basis" && typed.ma.length < 3))
    errors.push({ field: "ma", message: t.wrong.id });
  const within = kind === "section" ? "page" : kind === "item" ? "section" : undefined;
  if (within && !thingAt(copy, { kind: within, id: parent })) errors.push({ field: "tenVi", message: t.wrong.parent });
  if (!copy.form && (kind === "page" || kind === "rule" || within))
    errors.push({ field: "tenVi", message: t.wrong.parent });
  if (copy.form && kind === "form") errors.push({ field: "tenVi", message: t.wrong.id });
  return errors;
}

/** Buttons of a thing: "len:item:x" up, "xuong:…" down, "xoa:…" delete. */
async function act(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const t = messages[request.lang].said;
  const values = formValues(request);
  const [what = "", kind = "", ...rest] = formText(values, "viec").split(":");
  const place = isKind(kind) ? { kind, id: rest.join(":") } : undefined;
  if (!place || !thingAt(copy, place) || kind === "procedure")
    throw new AppError("not-found", { message: "no such thing in the copy" });
  if (what === "xoa") {
    // Somebody who has not seen the newest state of a thing does not delete it.
    if (formText(values, "revision") !== String(copy.revision))
      throw new AppError("conflict", { message: "the copy has changed since" });
    await changeCopy(room, copy.code, editorOf(now), placeName(place), (content) => withoutThing(content, place));
    sayNext(request, t.removed);
    return seeOther(reply, designerPaths.copy(copy.code));
  }
  if (what !== "len" && what !== "xuong") throw new AppError("not-found", { message: "no such act" });
  const by = what === "len" ? -1 : 1;
  const changed = await changeCopy(room, copy.code, editorOf(now), `order:${placeName(place)}`, (content) =>
    movedThing(content, place, by),
  );
  sayNext(request, changed.ok && changed.changed ? t.moved : t.unchanged);
  return seeOther(reply, designerPaths.thing(copy.code, movedPlace(copy, place, by)));
}

/** Things without a name are known by their number, which moves with them. */
function movedPlace(copy: Content, { kind, id }: Place, by: -1 | 1): Place {
  if (kind !== "time" && kind !== "basis" && kind !== "step") return { kind, id };
  const next = Number(id) + by;
  return { kind, id: next >= 0 && next < thingsOf(copy, kind).length ? String(next) : id };
}
